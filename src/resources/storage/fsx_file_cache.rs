//! File caches are charged for their provisioned capacity, metadata included, used or not, and cannot be stopped.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::reading::sku;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "fsx-file-cache",
    names: words("Amazon File Cache", "Amazon File Cache"),
    bills: words(
        "per GB and month of its capacity, full or not; it cannot be stopped",
        "容量の GB・月ごと(空でも)。停止不可",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonFSx"],
    asks: &[&CACHES],
    writes: &["fsx:DeleteFileCache"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const CACHES: Operation<FileCache> = Operation::new("fsx:DescribeFileCaches").at("FileCaches");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct FileCache {
    file_cache_id: String,
    #[serde(rename = "ResourceARN")]
    resource_arn: Option<String>,
    file_cache_type: Option<String>,
    lifecycle: Option<Lifecycle>,
    creation_time: Option<Timestamp>,
    storage_capacity: Option<Decimal>,
    lustre_configuration: Lustre,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Lustre {
    per_unit_storage_throughput: Option<Decimal>,
    metadata_configuration: Option<Metadata>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Metadata {
    storage_capacity: Option<Decimal>,
}

values! { enum Lifecycle { Deleting = "DELETING" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let caches = cx.ask(&CACHES).with("MaxResults", 1000).all().await?;
    Ok(caches.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state makes a listed cache free.
fn finding(cache: &FileCache) -> Listed {
    let id = &cache.file_cache_id;
    let ending = cache.lifecycle == Some(Lifecycle::Deleting);
    let found = Listed {
        arn: cache.resource_arn.clone(),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: cache.creation_time,
        charges: charges(cache),
        notes: vec![Note::new("delete-only")],
        ..Listed::new(id)
    };
    found.can(Verb::Delete, Command::aws("fsx delete-file-cache --file-cache-id").arg(id))
}

fn charges(cache: &FileCache) -> Vec<Charge> {
    let kind = cache.file_cache_type.as_deref();
    let lustre = &cache.lustre_configuration;
    let pace = lustre.per_unit_storage_throughput.map(|pace| format!("{pace} MB/s/TiB"));
    let entry = |item| {
        let known = [("item", Some(item)), ("fileCacheType", kind), ("throughputCapacity", pace.as_deref())];
        sku("AmazonFSx", known)
    };
    let stored =
        |name: &str, item, capacity: Option<Decimal>| match capacity.filter(|gigabytes| *gigabytes > Decimal::ZERO) {
            Some(gigabytes) => Charge::storage(name, entry(item), gigabytes),
            None => Charge::metered(name, entry(item), Unit::GbMonth),
        };
    let space = stored("file cache", "file_cache", cache.storage_capacity);
    let metadata = lustre.metadata_configuration.as_ref();
    let metadata = metadata.map(|it| stored("file cache metadata", "file_cache_metadata", it.storage_capacity));
    [Some(space), metadata].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_charged() {
        let billing =
            |state: &str| finding(&FileCache { lifecycle: Some(state.into()), ..FileCache::default() }).billing;
        let running = Billing::Running;
        let states = ["AVAILABLE", "CREATING", "FAILED", "FUTURE", "DELETING"].map(billing);
        assert_eq!(states, [running, running, running, running, Billing::Ending]);
    }

    #[test]
    fn its_metadata_bill_too() {
        let metadata_configuration = Some(Metadata { storage_capacity: Some(2400.into()) });
        let lustre_configuration = Lustre { metadata_configuration, ..Lustre::default() };
        let storage_capacity = Some(1200.into());
        let cache = FileCache { storage_capacity, lustre_configuration, ..FileCache::default() };
        let what: Vec<_> = charges(&cache).into_iter().map(|it| it.what).collect();
        assert_eq!(what, ["1200 GB file cache", "2400 GB file cache metadata"]);
        assert_eq!(charges(&FileCache::default())[0].quantity, None);
    }
}
