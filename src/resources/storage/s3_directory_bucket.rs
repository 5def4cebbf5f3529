//! S3 directory buckets (Express One Zone) are charged for stored data, at many times the rate of other buckets.

use std::collections::BTreeSet;

use aws_sdk_s3::Client;
use aws_sdk_s3::config::Builder;
use aws_sdk_s3::types::Bucket;
use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;

use super::s3_sizes::{READS, Sizes, Stored, sizes};
use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::time;
use crate::resources::sizes::gigabytes;
use crate::resources::{Listing, Resource};

const SERVICE: &str = "AmazonS3";

pub(super) static RESOURCE: Resource = Resource {
    id: "s3-directory-bucket",
    names: words("S3 directory bucket (Express One Zone)", "S3 ディレクトリバケット(Express One Zone)"),
    bills: words(
        "per GB and month of what is stored, and per request and GB of it",
        "保存量の GB・月ごと、加えてリクエストとその GB ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&Typed("s3express:ListAllMyDirectoryBuckets"), &Typed(READS[0]), &Typed(READS[1])],
    writes: &["s3express:CreateSession", "s3express:DeleteBucket"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    // Listing needs no S3 Express session; with a custom endpoint the SDK would still request one.
    let client = Client::from_conf(Builder::from(&cx.sdk).disable_s3_express_session_auth(true).build());
    let buckets = client.list_directory_buckets().max_directory_buckets(1000).into_paginator().items().send();
    let buckets: Vec<Bucket> = buckets.try_collect().await?;
    if buckets.is_empty() {
        return Ok(Listing::default());
    }
    let names: BTreeSet<String> = buckets.iter().filter_map(|bucket| bucket.name.clone()).collect();
    let sizes = sizes(cx, &names).await;
    let sizes = sizes.unwrap_or_else(|error| Sizes { fault: Some(error), ..Sizes::default() });
    let findings = buckets.iter().filter_map(|bucket| finding(bucket, &sizes, Timestamp::now())).collect();
    Ok(Listing { findings, faults: sizes.fault.into_iter().collect(), ..Listing::default() })
}

/// `None` means that it is empty, or another kind of bucket: where one host serves both kinds, as emulators do, this list has them all.
fn finding(bucket: &Bucket, sizes: &Sizes, now: Timestamp) -> Option<Listed> {
    let name = bucket.name().unwrap_or_default();
    if !name.is_empty() && !name.ends_with("--x-s3") {
        return None;
    }
    let created_at = time(bucket.creation_date());
    let bytes = match sizes.of(name, created_at, now) {
        Stored::Nothing => return None,
        Stored::Bytes(bytes) => bytes.values().fold(Decimal::ZERO, |sum, it| sum.saturating_add(*it)),
        Stored::Unknown => Decimal::ZERO,
    };
    let arn = bucket.bucket_arn.clone();
    let found = Listed { arn, created_at, ..Listed::new(name) };
    let found = match gigabytes(bytes) {
        Some(stored) => found.charge(Charge::storage("Express One Zone", sku(name), stored)),
        None => {
            found.charge(Charge::metered("Express One Zone", sku(name), Unit::GbMonth)).note(Note::new("size-unknown"))
        }
    };
    let address = format!("s3://{name}");
    let look = Command::aws("s3 ls").arg(&address).words("--recursive --summarize --human-readable");
    let empty = Command::aws("s3 rm").arg(address).words("--recursive");
    let found = found.note(Note::new("usage-extra")).note(Note::new("deletes-data")).look(look);
    Some(found.loses(Loss::Data).can(Verb::Delete, empty.then(Command::aws("s3api delete-bucket --bucket").arg(name))))
}

/// The name ends with the zone: `notes--apne1-az4--x-s3`. One in a local zone (`usw2-lax1-az1`) has another storage class.
fn sku(name: &str) -> Sku {
    let zone = name.strip_suffix("--x-s3").and_then(|name| name.rsplit_once("--")).map(|(_, zone)| zone);
    if zone.is_some_and(|zone| zone.split('-').count() == 2) {
        return Sku::new(SERVICE).with("item", "express_one_zone").with("unit", "gb-month");
    }
    Sku::new(SERVICE).with("locationType", "AWS Local Zone")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn all_of_it_has_one_price() {
        let of_bucket = BTreeMap::from([("A".to_owned(), (1 << 30).into()), ("B".to_owned(), (1 << 30).into())]);
        let bytes = BTreeMap::from([("notes--apne1-az4--x-s3".to_owned(), of_bucket)]);
        let sizes = Sizes { bytes, ..Sizes::default() };
        let bucket = |name: &str| Bucket::builder().name(name).build();
        let what = |name: &str| finding(&bucket(name), &sizes, Timestamp::now()).unwrap().charges[0].what.clone();
        assert_eq!(what("notes--apne1-az4--x-s3"), "2 GB Express One Zone");
        // Its age is unknown, and so is whether a figure would be there.
        assert_eq!(what("empty--apne1-az4--x-s3"), "Express One Zone");
        assert_eq!(finding(&bucket("notes"), &sizes, Timestamp::now()), None);
    }

    #[test]
    fn only_the_region_proper_has_the_price_of_the_region() {
        assert_eq!(sku("a--b--apne1-az4--x-s3").to_string(), "AmazonS3 item=express_one_zone unit=gb-month");
        for name in ["a--usw2-lax1-az1--x-s3", "strange", ""] {
            assert_eq!(sku(name).to_string(), "AmazonS3 locationType=AWS Local Zone", "{name}");
        }
    }
}
