//! The charges of a Kinesis data stream, by its mode, its shards and their consumers.

use jiff::Timestamp;
use rust_decimal::{Decimal, dec};
use serde::Deserialize;

use crate::aws::api::values;
use crate::model::{Charge, Sku, Unit};

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Stream {
    #[serde(rename = "StreamARN")]
    pub stream_arn: String,
    pub stream_status: Option<Status>,
    stream_mode_details: Option<ModeDetails>,
    pub stream_creation_timestamp: Option<Timestamp>,
    retention_period_hours: Decimal,
    open_shard_count: Decimal,
    consumer_count: Option<Decimal>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct ModeDetails {
    stream_mode: Option<Mode>,
}

values! { pub enum Status { Deleting = "DELETING" } }
values! { enum Mode { Provisioned = "PROVISIONED", OnDemand = "ON_DEMAND" } }

/// Hours of retention included in the price of a shard.
const A_DAY: Decimal = dec!(24);
/// In hours: longer retention is charged by the gigabyte as well.
const A_WEEK: Decimal = dec!(168);

pub fn on_demand(stream: &Stream) -> bool {
    stream.stream_mode_details.as_ref().is_some_and(|it| it.stream_mode == Some(Mode::OnDemand))
}

/// An account with committed throughput pays for that and not for each stream.
pub fn charges(stream: Option<&Stream>, committed: Option<bool>) -> Vec<Charge> {
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

    fn stream(mode: &str, hours: i64) -> Stream {
        Stream {
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
    fn every_shard_is_charged_with_its_options() {
        let long = ["Exact 4 × shard", "Exact 4 × shard extended retention", "Exact 8 × shard enhanced fan-out"];
        assert_eq!(whats(&stream("PROVISIONED", 48), None), long);
        assert_eq!(whats(&stream("PROVISIONED", 24), None), [long[0], long[2]]);
        let year = [long[0], long[1], "Metered long-term retention", long[2]];
        assert_eq!(whats(&stream("PROVISIONED", 8760), None), year);
        assert_eq!(whats(&stream("BY_MOONLIGHT", 24), None), ["Metered Kinesis stream"]);
        assert_eq!(charges(None, None)[0].quantity, None);
    }

    #[test]
    fn on_demand_the_stream_is_charged_unless_the_account_is_committed() {
        let stream = stream("ON_DEMAND", 24);
        assert_eq!(whats(&stream, Some(false)), ["Exact on-demand stream"]);
        assert_eq!(whats(&stream, Some(true)), ["Metered on-demand stream"]);
        assert_eq!(whats(&stream, None), ["Metered on-demand stream"]);
    }
}
