//! S3 buckets are charged for stored data, by storage class, including old versions and unfinished uploads.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_s3::Client;
use aws_sdk_s3::types::Bucket;
use futures::{FutureExt, StreamExt, stream};
use jiff::Timestamp;

use super::s3_charges::charges;
use super::s3_sizes::{READS, Sizes, Stored, sizes};
use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{AccountId, Command, Listed, Loss, Note, Region, Scope, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "s3-bucket",
    names: words("S3 bucket", "S3 バケット"),
    bills: words(
        "per GB and month of what is stored (AWS's figures are one or two days old), by storage class, and per request",
        "保存量の GB・月ごと(ストレージクラス別、AWS の集計値は 1~2 日前のもの)、加えてリクエストごと",
    ),
    scope: Scope::Global,
    small: true,
    billed_as: &["AmazonS3"],
    asks: &[&Typed("s3:ListAllMyBuckets"), &Typed(READS[0]), &Typed(READS[1])],
    writes: &[
        "s3:ListBucket",
        "s3:ListBucketVersions",
        "s3:ListBucketMultipartUploads",
        "s3:AbortMultipartUpload",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:DeleteBucket",
    ],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

/// Each bucket has its own region, used for its prices and commands. Buckets of regions outside the sweep are skipped, and so
/// are their requests.
async fn list(cx: &Cx) -> Result<Listing> {
    let buckets = Client::new(&cx.sdk).list_buckets().max_buckets(10_000).into_paginator().items().send();
    let buckets: Vec<Bucket> = buckets.try_collect().await?;
    let mut regions: BTreeMap<Option<Region>, Vec<Bucket>> = BTreeMap::new();
    for bucket in buckets.into_iter().filter(|bucket| !is_own(bucket, &cx.place.account)) {
        let region = bucket.bucket_region().filter(|name| Region::is_well_formed(name));
        let region = region.map(Region::new);
        if region.as_ref().is_none_or(|region| cx.wants(region)) {
            regions.entry(region).or_default().push(bucket);
        }
    }
    let ask = |(region, buckets): (Option<Region>, Vec<Bucket>)| async move {
        let there = Cx::new(&cx.place.account, region.as_ref().unwrap_or(&cx.place.region), &cx.sdk);
        let names: BTreeSet<String> = buckets.iter().filter_map(|bucket| bucket.name.clone()).collect();
        let sizes = sizes(&there, &names).await;
        let sizes = sizes.unwrap_or_else(|error| Sizes { fault: Some(error), ..Sizes::default() });
        (region, buckets, sizes)
    };
    let mut answers = stream::iter(regions.into_iter().map(ask)).buffer_unordered(8);
    let mut listing = Listing::default();
    while let Some((region, buckets, sizes)) = answers.next().await {
        let found = buckets.iter().filter_map(|bucket| finding(bucket, region.as_ref(), &sizes, Timestamp::now()));
        listing.findings.extend(found);
        listing.faults.extend(sizes.fault);
    }
    Ok(listing)
}

/// The bucket of the audit trail safeguard.
fn is_own(bucket: &Bucket, account: &AccountId) -> bool {
    bucket.name().and_then(|name| name.strip_prefix("guardrail-trail-")) == Some(account.as_str())
}

/// `None` means that it is empty.
fn finding(bucket: &Bucket, region: Option<&Region>, sizes: &Sizes, now: Timestamp) -> Option<Listed> {
    let name = bucket.name().unwrap_or_default();
    let created_at = time(bucket.creation_date());
    let (charges, known) = match sizes.of(name, created_at, now) {
        // Where the bucket's own region is not known, its figures are elsewhere.
        Stored::Nothing if region.is_some() => return None,
        Stored::Bytes(bytes) => (charges(bytes), true),
        Stored::Nothing | Stored::Unknown => (charges(&BTreeMap::new()), false),
    };
    let arn = Some(format!("arn:aws:s3:::{name}"));
    let mut found = Listed { region: region.cloned(), arn, created_at, charges, ..Listed::new(name) };
    if !known {
        found = found.note(Note::new("size-unknown"));
    }
    let address = format!("s3://{name}");
    let look = Command::aws("s3 ls").arg(&address).words("--recursive --summarize --human-readable");
    let found = found.note(Note::new("usage-extra")).note(Note::new("deletes-data")).note(Note::new("versions-first"));
    Some(found.look(look).loses(Loss::Data).can(Verb::Delete, Command::aws("s3 rb").arg(address).words("--force")))
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::DateTime;

    use super::*;

    fn bucket(name: &str) -> Bucket {
        Bucket::builder().name(name).build()
    }

    #[test]
    fn only_the_own_trail_is_left_out() {
        let account: AccountId = "123456789012".parse().unwrap();
        let own = |name| is_own(&bucket(name), &account);
        let names = ["guardrail-trail-123456789012", "guardrail-trail-999999999999", "guardrail-notes", "study"];
        assert_eq!(names.map(own), [true, false, false, false]);
    }

    #[test]
    fn an_empty_one_is_no_finding_and_a_full_one_is_looked_at_before_it_is_deleted() {
        let stored = BTreeMap::from([("StandardStorage".to_owned(), (1 << 30).into())]);
        let sizes = Sizes { bytes: BTreeMap::from([("study".to_owned(), stored)]), ..Sizes::default() };
        let now: Timestamp = "2026-11-23T00:00:00Z".parse().unwrap();
        let found = |name: &str, days: i64| {
            let created = DateTime::from_secs(now.as_second() - days * 24 * 3600);
            let bucket = Bucket::builder().name(name).creation_date(created).build();
            finding(&bucket, Some(&Region::new("eu-west-1")), &sizes, now)
        };
        let study = found("study", 9).unwrap();
        assert_eq!((study.region.unwrap().as_str(), study.charges[0].quantity), ("eu-west-1", Some(1.into())));
        let look = "aws s3 ls s3://study --recursive --summarize --human-readable";
        assert_eq!(study.look.unwrap().to_string(), look);
        assert!(study.notes.contains(&Note::new("deletes-data")));
        assert_eq!(found("empty", 9), None);
        let old = DateTime::from_secs(0);
        let elsewhere = Bucket::builder().name("empty").creation_date(old).build();
        assert!(finding(&elsewhere, None, &sizes, now).is_some());
        let new = found("empty", 1).unwrap();
        assert_eq!((new.charges[0].quantity, new.notes[0].id()), (None, "size-unknown"));
    }
}
