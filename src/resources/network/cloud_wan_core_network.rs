//! Core networks of Cloud WAN bill for every hour of each of their edges, and of what is attached to them.

use aws_sdk_networkmanager::Client;
use aws_sdk_networkmanager::types::{Attachment, AttachmentState, CoreNetwork, CoreNetworkState, CoreNetworkSummary};
use futures::{FutureExt, StreamExt, stream};

use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::{AccountId, Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::{name_tag, tags, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "cloud-wan-core-network",
    names: words("Cloud WAN core network", "Cloud WAN コアネットワーク"),
    bills: words(
        "per hour and edge location, per hour and attachment, and per GB that passes",
        "エッジロケーションごと、アタッチメントごとに 1 時間ごと、加えて通過した GB ごと",
    ),
    scope: Scope::Only("us-west-2"),
    endpoint: "networkmanager",
    small: false,
    billed_as: &["AWSCloudWAN"],
    reads: &["networkmanager:ListCoreNetworks", "networkmanager:GetCoreNetwork", "networkmanager:ListAttachments"],
    writes: &["networkmanager:DeleteCoreNetwork"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let networks = client.list_core_networks().max_results(500).into_paginator().items().send();
    let networks: Vec<CoreNetworkSummary> = networks.try_collect().await?;
    let ask = |network: CoreNetworkSummary| {
        let detail = client.get_core_network().set_core_network_id(network.core_network_id.clone()).send();
        let attached = client.list_attachments().set_core_network_id(network.core_network_id.clone()).max_results(500);
        let attached = async move { attached.into_paginator().items().send().collect::<Result<Vec<_>, _>>().await };
        async move { (network, detail.await.map(|answer| answer.core_network), attached.await) }
    };
    let mut answers = stream::iter(networks.into_iter().map(ask)).buffer_unordered(8);
    let mut listing = Listing::default();
    while let Some((network, detail, attached)) = answers.next().await {
        let detail = detail.map_err(|error| listing.faults.push(error.into())).ok().flatten();
        let attached = attached.map_err(|error| listing.faults.push(Error::from(error))).ok();
        let account = &cx.place.account;
        listing.findings.push(finding(&network, detail.as_ref(), attached.as_deref(), account));
    }
    Ok(listing)
}

/// What AWS would not tell is metered, never nothing. A network that is gone is not listed.
fn finding(
    network: &CoreNetworkSummary,
    detail: Option<&CoreNetwork>,
    attached: Option<&[Attachment]>,
    account: &AccountId,
) -> Listed {
    let id = network.core_network_id().unwrap_or_default();
    let ending = network.state() == Some(&CoreNetworkState::Deleting);
    let tags = tags(network.tags().iter().map(|tag| (tag.key(), tag.value())));
    let notes = vec![Note::new("delete-only"), Note::with("parts-first", "attachments"), Note::new("usage-extra")];
    let mut found = Listed {
        arn: network.core_network_arn().map(str::to_owned),
        name: name_tag(&tags),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: detail.and_then(|it| time(it.created_at())),
        tags,
        notes,
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
    let mine = ours(network.owner_account_id());
    if mine {
        let edges = detail.map(|it| it.edges().len()).filter(|edges| *edges > 0);
        found = found.charge(charge("core network edge", "CoreNetworkEdge-Hours", edges));
        found = found.can(Verb::Delete, Command::aws("networkmanager delete-core-network --core-network-id").arg(id));
    }
    // Who attaches something pays for that, whoever owns the network.
    let attachments = attached.map(|all| all.iter().filter(|it| ours(it.owner_account_id()) && bills(it)).count());
    if attachments != Some(0) || !mine {
        found = found.charge(charge("core network attachment", "CoreNetworkAttachment-Hours", attachments));
    }
    found
}

/// An unknown state bills.
fn bills(attachment: &Attachment) -> bool {
    !matches!(attachment.state(), Some(AttachmentState::Rejected | AttachmentState::Failed))
}

#[cfg(test)]
mod tests {
    use aws_sdk_networkmanager::types::CoreNetworkEdge;
    use rust_decimal::Decimal;

    use super::*;

    fn seen(
        owner: &str,
        detail: Option<&CoreNetwork>,
        attached: Option<&[Attachment]>,
    ) -> Vec<(String, Option<Decimal>)> {
        let network = CoreNetworkSummary::builder().core_network_id("core-network-1").owner_account_id(owner).build();
        let found = finding(&network, detail, attached, &"123456789012".parse().unwrap());
        found.charges.into_iter().map(|charge| (charge.what, charge.quantity)).collect()
    }

    #[test]
    fn edges_and_attachments_bill_who_owns_them() {
        let edge = || CoreNetworkEdge::builder().build();
        let detail = CoreNetwork::builder().edges(edge()).edges(edge()).build();
        let attachment = |state: &str, owner| Attachment::builder().state(state.into()).owner_account_id(owner).build();
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
    fn what_is_not_told_is_metered() {
        let charges = seen("123456789012", None, None);
        assert_eq!(charges.iter().map(|(_, quantity)| *quantity).collect::<Vec<_>>(), [None, None]);
    }
}
