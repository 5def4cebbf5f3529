//! Kinesis data streams are charged for every hour of their shards or, on demand, of themselves; longer retention and
//! enhanced fan-out consumers cost extra.

use std::collections::BTreeSet;

use futures::FutureExt;
use serde::Deserialize;

use super::kinesis_charges::{Status, Stream, charges, on_demand};
use super::kinesis_commitment::{Commitment, committed_to};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Loss, Note, Scope, Verb, words};
use crate::resources::details::about_each;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "kinesis-stream",
    names: words("Kinesis data stream", "Kinesis データストリーム"),
    bills: words(
        "per hour and shard, or per hour on demand, while it exists; longer retention and enhanced fan-out on top",
        "存在する間はシャードごと、オンデマンドはストリームごとに 1 時間ごと。保持期間の延長と拡張ファンアウトは別料金",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonKinesis"],
    asks: &[&STREAMS, &SUMMARY, &SETTINGS],
    writes: &["kinesis:DeleteStream", "kinesis:UpdateAccountSettings"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const STREAMS: Operation<String> = Operation::new("kinesis:ListStreams").at("StreamNames");
const SUMMARY: Operation<Summary> = Operation::new("kinesis:DescribeStreamSummary");
const SETTINGS: Operation<Settings> = Operation::new("kinesis:DescribeAccountSettings");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Summary {
    stream_description_summary: Option<Stream>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Settings {
    minimum_throughput_billing_commitment: Option<Commitment>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let names: BTreeSet<String> = cx.ask(&STREAMS).all().await?.into_iter().collect();
    let ask = |name: &String| cx.ask(&SUMMARY).with("StreamName", name.as_str()).one();
    let (streams, mut faults) = about_each(names.into_iter().collect(), ask).await;
    let stream = |answer: Option<Summary>| answer.and_then(|it| it.stream_description_summary);
    let streams: Vec<_> = streams.into_iter().map(|(name, answer)| (name, stream(answer))).collect();
    let (mut committed, mut commitment) = (None, None);
    if streams.iter().any(|(_, stream)| stream.as_ref().is_some_and(on_demand)) {
        match cx.ask(&SETTINGS).one().await {
            Ok(it) => {
                commitment = it.minimum_throughput_billing_commitment.as_ref().and_then(committed_to);
                committed = Some(commitment.is_some());
            }
            Err(error) => faults.push(error),
        }
    }
    let findings = streams.iter().map(|(name, stream)| finding(name, stream.as_ref(), committed));
    Ok(Listing { findings: findings.chain(commitment).collect(), faults, ..Listing::default() })
}

/// No state is known to be free.
fn finding(name: &str, stream: Option<&Stream>, committed: Option<bool>) -> Listed {
    let ending = stream.is_some_and(|it| it.stream_status == Some(Status::Deleting));
    let found = Listed {
        arn: stream.map(|it| it.stream_arn.clone()),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: stream.and_then(|it| it.stream_creation_timestamp),
        charges: charges(stream, committed),
        notes: vec![Note::new("delete-only"), Note::new("usage-extra")],
        ..Listed::new(name)
    };
    found.loses(Loss::Data).can(
        Verb::Delete,
        Command::aws("kinesis delete-stream --stream-name").arg(name).words("--enforce-consumer-deletion"),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_state_is_charged() {
        let billing = |status: &str| {
            let stream: Stream = serde_json::from_value(json!({ "StreamStatus": status })).unwrap();
            finding("s", Some(&stream), None).billing
        };
        let states = ["ACTIVE", "FUTURE", "DELETING"].map(billing);
        assert_eq!(states, [Billing::Running, Billing::Running, Billing::Ending]);
    }
}
