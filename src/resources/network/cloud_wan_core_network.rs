//! Core networks of Cloud WAN are charged for every hour of each edge and each attachment.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{AccountId, Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::details;
use crate::resources::reading::{name_tag, tag_list};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "cloud-wan-core-network",
    names: words("Cloud WAN core network", "Cloud WAN コアネットワーク"),
    bills: words(
        "per hour and edge location, per hour and attachment, and per GB that passes",
        "エッジロケーションごと、アタッチメントごとに 1 時間ごと、加えて通過した GB ごと",
    ),
    scope: Scope::Only("us-west-2"),
    small: false,
    billed_as: &["AWSCloudWAN"],
    asks: &[&NETWORKS, &NETWORK, &ATTACHMENTS],
    writes: &["networkmanager:DeleteCoreNetwork"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const NETWORKS: Operation<Network> = Operation::new("networkmanager:ListCoreNetworks").at("CoreNetworks");
const NETWORK: Operation<Detail> = Operation::new("networkmanager:GetCoreNetwork").at("CoreNetwork");
const ATTACHMENTS: Operation<Attachment> = Operation::new("networkmanager:ListAttachments").at("Attachments");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Network {
    core_network_id: Option<String>,
    core_network_arn: Option<String>,
    owner_account_id: Option<String>,
    state: Option<State>,
    #[serde(deserialize_with = "tag_list")]
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Detail {
    created_at: Option<Timestamp>,
    edges: Vec<IgnoredAny>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Attachment {
    owner_account_id: Option<String>,
    state: Option<AttachmentState>,
}

values! { enum State { Deleting = "DELETING" } }
values! { enum AttachmentState { Rejected = "REJECTED", Failed = "FAILED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let networks = cx.ask(&NETWORKS).all().await?;
    let ask = |network: &Network| {
        let detail = cx.ask(&NETWORK).with("CoreNetworkId", network.core_network_id.clone()).one();
        let attached = cx.ask(&ATTACHMENTS).with("CoreNetworkId", network.core_network_id.clone()).all();
        async move { (detail.await, attached.await) }
    };
    let mut listing = Listing::default();
    for (network, (detail, attached)) in details(networks, ask).await {
        let detail = detail.map_err(|error| listing.faults.push(error)).ok();
        let attached = attached.map_err(|error| listing.faults.push(error)).ok();
        listing.findings.push(finding(&network, detail.as_ref(), attached.as_deref(), &cx.place.account));
    }
    Ok(listing)
}

/// A part that AWS does not describe is metered, never zero. Deleted networks are not listed.
fn finding(network: &Network, detail: Option<&Detail>, attached: Option<&[Attachment]>, account: &AccountId) -> Listed {
    let id = network.core_network_id.as_deref().unwrap_or_default();
    let mut found = Listed {
        arn: network.core_network_arn.clone(),
        name: name_tag(&network.tags),
        billing: if network.state == Some(State::Deleting) { Billing::Ending } else { Billing::Running },
        created_at: detail.and_then(|it| it.created_at),
        tags: network.tags.clone(),
        notes: vec![Note::new("delete-only"), Note::with("parts-first", "attachments"), Note::new("usage-extra")],
        ..Listed::new(id)
    };
    let ours = |owner: Option<&str>| owner.is_none_or(|owner| owner.is_empty() || owner == account.as_str());
    let charge = |name: &str, usage: &str, count: Option<usize>| {
        let sku = Sku::new("AWSCloudWAN").with("usagetype", usage);
        match count {
            Some(count) => Charge::hourly(name, sku, count),
            None => Charge::metered(name, sku, Unit::Hour),
        }
    };
    let mine = ours(network.owner_account_id.as_deref());
    if mine {
        let edges = detail.map(|it| it.edges.len()).filter(|edges| *edges > 0);
        found = found.charge(charge("core network edge", "CoreNetworkEdge-Hours", edges));
        found = found.can(Verb::Delete, Command::aws("networkmanager delete-core-network --core-network-id").arg(id));
    }
    // An attachment is charged to the account that attaches, not to the owner of the network.
    let attached =
        attached.map(|all| all.iter().filter(|it| ours(it.owner_account_id.as_deref()) && bills(it)).count());
    if attached != Some(0) || !mine {
        found = found.charge(charge("core network attachment", "CoreNetworkAttachment-Hours", attached));
    }
    found
}

/// An unknown state counts as charged.
fn bills(attachment: &Attachment) -> bool {
    !matches!(attachment.state, Some(AttachmentState::Rejected | AttachmentState::Failed))
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;

    fn seen(owner: &str, detail: Option<&Detail>, attached: Option<&[Attachment]>) -> Vec<(String, Option<Decimal>)> {
        let (id, owner) = (Some("core-network-1".into()), Some(owner.into()));
        let network = Network { core_network_id: id, owner_account_id: owner, ..Network::default() };
        let found = finding(&network, detail, attached, &"123456789012".parse().unwrap());
        found.charges.into_iter().map(|charge| (charge.what, charge.quantity)).collect()
    }

    #[test]
    fn edges_and_attachments_are_charged_to_their_owners() {
        let detail = Detail { edges: vec![IgnoredAny; 2], ..Detail::default() };
        let attachment =
            |state: &str, owner: &str| Attachment { state: Some(state.into()), owner_account_id: Some(owner.into()) };
        let attached = [
            attachment("AVAILABLE", "123456789012"),
            attachment("REJECTED", "123456789012"),
            attachment("AVAILABLE", "210987654321"),
        ];
        let (edges, attachments) = ("2 × core network edge", "core network attachment");
        let what = |charges: Vec<(String, _)>| charges.into_iter().map(|(what, _)| what).collect::<Vec<_>>();
        assert_eq!(what(seen("123456789012", Some(&detail), Some(&attached))), [edges, attachments]);
        assert_eq!(what(seen("123456789012", Some(&detail), Some(&[]))), [edges]);
        assert_eq!(what(seen("210987654321", Some(&detail), Some(&attached))), [attachments]);
    }

    #[test]
    fn an_unknown_part_is_metered() {
        let charges = seen("123456789012", None, None);
        assert_eq!(charges.iter().map(|(_, quantity)| *quantity).collect::<Vec<_>>(), [None, None]);
    }
}
