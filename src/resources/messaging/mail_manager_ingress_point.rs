//! Mail Manager's ingress endpoints are charged every month they exist, open or closed, and for received mail.

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
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
    small: false,
    billed_as: &["AmazonSES"],
    asks: &[&POINTS],
    writes: &["ses:DeleteIngressPoint"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const POINTS: Operation<Point> = Operation::new("mailmanager:ListIngressPoints").at("IngressPoints");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Point {
    ingress_point_id: String,
    ingress_point_name: String,
    status: Option<Status>,
}

values! { enum Status { Deprovisioning = "DEPROVISIONING" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let points = cx.ask(&POINTS).all().await?;
    Ok(points.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state is known to be free: a closed endpoint receives no mail, but exists.
fn finding(point: &Point) -> Listed {
    let billing = match point.status {
        Some(Status::Deprovisioning) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = point.ingress_point_id.as_str();
    let sku = Sku::new("AmazonSES").with("item", "ingress_endpoint").with("unit", "month");
    Listed { billing, ..Listed::new(id) }
        .named(Some(point.ingress_point_name.clone()))
        .charge(Charge::each_month("ingress endpoint", sku, 1))
        .note(Note::new("delete-only"))
        .note(Note::new("usage-extra"))
        .can(Verb::Delete, Command::aws("mailmanager delete-ingress-point --ingress-point-id").arg(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_charged_as_long_as_it_exists() {
        let billing = |status: &str| finding(&Point { status: Some(status.into()), ..Point::default() }).billing;
        assert_eq!(["ACTIVE", "CLOSED", "FAILED", "FUTURE"].map(billing), [Billing::Running; 4]);
        assert_eq!(billing("DEPROVISIONING"), Billing::Ending);
    }
}
