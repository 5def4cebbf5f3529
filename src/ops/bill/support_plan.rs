//! What the support plan of an account costs at this month's spend.

use rust_decimal::{Decimal, dec};

use crate::model::commitment::{SupportLevel, SupportPlan};
use crate::model::{Bill, Usd};

/// The Business plan: this share of the monthly charges up to this amount, and the least that it costs (AWS's support pricing page).
const BUSINESS: [(Option<Decimal>, Decimal); 4] = [
    (Some(dec!(10000)), dec!(0.10)),
    (Some(dec!(80000)), dec!(0.07)),
    (Some(dec!(250000)), dec!(0.05)),
    (None, dec!(0.03)),
];
const BUSINESS_LEAST: Decimal = dec!(100);

/// The support plan, and its cost as far as the bill and the list price say it.
pub(super) fn support_plan(level: Option<bool>, bill: &Bill) -> SupportPlan {
    let level = match level {
        None => SupportLevel::BasicOrDeveloper,
        Some(false) => SupportLevel::Business,
        Some(true) => SupportLevel::Enterprise,
    };
    let own = |service: &str| service.contains("Support");
    let services = || bill.services.iter().filter(|it| own(&it.service));
    let usd = services().next().map(|_| services().filter_map(|it| it.usd).sum::<Usd>());
    let others = bill.month_end_usd_estimate.or(bill.total_usd).map(|all| all - usd.unwrap_or_default());
    let estimate = others.filter(|_| level == SupportLevel::Business).map(business);
    SupportPlan { level, usd: usd.map(Usd::monthly), usd_per_month_estimate: estimate }
}

fn business(charges: Usd) -> Usd {
    let mut from = Decimal::ZERO;
    let mut sum = Decimal::ZERO;
    for (until, share) in BUSINESS {
        let in_band = until.map_or(charges.0, |until| charges.0.min(until)) - from;
        sum = sum.saturating_add(in_band.max(Decimal::ZERO).saturating_mul(share));
        from = until.unwrap_or(from);
    }
    Usd(sum.max(BUSINESS_LEAST)).monthly()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_business_plan_is_a_share_of_the_bill() {
        let cost = |usd: &str| business(usd.parse().unwrap()).to_string();
        assert_eq!(["0", "561.96", "2000", "85000"].map(cost), ["100.00", "100.00", "200.00", "6150.00"]);
    }
}
