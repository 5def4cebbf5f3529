//! Lightsail distributions bill for each month the fixed price of their plan, used or not, enabled or not.

use std::collections::BTreeMap;

use aws_sdk_lightsail::Client;
use aws_sdk_lightsail::types::{DistributionBundle, LightsailDistribution};
use futures::{FutureExt, TryFutureExt};
use rust_decimal::Decimal;

use super::lightsail_reading::{lightsail_tags, pages, unlisted};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Usd, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "lightsail-distribution",
    names: words("Lightsail distribution", "Lightsail ディストリビューション"),
    bills: words("the fixed monthly price of its plan, used or not", "使わなくても、プランの月額"),
    // Lightsail keeps the distributions of all regions there.
    scope: Scope::Only("us-east-1"),
    endpoint: "lightsail",
    small: false,
    billed_as: &["AmazonLightsail"],
    reads: &["lightsail:GetDistributions", "lightsail:GetDistributionBundles"],
    writes: &["lightsail:DeleteDistribution"],
    list: |cx| list(cx).boxed(),
};

/// What a month of each plan costs, as far as AWS says it.
type Plans = BTreeMap<String, Usd>;

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let ask = |token| client.get_distributions().set_page_token(token).send();
    let distributions = pages(|token| ask(token).map_ok(|page| (page.distributions, page.next_page_token))).await?;
    if distributions.is_empty() {
        return Ok(Listing::default());
    }
    let (plans, faults) = match client.get_distribution_bundles().send().await {
        Ok(answer) => (answer.bundles().iter().filter_map(plan).collect(), Vec::new()),
        Err(error) => (Plans::new(), vec![error.into()]),
    };
    let findings = distributions.iter().map(|it| finding(it, &plans)).collect();
    Ok(Listing { findings, faults, ..Listing::default() })
}

fn plan(bundle: &DistributionBundle) -> Option<(String, Usd)> {
    Some((bundle.bundle_id.clone()?, Usd(Decimal::try_from(bundle.price?).ok()?)))
}

/// No state is known to be free.
fn finding(it: &LightsailDistribution, plans: &Plans) -> Listed {
    let (name, plan) = (it.name().unwrap_or_default(), it.bundle_id());
    let what = plan.map_or_else(|| "Lightsail distribution".to_owned(), |id| format!("Lightsail distribution {id}"));
    let charge = Charge::each_month(&what, unlisted("distribution", plan), 1);
    let charge = match plan.and_then(|plan| plans.get(plan)) {
        Some(usd) => charge.told(*usd),
        None => charge,
    };
    let found = Listed {
        arn: it.arn().map(str::to_owned),
        created_at: time(it.created_at()),
        tags: lightsail_tags(it.tags()),
        charges: vec![charge],
        notes: vec![Note::new("stop-saves-nothing"), Note::new("usage-extra")],
        ..Listed::new(name)
    };
    found.can(Verb::Delete, Command::aws("lightsail delete-distribution --distribution-name").arg(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_bills_what_its_plan_costs() {
        let plans = Plans::from([("small_1_0".to_owned(), Usd(Decimal::new(25, 1)))]);
        for (status, enabled) in [("Deployed", true), ("InProgress", true), ("Deployed", false), ("Dreaming", false)] {
            let it = LightsailDistribution::builder().status(status).is_enabled(enabled).bundle_id("small_1_0");
            let charge = finding(&it.build(), &plans).charges.remove(0);
            assert_eq!(charge.usd_per_unit, Some(Usd(Decimal::new(25, 1))), "{status} {enabled}");
        }
    }

    #[test]
    fn a_plan_that_is_not_listed_has_no_price() {
        let charge = |it: LightsailDistribution| finding(&it, &Plans::new()).charges.remove(0);
        let other = charge(LightsailDistribution::builder().bundle_id("old_0_9").build());
        assert_eq!(
            (other.sku.to_string().as_str(), other.usd_per_unit),
            ("AmazonLightsail bundle=old_0_9 kind=distribution", None)
        );
        assert_eq!(charge(LightsailDistribution::builder().build()).what, "Lightsail distribution");
        let bundle = DistributionBundle::builder().bundle_id("small_1_0").price(2.5).build();
        assert_eq!(plan(&bundle), Some(("small_1_0".to_owned(), Usd(Decimal::new(25, 1)))));
    }
}
