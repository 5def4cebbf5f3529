//! CloudTrail Lake event data stores are charged for ingested data and, after a while, for stored data.

use aws_sdk_cloudtrail::Client;
use aws_sdk_cloudtrail::operation::get_event_data_store::GetEventDataStoreOutput;
use aws_sdk_cloudtrail::operation::list_event_data_stores::ListEventDataStoresOutput;
use aws_sdk_cloudtrail::types::{EventDataStore, EventDataStoreStatus};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "cloudtrail-event-data-store",
    names: words("CloudTrail Lake event data store", "CloudTrail Lake イベントデータストア"),
    bills: words(
        "per GB it takes in, and per GB and month it keeps after the first year",
        "取り込んだ GB ごと、加えて 1 年を過ぎて保持する GB・月ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSCloudTrail"],
    asks: &[&Typed("cloudtrail:ListEventDataStores"), &Typed("cloudtrail:GetEventDataStore")],
    writes: &[
        "cloudtrail:StopEventDataStoreIngestion",
        "cloudtrail:UpdateEventDataStore",
        "cloudtrail:DeleteEventDataStore",
    ],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let pages = client.list_event_data_stores().max_results(1000).into_paginator().send();
    let pages: Vec<ListEventDataStoresOutput> = pages.try_collect().await?;
    let stores: Vec<EventDataStore> =
        pages.into_iter().flat_map(|page| page.event_data_stores.unwrap_or_default()).collect();
    let ask = |store: &EventDataStore| {
        let answer = client.get_event_data_store().set_event_data_store(store.event_data_store_arn.clone()).send();
        answer.map(|answer| found(answer, &["EventDataStoreNotFoundException"]))
    };
    let (stores, faults) = about_each(stores, ask).await;
    let findings = stores.iter().filter_map(|(store, details)| match details {
        Some(details) => finding(store, details.as_ref()?),
        None => Some(takes_in(named(store))),
    });
    Ok(Listing { findings: findings.collect(), faults, ..Listing::default() })
}

fn named(store: &EventDataStore) -> Listed {
    let arn = store.event_data_store_arn.clone();
    let id = arn.as_deref().and_then(|arn| arn.rsplit('/').next()).unwrap_or_default().to_owned();
    let kept = Sku::new("AWSCloudTrail").with("item", "lake_extended_storage").with("unit", "gb-month");
    let found = Listed { arn, ..Listed::new(id) }.named(store.name.clone());
    found.charge(Charge::metered("events kept after the first year", kept, Unit::GbMonth))
}

fn takes_in(mut found: Listed) -> Listed {
    let sku = Sku::new("AWSCloudTrail").with("item", "lake_ingestion").with("unit", "gb");
    found.charges.insert(0, Charge::metered("events taken in", sku, Unit::Month));
    found
}

/// `None` means it is pending deletion, which is free.
fn finding(store: &EventDataStore, details: &GetEventDataStoreOutput) -> Option<Listed> {
    let arn = store.event_data_store_arn().unwrap_or_default();
    let found = Listed { created_at: time(details.created_timestamp()), ..named(store) };
    let found = match details.status() {
        Some(EventDataStoreStatus::PendingDeletion) => return None,
        Some(EventDataStoreStatus::StoppedIngestion) => Listed { billing: Billing::Stopped, ..found },
        _ => takes_in(found)
            .can(Verb::Stop, Command::aws("cloudtrail stop-event-data-store-ingestion --event-data-store").arg(arn)),
    };
    let mut command = Command::aws("cloudtrail delete-event-data-store --event-data-store").arg(arn);
    if details.termination_protection_enabled() == Some(true) {
        let unlock = "cloudtrail update-event-data-store --no-termination-protection-enabled --event-data-store";
        command = Command::aws(unlock).arg(arn).then(command);
    }
    Some(found.loses(Loss::Data).undoable().can(Verb::Delete, command))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_charged_until_it_is_to_be_deleted() {
        let seen = |status: &str| {
            let details = GetEventDataStoreOutput::builder().status(status.into()).build();
            let found = finding(&EventDataStore::builder().build(), &details);
            found.map(|it| (it.billing, it.charges.len(), it.can.len()))
        };
        let (running, stopped) = (Some((Billing::Running, 2, 2)), Some((Billing::Stopped, 1, 1)));
        let states = ["PENDING_DELETION", "STOPPED_INGESTION", "STOPPING_INGESTION", "ENABLED", "NEW"].map(seen);
        assert_eq!(states, [None, stopped, running, running, running]);
    }

    #[test]
    fn protection_is_removed_first() {
        let details = GetEventDataStoreOutput::builder().termination_protection_enabled(true).build();
        let found = finding(&EventDataStore::builder().build(), &details).unwrap();
        assert!(found.commands[&Verb::Delete].to_string().starts_with("aws cloudtrail update-event-data-store"));
    }
}
