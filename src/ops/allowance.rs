//! What an account has for free: ten alarms, three dashboards. Only what is above it bills.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::model::Finding;

/// How much of each kind is used up by what is not reported.
pub type Used = BTreeMap<&'static str, Decimal>;

/// Takes the free part off the charges, in the order of region and id. What bills for nothing else is no finding.
pub fn take_off(findings: &mut Vec<Finding>, mut used: Used) {
    findings.sort_by(|a, b| (&a.region, &a.resource, &a.id).cmp(&(&b.region, &b.resource, &b.id)));
    findings.retain_mut(|finding| {
        let charged = !finding.charges.is_empty();
        for charge in &mut finding.charges {
            let (Some(allowance), Some(quantity)) = (charge.allowance, charge.quantity) else { continue };
            let used = used.entry(allowance.of).or_default();
            let free = (allowance.quantity - *used).clamp(Decimal::ZERO, quantity);
            *used += quantity;
            if free > Decimal::ZERO {
                charge.what = format!("{} − {}", charge.what, free.normalize());
            }
            charge.quantity = Some(quantity - free);
        }
        finding.charges.retain(|charge| charge.allowance.is_none() || charge.quantity != Some(Decimal::ZERO));
        !(charged && finding.charges.is_empty())
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Charge, Region, Sku};

    fn alarms(ids: &[&str]) -> Vec<Finding> {
        let alarm = || Charge::each_month("alarm", Sku::new("AmazonCloudWatch"), 1).free_up_to("alarms", 2);
        ids.iter().map(|id| Finding { region: Region::home(), ..Finding::new(*id) }.charge(alarm())).collect()
    }

    fn left(mut findings: Vec<Finding>, used: Used) -> Vec<String> {
        take_off(&mut findings, used);
        findings.into_iter().map(|finding| finding.id).collect()
    }

    #[test]
    fn only_what_is_above_it_bills() {
        assert_eq!(left(alarms(&["b", "a"]), Used::default()), Vec::<String>::new());
        assert_eq!(left(alarms(&["c", "b", "a"]), Used::default()), ["c"]);
        assert_eq!(left(alarms(&["b", "a"]), Used::from([("alarms", Decimal::ONE)])), ["b"]);
    }

    #[test]
    fn part_of_a_charge_may_be_free_and_the_rest_of_a_finding_stays() {
        let units = Charge::hourly("RCU", Sku::new("AmazonDynamoDB"), 30).free_up_to("units", 25);
        let mut findings = vec![Finding::new("table").charge(units).charge(Charge::hourly("x", Sku::default(), 1))];
        take_off(&mut findings, Used::default());
        assert_eq!(findings[0].charges[0].quantity, Some(Decimal::from(5)));
        findings = alarms(&["a"]);
        findings[0].charges.push(Charge::hourly("x", Sku::default(), 1));
        take_off(&mut findings, Used::default());
        assert_eq!(findings[0].charges.len(), 1);
        let mut bare = vec![Finding::new("no charge known")];
        take_off(&mut bare, Used::default());
        assert_eq!(bare.len(), 1);
    }
}
