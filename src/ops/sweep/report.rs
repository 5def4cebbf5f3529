//! Builds the report of a sweep: findings with key, prices and notes, sorted, with coverage and gaps.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::collect::Seen;
use super::exempt::{self, Kept, kept};
use super::found::Found;
use super::free_tier::FreeTierUsage;
use super::options::Options;
use super::price::sums;
use super::remedies::{count_others, of_owner, remedies};
use super::{refusal, trifles};
use crate::model::report::{SWEEP_SCHEMA, SweepScope, Totals};
use crate::model::{AccountId, Bill, Cost, Finding, Gap, Note, Reason, SweepReport, Verdict};
use crate::ops::bill::reconcile::{explain, mark};

/// Commitments: what they cover costs less than its list price.
const COMMITMENTS: [&str; 2] = ["ec2-reserved-instance", "savings-plan"];

/// The inputs of the report. The nightly run keeps them as JSON until it has those of all accounts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::ops) struct Known {
    pub(super) scope: SweepScope,
    pub(super) seen: Seen,
    /// Why AWS's price list could not be read, or not completely.
    pub(super) live_prices_failed: Option<Reason>,
    pub(super) bill: Option<Bill>,
    pub(super) interrupted: bool,
    pub(super) late: bool,
}

impl Known {
    pub fn account(&self) -> &AccountId {
        &self.scope.account.id
    }

    /// The same with the account's bill, and a gap for each figure that could not be read.
    #[must_use]
    pub fn with_bill(mut self, bill: Option<Bill>, gaps: Vec<Gap>) -> Self {
        self.seen.gaps.extend(gaps);
        Self { bill, ..self }
    }
}

/// The report. `used` is the use of the free allowances by the accounts that share them.
pub(in crate::ops) fn report(known: Known, options: &Options, used: &mut FreeTierUsage) -> SweepReport {
    let Known { scope, mut seen, live_prices_failed, mut bill, interrupted, late } = known;
    seen.deduct(used);
    let Seen { found, mut gaps, mut coverage, .. } = seen;
    refusal::judge(&mut gaps, &coverage, &scope);
    gaps.sort();
    // A sweep of part of the account explains only part of the bill, and is not compared.
    let compared = bill.as_mut().filter(|bill| !scope.partial && !bill.services.is_empty());
    let compared = compared.map(|bill| {
        let charges = found.iter().flat_map(|it| &it.listed.charges);
        explain(bill, charges, &gaps, scope.disabled_regions.len());
        &*bill
    });
    let mut notes = if scope.partial { Vec::new() } else { exempt::unused(&options.keep, &found, &gaps) };
    // What they cover cannot be seen for free, but that there are such.
    if found.iter().any(|it| COMMITMENTS.contains(&it.resource.id)) {
        notes.push(Note::new("list-price-not-paid"));
    }
    let keys = keys(&scope.account.id, &found);
    let findings = found.into_iter().zip(keys).map(|(found, key)| {
        let of_bill = compared.and_then(|bill| mark(bill, &found.listed.charges, found.listed.created_at));
        finding(found, &scope.account.id, key, of_bill, options)
    });
    let mut findings: Vec<Finding> = findings.collect();
    count_others(&mut findings);
    notes.extend(trifles::leave_out(&mut findings, &mut coverage));
    findings.sort_by(|a, b| {
        let worth = |it: &Finding| (Cost::of(it).worth(), it.usd_per_month);
        let place = |it: &Finding| (it.region.clone(), it.resource.clone(), it.id.clone());
        worth(b).cmp(&worth(a)).then_with(|| place(a).cmp(&place(b)))
    });
    SweepReport {
        schema: SWEEP_SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: options.made_at,
        verdict: Verdict::of(&findings, &gaps, bill.as_ref()),
        totals: Totals::of(&findings, &gaps),
        changes: None,
        scope,
        bill,
        findings,
        gaps,
        coverage,
        interrupted,
        late,
        notes,
        live_prices_failed,
    }
}

/// The row of one thing whose charges are priced.
#[must_use]
pub fn finding(found: Found, account: &AccountId, key: String, of_bill: Option<Note>, options: &Options) -> Finding {
    let sums = sums(&found.listed, options.made_at);
    let Kept { exempt, note } = kept(&found, &options.keep, options.made_at);
    let Found { region, resource, listed } = found;
    let remedies = remedies(&listed);
    Finding {
        key,
        account: account.clone(),
        region,
        resource: resource.id.to_owned(),
        names: resource.names.clone(),
        id: listed.id,
        arn: listed.arn,
        name: listed.name,
        billing: listed.billing,
        created_at: listed.created_at,
        first_seen: None,
        new: None,
        created_by: None,
        tags: listed.tags,
        owner: listed.owner.map(of_owner),
        small: resource.small,
        charges: listed.charges,
        usd_per_hour: sums.usd_per_hour,
        usd_per_month: sums.usd_per_month,
        usd_since_created: sums.usd_since_created,
        spent: sums.spent,
        can: listed.can,
        commands: listed.commands,
        remedies,
        look: listed.look,
        exempt,
        notes: listed.notes.into_iter().chain(note).chain(of_bill).collect(),
    }
}

/// A key for each finding, in their order. If several have the same type, region and id, the key has the ARN instead of the id;
/// those that are still equal are numbered.
pub(super) fn keys(account: &AccountId, found: &[Found]) -> Vec<String> {
    let key = |it: &Found, id: &str| format!("{account}/{}/{}/{id}", it.region, it.resource.id);
    let mut alike: BTreeMap<String, usize> = BTreeMap::new();
    for it in found {
        *alike.entry(key(it, &it.listed.id)).or_default() += 1;
    }
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut unique = |it: &Found| {
        let plain = key(it, &it.listed.id);
        let by_arn = it.listed.arn.as_ref().filter(|_| alike[&plain] > 1).map(|arn| key(it, arn));
        let numbered = (2..).map(|number| format!("{plain}#{number}"));
        let first = by_arn.into_iter().chain([plain.clone()]).chain(numbered).find(|key| !taken.contains(key));
        let key = first.unwrap_or(plain);
        taken.insert(key.clone());
        key
    };
    found.iter().map(&mut unique).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Account, Charge, Coverage, Listed, Region, Sku, Usd};
    use crate::prices::Lookup;
    use crate::profile::Keep;
    use crate::resources;

    const ACCOUNT: &str = "123456789012";

    fn volume(listed: Listed) -> Found {
        Found::new(&Region::home(), resources::find("ec2-volume").unwrap(), listed)
    }

    fn options(keep: Vec<Keep>) -> Options {
        Options {
            regions: Vec::new(),
            resources: Vec::new(),
            keep,
            at_once: 1,
            timeout: std::time::Duration::from_secs(1),
            bill: false,
            limit_usd: None,
            made_at: "2026-11-23T00:00:00Z".parse().unwrap(),
            prices: Lookup::Snapshot,
        }
    }

    fn reported(found: Vec<Found>) -> SweepReport {
        let account = Account { id: ACCOUNT.parse().unwrap(), alias: None };
        let scope = SweepScope {
            account,
            regions: vec![Region::home()],
            disabled_regions: Vec::new(),
            resources: vec!["ec2-volume".to_owned()],
            resources_known: None,
            partial: false,
        };
        let seen = Seen { found, gaps: Vec::new(), coverage: Coverage::new(), used: FreeTierUsage::new() };
        let known = Known { scope, seen, live_prices_failed: None, bill: None, interrupted: false, late: false };
        report(known, &options(Vec::new()), &mut FreeTierUsage::new())
    }

    #[test]
    fn keys_are_unique_and_none_is_dropped() {
        let with_arn = |id: &str, arn: &str| Listed { arn: Some(arn.to_owned()), ..Listed::new(id) };
        let listed = [
            Listed::new("v"),
            with_arn("v", "arn:1"),
            with_arn("v", "arn:1"),
            Listed::new("v"),
            Listed::new("w"),
            Listed::new("v#2"),
        ];
        let keys = keys(&ACCOUNT.parse().unwrap(), &listed.map(volume));
        let ids: Vec<_> =
            keys.iter().map(|key| key.strip_prefix("123456789012/us-east-1/ec2-volume/").unwrap()).collect();
        assert_eq!(ids, ["v", "arn:1", "v#2", "v#3", "w", "v#2#2"]);
    }

    #[test]
    fn commitments_say_that_the_list_price_is_not_what_is_paid() {
        let of = |id: &str| Found::new(&Region::home(), resources::find(id).unwrap(), Listed::new("x"));
        let said = |found| reported(vec![found]).notes.iter().map(|note| note.id().to_owned()).collect::<Vec<_>>();
        assert_eq!(said(of("ec2-volume")), Vec::<String>::new());
        for id in COMMITMENTS {
            assert_eq!(said(of(id)), ["list-price-not-paid"], "{id}");
        }
    }

    #[test]
    fn a_sweep_has_one_account_in_json_and_is_read_back() {
        let report = reported(vec![volume(Listed::new("v"))]);
        let json = serde_json::to_value(&report).unwrap();
        assert_eq!(json["scope"]["accounts"], serde_json::json!([{ "id": ACCOUNT, "alias": null }]));
        assert_eq!(json["findings"][0]["key"], "123456789012/us-east-1/ec2-volume/v");
        assert!(json.get("interrupted").is_none());
        let mut two = json.clone();
        two["scope"]["accounts"] =
            serde_json::json!([{ "id": ACCOUNT, "alias": null }, { "id": ACCOUNT, "alias": null }]);
        assert!(serde_json::from_value::<SweepReport>(two).is_err());
        assert_eq!(serde_json::from_value::<SweepReport>(json).unwrap().scope, report.scope);
    }

    fn things() -> impl Strategy<Value = Vec<Found>> {
        let thing = (0..4u8, prop::collection::vec((0..2000i64, 0..500_000i64), 0..4)).prop_map(|(id, charges)| {
            let listed = charges.into_iter().fold(Listed::new(format!("vol-{id}")), |listed, (quantity, price)| {
                let usd = Usd(rust_decimal::Decimal::new(price, 4));
                listed.charge(Charge::hourly("x", Sku::default(), quantity).with_price(usd))
            });
            volume(listed)
        });
        prop::collection::vec(thing, 0..12)
    }

    proptest! {
        #[test]
        fn totals_are_the_sums_of_the_findings_in_any_order(
            (found, shuffled) in things().prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle()))
        ) {
            let (report, other) = (reported(found), reported(shuffled));
            let sum = |usd: fn(&Finding) -> Option<Usd>| report.findings.iter().filter_map(usd).sum::<Usd>();
            prop_assert_eq!(report.totals.usd_per_hour, sum(|it| it.usd_per_hour).hourly());
            prop_assert_eq!(report.totals.usd_per_month, sum(|it| it.usd_per_month).monthly());
            prop_assert_eq!(&report.totals, &other.totals);
            let keys: BTreeSet<_> = report.findings.iter().map(|it| &it.key).collect();
            prop_assert_eq!(keys.len(), report.findings.len());
        }
    }
}
