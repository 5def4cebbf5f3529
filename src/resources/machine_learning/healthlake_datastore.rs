//! HealthLake data stores bill for every hour they exist, asked anything or not.

use aws_sdk_healthlake::Client;
use aws_sdk_healthlake::operation::list_fhir_datastores::ListFhirDatastoresOutput;
use aws_sdk_healthlake::types::{DatastoreProperties, DatastoreStatus};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

const SERVICE: &str = "AmazonHealthLake";

pub(super) static RESOURCE: Resource = Resource {
    id: "healthlake-datastore",
    names: words("HealthLake data store", "HealthLake データストア"),
    bills: words(
        "per hour while it exists, used or not, and per GB of its data; it cannot be stopped",
        "存在する間は使わなくても 1 時間ごと、加えてデータの GB ごと。停止はできない",
    ),
    scope: Scope::Region,
    endpoint: "healthlake",
    small: false,
    billed_as: &[SERVICE],
    reads: &["healthlake:ListFHIRDatastores"],
    writes: &["healthlake:DeleteFHIRDatastore"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let pages = Client::new(&cx.sdk).list_fhir_datastores().max_results(500).into_paginator().send();
    let pages: Vec<ListFhirDatastoresOutput> = pages.try_collect().await?;
    let stores = pages.iter().flat_map(ListFhirDatastoresOutput::datastore_properties_list);
    Ok(stores.filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is gone: deleted ones stay listed for a while.
fn finding(store: &DatastoreProperties) -> Option<Listed> {
    let billing = match store.datastore_status() {
        DatastoreStatus::Deleted => return None,
        DatastoreStatus::Deleting => Billing::Ending,
        _ => Billing::Running,
    };
    let failed = store.datastore_status() == &DatastoreStatus::CreateFailed;
    let charge = Charge::hourly("data store", Sku::new(SERVICE).with("usagetype", "FHIRDataStore-Hours"), 1);
    let charge = if failed { charge.at_most() } else { charge };
    let id = store.datastore_id();
    let (arn, created_at) = (Some(store.datastore_arn().to_owned()), time(store.created_at()));
    let notes = ["delete-only", "usage-extra"].map(Note::new).to_vec();
    let found = Listed { arn, billing, created_at, bills_since_creation: !failed, notes, ..Listed::new(id) };
    let found = found.named(store.datastore_name.clone()).charge(charge);
    Some(found.can(Verb::Delete, Command::aws("healthlake delete-fhir-datastore --datastore-id").arg(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_bills_until_it_is_deleted() {
        let told = |status: &str| {
            let store = DatastoreProperties::builder().datastore_id("d").datastore_arn("arn").datastore_endpoint("e");
            let store = store.datastore_status(status.into()).datastore_type_version("R4".into());
            finding(&store.build().unwrap())
        };
        let billing = |status: &str| told(status).map(|it| it.billing);
        assert_eq!(["ACTIVE", "CREATING", "UPDATE_FAILED", "DREAMING"].map(billing), [Some(Billing::Running); 4]);
        assert_eq!((billing("DELETED"), billing("DELETING")), (None, Some(Billing::Ending)));
        assert_eq!(told("CREATE_FAILED").unwrap().charges[0].what, "≤ data store");
    }
}
