//! Portals of WorkSpaces Secure Browser bill for each user who signs in during a month.

use aws_sdk_workspacesweb::Client;
use aws_sdk_workspacesweb::operation::list_portals::ListPortalsOutput;
use aws_sdk_workspacesweb::types::{InstanceType, PortalSummary};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::reading::{sku, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "workspaces-web-portal",
    names: words("WorkSpaces Secure Browser portal", "WorkSpaces Secure Browser ポータル"),
    bills: words("per month and user who signs in", "サインインしたユーザーごとに月ごと"),
    scope: Scope::Region,
    endpoint: "workspaces-web",
    small: false,
    billed_as: &["AmazonWorkSpacesWeb"],
    reads: &["workspaces-web:ListPortals"],
    writes: &["workspaces-web:DeletePortal"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let pages = Client::new(&cx.sdk).list_portals().max_results(100).into_paginator().send();
    let pages: Vec<_> = pages.try_collect().await?;
    Ok(pages.iter().flat_map(ListPortalsOutput::portals).map(finding).collect::<Vec<_>>().into())
}

/// No state is known to be free.
fn finding(portal: &PortalSummary) -> Listed {
    let arn = portal.portal_arn();
    let created_at = time(portal.creation_date());
    let id = arn.rsplit('/').next().unwrap_or(arn);
    let found = Listed { arn: Some(arn.to_owned()), created_at, ..Listed::new(id) };
    let sku = sku(
        "AmazonWorkSpacesWeb",
        [("group", Some("Monthly active users")), ("instanceType", portal.instance_type().map(InstanceType::as_str))],
    );
    let found = found.named(portal.display_name().map(str::to_owned));
    let found = found.charge(Charge::metered("active user", sku, Unit::Month)).note(Note::new("delete-only"));
    found.can(Verb::Delete, Command::aws("workspaces-web delete-portal --portal-arn").arg(arn))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_meter_knows_how_many_sign_in() {
        let portal = PortalSummary::builder().portal_arn("arn:aws:workspaces-web:us-east-1:1:portal/p-1");
        let found = finding(&portal.build().unwrap());
        assert_eq!((found.id.as_str(), found.charges[0].quantity), ("p-1", None));
    }
}
