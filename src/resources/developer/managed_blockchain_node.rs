//! Managed Blockchain nodes are charged for every hour, by type, and so are the memberships of private networks.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::sku;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "managed-blockchain-node",
    names: words("Managed Blockchain node or member", "Managed Blockchain のノードとメンバー"),
    bills: words(
        "per hour while it exists, a node by its type, and per GB and month of its storage",
        "存在する間は 1 時間ごと(ノードはタイプに応じて)、加えてストレージの GB・月ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonManagedBlockchain"],
    asks: &[&NETWORKS, &MEMBERS, &NODES],
    writes: &["managedblockchain:DeleteNode", "managedblockchain:DeleteMember"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const NETWORKS: Operation<Network> = Operation::new("managedblockchain:ListNetworks").at("Networks");
const MEMBERS: Operation<Member> = Operation::new("managedblockchain:ListMembers").at("Members");
const NODES: Operation<Node> = Operation::new("managedblockchain:ListNodes").at("Nodes");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Network {
    id: Option<String>,
    framework: Option<Framework>,
    status: Option<Status>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Member {
    id: Option<String>,
    name: Option<String>,
    arn: Option<String>,
    status: Option<Status>,
    creation_date: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Node {
    id: String,
    arn: Option<String>,
    status: Option<Status>,
    instance_type: Option<String>,
    creation_date: Option<Timestamp>,
}

values! { enum Framework { Ethereum = "ETHEREUM" } }
values! { enum Status { Deleting = "DELETING", Deleted = "DELETED" } }

/// The network of a node and, in a private network, the member it belongs to.
type Home = (String, Option<String>);

async fn list(cx: &Cx) -> Result<Listing> {
    let networks = cx.ask(&NETWORKS).all().await?.into_iter();
    let networks: Vec<Network> = networks.filter(|it| it.status != Some(Status::Deleted)).collect();
    // Public networks have no members.
    let (public, private): (Vec<_>, Vec<_>) =
        networks.into_iter().partition(|it| it.framework == Some(Framework::Ethereum));
    // The members that belong to this account.
    let ask = |it: &Network| cx.ask(&MEMBERS).with("NetworkId", it.id.clone()).with("IsOwned", true).all();
    let (private, faults) = about_each(private, ask).await;
    let mut listing = Listing { faults, ..Listing::default() };
    let mut homes: Vec<Home> = public.into_iter().filter_map(|it| Some((it.id?, None))).collect();
    for (network, members) in private {
        let network = network.id.unwrap_or_default();
        for member in members.unwrap_or_default() {
            listing.findings.extend(membership(&network, &member));
            homes.extend(member.id.map(|member| (network.clone(), Some(member))));
        }
    }
    let ask = |(network, member): &Home| {
        cx.ask(&NODES).with("NetworkId", network.as_str()).with("MemberId", member.clone()).all()
    };
    let (homes, faults) = about_each(homes, ask).await;
    listing.faults.extend(faults);
    for (home, nodes) in homes {
        listing.findings.extend(nodes.unwrap_or_default().iter().filter_map(|node| of_node(&home, node)));
    }
    Ok(listing)
}

/// `None` means it is deleted. Every other state counts as charged, known or not.
fn billing(status: Option<&Status>) -> Option<Billing> {
    match status {
        Some(Status::Deleted) => None,
        Some(Status::Deleting) => Some(Billing::Ending),
        _ => Some(Billing::Running),
    }
}

fn membership(network: &str, member: &Member) -> Option<Listed> {
    let id = member.id.as_deref().unwrap_or_default();
    let sku = sku("AmazonManagedBlockchain", [("productFamily", Some("Membership"))]);
    let found = Listed {
        arn: member.arn.clone(),
        billing: billing(member.status.as_ref())?,
        created_at: member.creation_date,
        bills_since_creation: true,
        charges: vec![Charge::hourly("member", sku, 1)],
        notes: vec![Note::new("delete-only"), Note::new("usage-extra")],
        ..Listed::new(id)
    };
    let command =
        Command::aws("managedblockchain delete-member --network-id").arg(network).words("--member-id").arg(id);
    Some(found.named(member.name.clone()).can(Verb::Delete, command))
}

fn of_node((network, member): &Home, node: &Node) -> Option<Listed> {
    let (id, kind) = (&node.id, node.instance_type.as_deref());
    let sku = sku("AmazonManagedBlockchain", [("instanceType", kind)]);
    let found = Listed {
        arn: node.arn.clone(),
        billing: billing(node.status.as_ref())?,
        created_at: node.creation_date,
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
        let node = Node { id: "nd-1".into(), instance_type: Some("bc.t3.small".into()), ..Node::default() };
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
        let node = |status: &str| of_node(&home, &Node { status: Some(status.into()), ..Node::default() });
        let member = |status: &str| membership("n-1", &Member { status: Some(status.into()), ..Member::default() });
        let states = ["AVAILABLE", "FUTURE", "DELETING", "DELETED"];
        let expected = [Some(Billing::Running), Some(Billing::Running), Some(Billing::Ending), None];
        assert_eq!(states.map(|it| node(it).map(|it| it.billing)), expected);
        assert_eq!(states.map(|it| member(it).map(|it| it.billing)), expected);
    }
}
