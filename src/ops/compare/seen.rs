//! Follows the findings of a sweep back through earlier ones: since when each is known, and what it has cost since.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::{Thing, compare, looked};
use crate::model::money::HOURS_A_MONTH;
use crate::model::spent::Beginning;
use crate::model::{Cost, CreatedBy, Finding, Spent, Sure, SweepReport, Usd};

/// The most reports that are read beyond the compared one, for places where that could not look.
const MOST: usize = 60;
/// Between sweeps further apart than this a thing may have been off: the time is not counted.
const LONGEST_HOURS: i64 = 8 * 24;
const SECONDS_AN_HOUR: Decimal = Decimal::from_parts(3600, 0, 0, false, 0);

/// An earlier sweep of the account, before its report is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Past {
    pub at: Timestamp,
    /// Whether it had the same scope: only then it is compared with.
    pub same_scope: bool,
}

/// Compares the report with the last sweep of its scope, or with the last one before `since`, and marks the findings. `past` is
/// the newest first; `read` returns the report of one of them, or nothing if it cannot be read.
pub async fn follow(
    report: &mut SweepReport,
    past: &[Past],
    since: Option<Timestamp>,
    mut read: impl AsyncFnMut(usize) -> Option<SweepReport>,
) {
    let now = report.made_at;
    let mut untraced: Vec<usize> = (0..report.findings.len()).collect();
    let mut unsettled: Vec<usize> = Vec::new();
    let mut beyond = 0;
    for (at, it) in past.iter().enumerate() {
        let eligible = it.same_scope && since.is_none_or(|since| it.at < since);
        let compared = report.changes.is_some();
        let needed = (!compared && eligible) || !untraced.is_empty() || (compared && !unsettled.is_empty());
        if compared && (untraced.is_empty() && unsettled.is_empty() || beyond >= MOST) {
            break;
        }
        if !needed {
            continue;
        }
        let Some(earlier) = read(at).await else { continue };
        let earlier = Known::of(&earlier);
        untraced.retain(|finding| !trace(&mut report.findings[*finding], &earlier, now));
        if compared {
            beyond += 1;
            unsettled.retain(|finding| !settle(report, *finding, &earlier));
        } else if eligible {
            unsettled = begin(report, earlier.report);
        }
    }
    for finding in &mut report.findings {
        finding.first_seen = finding.first_seen.or(Some(now));
    }
}

/// An earlier report with its findings by key.
struct Known<'a> {
    report: &'a SweepReport,
    findings: BTreeMap<&'a str, &'a Finding>,
}

impl<'a> Known<'a> {
    fn of(report: &'a SweepReport) -> Self {
        Self { report, findings: report.findings.iter().map(|it| (it.key.as_str(), it)).collect() }
    }
}

/// Compares with this report. The findings are returned of which it does not say whether they are new.
fn begin(report: &mut SweepReport, before: &SweepReport) -> Vec<usize> {
    let changes = compare(before, report);
    let [new, unknown] = [&changes.new, &changes.unknown].map(|keys| keys.iter().collect::<BTreeSet<_>>());
    let mut unsettled = Vec::new();
    for (at, finding) in report.findings.iter_mut().enumerate() {
        finding.new = match () {
            () if new.contains(&finding.key) => Some(true),
            () if unknown.contains(&finding.key) => {
                unsettled.push(at);
                None
            }
            () => Some(false),
        };
    }
    report.changes = Some(changes);
    unsettled
}

/// Whether an older report says if the finding is new.
fn settle(report: &mut SweepReport, at: usize, older: &Known<'_>) -> bool {
    let finding = &mut report.findings[at];
    let known = older.findings.contains_key(finding.key.as_str());
    if !known && !looked(older.report, &Thing::of(finding)) {
        return false;
    }
    finding.new = Some(!known);
    if let Some(changes) = &mut report.changes {
        changes.unknown.retain(|key| *key != finding.key);
        if !known {
            changes.new.push(finding.key.clone());
        }
    }
    true
}

/// Whether an earlier report says since when the finding is known.
fn trace(finding: &mut Finding, earlier: &Known<'_>, now: Timestamp) -> bool {
    let Some(&then) = earlier.findings.get(finding.key.as_str()) else {
        return looked(earlier.report, &Thing::of(finding));
    };
    let first = then.first_seen.unwrap_or(earlier.report.made_at);
    finding.first_seen = Some(first);
    let named = |it: &CreatedBy| it.who.is_some();
    if !finding.created_by.as_ref().is_some_and(named) {
        let known = then.created_by.as_ref().filter(|it| named(it)).cloned();
        finding.created_by = known.or(finding.created_by.take());
    }
    if finding.spent.is_none() {
        finding.spent = spent(finding, then, first, earlier.report.made_at, now);
    }
    true
}

/// The cost since the first sight: between two sweeps the lower rate of the two counts.
fn spent(finding: &Finding, then: &Finding, first: Timestamp, seen: Timestamp, now: Timestamp) -> Option<Spent> {
    let before = then.spent.as_ref().filter(|it| it.from == Beginning::FirstSeen);
    let seconds = now.duration_since(seen).as_secs();
    let rate = finding.usd_per_month?.min(then.usd_per_month?);
    let is_long = seconds > LONGEST_HOURS * 3600;
    let hours = if is_long { Decimal::ZERO } else { Decimal::from(seconds.max(0)) / SECONDS_AN_HOUR };
    let more = Usd(rate.0.checked_div(HOURS_A_MONTH)?).checked_mul(hours)?;
    let usd = (before.map(|it| it.usd).unwrap_or_default() + more).monthly();
    let open = |it: &Finding| Cost::of(it).open || Cost::of(it).at_most > Usd::ZERO;
    let lost = first < seen && before.is_none();
    let partly = is_long || lost || open(finding) || open(then) || before.is_some_and(|it| it.kind == Sure::AtLeast);
    let kind = if partly { Sure::AtLeast } else { Sure::About };
    (usd > Usd::ZERO).then_some(Spent { usd, kind, since: first, from: Beginning::FirstSeen })
}
