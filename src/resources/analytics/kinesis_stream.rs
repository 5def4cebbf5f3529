//! Kinesis data streams bill for every hour of their shards or, on demand, of themselves; longer retention and consumers with
//! a throughput of their own bill on top.

use std::collections::BTreeSet;

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::{Decimal, dec};
use serde::Deserialize;

use super::kinesis_commitment::{Commitment, committed_to};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
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
struct Stream {
    #[serde(rename = "StreamARN")]
    stream_arn: String,
    stream_status: Option<Status>,
    stream_mode_details: Option<ModeDetails>,
    stream_creation_timestamp: Option<Timestamp>,
    retention_period_hours: Decimal,
    open_shard_count: Decimal,
    consumer_count: Option<Decimal>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct ModeDetails {
    stream_mode: Option<Mode>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Settings {
    minimum_throughput_billing_commitment: Option<Commitment>,
}

values! { enum Status { Deleting = "DELETING" } }
values! { enum Mode { Provisioned = "PROVISIONED", OnDemand = "ON_DEMAND" } }

/// Hours that a shard keeps its data without a further charge.
const A_DAY: Decimal = dec!(24);
/// In hours: data that is kept longer is charged by the gigabyte as well.
const A_WEEK: Decimal = dec!(168);

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

fn on_demand(stream: &Stream) -> bool {
    stream.stream_mode_details.as_ref().is_some_and(|it| it.stream_mode == Some(Mode::OnDemand))
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
    found.can(
        Verb::Delete,
        Command::aws("kinesis delete-stream --stream-name").arg(name).words("--enforce-consumer-deletion"),
    )
}

/// An account that is committed to a throughput pays for that and not for each stream.
fn charges(stream: Option<&Stream>, committed: Option<bool>) -> Vec<Charge> {
    let sku = |usage: &str| Sku::new("AmazonKinesis").with("usagetype", usage);
    let Some(stream) = stream else {
        return vec![Charge::metered("Kinesis stream", Sku::new("AmazonKinesis"), Unit::Hour)];
    };
    let hours = sku("OnDemand-StreamHour");
    match (on_demand(stream), committed) {
        (true, Some(false)) => return vec![Charge::hourly("on-demand stream", hours, 1)],
        (true, _) => return vec![Charge::metered("on-demand stream", hours, Unit::Hour)],
        _ => {}
    }
    if stream.stream_mode_details.as_ref().is_some_and(|it| it.stream_mode != Some(Mode::Provisioned)) {
        return vec![Charge::metered("Kinesis stream", Sku::new("AmazonKinesis"), Unit::Hour)];
    }
    let shards = stream.open_shard_count;
    let mut charges = vec![Charge::hourly("shard", sku("Storage-ShardHour"), shards)];
    if stream.retention_period_hours > A_DAY {
        charges.push(Charge::hourly("shard extended retention", sku("Extended-ShardHour"), shards));
    }
    if stream.retention_period_hours > A_WEEK {
        let stored = Sku::new("AmazonKinesis").with("item", "long_term_retention").with("unit", "gb-month");
        charges.push(Charge::metered("long-term retention", stored, Unit::GbMonth));
    }
    if let Some(consumers) = stream.consumer_count.filter(|consumers| *consumers > Decimal::ZERO) {
        let (name, fee) = ("shard enhanced fan-out", sku("EnhancedFanoutHour"));
        charges.push(match shards.checked_mul(consumers) {
            Some(count) => Charge::hourly(name, fee, count),
            None => Charge::metered(name, fee, Unit::Hour),
        });
    }
    charges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(mode: &str, status: &str, hours: i64) -> Stream {
        Stream {
            stream_status: Some(status.into()),
            stream_mode_details: Some(ModeDetails { stream_mode: Some(mode.into()) }),
            retention_period_hours: hours.into(),
            open_shard_count: 4.into(),
            consumer_count: Some(2.into()),
            ..Stream::default()
        }
    }

    fn whats(stream: &Stream, committed: Option<bool>) -> Vec<String> {
        charges(Some(stream), committed).into_iter().map(|it| format!("{:?} {}", it.measure, it.what)).collect()
    }

    #[test]
    fn every_shard_bills_for_what_it_has() {
        let long = ["Exact 4 × shard", "Exact 4 × shard extended retention", "Exact 8 × shard enhanced fan-out"];
        assert_eq!(whats(&stream("PROVISIONED", "ACTIVE", 48), None), long);
        assert_eq!(whats(&stream("PROVISIONED", "ACTIVE", 24), None), [long[0], long[2]]);
        let year = [long[0], long[1], "Metered long-term retention", long[2]];
        assert_eq!(whats(&stream("PROVISIONED", "ACTIVE", 8760), None), year);
        assert_eq!(whats(&stream("BY_MOONLIGHT", "ACTIVE", 24), None), ["Metered Kinesis stream"]);
        assert_eq!(charges(None, None)[0].quantity, None);
    }

    #[test]
    fn on_demand_bills_the_stream_unless_the_account_is_committed() {
        let stream = stream("ON_DEMAND", "ACTIVE", 24);
        assert_eq!(whats(&stream, Some(false)), ["Exact on-demand stream"]);
        assert_eq!(whats(&stream, Some(true)), ["Metered on-demand stream"]);
        assert_eq!(whats(&stream, None), ["Metered on-demand stream"]);
    }

    #[test]
    fn every_state_bills() {
        let billing = |status: &str| finding("s", Some(&stream("PROVISIONED", status, 24)), None).billing;
        let states = ["ACTIVE", "DREAMING", "DELETING"].map(billing);
        assert_eq!(states, [Billing::Running, Billing::Running, Billing::Ending]);
    }
}
