//! Kinesis data streams bill for every hour of their shards or, on demand, of themselves; longer retention and consumers with
//! a throughput of their own bill on top.

use std::collections::BTreeSet;

use aws_sdk_kinesis::Client;
use aws_sdk_kinesis::operation::describe_stream_summary::DescribeStreamSummaryOutput;
use aws_sdk_kinesis::types::{StreamDescriptionSummary, StreamMode, StreamStatus};
use futures::FutureExt;
use rust_decimal::Decimal;

use super::kinesis_commitment::committed_to;
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "kinesis-stream",
    names: words("Kinesis data stream", "Kinesis データストリーム"),
    bills: words(
        "per hour and shard, or per hour on demand, while it exists; longer retention and enhanced fan-out on top",
        "存在する間はシャードごと、オンデマンドはストリームごとに 1 時間ごと。保持期間の延長と拡張ファンアウトは別料金",
    ),
    scope: Scope::Region,
    endpoint: "kinesis",
    small: false,
    billed_as: &["AmazonKinesis"],
    reads: &["kinesis:ListStreams", "kinesis:DescribeStreamSummary", "kinesis:DescribeAccountSettings"],
    writes: &["kinesis:DeleteStream", "kinesis:UpdateAccountSettings"],
    list: |cx| list(cx).boxed(),
};

/// In hours: what is kept longer is charged by the gigabyte as well.
const A_WEEK: i32 = 7 * 24;

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let pages: Vec<_> = client.list_streams().limit(10_000).into_paginator().send().try_collect().await?;
    let names: BTreeSet<String> = pages.into_iter().flat_map(|page| page.stream_names).collect();
    let ask = |name: &String| client.describe_stream_summary().stream_name(name).send();
    let (streams, mut faults) = about_each(names.into_iter().collect(), ask).await;
    let summary = |answer: Option<DescribeStreamSummaryOutput>| answer.and_then(|it| it.stream_description_summary);
    let streams: Vec<_> = streams.into_iter().map(|(name, answer)| (name, summary(answer))).collect();
    let (mut committed, mut commitment) = (None, None);
    if streams.iter().any(|(_, stream)| stream.as_ref().is_some_and(on_demand)) {
        match client.describe_account_settings().send().await {
            Ok(it) => {
                commitment = it.minimum_throughput_billing_commitment.as_ref().and_then(committed_to);
                committed = Some(commitment.is_some());
            }
            Err(error) => faults.push(error.into()),
        }
    }
    let findings = streams.iter().map(|(name, stream)| finding(name, stream.as_ref(), committed));
    Ok(Listing { findings: findings.chain(commitment).collect(), faults, ..Listing::default() })
}

fn on_demand(stream: &StreamDescriptionSummary) -> bool {
    stream.stream_mode_details().is_some_and(|it| it.stream_mode == StreamMode::OnDemand)
}

/// No state is known to be free.
fn finding(name: &str, stream: Option<&StreamDescriptionSummary>, committed: Option<bool>) -> Listed {
    let ending = stream.is_some_and(|it| it.stream_status == StreamStatus::Deleting);
    let found = Listed {
        arn: stream.map(|it| it.stream_arn.clone()),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: stream.and_then(|it| time(Some(&it.stream_creation_timestamp))),
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
fn charges(stream: Option<&StreamDescriptionSummary>, committed: Option<bool>) -> Vec<Charge> {
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
    if stream.stream_mode_details().is_some_and(|it| it.stream_mode != StreamMode::Provisioned) {
        return vec![Charge::metered("Kinesis stream", Sku::new("AmazonKinesis"), Unit::Hour)];
    }
    let shards = Decimal::from(stream.open_shard_count);
    let mut charges = vec![Charge::hourly("shard", sku("Storage-ShardHour"), shards)];
    if stream.retention_period_hours > 24 {
        charges.push(Charge::hourly("shard extended retention", sku("Extended-ShardHour"), shards));
    }
    if stream.retention_period_hours > A_WEEK {
        let stored = Sku::new("AmazonKinesis").with("item", "long_term_retention").with("unit", "gb-month");
        charges.push(Charge::metered("long-term retention", stored, Unit::GbMonth));
    }
    if let Some(consumers) = stream.consumer_count.filter(|consumers| *consumers > 0) {
        let count = shards * Decimal::from(consumers);
        charges.push(Charge::hourly("shard enhanced fan-out", sku("EnhancedFanoutHour"), count));
    }
    charges
}

#[cfg(test)]
mod tests {
    use aws_sdk_kinesis::types::StreamModeDetails;
    use aws_smithy_types::DateTime;

    use super::*;

    fn stream(mode: &str, status: &str, hours: i32) -> StreamDescriptionSummary {
        let mode = StreamModeDetails::builder().stream_mode(mode.into()).build().unwrap();
        let it =
            StreamDescriptionSummary::builder().stream_name("clicks").stream_arn("arn:s").stream_mode_details(mode);
        let it = it.stream_status(status.into()).retention_period_hours(hours).open_shard_count(4).consumer_count(2);
        let it = it.stream_creation_timestamp(DateTime::from_secs(0)).set_enhanced_monitoring(Some(Vec::new()));
        it.build().unwrap()
    }

    fn whats(stream: &StreamDescriptionSummary, committed: Option<bool>) -> Vec<String> {
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
