//! Tests of the comparison: examples, and laws for any two reports.

use futures::FutureExt;
use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::model::report::{SWEEP_SCHEMA, SweepScope, Totals};
use crate::model::spent::Beginning;
use crate::model::{Account, Coverage, Gap, Note, Reason, Sure, Verdict};

const REGIONS: [&str; 2] = ["eu-west-1", "us-east-1"];
const TYPES: [&str; 2] = ["ec2-volume", "rds-instance"];
const DAY: i64 = 86_400;

pub(super) fn day(number: i64) -> Timestamp {
    Timestamp::from_second(1_795_392_000 + number * DAY).unwrap()
}

fn account() -> Account {
    Account { id: "123456789012".parse().unwrap(), alias: None }
}

pub(super) fn finding(region: &str, resource: &str, id: &str, usd: &str) -> Finding {
    let usd_per_month: Usd = usd.parse().unwrap();
    let key = format!("123456789012/{region}/{resource}/{id}");
    let (region, resource) = (Region::new(region), resource.to_owned());
    Finding { key, region, resource, usd_per_month: Some(usd_per_month), ..Finding::new(id) }
}

pub(super) fn gap(region: Option<&str>, resource: Option<&str>) -> Gap {
    Gap {
        account: account().id,
        region: region.map(Region::new),
        resource: resource.map(str::to_owned),
        reason: Reason::Denied,
        action: None,
        message: String::new(),
        cause: None,
    }
}

pub(super) fn report(at: Timestamp, findings: Vec<Finding>, gaps: Vec<Gap>) -> SweepReport {
    SweepReport {
        schema: SWEEP_SCHEMA.to_owned(),
        version: String::new(),
        made_at: at,
        scope: SweepScope {
            account: account(),
            regions: REGIONS.map(Region::new).to_vec(),
            disabled_regions: Vec::new(),
            resources: TYPES.map(str::to_owned).to_vec(),
            resources_known: None,
            partial: false,
        },
        verdict: Verdict::of(&findings, &gaps, None),
        totals: Totals::of(&findings, &gaps),
        changes: None,
        bill: None,
        findings,
        gaps,
        coverage: Coverage::new(),
        interrupted: false,
        late: false,
        notes: Vec::new(),
        live_prices_failed: None,
    }
}

fn volume(id: &str, usd: &str) -> Finding {
    finding("eu-west-1", "ec2-volume", id, usd)
}

fn ids(keys: &[String]) -> Vec<&str> {
    keys.iter().filter_map(|key| key.rsplit('/').next()).collect()
}

#[test]
fn new_gone_and_dearer() {
    let before = report(day(0), vec![volume("a", "10"), volume("b", "5"), volume("c", "1")], vec![]);
    let after = report(day(1), vec![volume("a", "20"), volume("c", "1.01"), volume("d", "7")], vec![]);
    let changes = compare(&before, &after);
    assert_eq!((ids(&changes.new), ids(&changes.gone)), (vec!["d"], vec!["b"]));
    assert_eq!((changes.since, changes.usd_per_month_before.to_string()), (day(0), "16.00".to_owned()));
    let dearer: Vec<_> = changes.dearer.iter().map(|it| (&*it.key, it.usd_per_month.to_string())).collect();
    assert_eq!(dearer, [("123456789012/eu-west-1/ec2-volume/a", "20.00".to_owned())]);
    assert_eq!(changes.cheaper, []);
    assert_eq!((changes.earlier[0].id.as_str(), changes.earlier[0].last_seen), ("b", day(0)));
}

#[test]
fn gone_only_where_the_sweep_looked() {
    let before = report(day(0), vec![volume("a", "10"), finding("us-east-1", "rds-instance", "db", "5")], vec![]);
    for gaps in [
        vec![gap(Some("eu-west-1"), Some("ec2-volume"))],
        vec![gap(None, Some("ec2-volume"))],
        vec![gap(Some("eu-west-1"), None)],
    ] {
        let changes = compare(&before, &report(day(1), vec![], gaps));
        assert_eq!((ids(&changes.gone), ids(&changes.unknown)), (vec!["db"], vec!["a"]));
        assert_eq!(changes.earlier.len(), 2);
    }
    let mut narrowed = report(day(1), vec![], vec![]);
    narrowed.scope.regions.remove(0);
    assert_eq!(ids(&compare(&before, &narrowed).unknown), ["a"]);
    let mut fewer = report(day(1), vec![], vec![]);
    fewer.scope.resources.remove(0);
    assert_eq!(ids(&compare(&before, &fewer).unknown), ["a"]);
    // A gap of the bill, or of the list of regions, hides nothing that was found before.
    let elsewhere = report(day(1), vec![], vec![gap(None, Some("bill")), gap(None, None)]);
    assert_eq!(ids(&compare(&before, &elsewhere).gone), ["a", "db"]);
}

#[test]
fn a_type_of_the_whole_account_is_hidden_by_a_gap_anywhere() {
    let bucket = finding("eu-west-1", "s3-bucket", "b", "5");
    let with_buckets = |findings, gaps| {
        let mut report = report(day(0), findings, gaps);
        report.scope.resources.push("s3-bucket".to_owned());
        report
    };
    let before = with_buckets(vec![bucket], vec![]);
    let hidden = with_buckets(vec![], vec![gap(Some("us-east-1"), Some("s3-bucket"))]);
    assert_eq!(ids(&compare(&before, &hidden).unknown), ["b"]);
    assert_eq!(ids(&compare(&before, &with_buckets(vec![], vec![])).gone), ["b"]);
}

#[test]
fn what_was_left_out_as_a_trifle_is_not_gone() {
    let before = report(day(0), vec![volume("a", "0.02"), volume("b", "3")], vec![]);
    let mut after = report(day(1), vec![], vec![]);
    after.notes.push(Note::with(BELOW_A_CENT, 1));
    let changes = compare(&before, &after);
    assert_eq!((ids(&changes.gone), ids(&changes.unknown)), (vec!["b"], vec!["a"]));
}

#[test]
fn a_price_that_became_known_makes_nothing_dearer() {
    let unknown = Finding { usd_per_month: None, ..volume("a", "0") };
    let charge = crate::model::Charge::hourly("x", crate::model::Sku::default(), 1);
    let unknown = Finding { charges: vec![charge], ..unknown };
    let changes = compare(&report(day(0), vec![unknown], vec![]), &report(day(1), vec![volume("a", "50")], vec![]));
    assert!(changes.is_empty(), "{changes:?}");
}

/// Follows a report through earlier ones, the newest first.
fn followed(mut now: SweepReport, past: &[SweepReport], since: Option<Timestamp>) -> SweepReport {
    let entries: Vec<Past> = past.iter().map(|it| Past { at: it.made_at, same_scope: !it.scope.partial }).collect();
    follow(&mut now, &entries, since, async |at| Some(past[at].clone())).now_or_never().unwrap();
    now
}

fn marks(report: &SweepReport) -> Vec<(&str, Option<bool>, Option<Timestamp>)> {
    report.findings.iter().map(|it| (it.id.as_str(), it.new, it.first_seen)).collect()
}

#[test]
fn the_first_sweep_is_compared_with_nothing() {
    let first = followed(report(day(0), vec![volume("a", "1")], vec![]), &[], None);
    assert_eq!((marks(&first), &first.changes), (vec![("a", None, Some(day(0)))], &None));
}

#[test]
fn a_finding_is_followed_to_its_first_sight() {
    let first = followed(report(day(0), vec![volume("a", "730")], vec![]), &[], None);
    let second = followed(
        report(day(1), vec![volume("a", "730"), volume("b", "73")], vec![]),
        std::slice::from_ref(&first),
        None,
    );
    assert_eq!(marks(&second), [("a", Some(false), Some(day(0))), ("b", Some(true), Some(day(1)))]);
    let third = report(day(3), vec![volume("a", "73"), volume("b", "73")], vec![]);
    let third = followed(third, &[second, first], None);
    assert_eq!(marks(&third), [("a", Some(false), Some(day(0))), ("b", Some(false), Some(day(1)))]);
    // A day at 730 a month, and two at the lower rate of 73.
    let spent: Vec<_> = third.findings.iter().filter_map(|it| it.spent.as_ref()).collect();
    assert_eq!((spent[0].usd.to_string(), spent[0].kind, spent[0].since), ("28.80".into(), Sure::About, day(0)));
    assert_eq!((spent[1].usd.to_string(), spent[1].from), ("4.80".into(), Beginning::FirstSeen));
}

#[test]
fn time_that_no_sweep_saw_is_not_charged_for() {
    let first = followed(report(day(0), vec![volume("a", "730")], vec![]), &[], None);
    let later = followed(report(day(1), vec![volume("a", "730")], vec![]), &[first], None);
    let much_later = followed(report(day(40), vec![volume("a", "730")], vec![]), &[later], None);
    let spent = much_later.findings[0].spent.clone().unwrap();
    assert_eq!((spent.usd.to_string(), spent.kind), ("24.00".into(), Sure::AtLeast));
}

#[test]
fn where_the_last_sweep_could_not_look_an_older_one_decides() {
    let oldest = report(day(0), vec![volume("a", "1")], vec![]);
    let blind =
        followed(report(day(1), vec![], vec![gap(Some("eu-west-1"), None)]), std::slice::from_ref(&oldest), None);
    assert_eq!(ids(&blind.changes.as_ref().unwrap().unknown), ["a"]);
    let past = [blind, oldest];
    let now = followed(report(day(2), vec![volume("a", "1"), volume("b", "1")], vec![]), &past, None);
    assert_eq!(marks(&now), [("a", Some(false), Some(day(0))), ("b", Some(true), Some(day(2)))]);
    let changes = now.changes.unwrap();
    assert_eq!((ids(&changes.new), ids(&changes.unknown), changes.since), (vec!["b"], vec![], day(1)));
    // Two sweeps later it is gone, not forgotten.
    let empty = followed(report(day(2), vec![], vec![]), &past, None);
    assert_eq!(ids(&empty.changes.unwrap().gone), ["a"]);
    let never = [report(day(1), vec![], vec![gap(Some("eu-west-1"), None)])];
    assert_eq!(marks(&followed(report(day(2), vec![volume("c", "1")], vec![]), &never, None))[0].1, None);
}

#[test]
fn since_a_day_the_last_sweep_before_it_is_compared() {
    let all = [report(day(2), vec![volume("a", "1")], vec![]), report(day(0), vec![], vec![])];
    let now = || report(day(3), vec![volume("a", "1")], vec![]);
    assert_eq!(marks(&followed(now(), &all, None))[0].1, Some(false));
    let since = followed(now(), &all, Some(day(1)));
    assert_eq!(marks(&since), [("a", Some(true), Some(day(2)))]);
    assert_eq!(since.changes.unwrap().since, day(0));
    assert_eq!(followed(now(), &all, Some(day(0))).changes, None);
    // A narrowed sweep is never compared with one of everything, but it has seen what it has seen.
    let mut narrowed = all[0].clone();
    narrowed.scope.partial = true;
    let now = followed(now(), &[narrowed, all[1].clone()], None);
    assert_eq!(marks(&now), [("a", Some(true), Some(day(2)))]);
}

fn findings() -> impl Strategy<Value = Vec<Finding>> {
    let one = (0..2usize, 0..2usize, 0..4u8, 0..30u32).prop_map(|(region, kind, id, usd)| {
        finding(REGIONS[region], TYPES[kind], &id.to_string(), &format!("{}.{}", usd / 3, usd % 3))
    });
    prop::collection::vec(one, 0..10).prop_map(|mut all| {
        let mut seen = BTreeSet::new();
        all.retain(|it| seen.insert(it.key.clone()));
        all
    })
}

fn reports() -> impl Strategy<Value = SweepReport> {
    let place = |names: [&'static str; 2]| prop::option::of(prop::sample::select(names.to_vec()));
    let gaps = prop::collection::vec((place(REGIONS), place(TYPES)), 0..3);
    (findings(), gaps, any::<bool>(), 0..9i64).prop_map(|(findings, gaps, trifles, at)| {
        let gaps = gaps.into_iter().map(|(region, resource)| gap(region, resource)).collect();
        let mut report = report(day(at), findings, gaps);
        report.notes.extend(trifles.then(|| Note::with(BELOW_A_CENT, 3)));
        report
    })
}

proptest! {
    #[test]
    fn a_comparison_with_itself_is_empty(report in reports()) {
        let changes = compare(&report, &report);
        prop_assert!(changes.is_empty() && changes.unknown.is_empty() && changes.earlier.is_empty());
    }

    #[test]
    fn a_mirrored_comparison_is_mirrored((a, b) in (reports(), reports())) {
        let (there, back) = (compare(&a, &b), compare(&b, &a));
        let set = |keys: &[String]| keys.iter().cloned().collect::<BTreeSet<_>>();
        prop_assert_eq!(set(&there.new), set(&back.gone));
        prop_assert_eq!(set(&there.gone), set(&back.new));
        prop_assert_eq!(set(&there.unknown), set(&back.unknown));
        let turned = |all: &[Repriced]| {
            all.iter().map(|it| (it.key.clone(), it.usd_per_month, it.usd_per_month_before)).collect::<BTreeSet<_>>()
        };
        let straight = |all: &[Repriced]| {
            all.iter().map(|it| (it.key.clone(), it.usd_per_month_before, it.usd_per_month)).collect::<BTreeSet<_>>()
        };
        prop_assert_eq!(straight(&there.dearer), turned(&back.cheaper));
        prop_assert_eq!(straight(&there.cheaper), turned(&back.dearer));
    }

    #[test]
    fn every_finding_is_new_or_known_or_of_an_unknown_place((a, b) in (reports(), reports())) {
        let now = followed(b, &[a], None);
        let changes = now.changes.clone().unwrap();
        for finding in &now.findings {
            prop_assert_eq!(finding.new == Some(true), changes.new.contains(&finding.key));
            prop_assert_eq!(finding.new.is_none(), changes.unknown.contains(&finding.key));
        }
        // What is gone is among the things of the earlier sweep, by name.
        prop_assert!(changes.gone.iter().all(|key| changes.earlier.iter().any(|it| it.key == *key)));
    }
}
