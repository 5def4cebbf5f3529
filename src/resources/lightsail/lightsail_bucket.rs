//! Lightsail buckets cost the fixed monthly price of their plan, full or empty.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use super::lightsail_plan::unlisted;
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Verb, words};
use crate::resources::reading::lowercase_tag_list;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "lightsail-bucket",
    names: words("Lightsail bucket", "Lightsail バケット"),
    bills: words("the fixed monthly price of its plan, full or empty", "空でも、プランの月額"),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonLightsail"],
    asks: &[&BUCKETS],
    writes: &["lightsail:DeleteBucket"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const BUCKETS: Operation<Bucket> = Operation::new("lightsail:GetBuckets").at("buckets");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Bucket {
    name: String,
    arn: Option<String>,
    bundle_id: Option<String>,
    created_at: Option<Timestamp>,
    #[serde(deserialize_with = "lowercase_tag_list")]
    tags: BTreeMap<String, String>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let buckets = cx.ask(&BUCKETS).all().await?;
    Ok(buckets.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state is known to be free.
fn finding(bucket: &Bucket) -> Listed {
    let (name, plan) = (&bucket.name, bucket.bundle_id.as_deref());
    let what = plan.map_or_else(|| "Lightsail bucket".to_owned(), |id| format!("Lightsail bucket {id}"));
    let found = Listed {
        arn: bucket.arn.clone(),
        created_at: bucket.created_at,
        tags: bucket.tags.clone(),
        charges: vec![Charge::each_month(&what, unlisted("bucket", plan), 1)],
        notes: vec![Note::new("usage-extra")],
        ..Listed::new(name)
    };
    // AWS refuses to delete a bucket with objects without this option.
    found
        .loses(Loss::Data)
        .can(Verb::Delete, Command::aws("lightsail delete-bucket --bucket-name").arg(name).words("--force-delete"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_charged_for_its_plan_each_month() {
        let bucket = Bucket { name: "files".into(), bundle_id: Some("small_1_0".into()), ..Bucket::default() };
        let found = finding(&bucket);
        assert_eq!(found.charges[0].sku.to_string(), "AmazonLightsail bundle=small_1_0 kind=bucket");
        assert_eq!(finding(&Bucket::default()).charges.len(), 1);
    }
}
