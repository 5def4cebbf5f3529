//! OpenSearch Serverless collections are charged for the minimum capacity of their pool or group, and for storage.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;

use super::opensearch_serverless_capacity::{Collection, Detail, Group, Pool, Status, Switch, charge, floor, pool};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Loss, Note, Scope, Verb, words};
use crate::resources::details::about_each;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "opensearch-serverless-collection",
    names: words("OpenSearch Serverless collection", "OpenSearch Serverless コレクション"),
    bills: words(
        "per hour and OCU kept ready, queried or not, and per GB and month of its data",
        "使わなくても確保されている OCU ごとに 1 時間ごと、加えてデータの GB・月ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonES"],
    asks: &[&COLLECTIONS, &DETAILS, &GROUPS],
    writes: &["aoss:DeleteCollection", "aoss:UpdateCollection"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const COLLECTIONS: Operation<Collection> =
    Operation::new("opensearchserverless:ListCollections").at("collectionSummaries");
const DETAILS: Operation<Detail> = Operation::new("opensearchserverless:BatchGetCollection").at("collectionDetails");
const GROUPS: Operation<Group> =
    Operation::new("opensearchserverless:ListCollectionGroups").at("collectionGroupSummaries");

async fn list(cx: &Cx) -> Result<Listing> {
    let collections = cx.ask(&COLLECTIONS).all().await?;
    let batches: Vec<Vec<String>> = collections.chunks(100).map(ids).collect();
    let (answers, mut faults) = about_each(batches, |ids| cx.ask(&DETAILS).with("ids", ids.clone()).all()).await;
    let known = answers.into_iter().filter_map(|(_, details)| details).flatten().map(by_id).collect();
    let mut groups = Vec::new();
    if collections.iter().any(|it| it.collection_group_name.is_some()) {
        match cx.ask(&GROUPS).all().await {
            Ok(all) => groups = all,
            Err(error) => faults.push(error),
        }
    }
    Ok(Listing { findings: findings(&collections, &known, &groups), faults, ..Listing::default() })
}

fn ids(collections: &[Collection]) -> Vec<String> {
    collections.iter().filter_map(|it| it.id.clone()).collect()
}

fn by_id(detail: Detail) -> (String, Detail) {
    (detail.id.clone().unwrap_or_default(), detail)
}

/// The first collection of a pool carries the charge for its minimum capacity, which ends with the last collection.
fn findings(collections: &[Collection], known: &BTreeMap<String, Detail>, groups: &[Group]) -> Vec<Listed> {
    let detail = |it: &Collection| known.get(it.id.as_deref().unwrap_or_default());
    let mut pools: BTreeMap<Pool, Vec<&Collection>> = BTreeMap::new();
    for collection in collections {
        pools.entry(pool(collection, detail(collection))).or_default().push(collection);
    }
    let found = |it: &Collection| {
        let (pool, detail) = (pool(it, detail(it)), detail(it));
        let others = pools.get(&pool).into_iter().flatten().filter(|other| other.id != it.id);
        let first = pools.get(&pool).and_then(|all| all.first()).is_some_and(|first| first.id == it.id);
        let group = groups.iter().find(|group| group.name.is_some() && group.name == it.collection_group_name);
        let floor = if first { floor(it, detail, group) } else { None };
        let other = others.map(|other| other.name.as_deref().or(other.id.as_deref()).unwrap_or_default()).next();
        let found = finding(it, detail).charge(charge(floor));
        match other {
            Some(other) => found.note(Note::with("shared-capacity", other)),
            None => Listed { bills_since_creation: floor.is_some() && group.is_none(), ..found },
        }
    };
    collections.iter().map(found).collect()
}

fn finding(collection: &Collection, detail: Option<&Detail>) -> Listed {
    let id = collection.id.as_deref().or(collection.name.as_deref()).unwrap_or_default();
    let billing = match collection.status {
        Some(Status::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let created_at = detail.and_then(|it| Timestamp::from_millisecond(it.created_date?).ok());
    let mut delete = Command::aws("opensearchserverless delete-collection --id").arg(id);
    if detail.is_some_and(|it| it.deletion_protection == Some(Switch::Enabled)) {
        let unprotect =
            Command::aws("opensearchserverless update-collection --id").arg(id).words("--deletion-protection DISABLED");
        delete = unprotect.then(delete);
    }
    let notes = ["delete-only", "usage-extra"].map(Note::new).to_vec();
    let found = Listed { arn: collection.arn.clone(), billing, created_at, notes, ..Listed::new(id) };
    found.named(collection.name.clone()).loses(Loss::Data).can(Verb::Delete, delete)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collection(id: &str) -> Collection {
        Collection {
            id: Some(id.into()),
            name: Some(id.into()),
            kms_key_arn: Some("auto".into()),
            ..Collection::default()
        }
    }

    fn detail(id: &str, kind: &str) -> (String, Detail) {
        let (id, kind, standby_replicas) = (Some(id.into()), Some(kind.into()), Some(Switch::Enabled));
        by_id(Detail { id, kind, standby_replicas, ..Detail::default() })
    }

    #[test]
    fn the_floor_is_charged_once_for_all_that_share_it() {
        let known = [detail("a", "SEARCH"), detail("b", "TIMESERIES"), detail("c", "VECTORSEARCH")].into();
        let found = findings(&["a", "b", "c"].map(collection), &known, &[]);
        let quantities: Vec<_> = found.iter().map(|it| it.charges[0].quantity.map(|it| it.to_string())).collect();
        assert_eq!(quantities, [Some("2".to_owned()), None, Some("2".to_owned())]);
        assert_eq!(found[0].notes[2], Note::with("shared-capacity", "b"));
        assert_eq!(found[1].notes[2], Note::with("shared-capacity", "a"));
        assert_eq!((found[2].notes.len(), found[2].bills_since_creation), (2, true));
    }

    #[test]
    fn protection_is_removed_first() {
        let detail = Detail { deletion_protection: Some(Switch::Enabled), ..Detail::default() };
        let delete = |detail| finding(&collection("a"), detail).commands[&Verb::Delete].to_string().clone();
        assert!(delete(Some(&detail)).contains("DISABLED && aws opensearchserverless delete-collection"));
        assert_eq!(delete(None), "aws opensearchserverless delete-collection --id a");
    }
}
