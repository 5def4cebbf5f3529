//! Buckets that are public by their policy or ACL, and that neither they nor the account block. All calls are free.

use futures::stream::{self, StreamExt};
use serde::Deserialize;

use super::Cx;
use super::api::{Asks, Operation};
use super::fault::found;
use crate::error::{Error, Result};
use crate::model::Region;

pub static ASKS: &[&dyn Asks] = &[&BLOCK];

/// That of the account. That of a bucket is another operation, of S3 itself.
const BLOCK: Operation<Block> = Operation::new("s3control:GetPublicAccessBlock").at("PublicAccessBlockConfiguration");

const AT_ONCE: usize = 16;
/// The groups of AWS's ACLs that are everybody.
const EVERYBODY: [&str; 2] =
    ["http://acs.amazonaws.com/groups/global/AllUsers", "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"];
const NO_BLOCK: &[&str] = &["NoSuchPublicAccessBlockConfiguration"];

/// What is blocked, of what makes a bucket public.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
struct Block {
    #[serde(rename = "IgnorePublicAcls")]
    acls: bool,
    #[serde(rename = "RestrictPublicBuckets")]
    policies: bool,
}

impl Block {
    const fn is_whole(self) -> bool {
        self.acls && self.policies
    }

    const fn or(self, other: Self) -> Self {
        Self { acls: self.acls || other.acls, policies: self.policies || other.policies }
    }
}

/// What was found among the buckets of the account.
#[derive(Debug, Default)]
pub struct Buckets {
    pub public: Vec<(Option<Region>, String)>,
    /// Those of which it is known whether they are public.
    pub looked_at: usize,
    pub faults: Vec<Error>,
}

/// # Errors
/// The buckets cannot be listed.
pub async fn public_buckets(home: &Cx) -> Result<Buckets> {
    let client = aws_sdk_s3::Client::new(&home.sdk);
    let (all, of_account) = futures::join!(
        client.list_buckets().max_buckets(1000).into_paginator().items().send().try_collect(),
        of_account(home)
    );
    let all: Vec<aws_sdk_s3::types::Bucket> = all?;
    let mut buckets = Buckets::default();
    let blocked = match of_account {
        Ok(block) if block.is_whole() => return Ok(Buckets { looked_at: all.len(), ..buckets }),
        Ok(block) => Some(block),
        Err(fault) => {
            buckets.faults.push(fault);
            None
        }
    };
    let one = |bucket: aws_sdk_s3::types::Bucket| async move {
        let region = bucket.bucket_region().filter(|name| Region::is_well_formed(name)).map(Region::new);
        let name = bucket.name().unwrap_or_default().to_owned();
        let there = home.at(region.as_ref().unwrap_or(&home.place.region));
        (is_public(&there, &name, blocked.unwrap_or_default()).await, region, name)
    };
    let mut answers = stream::iter(all.into_iter().map(one)).buffered(AT_ONCE);
    while let Some((public, region, name)) = answers.next().await {
        match public {
            // Whether the account blocks it is not known: neither public nor private.
            Ok(true) if blocked.is_none() => {}
            Ok(public) => {
                buckets.looked_at += 1;
                buckets.public.extend(public.then_some((region, name)));
            }
            Err(fault) => buckets.faults.push(fault),
        }
    }
    Ok(buckets)
}

async fn of_account(home: &Cx) -> Result<Block> {
    let asked = home.ask(&BLOCK).with("AccountId", home.place.account.to_string());
    Ok(found(asked.one().await, NO_BLOCK)?.unwrap_or_default())
}

/// Whether everybody may read it, but for what is blocked already.
async fn is_public(cx: &Cx, name: &str, blocked: Block) -> Result<bool> {
    let client = aws_sdk_s3::Client::new(&cx.sdk);
    let own = found(client.get_public_access_block().bucket(name).send().await, NO_BLOCK)?;
    let own = own.and_then(|it| it.public_access_block_configuration).map_or(Block::default(), |it| Block {
        acls: it.ignore_public_acls == Some(true),
        policies: it.restrict_public_buckets == Some(true),
    });
    let blocked = blocked.or(own);
    if !blocked.policies {
        let status = client.get_bucket_policy_status().bucket(name).send().await;
        let status = found(status, &["NoSuchBucketPolicy"])?.and_then(|it| it.policy_status);
        if status.is_some_and(|it| it.is_public() == Some(true)) {
            return Ok(true);
        }
    }
    if blocked.acls {
        return Ok(false);
    }
    let acl = client.get_bucket_acl().bucket(name).send().await?;
    let everybody = |uri: &str| EVERYBODY.contains(&uri);
    Ok(acl.grants().iter().filter_map(|grant| grant.grantee()?.uri()).any(everybody))
}
