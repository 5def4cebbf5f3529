//! File caches bill for the capacity they were given, that of their metadata too, full or not, and cannot be stopped.

use aws_sdk_fsx::Client;
use aws_sdk_fsx::operation::describe_file_caches::DescribeFileCachesOutput;
use aws_sdk_fsx::types::{FileCache, FileCacheLifecycle, FileCacheLustreConfiguration, FileCacheType};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::reading::{sku, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "fsx-file-cache",
    names: words("Amazon File Cache", "Amazon File Cache"),
    bills: words(
        "per GB and month of its capacity, full or not; it cannot be stopped",
        "容量の GB・月ごと (空でも)。停止はできない",
    ),
    scope: Scope::Region,
    endpoint: "fsx",
    small: false,
    billed_as: &["AmazonFSx"],
    reads: &["fsx:DescribeFileCaches"],
    writes: &["fsx:DeleteFileCache"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let pages = Client::new(&cx.sdk).describe_file_caches().max_results(1000).into_paginator().send();
    let pages: Vec<_> = pages.try_collect().await?;
    Ok(pages.iter().flat_map(DescribeFileCachesOutput::file_caches).map(finding).collect::<Vec<_>>().into())
}

/// AWS knows no state in which a listed cache is free.
fn finding(cache: &FileCache) -> Listed {
    let id = cache.file_cache_id().unwrap_or_default();
    let ending = cache.lifecycle() == Some(&FileCacheLifecycle::Deleting);
    let found = Listed {
        arn: cache.resource_arn().map(str::to_owned),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: time(cache.creation_time()),
        charges: charges(cache),
        notes: vec![Note::new("delete-only")],
        ..Listed::new(id)
    };
    found.can(Verb::Delete, Command::aws("fsx delete-file-cache --file-cache-id").arg(id))
}

fn charges(cache: &FileCache) -> Vec<Charge> {
    let kind = cache.file_cache_type().map(FileCacheType::as_str);
    let lustre = cache.lustre_configuration();
    let pace = lustre
        .and_then(FileCacheLustreConfiguration::per_unit_storage_throughput)
        .map(|pace| format!("{pace} MB/s/TiB"));
    let entry = |item| {
        let known = [("item", Some(item)), ("fileCacheType", kind), ("throughputCapacity", pace.as_deref())];
        sku("AmazonFSx", known)
    };
    let stored = |name: &str, item, capacity: Option<i32>| match capacity.filter(|gigabytes| *gigabytes > 0) {
        Some(gigabytes) => Charge::storage(name, entry(item), gigabytes),
        None => Charge::metered(name, entry(item), Unit::GbMonth),
    };
    let space = stored("file cache", "file_cache", cache.storage_capacity());
    let metadata = lustre.and_then(|it| it.metadata_configuration());
    let metadata = metadata.map(|it| stored("file cache metadata", "file_cache_metadata", it.storage_capacity()));
    [Some(space), metadata].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use aws_sdk_fsx::types::{FileCacheLustreConfiguration, FileCacheLustreMetadataConfiguration};

    use super::*;

    #[test]
    fn every_state_bills() {
        let billing = |state: &str| finding(&FileCache::builder().lifecycle(state.into()).build()).billing;
        let running = Billing::Running;
        let states = ["AVAILABLE", "CREATING", "FAILED", "DREAMING", "DELETING"].map(billing);
        assert_eq!(states, [running, running, running, running, Billing::Ending]);
    }

    #[test]
    fn its_metadata_bill_too() {
        let metadata = FileCacheLustreMetadataConfiguration::builder().storage_capacity(2400).build();
        let lustre = FileCacheLustreConfiguration::builder().metadata_configuration(metadata).build();
        let cache = FileCache::builder().storage_capacity(1200).lustre_configuration(lustre).build();
        let what: Vec<_> = charges(&cache).into_iter().map(|it| it.what).collect();
        assert_eq!(what, ["1200 GB file cache", "2400 GB file cache metadata"]);
        assert_eq!(charges(&FileCache::builder().build())[0].quantity, None);
    }
}
