//! Managed Blockchain nodes bill for every hour they exist, by their type, and so do the memberships that hold them.

use aws_sdk_managedblockchain::Client;
use aws_sdk_managedblockchain::types::{
    Framework, MemberStatus, MemberSummary, NetworkStatus, NetworkSummary, NodeStatus, NodeSummary,
};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::{sku, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "managed-blockchain-node",
    names: words("Managed Blockchain node or member", "Managed Blockchain のノードとメンバー"),
    bills: words(
        "per hour while it exists, a node by its type, and per GB and month of its storage",
        "存在する間は 1 時間ごと (ノードはタイプに応じて)、加えてストレージの GB・月ごと",
    ),
    scope: Scope::Region,
    endpoint: "managedblockchain",
    small: false,
    billed_as: &["AmazonManagedBlockchain"],
    reads: &["managedblockchain:ListNetworks", "managedblockchain:ListMembers", "managedblockchain:ListNodes"],
    writes: &["managedblockchain:DeleteNode", "managedblockchain:DeleteMember"],
    list: |cx| list(cx).boxed(),
};

/// Where nodes are: in a network, and in a private one in a membership of it.
type Home = (String, Option<String>);

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let pages: Vec<_> = client.list_networks().max_results(10).into_paginator().send().try_collect().await?;
    let networks = pages.into_iter().flat_map(|page| page.networks.unwrap_or_default());
    let networks: Vec<NetworkSummary> = networks.filter(|it| it.status() != Some(&NetworkStatus::Deleted)).collect();
    // Public networks have no members.
    let (public, private): (Vec<_>, Vec<_>) =
        networks.into_iter().partition(|it| it.framework() == Some(&Framework::Ethereum));
    let (private, faults) = about_each(private, |it| members(client.clone(), it.id.clone())).await;
    let mut listing = Listing { faults, ..Listing::default() };
    let mut homes: Vec<Home> = public.into_iter().filter_map(|it| Some((it.id?, None))).collect();
    for (network, members) in private {
        let network = network.id.unwrap_or_default();
        for member in members.unwrap_or_default() {
            listing.findings.extend(membership(&network, &member));
            homes.extend(member.id.map(|member| (network.clone(), Some(member))));
        }
    }
    let (homes, faults) = about_each(homes, |home| nodes(client.clone(), home.clone())).await;
    listing.faults.extend(faults);
    for (home, nodes) in homes {
        listing.findings.extend(nodes.unwrap_or_default().iter().filter_map(|node| of_node(&home, node)));
    }
    Ok(listing)
}

/// The memberships of this account.
async fn members(client: Client, network: Option<String>) -> Result<Vec<MemberSummary>, Error> {
    let ask = client.list_members().set_network_id(network).is_owned(true).max_results(20);
    let pages: Vec<_> = ask.into_paginator().send().try_collect().await?;
    Ok(pages.into_iter().flat_map(|page| page.members.unwrap_or_default()).collect())
}

async fn nodes(client: Client, (network, member): Home) -> Result<Vec<NodeSummary>, Error> {
    let ask = client.list_nodes().network_id(network).set_member_id(member).max_results(20);
    let pages: Vec<_> = ask.into_paginator().send().try_collect().await?;
    Ok(pages.into_iter().flat_map(|page| page.nodes.unwrap_or_default()).collect())
}

fn membership(network: &str, member: &MemberSummary) -> Option<Listed> {
    let billing = match member.status() {
        Some(MemberStatus::Deleted) => return None,
        Some(MemberStatus::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = member.id().unwrap_or_default();
    let sku = sku("AmazonManagedBlockchain", [("productFamily", Some("Membership"))]);
    let found = Listed {
        arn: member.arn().map(str::to_owned),
        billing,
        created_at: time(member.creation_date()),
        bills_since_creation: true,
        charges: vec![Charge::hourly("member", sku, 1)],
        notes: vec![Note::new("delete-only"), Note::new("usage-extra")],
        ..Listed::new(id)
    };
    let command =
        Command::aws("managedblockchain delete-member --network-id").arg(network).words("--member-id").arg(id);
    Some(found.named(member.name().map(str::to_owned)).can(Verb::Delete, command))
}

fn of_node((network, member): &Home, node: &NodeSummary) -> Option<Listed> {
    let billing = match node.status() {
        Some(NodeStatus::Deleted) => return None,
        Some(NodeStatus::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let (id, kind) = (node.id().unwrap_or_default(), node.instance_type());
    let sku = sku("AmazonManagedBlockchain", [("instanceType", kind)]);
    let found = Listed {
        arn: node.arn().map(str::to_owned),
        billing,
        created_at: time(node.creation_date()),
        bills_since_creation: true,
        charges: vec![Charge::hourly(kind.unwrap_or("node"), sku, 1)],
        notes: vec![Note::new("delete-only"), Note::new("usage-extra")],
        ..Listed::new(id)
    };
    let mut command = Command::aws("managedblockchain delete-node --network-id").arg(network);
    if let Some(member) = member {
        command = command.words("--member-id").arg(member);
    }
    Some(found.can(Verb::Delete, command.words("--node-id").arg(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_is_deleted_where_it_is() {
        let node = NodeSummary::builder().id("nd-1").instance_type("bc.t3.small").build();
        let command = |member: Option<&str>| {
            let home = ("n-1".to_owned(), member.map(str::to_owned));
            of_node(&home, &node).unwrap().commands[&Verb::Delete].to_string().clone()
        };
        let delete = "aws managedblockchain delete-node --network-id n-1";
        assert_eq!(command(None), format!("{delete} --node-id nd-1"));
        assert_eq!(command(Some("m-1")), format!("{delete} --member-id m-1 --node-id nd-1"));
    }

    #[test]
    fn nodes_and_memberships_bill_until_they_are_gone() {
        let home = ("n-1".to_owned(), None);
        let node = |status: &str| of_node(&home, &NodeSummary::builder().status(status.into()).build());
        let member = |status: &str| membership("n-1", &MemberSummary::builder().status(status.into()).build());
        let states = ["AVAILABLE", "DREAMING", "DELETING", "DELETED"];
        let expected = [Some(Billing::Running), Some(Billing::Running), Some(Billing::Ending), None];
        assert_eq!(states.map(|it| node(it).map(|it| it.billing)), expected);
        assert_eq!(states.map(|it| member(it).map(|it| it.billing)), expected);
    }
}
