//! Computes a bill from AWS's figures: the month's total, services, the rest, credits.

use jiff::{SignedDuration, Timestamp};
use rust_decimal::{Decimal, dec};

use super::spend_rate::{Month, at_month_end, days, of_month, per_day, used_up_at};
use crate::aws::billing_metric::Figures;
use crate::model::bill::{BILLS_PAGE, Credit, Figure, Rest, ServiceCost};
use crate::model::{Bill, Note, Usd};

const HALF_A_CENT: Usd = Usd(dec!(0.005));

/// Adds the remaining credits and their end.
pub(super) fn left(bill: &mut Bill, of_plan: Option<Usd>, now: Timestamp) {
    let listed = bill.credits.as_ref().filter(|credits| !credits.is_empty());
    let sum = listed.and_then(|credits| credits.iter().map(|Credit { left_usd, .. }| *left_usd).sum::<Option<Usd>>());
    bill.credits_left_usd = sum.or(of_plan).map(Usd::monthly);
    bill.credits_gone_at =
        bill.credits_left_usd.zip(bill.usd_per_day).and_then(|(left, burn)| used_up_at(left, burn, now));
}

/// The bill of these figures, if there are any.
pub(super) fn counted_if_any(figures: &Figures, month: &Month, limit_usd: Option<Usd>) -> Option<Bill> {
    let any = !figures.total.is_empty() || !figures.services.is_empty();
    any.then(|| counted(figures, month, limit_usd))
}

/// The bill of these figures.
pub(super) fn counted(figures: &Figures, month: &Month, limit_usd: Option<Usd>) -> Bill {
    let newest = |figures: &Vec<Figure>| figures.last().map(|it| it.at);
    let as_of = newest(&figures.total).or_else(|| figures.services.values().filter_map(newest).max());
    let total = of_month(&figures.total, month);
    let burn = per_day(&figures.total);
    let estimate = total.last().zip(burn).map(|(last, burn)| at_month_end(*last, burn, month).monthly());
    let mut services: Vec<ServiceCost> = figures
        .services
        .iter()
        .map(|(service, figures)| service_cost(service, figures, month, as_of))
        .filter(|service| service.usd.is_some() || service.usd_per_day.is_some_and(|burn| burn > Usd::ZERO))
        .collect();
    services
        .sort_by(|a, b| (b.usd, b.usd_per_day).cmp(&(a.usd, a.usd_per_day)).then_with(|| a.service.cmp(&b.service)));
    Bill {
        month: month.name(),
        month_ends_at: month.ends,
        as_of,
        total_usd: total.last().map(|it| it.usd.monthly()),
        usd_per_day: burn.map(Usd::monthly),
        month_end_usd_estimate: estimate,
        limit_usd: limit_usd.map(Usd::monthly),
        rest: rest(figures, month),
        services,
        days: days(total),
        budgets: None,
        free_tier: None,
        plan: None,
        credits: None,
        credits_left_usd: None,
        credits_gone_at: None,
        regions: None,
        commitments: None,
        causes: None,
        support_plan: None,
        page: BILLS_PAGE.to_owned(),
    }
}

/// The part of the total that no service's figure has, at the last moment for which all have a figure. AWS rounds each of them: an
/// amount that may be rounding counts as zero.
fn rest(figures: &Figures, month: &Month) -> Option<Rest> {
    let services: Vec<&[Figure]> =
        figures.services.values().filter(|it| !of_month(it, month).is_empty()).map(Vec::as_slice).collect();
    if services.is_empty() || !figures.faults.is_empty() {
        return None;
    }
    let at = services.iter().chain([&figures.total.as_slice()]).filter_map(|it| Some(it.last()?.at)).min()?;
    let until = |figures: &'_ [Figure]| figures.partition_point(|figure| figure.at <= at);
    let so_far = |figures: &[Figure]| of_month(&figures[..until(figures)], month).last().map(|it| it.usd);
    let a_day = |figures: &[Figure]| per_day(&figures[..until(figures)]);
    let usd = so_far(&figures.total)? - services.iter().map(|it| so_far(it)).sum::<Option<Usd>>()?;
    let usd_per_day = a_day(&figures.total).zip(services.iter().map(|it| a_day(it)).sum::<Option<Usd>>());
    let usd_per_day = usd_per_day.map(|(all, of_services)| (all - of_services).monthly());
    let rounding = HALF_A_CENT * Decimal::from(services.len() + 1);
    let reasons = ["tax", "support-plan"].map(Note::new).to_vec();
    (usd > rounding).then(|| Rest { usd: usd.monthly(), usd_per_day, reasons })
}

fn service_cost(service: &str, figures: &[Figure], month: &Month, as_of: Option<Timestamp>) -> ServiceCost {
    // A service without charges this month keeps last month's figures for two weeks.
    let recent = figures
        .last()
        .zip(as_of)
        .is_some_and(|(last, as_of)| as_of.duration_since(last.at) <= SignedDuration::from_hours(24));
    ServiceCost {
        service: service.to_owned(),
        usd: of_month(figures, month).last().map(|it| it.usd.monthly()),
        usd_per_day: per_day(figures).filter(|_| recent).map(Usd::monthly),
        found_usd_per_day: None,
        explained: None,
        reasons: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
