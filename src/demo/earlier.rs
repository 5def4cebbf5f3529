//! The sweep of the demo account before the one of today: the search domain is not there yet, and a NAT gateway still is.

use jiff::Timestamp;

use crate::model::report::Totals;
use crate::model::{Bill, Finding, SweepReport, Usd, words};

/// When it was made: the newest of `history.json`.
const MADE_AT: Timestamp = Timestamp::constant(1_793_476_800, 0);
/// When each type was first seen.
const FIRST_SEEN: [(&str, Timestamp); 3] = [
    ("ec2-volume", Timestamp::constant(1_788_126_000, 0)),
    ("ec2-address", Timestamp::constant(1_788_126_000, 0)),
    ("rds-instance", Timestamp::constant(1_791_142_320, 0)),
];
const NEW: &str = "opensearch-domain";

/// The report to compare with; none for a narrowed sweep, or with a clock before it.
#[must_use]
pub fn earlier(report: &SweepReport) -> Option<SweepReport> {
    if report.scope.partial || report.made_at <= MADE_AT {
        return None;
    }
    let first = |it: &Finding| FIRST_SEEN.iter().find(|(id, _)| *id == it.resource).map(|(_, at)| *at);
    let there = report.findings.iter().filter(|it| it.resource != NEW);
    let mut findings: Vec<Finding> =
        there.map(|it| Finding { first_seen: first(it), new: None, ..it.clone() }).collect();
    let gateway = findings.first().map(gateway);
    findings.extend(gateway);
    let usd_per_day = Some(Usd(rust_decimal::dec!(3.05)));
    Some(SweepReport {
        made_at: MADE_AT,
        totals: Totals::of(&findings, &report.gaps),
        findings,
        changes: None,
        bill: report.bill.clone().map(|bill| Bill { usd_per_day, ..bill }),
        ..report.clone()
    })
}

/// What was deleted since.
fn gateway(like: &Finding) -> Finding {
    let (id, region) = ("nat-0d3f5b7a9c1e2f406", crate::model::Region::new("ap-northeast-1"));
    Finding {
        key: format!("{}/{region}/ec2-nat-gateway/{id}", like.account),
        resource: "ec2-nat-gateway".to_owned(),
        names: words("NAT gateway", "NAT ゲートウェイ"),
        id: id.to_owned(),
        region,
        name: None,
        usd_per_month: Some(Usd(rust_decimal::dec!(45.26))),
        ..like.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::history;

    #[test]
    fn the_times_are_those_of_the_history() {
        let report = history(Timestamp::UNIX_EPOCH);
        let times: Vec<Timestamp> = report.accounts[0].runs.iter().map(|run| run.made_at).collect();
        assert_eq!(times[0], MADE_AT);
        assert!(FIRST_SEEN.iter().all(|(_, at)| times.contains(at)), "{times:?}");
    }
}
