//! Lightsail distributions cost the fixed monthly price of their plan, used or not, enabled or not.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::lightsail_plan::unlisted;
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Usd, Verb, words};
use crate::resources::reading::lowercase_tag_list;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "lightsail-distribution",
    names: words("Lightsail distribution", "Lightsail ディストリビューション"),
    bills: words("the fixed monthly price of its plan, used or not", "使わなくても、プランの月額"),
    // Lightsail keeps the distributions of all regions in us-east-1.
    scope: Scope::Only("us-east-1"),
    small: false,
    billed_as: &["AmazonLightsail"],
    asks: &[&DISTRIBUTIONS, &BUNDLES],
    writes: &["lightsail:DeleteDistribution"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const DISTRIBUTIONS: Operation<Distribution> = Operation::new("lightsail:GetDistributions").at("distributions");
const BUNDLES: Operation<Bundle> = Operation::new("lightsail:GetDistributionBundles").at("bundles");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Distribution {
    name: String,
    arn: Option<String>,
    bundle_id: Option<String>,
    created_at: Option<Timestamp>,
    #[serde(deserialize_with = "lowercase_tag_list")]
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Bundle {
    bundle_id: Option<String>,
    price: Option<Decimal>,
}

/// The monthly prices of the plans, as far as AWS returns them.
type Plans = BTreeMap<String, Usd>;

async fn list(cx: &Cx) -> Result<Listing> {
    let distributions = cx.ask(&DISTRIBUTIONS).all().await?;
    if distributions.is_empty() {
        return Ok(Listing::default());
    }
    let (plans, faults) = match cx.ask(&BUNDLES).all().await {
        Ok(bundles) => (bundles.into_iter().filter_map(plan).collect(), Vec::new()),
        Err(error) => (Plans::new(), vec![error]),
    };
    let findings = distributions.iter().map(|it| finding(it, &plans)).collect();
    Ok(Listing { findings, faults, ..Listing::default() })
}

fn plan(bundle: Bundle) -> Option<(String, Usd)> {
    Some((bundle.bundle_id?, Usd(bundle.price?)))
}

/// No state is known to be free.
fn finding(it: &Distribution, plans: &Plans) -> Listed {
    let (name, plan) = (&it.name, it.bundle_id.as_deref());
    let what = plan.map_or_else(|| "Lightsail distribution".to_owned(), |id| format!("Lightsail distribution {id}"));
    let charge = Charge::each_month(&what, unlisted("distribution", plan), 1);
    let charge = match plan.and_then(|plan| plans.get(plan)) {
        Some(usd) => charge.with_price(*usd),
        None => charge,
    };
    let found = Listed {
        arn: it.arn.clone(),
        created_at: it.created_at,
        tags: it.tags.clone(),
        charges: vec![charge],
        notes: vec![Note::new("stop-saves-nothing"), Note::new("usage-extra")],
        ..Listed::new(name)
    };
    found
        .loses(Loss::Address)
        .can(Verb::Delete, Command::aws("lightsail delete-distribution --distribution-name").arg(name))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn distribution(bundle: &str) -> Distribution {
        Distribution { bundle_id: Some(bundle.into()), ..Distribution::default() }
    }

    #[test]
    fn every_state_is_charged_the_price_of_its_plan() {
        let plans = Plans::from([("small_1_0".to_owned(), Usd(Decimal::new(25, 1)))]);
        for (status, enabled) in [("Deployed", true), ("InProgress", true), ("Deployed", false), ("Future", false)] {
            let it = json!({ "status": status, "isEnabled": enabled, "bundleId": "small_1_0" });
            let charge = finding(&serde_json::from_value(it).unwrap(), &plans).charges.remove(0);
            assert_eq!(charge.usd_per_unit, Some(Usd(Decimal::new(25, 1))), "{status} {enabled}");
        }
    }

    #[test]
    fn a_plan_that_is_not_listed_has_no_price() {
        let charge = |it: Distribution| finding(&it, &Plans::new()).charges.remove(0);
        let other = charge(distribution("old_0_9"));
        assert_eq!(
            (other.sku.to_string().as_str(), other.usd_per_unit),
            ("AmazonLightsail bundle=old_0_9 kind=distribution", None)
        );
        assert_eq!(charge(Distribution::default()).what, "Lightsail distribution");
        let bundle = Bundle { bundle_id: Some("small_1_0".into()), price: Some(Decimal::new(25, 1)) };
        assert_eq!(plan(bundle), Some(("small_1_0".to_owned(), Usd(Decimal::new(25, 1)))));
    }
}
