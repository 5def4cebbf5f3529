//! Managed Blockchain accessors are charged for the requests made with their token.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::reading::sku;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "managed-blockchain-accessor",
    names: words("Managed Blockchain accessor", "Managed Blockchain アクセサー"),
    bills: words("by the requests made with its token", "トークンを使ったリクエストに応じて課金"),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonManagedBlockchain"],
    asks: &[&ACCESSORS],
    writes: &["managedblockchain:DeleteAccessor"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const ACCESSORS: Operation<Accessor> = Operation::new("managedblockchain:ListAccessors").at("Accessors");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Accessor {
    id: String,
    arn: Option<String>,
    status: Option<Status>,
    network_type: Option<String>,
    creation_date: Option<Timestamp>,
}

values! { enum Status { PendingDeletion = "PENDING_DELETION", Deleted = "DELETED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let accessors = cx.ask(&ACCESSORS).all().await?;
    Ok(accessors.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is no longer charged.
fn finding(accessor: &Accessor) -> Option<Listed> {
    let billing = match accessor.status {
        Some(Status::Deleted) => return None,
        Some(Status::PendingDeletion) => Billing::Ending,
        _ => Billing::Running,
    };
    let (id, network) = (&accessor.id, accessor.network_type.as_deref());
    let sku = sku("AmazonManagedBlockchain", [("networkType", network)]);
    let found = Listed {
        arn: accessor.arn.clone(),
        billing,
        created_at: accessor.creation_date,
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
    fn it_is_charged_until_it_is_gone() {
        let of = |status: &str| finding(&Accessor { status: Some(status.into()), ..Accessor::default() });
        let states = ["AVAILABLE", "FUTURE", "PENDING_DELETION", "DELETED"].map(|it| of(it).map(|it| it.billing));
        assert_eq!(states, [Some(Billing::Running), Some(Billing::Running), Some(Billing::Ending), None]);
        assert_eq!(of("AVAILABLE").unwrap().charges[0].quantity, None);
    }
}
