//! Network firewalls bill for each of their endpoints, one in every zone, and for every gigabyte they look at.

use aws_sdk_networkfirewall::Client;
use aws_sdk_networkfirewall::operation::describe_firewall::DescribeFirewallOutput;
use aws_sdk_networkfirewall::types::{Firewall, FirewallMetadata, FirewallStatusValue};
use futures::{FutureExt, StreamExt, stream};

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::tags;
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "network-firewall",
    names: words("Network Firewall", "Network Firewall"),
    bills: words(
        "per hour and endpoint (one in each zone) while it exists, and per GB that passes",
        "存在する間はエンドポイント (ゾーンごとに 1 つ) ごとに 1 時間ごと、加えて通過した GB ごと",
    ),
    scope: Scope::Region,
    endpoint: "network-firewall",
    small: false,
    billed_as: &["AWSNetworkFirewall"],
    reads: &["network-firewall:ListFirewalls", "network-firewall:DescribeFirewall"],
    writes: &["network-firewall:UpdateFirewallDeleteProtection", "network-firewall:DeleteFirewall"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let firewalls = client.list_firewalls().max_results(100).into_paginator().items().send();
    let firewalls: Vec<FirewallMetadata> = firewalls.try_collect().await?;
    let ask = |firewall: FirewallMetadata| {
        let asked = client.describe_firewall().set_firewall_arn(firewall.firewall_arn.clone());
        let asked = asked.set_firewall_name(firewall.firewall_name.clone()).send();
        asked.map(|answer| (firewall, answer))
    };
    let mut answers = stream::iter(firewalls.into_iter().map(ask)).buffer_unordered(8);
    let mut listing = Listing::default();
    while let Some((firewall, answer)) = answers.next().await {
        let found = named(&firewall);
        match answer {
            Ok(detail) => {
                listing.owned.extend(endpoints(&detail, &found));
                listing.findings.push(described(found, &detail));
            }
            Err(error) => {
                listing.findings.push(found.charge(Charge::metered("firewall endpoint", hour("endpoint"), Unit::Hour)));
                listing.faults.push(error.into());
            }
        }
    }
    Ok(listing)
}

/// What the list knows: there is one.
fn named(firewall: &FirewallMetadata) -> Listed {
    let name = firewall.firewall_name().unwrap_or_default();
    let found = Listed { arn: firewall.firewall_arn().map(str::to_owned), ..Listed::new(name) };
    let notes = [Note::new("delete-only"), Note::with("parts-first", "routes, logging"), Note::new("usage-extra")];
    let found = Listed { notes: notes.to_vec(), ..found };
    found.can(Verb::Delete, Command::aws("network-firewall delete-firewall --firewall-name").arg(name))
}

fn hour(item: &str) -> Sku {
    Sku::new("AWSNetworkFirewall").with("item", item).with("unit", "hour")
}

fn described(mut found: Listed, detail: &DescribeFirewallOutput) -> Listed {
    if detail.firewall_status().map(|it| &it.status) == Some(&FirewallStatusValue::Deleting) {
        found.billing = Billing::Ending;
    }
    let firewall = detail.firewall();
    if firewall.is_some_and(Firewall::delete_protection) {
        let unlock = "network-firewall update-firewall-delete-protection --no-delete-protection --firewall-name";
        let unlock = Command::aws(unlock).arg(&found.id);
        found = found.first(Verb::Delete, unlock);
    }
    found.tags =
        tags(firewall.map(Firewall::tags).unwrap_or_default().iter().map(|it| (Some(it.key()), Some(it.value()))));
    let zones = firewall.map_or(0, |it| it.subnet_mappings().len().max(it.availability_zone_mappings().len()));
    let charge = match zones {
        0 => Charge::metered("firewall endpoint", hour("endpoint"), Unit::Hour),
        zones => Charge::hourly("firewall endpoint", hour("endpoint"), zones),
    };
    let further = firewall.and_then(Firewall::number_of_associations).filter(|count| *count > 0);
    let further = further.map(|count| Charge::hourly("endpoint association", hour("endpoint_association"), count));
    found.charges.extend([charge].into_iter().chain(further));
    found
}

/// The endpoints it keeps in the VPC, which EC2 lists too.
fn endpoints(detail: &DescribeFirewallOutput, found: &Listed) -> Vec<Owned> {
    let states = detail.firewall_status().and_then(|status| status.sync_states());
    let attachments = states.into_iter().flat_map(|states| states.values()).filter_map(|state| state.attachment());
    let owner = RESOURCE.owner(&found.id, found.commands.get(&Verb::Delete).cloned());
    attachments
        .filter_map(|attachment| Some(Owned { resource: "ec2-vpc-endpoint", thing: attachment.endpoint_id()?.to_owned(), owner: owner.clone() }))
        .collect()
}

#[cfg(test)]
mod tests {
    use aws_sdk_networkfirewall::types::builders::FirewallBuilder;
    use aws_sdk_networkfirewall::types::{ConfigurationSyncState, FirewallStatus, SubnetMapping};

    use super::*;

    fn seen(firewall: FirewallBuilder, status: &str) -> Listed {
        let firewall = firewall.firewall_policy_arn("").vpc_id("").firewall_id("");
        let firewall = if firewall.get_subnet_mappings().is_none() {
            firewall.set_subnet_mappings(Some(vec![]))
        } else {
            firewall
        };
        let status = FirewallStatus::builder().status(status.into());
        let status = status.configuration_sync_state_summary(ConfigurationSyncState::InSync).build().unwrap();
        let detail = DescribeFirewallOutput::builder().firewall(firewall.build().unwrap()).firewall_status(status);
        described(named(&FirewallMetadata::builder().firewall_name("edge").build()), &detail.build())
    }

    #[test]
    fn each_endpoint_bills_in_every_state() {
        let subnet = |id: &str| SubnetMapping::builder().subnet_id(id).build().unwrap();
        let two = || Firewall::builder().subnet_mappings(subnet("a")).subnet_mappings(subnet("b"));
        for status in ["READY", "PROVISIONING", "DREAMING"] {
            let found = seen(two(), status);
            assert_eq!(
                (found.billing, &*found.charges[0].what),
                (Billing::Running, "2 × firewall endpoint"),
                "{status}"
            );
        }
        assert_eq!(seen(two(), "DELETING").billing, Billing::Ending);
        assert_eq!(seen(two().number_of_associations(3), "READY").charges.len(), 2);
        assert_eq!(seen(Firewall::builder(), "READY").charges[0].quantity, None);
    }

    #[test]
    fn protection_is_taken_off_first() {
        let command =
            |on| seen(Firewall::builder().delete_protection(on), "READY").commands[&Verb::Delete].to_string().clone();
        assert_eq!(command(false), "aws network-firewall delete-firewall --firewall-name edge");
        assert_eq!(command(true).split(" && ").count(), 2);
    }
}
