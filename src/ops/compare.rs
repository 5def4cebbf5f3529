//! Compares a sweep with an earlier one: what is new, what is no longer charged, what costs more.

mod seen;

use std::collections::BTreeMap;

use jiff::Timestamp;
use rust_decimal::{Decimal, dec};

use crate::model::{Changes, Cost, Earlier, Finding, Region, Repriced, Scope, SweepReport, Usd};
use crate::resources;
pub use seen::{Past, follow};

/// A change of cost below both of these is left out: prices are rounded, and stored amounts grow a little every day.
const SMALLEST: Decimal = dec!(0.10);
const SHARE: Decimal = dec!(0.05);
/// A thing below this may be among those that a sweep left out because they come to less than a cent.
const TRIFLE: Usd = Usd(dec!(0.05));
const BELOW_A_CENT: &str = "below-a-cent";

/// The difference between two reports of one account. Pure: it depends on nothing but the two.
#[must_use]
pub fn compare(before: &SweepReport, after: &SweepReport) -> Changes {
    let (then, now) = (things(before), things(after));
    let mut changes = Changes {
        since: before.made_at,
        new: Vec::new(),
        gone: Vec::new(),
        unknown: Vec::new(),
        dearer: Vec::new(),
        cheaper: Vec::new(),
        earlier: Vec::new(),
        usd_per_month_before: before.totals.usd_per_month,
        bill_usd_per_day_before: before.bill.as_ref().and_then(|bill| bill.usd_per_day),
    };
    let found: BTreeMap<&str, &Finding> = before.findings.iter().map(|it| (it.key.as_str(), it)).collect();
    for finding in &after.findings {
        match (then.get(finding.key.as_str()), found.get(finding.key.as_str())) {
            (Some(_), Some(earlier)) => reprice(earlier, finding, &mut changes),
            (Some(_), None) => (),
            (None, _) if looked(before, &Thing::of(finding)) => changes.new.push(finding.key.clone()),
            (None, _) => changes.unknown.push(finding.key.clone()),
        }
    }
    for thing in in_order(before).filter(|it| !now.contains_key(it.key)) {
        let keys = if looked(after, &thing) { &mut changes.gone } else { &mut changes.unknown };
        keys.push(thing.key.to_owned());
        changes.earlier.push(thing.earlier());
    }
    changes
}

/// A thing that a report knows: one of its findings, or one of an earlier sweep where it could not look itself.
struct Thing<'a> {
    key: &'a str,
    region: &'a Region,
    resource: &'a str,
    usd_per_month: Option<Usd>,
    last: Last<'a>,
}

enum Last<'a> {
    Found(&'a Finding, Timestamp),
    Earlier(&'a Earlier),
}

impl<'a> Thing<'a> {
    fn of(finding: &'a Finding) -> Self {
        Self::seen(finding, Timestamp::UNIX_EPOCH)
    }

    fn seen(finding: &'a Finding, at: Timestamp) -> Self {
        Self {
            key: &finding.key,
            region: &finding.region,
            resource: &finding.resource,
            usd_per_month: finding.usd_per_month,
            last: Last::Found(finding, at),
        }
    }

    fn carried(earlier: &'a Earlier) -> Self {
        Self {
            key: &earlier.key,
            region: &earlier.region,
            resource: &earlier.resource,
            usd_per_month: earlier.usd_per_month,
            last: Last::Earlier(earlier),
        }
    }

    fn earlier(&self) -> Earlier {
        match self.last {
            Last::Earlier(earlier) => earlier.clone(),
            Last::Found(finding, last_seen) => Earlier {
                key: finding.key.clone(),
                region: finding.region.clone(),
                resource: finding.resource.clone(),
                names: finding.names.clone(),
                id: finding.id.clone(),
                name: finding.name.clone(),
                usd_per_month: finding.usd_per_month,
                last_seen,
            },
        }
    }
}

fn in_order(report: &SweepReport) -> impl Iterator<Item = Thing<'_>> {
    let carried = report.changes.iter().flat_map(|changes| changes.earlier_of(&changes.unknown));
    let found = report.findings.iter().map(|it| Thing::seen(it, report.made_at));
    found.chain(carried.map(Thing::carried))
}

fn things(report: &SweepReport) -> BTreeMap<&str, Thing<'_>> {
    in_order(report).map(|it| (it.key, it)).collect()
}

/// Whether the sweep would have found the thing if it had been charged.
fn looked(report: &SweepReport, thing: &Thing<'_>) -> bool {
    let of_account = resources::find(thing.resource).is_some_and(|it| it.scope != Scope::Region);
    let in_region = if of_account { !report.scope.partial || in_scope(report, thing) } else { in_scope(report, thing) };
    let blocked = report.gaps.iter().any(|gap| {
        let here = gap.region.as_ref() == Some(thing.region);
        match &gap.resource {
            Some(resource) => resource == thing.resource && (here || of_account || gap.region.is_none()),
            None => here,
        }
    });
    let left_out = report.notes.iter().any(|note| note.id() == BELOW_A_CENT)
        && thing.usd_per_month.is_some_and(|usd| usd < TRIFLE);
    in_region && !blocked && !left_out && report.scope.resources.iter().any(|it| it == thing.resource)
}

fn in_scope(report: &SweepReport, thing: &Thing<'_>) -> bool {
    report.scope.regions.contains(thing.region)
}

fn reprice(before: &Finding, after: &Finding, changes: &mut Changes) {
    let (then, now) = (Cost::of(before), Cost::of(after));
    let known = |cost: Cost| cost.exact.unwrap_or_default() + cost.at_most;
    let comparable = (then.open, then.unpriced) == (now.open, now.unpriced);
    let (then, now) = (known(then).monthly(), known(now).monthly());
    let by = (now.0 - then.0).abs();
    if !comparable || by < SMALLEST || by < then.0.min(now.0) * SHARE {
        return;
    }
    let repriced = Repriced { key: after.key.clone(), usd_per_month_before: then, usd_per_month: now };
    if now > then { changes.dearer.push(repriced) } else { changes.cheaper.push(repriced) }
}

#[cfg(test)]
mod tests;
