//! Managed Blockchain accessors bill for the requests that are made with their token.

use aws_sdk_managedblockchain::Client;
use aws_sdk_managedblockchain::types::{AccessorNetworkType, AccessorStatus, AccessorSummary};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::reading::{sku, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "managed-blockchain-accessor",
    names: words("Managed Blockchain accessor", "Managed Blockchain アクセサー"),
    bills: words("by the requests made with its token", "トークンを使ったリクエストに応じて課金"),
    scope: Scope::Region,
    endpoint: "managedblockchain",
    small: false,
    billed_as: &["AmazonManagedBlockchain"],
    reads: &["managedblockchain:ListAccessors"],
    writes: &["managedblockchain:DeleteAccessor"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let accessors = Client::new(&cx.sdk).list_accessors().max_results(50).into_paginator().items().send();
    let accessors: Vec<AccessorSummary> = accessors.try_collect().await?;
    Ok(accessors.iter().filter_map(finding).collect::<Vec<_>>().into())
}

fn finding(accessor: &AccessorSummary) -> Option<Listed> {
    let billing = match accessor.status() {
        Some(AccessorStatus::Deleted) => return None,
        Some(AccessorStatus::PendingDeletion) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = accessor.id().unwrap_or_default();
    let network = accessor.network_type().map(AccessorNetworkType::as_str);
    let sku = sku("AmazonManagedBlockchain", [("networkType", network)]);
    let found = Listed {
        arn: accessor.arn().map(str::to_owned),
        billing,
        created_at: time(accessor.creation_date()),
        charges: vec![Charge::metered(network.unwrap_or("accessor"), sku, Unit::Month)],
        notes: vec![Note::new("usage-extra")],
        ..Listed::new(id)
    };
    Some(found.can(Verb::Delete, Command::aws("managedblockchain delete-accessor --accessor-id").arg(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_bills_until_it_is_gone() {
        let of = |status: &str| finding(&AccessorSummary::builder().status(status.into()).build());
        let states = ["AVAILABLE", "DREAMING", "PENDING_DELETION", "DELETED"].map(|it| of(it).map(|it| it.billing));
        assert_eq!(states, [Some(Billing::Running), Some(Billing::Running), Some(Billing::Ending), None]);
        assert_eq!(of("AVAILABLE").unwrap().charges[0].quantity, None);
    }
}
