//! Things that cost next to nothing: those that together come to less than a cent a month are counted and not listed, so that
//! an ordinary account can be clean.

use std::collections::BTreeSet;

use rust_decimal::{Decimal, dec};

use crate::model::{CheckOutcome, Cost, Coverage, Finding, Note, Region, Usd};

/// Less than this is shown as 0.00.
const SHOWN: Decimal = dec!(0.005);
const CENT: Decimal = dec!(0.01);

/// Takes them out, and says how many there were. A thing of unknown cost is never one of them.
pub(super) fn leave_out(findings: &mut Vec<Finding>, coverage: &mut Coverage) -> Option<Note> {
    let trifles: Vec<(String, Region, Usd)> =
        findings.iter().filter_map(|it| Some((it.resource.clone(), it.region.clone(), trifle(it)?))).collect();
    let sum: Usd = trifles.iter().map(|(_, _, usd)| *usd).sum();
    if trifles.is_empty() || sum.0 >= CENT {
        return None;
    }
    findings.retain(|it| trifle(it).is_none());
    let left: BTreeSet<(&str, &Region)> = findings.iter().map(|it| (&*it.resource, &it.region)).collect();
    for (resource, region, _) in trifles.iter().filter(|(resource, region, _)| !left.contains(&(&**resource, region))) {
        let cell = coverage.get_mut(resource).and_then(|cells| cells.get_mut(region));
        if let Some(cell) = cell.filter(|cell| **cell == CheckOutcome::Found) {
            *cell = CheckOutcome::Empty;
        }
    }
    Some(Note::with("below-a-cent", trifles.len()))
}

/// What it costs a month at most, if that is known and shown as nothing. A type that lists something at no cost does so on
/// purpose.
fn trifle(finding: &Finding) -> Option<Usd> {
    let cost = Cost::of(finding);
    let most = cost.exact.unwrap_or_default() + cost.at_most;
    let known = !finding.charges.is_empty() && !cost.open && !cost.unpriced;
    (known && finding.exempt.is_none() && most > Usd::ZERO && most.0 < SHOWN).then_some(most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Charge, Sku, Unit};

    fn finding(id: &str, usd: &str) -> Finding {
        let mut charge = Charge::each_month("x", Sku::default(), 1).with_price(usd.parse().unwrap());
        charge.usd_per_month = charge.usd_per_unit;
        let usd_per_month = charge.usd_per_month;
        Finding { resource: "s3-bucket".into(), charges: vec![charge], usd_per_month, ..Finding::new(id) }
    }

    fn left(mut findings: Vec<Finding>) -> (Vec<String>, Option<String>) {
        let cell = (Region::home(), CheckOutcome::Found);
        let mut coverage = Coverage::from([("s3-bucket".to_owned(), [cell].into())]);
        let note = leave_out(&mut findings, &mut coverage);
        let outcome = coverage["s3-bucket"][&Region::home()];
        assert_eq!(outcome == CheckOutcome::Empty, findings.is_empty());
        (findings.into_iter().map(|it| it.id).collect(), note.and_then(|note| note.value().map(str::to_owned)))
    }

    #[test]
    fn what_comes_to_less_than_a_cent_is_left_out() {
        let [small, smaller, cent] = [("a", "0.004"), ("b", "0.0002"), ("c", "0.01")].map(|(id, usd)| finding(id, usd));
        assert_eq!(left(vec![small.clone(), smaller.clone()]), (vec![], Some("2".to_owned())));
        assert_eq!(left(vec![small.clone(), cent]), (vec!["c".to_owned()], Some("1".to_owned())));
        // Together they are worth a line.
        let three = vec![small.clone(), small.clone(), small];
        assert_eq!(left(three), (vec!["a".to_owned(); 3], None));
    }

    #[test]
    fn unknown_is_not_little() {
        let mut metered = finding("m", "0.001");
        metered.charges.push(Charge::metered("x", Sku::default(), Unit::GbMonth));
        let mut unpriced = finding("u", "0.001");
        unpriced.charges.push(Charge::each_month("x", Sku::default(), 1));
        let free = finding("f", "0");
        let bare = Finding { charges: Vec::new(), usd_per_month: None, ..finding("n", "0.001") };
        let ids = ["m", "u", "n", "f"].map(str::to_owned).to_vec();
        assert_eq!(left(vec![metered, unpriced, bare, free]), (ids, None));
    }
}
