//! Free allowances of an account: ten alarms, three dashboards. Only the use above them is charged.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::found::Found;
use super::price::amount;

/// The use of each allowance so far.
pub(in crate::ops) type FreeTierUsage = BTreeMap<Cow<'static, str>, Decimal>;

/// Deducts the free part from the charges, which are priced, in the order of region and id. A thing that is then free is dropped.
pub(super) fn deduct(found: &mut Vec<Found>, used: &mut FreeTierUsage) {
    found.sort_by(|a, b| a.order().cmp(&b.order()));
    found.retain_mut(|Found { listed, .. }| {
        let charged = !listed.charges.is_empty();
        for charge in &mut listed.charges {
            let (Some(allowance), Some(quantity)) = (&charge.allowance, charge.quantity) else { continue };
            let used = used.entry(allowance.of.clone()).or_default();
            let left = allowance.quantity.saturating_sub(*used).max(Decimal::ZERO);
            let free = left.min(quantity.max(Decimal::ZERO));
            *used = used.saturating_add(quantity);
            if free > Decimal::ZERO {
                charge.what = format!("{} − {}", charge.what, free.normalize());
            }
            charge.quantity = Some(quantity.saturating_sub(free));
            charge.usd_per_month = amount(charge);
        }
        listed.charges.retain(|charge| charge.allowance.is_none() || charge.quantity != Some(Decimal::ZERO));
        !(charged && listed.charges.is_empty())
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Charge, Listed, Region, Sku};
    use crate::resources;

    fn found(listed: Listed) -> Found {
        Found::new(&Region::home(), resources::find("cloudwatch-alarm").unwrap(), listed)
    }

    fn alarms(ids: &[&str]) -> Vec<Found> {
        let alarm = || Charge::each_month("alarm", Sku::new("AmazonCloudWatch"), 1).free_up_to("alarms", 2);
        ids.iter().map(|id| found(Listed::new(*id).charge(alarm()))).collect()
    }

    fn left(mut found: Vec<Found>, used: FreeTierUsage) -> Vec<String> {
        deduct(&mut found, &mut { used });
        found.into_iter().map(|it| it.listed.id).collect()
    }

    #[test]
    fn only_use_above_the_allowance_is_charged() {
        assert_eq!(left(alarms(&["b", "a"]), FreeTierUsage::default()), Vec::<String>::new());
        assert_eq!(left(alarms(&["c", "b", "a"]), FreeTierUsage::default()), ["c"]);
        assert_eq!(left(alarms(&["b", "a"]), FreeTierUsage::from([("alarms".into(), Decimal::ONE)])), ["b"]);
    }

    #[test]
    fn part_of_a_charge_may_be_free_and_the_rest_of_a_finding_stays() {
        let units = Charge::hourly("RCU", Sku::new("AmazonDynamoDB"), 30).free_up_to("units", 25);
        let table = Listed::new("table").charge(units).charge(Charge::hourly("x", Sku::default(), 1));
        let mut kept = vec![found(table)];
        deduct(&mut kept, &mut FreeTierUsage::default());
        assert_eq!(kept[0].listed.charges[0].quantity, Some(Decimal::from(5)));
        kept = alarms(&["a"]);
        kept[0].listed.charges.push(Charge::hourly("x", Sku::default(), 1));
        deduct(&mut kept, &mut FreeTierUsage::default());
        assert_eq!(kept[0].listed.charges.len(), 1);
        let mut bare = vec![found(Listed::new("no charge known"))];
        deduct(&mut bare, &mut FreeTierUsage::default());
        assert_eq!(bare.len(), 1);
    }

    #[test]
    fn absurd_quantities_of_an_answer_are_no_panic() {
        let units = |quantity: Decimal| Charge::hourly("RCU", Sku::default(), quantity).free_up_to("units", 25);
        let listed = |quantity| found(Listed::new("table").charge(units(quantity)));
        let mut odd = vec![listed(Decimal::MAX), listed(Decimal::MAX), listed(Decimal::from(-3))];
        deduct(&mut odd, &mut FreeTierUsage::default());
        assert_eq!(odd.len(), 3);
    }
}
