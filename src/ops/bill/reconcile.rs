//! Compares the bill with the sweep: what costs money every day must be among the findings, and findings must be on the bill.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use rust_decimal::{Decimal, dec};

use crate::model::bill::{Explained, ServiceCost};
use crate::model::money::HOURS_A_MONTH;
use crate::model::{Bill, Charge, Gap, Note, Usd};
use crate::resources;

/// A service below a cent a day is not compared: it is rounding, requests, a few objects in a bucket.
const WORTH_A_LOOK: Usd = Usd(dec!(0.01));
/// The findings need not explain all of the cost: traffic and requests come on top.
const NEARLY: Decimal = dec!(0.9);
/// AWS charges for an hour up to a day later.
const LAG: SignedDuration = SignedDuration::from_hours(24);

const HOURS_A_DAY: Decimal = Decimal::from_parts(24, 0, 0, false, 0);

/// Compares the bill's services with the charges that were found.
pub fn explain<'a>(bill: &mut Bill, charges: impl Iterator<Item = &'a Charge>, gaps: &[Gap], disabled_regions: usize) {
    let found = found(charges);
    for service in &mut bill.services {
        judge(service, found.get(service.service.as_str()), gaps, disabled_regions);
    }
}

/// The findings of one service, added up.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    usd_per_day: Usd,
    unpriced: bool,
}

fn found<'a>(charges: impl Iterator<Item = &'a Charge>) -> BTreeMap<&'a str, Found> {
    let mut found: BTreeMap<&'a str, Found> = BTreeMap::new();
    for charge in charges {
        let of = found.entry(&*charge.sku.service).or_default();
        match charge.usd_per_month {
            Some(month) => of.usd_per_day = of.usd_per_day + Usd((month * HOURS_A_DAY).0 / HOURS_A_MONTH),
            None => of.unpriced = true,
        }
    }
    found
}

fn judge(service: &mut ServiceCost, found: Option<&Found>, gaps: &[Gap], disabled_regions: usize) {
    service.found_usd_per_day = Some(found.copied().unwrap_or_default().usd_per_day.monthly());
    let Some(burn) = service.usd_per_day.filter(|burn| *burn >= WORTH_A_LOOK) else { return };
    let explained = match found {
        None if is_no_resource(&service.service) => Explained::Explained,
        None => Explained::Unexplained,
        Some(found) if found.usd_per_day >= burn * NEARLY => Explained::Explained,
        Some(_) => Explained::Partly,
    };
    service.explained = Some(explained);
    if explained != Explained::Explained || found.is_none() {
        let unpriced = found.is_some_and(|found| found.unpriced);
        service.reasons = reasons(&service.service, unpriced, gaps, disabled_regions);
    }
}

/// A support plan or a tax: the name explains it, and there is no resource to find.
fn is_no_resource(service: &str) -> bool {
    service.contains("Support") || service.contains("Tax")
}

/// The possible reasons, the most probable first.
fn reasons(service: &str, unpriced: bool, gaps: &[Gap], disabled_regions: usize) -> Vec<Note> {
    let known = match service {
        "AWSDataTransfer" => Some("data-transfer"),
        _ if service.contains("Support") => Some("support-plan"),
        _ if service.contains("Tax") => Some("tax"),
        _ if resources::is_usage_only(service) => Some("requests"),
        _ => None,
    };
    if let Some(known) = known {
        return vec![Note::new(known)];
    }
    let covered = resources::covers(service);
    let mut reasons = Vec::new();
    let mut add = |id: &str, holds: bool| reasons.extend(holds.then(|| Note::new(id)));
    add("type-not-covered", !covered);
    add("unpriced", unpriced);
    add("not-looked-at", covered && gaps.iter().any(|gap| concerns(gap, service)));
    add("ended-since", covered && !unpriced);
    if disabled_regions > 0 {
        reasons.push(Note::with("in-disabled-region", disabled_regions));
    }
    reasons.extend(covered.then(|| Note::new("use-on-top")));
    reasons
}

/// Whether the gap hid things of this service.
fn concerns(gap: &Gap, service: &str) -> bool {
    let Some(id) = &gap.resource else { return true };
    resources::find(id).is_some_and(|resource| resource.billed_as.contains(&service))
}

/// The note of a finding whose service has no costs on the bill yet.
pub fn mark(bill: &Bill, charges: &[Charge], created_at: Option<Timestamp>) -> Option<Note> {
    let as_of = bill.as_of?;
    let costs = |service: &str| {
        let costs = |it: &&ServiceCost| it.usd_per_day.is_none_or(|burn| burn > Usd::ZERO);
        bill.services.iter().filter(costs).any(|it| it.service == service)
    };
    if charges.is_empty() || charges.iter().any(|charge| costs(&charge.sku.service)) {
        return None;
    }
    let new = created_at.is_some_and(|made| as_of.duration_since(made) < LAG);
    Some(Note::with(if new { "new-since-bill" } else { "not-on-bill" }, as_of))
}

#[cfg(test)]
mod tests;
