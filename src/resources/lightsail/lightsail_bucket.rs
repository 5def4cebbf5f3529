//! Lightsail buckets bill for each month the fixed price of their plan, full or empty.

use aws_sdk_lightsail::Client;
use aws_sdk_lightsail::types::Bucket;
use futures::{FutureExt, TryFutureExt};

use super::lightsail_reading::{lightsail_tags, pages, unlisted};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "lightsail-bucket",
    names: words("Lightsail bucket", "Lightsail バケット"),
    bills: words("the fixed monthly price of its plan, full or empty", "空でも、プランの月額"),
    scope: Scope::Region,
    endpoint: "lightsail",
    small: false,
    billed_as: &["AmazonLightsail"],
    reads: &["lightsail:GetBuckets"],
    writes: &["lightsail:DeleteBucket"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let ask = |token| client.get_buckets().set_page_token(token).send();
    let buckets = pages(|token| ask(token).map_ok(|page| (page.buckets, page.next_page_token))).await?;
    Ok(buckets.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state is known to be free.
fn finding(bucket: &Bucket) -> Listed {
    let name = bucket.name().unwrap_or_default();
    let what = bucket.bundle_id().map_or_else(|| "Lightsail bucket".to_owned(), |id| format!("Lightsail bucket {id}"));
    let found = Listed {
        arn: bucket.arn().map(str::to_owned),
        created_at: time(bucket.created_at()),
        tags: lightsail_tags(bucket.tags()),
        charges: vec![Charge::each_month(&what, unlisted("bucket", bucket.bundle_id()), 1)],
        notes: vec![Note::new("usage-extra")],
        ..Listed::new(name)
    };
    // Forced: AWS refuses to delete one that holds something.
    found.can(Verb::Delete, Command::aws("lightsail delete-bucket --bucket-name").arg(name).words("--force-delete"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_bills_its_plan_each_month() {
        let found = finding(&Bucket::builder().name("files").bundle_id("small_1_0").build());
        assert_eq!(found.charges[0].sku.to_string(), "AmazonLightsail bundle=small_1_0 kind=bucket");
        assert_eq!(finding(&Bucket::builder().build()).charges.len(), 1);
    }
}
