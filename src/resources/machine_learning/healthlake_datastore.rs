//! HealthLake data stores are charged for every hour they exist, used or not.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Sku, Takes, Verb, words};
use crate::resources::{Listing, Resource};

const SERVICE: &str = "AmazonHealthLake";

pub(super) static RESOURCE: Resource = Resource {
    id: "healthlake-datastore",
    names: words("HealthLake data store", "HealthLake データストア"),
    bills: words(
        "per hour while it exists, used or not, and per GB of its data; it cannot be stopped",
        "存在する間は使わなくても 1 時間ごと、加えてデータの GB ごと。停止不可",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&DATASTORES],
    writes: &["healthlake:DeleteFHIRDatastore"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const DATASTORES: Operation<Datastore> = Operation::new("healthlake:ListFHIRDatastores").at("DatastorePropertiesList");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Datastore {
    datastore_id: String,
    datastore_arn: String,
    datastore_name: Option<String>,
    datastore_status: Option<Status>,
    created_at: Option<Timestamp>,
}

values! { enum Status { CreateFailed = "CREATE_FAILED", Deleted = "DELETED", Deleting = "DELETING" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let stores = cx.ask(&DATASTORES).all().await?;
    Ok(stores.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is deleted: deleted data stores stay in the list for a while.
fn finding(store: &Datastore) -> Option<Listed> {
    let billing = match store.datastore_status {
        Some(Status::Deleted) => return None,
        Some(Status::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let failed = store.datastore_status == Some(Status::CreateFailed);
    let charge = Charge::hourly("data store", Sku::new(SERVICE).with("usagetype", "FHIRDataStore-Hours"), 1);
    let charge = if failed { charge.at_most() } else { charge };
    let id = &store.datastore_id;
    let (arn, created_at) = (Some(store.datastore_arn.clone()), store.created_at);
    let notes = ["delete-only", "usage-extra"].map(Note::new).to_vec();
    let found = Listed { arn, billing, created_at, bills_since_creation: !failed, notes, ..Listed::new(id) };
    let found = found.named(store.datastore_name.clone()).charge(charge);
    Some(
        found
            .loses(Loss::Data)
            .deleted_in(Takes::UpToAnHour)
            .can(Verb::Delete, Command::aws("healthlake delete-fhir-datastore --datastore-id").arg(id)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_charged_until_it_is_deleted() {
        let found =
            |status: &str| finding(&Datastore { datastore_status: Some(status.into()), ..Datastore::default() });
        let billing = |status: &str| found(status).map(|it| it.billing);
        assert_eq!(["ACTIVE", "CREATING", "UPDATE_FAILED", "FUTURE"].map(billing), [Some(Billing::Running); 4]);
        assert_eq!((billing("DELETED"), billing("DELETING")), (None, Some(Billing::Ending)));
        assert_eq!(found("CREATE_FAILED").unwrap().charges[0].what, "≤ data store");
    }
}
