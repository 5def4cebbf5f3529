//! Network firewalls are charged for each endpoint, one in every zone, and for every gigabyte of traffic.

use futures::FutureExt;
use rust_decimal::Decimal;

use super::network_firewall_reading::{Detail, Named, Status};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "network-firewall",
    names: words("Network Firewall", "Network Firewall"),
    bills: words(
        "per hour and endpoint (one in each zone) while it exists, and per GB that passes",
        "存在する間はエンドポイント(ゾーンごとに 1 つ) ごとに 1 時間ごと、加えて通過した GB ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSNetworkFirewall"],
    asks: &[&FIREWALLS, &FIREWALL],
    writes: &["network-firewall:UpdateFirewallDeleteProtection", "network-firewall:DeleteFirewall"],
    owns: &["ec2-vpc-endpoint"],
    list: |cx| list(cx).boxed(),
};

const FIREWALLS: Operation<Named> = Operation::new("network-firewall:ListFirewalls").at("Firewalls");
const FIREWALL: Operation<Detail> = Operation::new("network-firewall:DescribeFirewall");

async fn list(cx: &Cx) -> Result<Listing> {
    let firewalls = cx.ask(&FIREWALLS).all().await?;
    let ask = |it: &Named| {
        let asked = cx.ask(&FIREWALL).with("FirewallArn", it.firewall_arn.clone());
        asked.with("FirewallName", it.firewall_name.clone()).one()
    };
    let (firewalls, faults) = about_each(firewalls, ask).await;
    let mut listing = Listing { faults, ..Listing::default() };
    for (firewall, detail) in firewalls {
        let found = named(&firewall);
        match detail {
            Some(detail) => {
                listing.owned.extend(endpoints(&detail, &found));
                listing.findings.push(described(found, detail));
            }
            None => {
                listing.findings.push(found.charge(Charge::metered("firewall endpoint", hour("endpoint"), Unit::Hour)));
            }
        }
    }
    Ok(listing)
}

/// A firewall whose description failed.
fn named(firewall: &Named) -> Listed {
    let name = firewall.firewall_name.as_deref().unwrap_or_default();
    let found = Listed { arn: firewall.firewall_arn.clone(), ..Listed::new(name) };
    let notes = [Note::new("delete-only"), Note::with("parts-first", "routes, logging"), Note::new("usage-extra")];
    let found = Listed { notes: notes.to_vec(), ..found };
    found
        .loses(Loss::Settings)
        .can(Verb::Delete, Command::aws("network-firewall delete-firewall --firewall-name").arg(name))
}

fn hour(item: &str) -> Sku {
    Sku::new("AWSNetworkFirewall").with("item", item).with("unit", "hour")
}

fn described(mut found: Listed, detail: Detail) -> Listed {
    if detail.firewall_status.status == Some(Status::Deleting) {
        found.billing = Billing::Ending;
    }
    let firewall = detail.firewall;
    if firewall.delete_protection {
        let unlock = "network-firewall update-firewall-delete-protection --no-delete-protection --firewall-name";
        let unlock = Command::aws(unlock).arg(&found.id);
        found = found.first(Verb::Delete, unlock);
    }
    found.tags = firewall.tags;
    let charge = match firewall.subnet_mappings.len().max(firewall.availability_zone_mappings.len()) {
        0 => Charge::metered("firewall endpoint", hour("endpoint"), Unit::Hour),
        zones => Charge::hourly("firewall endpoint", hour("endpoint"), zones),
    };
    let further = firewall.number_of_associations.filter(|count| *count > Decimal::ZERO);
    let further = further.map(|count| Charge::hourly("endpoint association", hour("endpoint_association"), count));
    found.charges.extend([charge].into_iter().chain(further));
    found
}

/// Its endpoints in the VPC, which EC2 lists too.
fn endpoints(detail: &Detail, found: &Listed) -> Vec<Owned> {
    let states = detail.firewall_status.sync_states.values();
    let owner = RESOURCE.owner(&found.id, found.commands.get(&Verb::Delete).cloned());
    let own = |thing: &String| Owned { resource: "ec2-vpc-endpoint", thing: thing.clone(), owner: owner.clone() };
    states.filter_map(|state| state.attachment.endpoint_id.as_ref()).map(own).collect()
}

#[cfg(test)]
mod tests {
    use serde::de::IgnoredAny;

    use super::*;
    use crate::resources::network::network_firewall_reading::{Firewall, FirewallStatus};

    fn seen(firewall: Firewall, status: &str) -> Listed {
        let firewall_status = FirewallStatus { status: Some(status.into()), ..FirewallStatus::default() };
        let named = named(&Named { firewall_name: Some("edge".into()), ..Named::default() });
        described(named, Detail { firewall, firewall_status })
    }

    #[test]
    fn each_endpoint_is_charged_in_every_state() {
        let two = || Firewall { subnet_mappings: vec![IgnoredAny; 2], ..Firewall::default() };
        for status in ["READY", "PROVISIONING", "FUTURE"] {
            let found = seen(two(), status);
            assert_eq!(
                (found.billing, &*found.charges[0].what),
                (Billing::Running, "2 × firewall endpoint"),
                "{status}"
            );
        }
        assert_eq!(seen(two(), "DELETING").billing, Billing::Ending);
        assert_eq!(seen(Firewall { number_of_associations: Some(3.into()), ..two() }, "READY").charges.len(), 2);
        assert_eq!(seen(Firewall::default(), "READY").charges[0].quantity, None);
    }

    #[test]
    fn protection_is_removed_first() {
        let command = |delete_protection| {
            let firewall = Firewall { delete_protection, ..Firewall::default() };
            seen(firewall, "READY").commands[&Verb::Delete].to_string()
        };
        assert_eq!(command(false), "aws network-firewall delete-firewall --firewall-name edge");
        assert_eq!(command(true).split(" && ").count(), 2);
    }
}
