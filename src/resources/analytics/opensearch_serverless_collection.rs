//! OpenSearch Serverless collections bill for the capacity that they, or the group they are in, keep ready, and for storage.

use std::collections::BTreeMap;

use aws_sdk_opensearchserverless::Client;
use aws_sdk_opensearchserverless::operation::list_collection_groups::ListCollectionGroupsOutput;
use aws_sdk_opensearchserverless::operation::list_collections::ListCollectionsOutput;
use aws_sdk_opensearchserverless::types::{
    CollectionDetail, CollectionGroupSummary, CollectionStatus, CollectionSummary, DeletionProtection,
};
use futures::FutureExt;
use jiff::Timestamp;

use super::opensearch_serverless_capacity::{Pool, charge, floor, pool};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Note, Scope, Verb, words};
use crate::resources::details::details;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "opensearch-serverless-collection",
    names: words("OpenSearch Serverless collection", "OpenSearch Serverless コレクション"),
    bills: words(
        "per hour and OCU that is kept ready, also when nobody asks, and per GB and month of its data",
        "使わなくても確保されている OCU ごとに 1 時間ごと、加えてデータの GB・月ごと",
    ),
    scope: Scope::Region,
    endpoint: "aoss",
    small: false,
    billed_as: &["AmazonES"],
    reads: &["aoss:ListCollections", "aoss:BatchGetCollection", "aoss:ListCollectionGroups"],
    writes: &["aoss:DeleteCollection", "aoss:UpdateCollection"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let pages = client.list_collections().max_results(100).into_paginator().send();
    let pages: Vec<ListCollectionsOutput> = pages.try_collect().await?;
    let collections: Vec<_> = pages.iter().flat_map(ListCollectionsOutput::collection_summaries).cloned().collect();
    let mut listing = Listing::default();
    let mut known = BTreeMap::new();
    let batches: Vec<Vec<String>> = collections.chunks(100).map(ids).collect();
    for (_, answer) in details(batches, |batch| client.batch_get_collection().set_ids(Some(batch.clone())).send()).await
    {
        match answer {
            Ok(answer) => known.extend(answer.collection_details.unwrap_or_default().into_iter().map(by_id)),
            Err(error) => listing.faults.push(error.into()),
        }
    }
    let mut groups: Vec<ListCollectionGroupsOutput> = Vec::new();
    if collections.iter().any(|it| it.collection_group_name().is_some()) {
        match client.list_collection_groups().max_results(100).into_paginator().send().try_collect().await {
            Ok(pages) => groups = pages,
            Err(error) => listing.faults.push(error.into()),
        }
    }
    let groups: Vec<_> = groups.into_iter().flat_map(|it| it.collection_group_summaries.unwrap_or_default()).collect();
    listing.findings = findings(&collections, &known, &groups);
    Ok(listing)
}

fn ids(collections: &[CollectionSummary]) -> Vec<String> {
    collections.iter().filter_map(|it| it.id.clone()).collect()
}

fn by_id(detail: CollectionDetail) -> (String, CollectionDetail) {
    (detail.id.clone().unwrap_or_default(), detail)
}

/// The first collection of a pool is told with its floor, which ends with the last of them.
fn findings(
    collections: &[CollectionSummary],
    known: &BTreeMap<String, CollectionDetail>,
    groups: &[CollectionGroupSummary],
) -> Vec<Listed> {
    let detail = |it: &CollectionSummary| known.get(it.id().unwrap_or_default());
    let mut pools: BTreeMap<Pool, Vec<&CollectionSummary>> = BTreeMap::new();
    for collection in collections {
        pools.entry(pool(collection, detail(collection))).or_default().push(collection);
    }
    let told = |it: &CollectionSummary| {
        let (pool, detail) = (pool(it, detail(it)), detail(it));
        let others = pools.get(&pool).into_iter().flatten().filter(|other| other.id() != it.id());
        let first = pools.get(&pool).and_then(|all| all.first()).is_some_and(|first| first.id() == it.id());
        let group = groups.iter().find(|group| group.name().is_some() && group.name() == it.collection_group_name());
        let floor = if first { floor(it, detail, group) } else { None };
        let other = others.map(|other| other.name().or(other.id()).unwrap_or_default()).next();
        let found = finding(it, detail).charge(charge(floor));
        match other {
            Some(other) => found.note(Note::with("shared-capacity", other)),
            None => Listed { bills_since_creation: floor.is_some() && group.is_none(), ..found },
        }
    };
    collections.iter().map(told).collect()
}

fn finding(collection: &CollectionSummary, detail: Option<&CollectionDetail>) -> Listed {
    let id = collection.id().or(collection.name()).unwrap_or_default();
    let billing = match collection.status() {
        Some(CollectionStatus::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let created = detail.and_then(CollectionDetail::created_date);
    let created_at = created.and_then(|at| Timestamp::from_millisecond(at).ok());
    let mut delete = Command::aws("opensearchserverless delete-collection --id").arg(id);
    if detail.and_then(CollectionDetail::deletion_protection) == Some(&DeletionProtection::Enabled) {
        let unprotect =
            Command::aws("opensearchserverless update-collection --id").arg(id).words("--deletion-protection DISABLED");
        delete = unprotect.then(delete);
    }
    let notes = ["delete-only", "usage-extra"].map(Note::new).to_vec();
    let found = Listed { arn: collection.arn.clone(), billing, created_at, notes, ..Listed::new(id) };
    found.named(collection.name.clone()).can(Verb::Delete, delete)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collection(id: &str) -> CollectionSummary {
        CollectionSummary::builder().id(id).name(id).kms_key_arn("auto").build()
    }
    fn detail(id: &str, kind: &str) -> (String, CollectionDetail) {
        by_id(CollectionDetail::builder().id(id).r#type(kind.into()).standby_replicas("ENABLED".into()).build())
    }

    #[test]
    fn the_floor_is_told_once_for_all_that_share_it() {
        let known = [detail("a", "SEARCH"), detail("b", "TIMESERIES"), detail("c", "VECTORSEARCH")].into();
        let found = findings(&["a", "b", "c"].map(collection), &known, &[]);
        let quantities: Vec<_> = found.iter().map(|it| it.charges[0].quantity.map(|it| it.to_string())).collect();
        assert_eq!(quantities, [Some("2".to_owned()), None, Some("2".to_owned())]);
        assert_eq!(found[0].notes[2], Note::with("shared-capacity", "b"));
        assert_eq!(found[1].notes[2], Note::with("shared-capacity", "a"));
        assert_eq!((found[2].notes.len(), found[2].bills_since_creation), (2, true));
    }

    #[test]
    fn protection_is_taken_off_first() {
        let detail = CollectionDetail::builder().deletion_protection(DeletionProtection::Enabled).build();
        let delete = |detail| finding(&collection("a"), detail).commands[&Verb::Delete].to_string().clone();
        assert!(delete(Some(&detail)).contains("DISABLED && aws opensearchserverless delete-collection"));
        assert_eq!(delete(None), "aws opensearchserverless delete-collection --id a");
    }
}
