//! Security Hub bills in each region where it is on: its CSPM for checks and findings, the Security Hub above it for what it watches.

use aws_sdk_securityhub::Client;
use aws_sdk_securityhub::operation::describe_hub::DescribeHubOutput;
use aws_sdk_securityhub::operation::describe_security_hub_v2::DescribeSecurityHubV2Output;
use aws_sdk_securityhub::types::FeatureStatus;
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::fault::switched_on;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::{either, written};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "security-hub",
    names: words("Security Hub", "Security Hub"),
    bills: words(
        "per check and finding while CSPM is on, and per resource it watches while Security Hub is",
        "CSPM が有効な間はチェックと検出結果ごと、Security Hub が有効な間は監視するリソースごと",
    ),
    scope: Scope::Region,
    endpoint: "securityhub",
    small: false,
    billed_as: &["AWSSecurityHub"],
    reads: &["securityhub:DescribeHub", "securityhub:DescribeSecurityHubV2"],
    writes: &["securityhub:DisableSecurityHub", "securityhub:DisableSecurityHubV2"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let (hub, above) = futures::join!(client.describe_hub().send(), client.describe_security_hub_v2().send());
    // InvalidAccessException is said of a missing permission, too.
    let hub = switched_on(hub, &[("InvalidAccessException", "not subscribed"), ("ResourceNotFoundException", "")]);
    // A region that does not know the operation cannot have it on.
    let above = switched_on(above, &[("ResourceNotFoundException", ""), ("UnknownOperationException", "")]);
    let (hub, above, faults) = either(hub, above)?;
    let findings = [hub.flatten().as_ref().map(cspm), above.flatten().as_ref().map(security_hub)];
    Ok(Listing { findings: findings.into_iter().flatten().collect(), faults, ..Listing::default() })
}

fn cspm(hub: &DescribeHubOutput) -> Listed {
    let id = hub.hub_arn().and_then(last).unwrap_or("hub/default");
    let found = Listed { arn: hub.hub_arn.clone(), created_at: written(hub.subscribed_at()), ..Listed::new(id) };
    found
        .named(Some("Security Hub CSPM".to_owned()))
        .charge(metered("security checks", "security_checks"))
        .charge(metered("findings ingested", "findings_ingested"))
        .note(Note::new("trial"))
        .can(Verb::Delete, Command::aws("securityhub disable-security-hub"))
}

fn security_hub(hub: &DescribeSecurityHubV2Output) -> Listed {
    let id = hub.hub_v2_arn().and_then(last).unwrap_or("hubv2");
    let features = hub.features().into_iter().flatten();
    let on = features.filter(|(_, feature)| feature.feature_status() != Some(&FeatureStatus::Disabled));
    let mut on: Vec<&str> = on.map(|(name, _)| name.as_str()).collect();
    on.sort_unstable();
    let found = Listed { arn: hub.hub_v2_arn.clone(), created_at: written(hub.subscribed_at()), ..Listed::new(id) };
    let mut found = found
        .named(Some("Security Hub".to_owned()))
        .charge(metered("resources watched (Essentials plan)", "essentials_plan"))
        .note(Note::new("trial"))
        .can(Verb::Delete, Command::aws("securityhub disable-security-hub-v2"));
    found.charges.extend(on.into_iter().map(|name| metered(name, &name.to_ascii_lowercase())));
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
    use aws_sdk_securityhub::types::FeatureDetail;

    use super::*;

    #[test]
    fn an_answer_that_says_nothing_is_one_that_is_on() {
        let found = cspm(&DescribeHubOutput::builder().build());
        assert_eq!((found.id.as_str(), found.charges.len()), ("hub/default", 2));
        let found = security_hub(&DescribeSecurityHubV2Output::builder().build());
        assert_eq!((found.id.as_str(), found.charges.len()), ("hubv2", 1));
    }

    #[test]
    fn each_feature_that_is_not_off_bills() {
        let feature = |status: &str| FeatureDetail::builder().feature_status(status.into()).build();
        let hub = DescribeSecurityHubV2Output::builder()
            .features("Threats", feature("NEW"))
            .features("Agents", feature("ENABLED"))
            .features("Mail", feature("DISABLED"));
        let told: Vec<_> = security_hub(&hub.build()).charges.into_iter().map(|charge| charge.what).collect();
        assert_eq!(told[1..], ["Agents", "Threats"]);
    }
}
