//! Mail Manager's ingress endpoints bill for every month they exist, open or closed, and for the mail they take in.

use aws_sdk_mailmanager::Client;
use aws_sdk_mailmanager::types::{IngressPoint, IngressPointStatus};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "mail-manager-ingress-point",
    names: words("SES Mail Manager ingress endpoint", "SES Mail Manager 受信エンドポイント"),
    bills: words(
        "per month while it exists, used or not; plus the mail it takes in",
        "存在する間は使わなくても 1 か月ごと、加えて受信したメール",
    ),
    scope: Scope::Region,
    endpoint: "mail-manager",
    small: false,
    billed_as: &["AmazonSES"],
    reads: &["ses:ListIngressPoints"],
    writes: &["ses:DeleteIngressPoint"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let points = Client::new(&cx.sdk).list_ingress_points().page_size(50).into_paginator().items().send();
    let points: Vec<IngressPoint> = points.try_collect().await?;
    Ok(points.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state is known to be free: a closed one takes in no mail, but exists.
fn finding(point: &IngressPoint) -> Listed {
    let billing = match point.status() {
        IngressPointStatus::Deprovisioning => Billing::Ending,
        _ => Billing::Running,
    };
    let id = point.ingress_point_id();
    let sku = Sku::new("AmazonSES").with("item", "ingress_endpoint").with("unit", "month");
    Listed { billing, ..Listed::new(id) }
        .named(Some(point.ingress_point_name().to_owned()))
        .charge(Charge::each_month("ingress endpoint", sku, 1))
        .note(Note::new("delete-only"))
        .note(Note::new("usage-extra"))
        .can(Verb::Delete, Command::aws("mailmanager delete-ingress-point --ingress-point-id").arg(id))
}

#[cfg(test)]
mod tests {
    use aws_sdk_mailmanager::types::IngressPointType;

    use super::*;

    #[test]
    fn bills_as_long_as_it_exists() {
        let billing = |status: &str| {
            let point = IngressPoint::builder().ingress_point_id("inp-1").ingress_point_name("study");
            finding(&point.r#type(IngressPointType::Open).status(status.into()).build().unwrap()).billing
        };
        assert_eq!(["ACTIVE", "CLOSED", "FAILED", "DREAMING"].map(billing), [Billing::Running; 4]);
        assert_eq!(billing("DEPROVISIONING"), Billing::Ending);
    }
}
