//! Security Hub is charged in each region where it is enabled: CSPM for checks and findings, Security Hub for monitored resources.

use std::collections::BTreeMap;

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::aws::fault::switched_on;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::{either, parse_timestamp};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "security-hub",
    names: words("Security Hub", "Security Hub"),
    bills: words(
        "per check and finding while CSPM is on, and per resource it watches while Security Hub is",
        "CSPM が有効な間はチェックと検出結果ごと、Security Hub が有効な間は監視するリソースごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSSecurityHub"],
    asks: &[&CSPM, &HUB],
    writes: &["securityhub:DisableSecurityHub", "securityhub:DisableSecurityHubV2"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const CSPM: Operation<Cspm> = Operation::new("securityhub:DescribeHub");
const HUB: Operation<Hub> = Operation::new("securityhub:DescribeSecurityHubV2");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Cspm {
    hub_arn: Option<String>,
    subscribed_at: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Hub {
    hub_v2_arn: Option<String>,
    subscribed_at: Option<String>,
    features: BTreeMap<String, Feature>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Feature {
    feature_status: Option<Status>,
}

values! { enum Status { Disabled = "DISABLED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let (hub, above) = futures::join!(cx.ask(&CSPM).one(), cx.ask(&HUB).one());
    // InvalidAccessException can also mean a missing permission.
    let hub = switched_on(hub, &[("InvalidAccessException", "not subscribed"), ("ResourceNotFoundException", "")]);
    // A region without the operation does not have the service enabled.
    let above = switched_on(above, &[("ResourceNotFoundException", ""), ("UnknownOperationException", "")]);
    let (hub, above, faults) = either(hub, above)?;
    let findings = [hub.flatten().as_ref().map(cspm), above.flatten().as_ref().map(security_hub)];
    Ok(Listing { findings: findings.into_iter().flatten().collect(), faults, ..Listing::default() })
}

fn cspm(hub: &Cspm) -> Listed {
    let id = hub.hub_arn.as_deref().and_then(last).unwrap_or("hub/default");
    let found = Listed {
        arn: hub.hub_arn.clone(),
        created_at: parse_timestamp(hub.subscribed_at.as_deref()),
        ..Listed::new(id)
    };
    found
        .named(Some("Security Hub CSPM".to_owned()))
        .charge(metered("security checks", "security_checks"))
        .charge(metered("findings ingested", "findings_ingested"))
        .note(Note::new("trial"))
        .loses(Loss::Data)
        .can(Verb::Delete, Command::aws("securityhub disable-security-hub"))
}

fn security_hub(hub: &Hub) -> Listed {
    let id = hub.hub_v2_arn.as_deref().and_then(last).unwrap_or("hubv2");
    let on = hub.features.iter().filter(|(_, feature)| feature.feature_status != Some(Status::Disabled));
    let found = Listed {
        arn: hub.hub_v2_arn.clone(),
        created_at: parse_timestamp(hub.subscribed_at.as_deref()),
        ..Listed::new(id)
    };
    let mut found = found
        .named(Some("Security Hub".to_owned()))
        .charge(metered("resources watched (Essentials plan)", "essentials_plan"))
        .note(Note::new("trial"))
        .loses(Loss::Data)
        .can(Verb::Delete, Command::aws("securityhub disable-security-hub-v2"));
    found.charges.extend(on.map(|(name, _)| metered(name, &name.to_ascii_lowercase())));
    found
}

fn metered(what: &str, item: &str) -> Charge {
    Charge::metered(what, Sku::new("AWSSecurityHub").with("item", item), Unit::Month)
}

/// `arn:aws:securityhub:eu-west-1:123456789012:hub/default`
fn last(arn: &str) -> Option<&str> {
    arn.rsplit(':').next().filter(|id| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_answer_means_on() {
        let found = cspm(&Cspm::default());
        assert_eq!((found.id.as_str(), found.charges.len()), ("hub/default", 2));
        let found = security_hub(&Hub::default());
        assert_eq!((found.id.as_str(), found.charges.len()), ("hubv2", 1));
    }

    #[test]
    fn each_feature_that_is_not_disabled_is_charged() {
        let feature = |(name, status): (&str, &str)| (name.into(), Feature { feature_status: Some(status.into()) });
        let features = [("Threats", "NEW"), ("Agents", "ENABLED"), ("Mail", "DISABLED")].map(feature).into();
        let told: Vec<_> =
            security_hub(&Hub { features, ..Hub::default() }).charges.into_iter().map(|charge| charge.what).collect();
        assert_eq!(told[1..], ["Agents", "Threats"]);
    }
}
