//! Portals of WorkSpaces Secure Browser are charged for each user who signs in during a month.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::reading::sku;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "workspaces-web-portal",
    names: words("WorkSpaces Secure Browser portal", "WorkSpaces Secure Browser ポータル"),
    bills: words("per month and user who signs in", "サインインしたユーザーごとに月ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonWorkSpacesWeb"],
    asks: &[&PORTALS],
    writes: &["workspaces-web:DeletePortal"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const PORTALS: Operation<Portal> = Operation::new("workspaces-web:ListPortals").at("portals");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Portal {
    portal_arn: String,
    display_name: Option<String>,
    creation_date: Option<Timestamp>,
    instance_type: Option<String>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let portals = cx.ask(&PORTALS).with("maxResults", 100).all().await?;
    Ok(portals.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state is known to be free.
fn finding(portal: &Portal) -> Listed {
    let arn = portal.portal_arn.as_str();
    let id = arn.rsplit('/').next().unwrap_or(arn);
    let found = Listed { arn: Some(arn.to_owned()), created_at: portal.creation_date, ..Listed::new(id) };
    let sku = sku(
        "AmazonWorkSpacesWeb",
        [("group", Some("Monthly active users")), ("instanceType", portal.instance_type.as_deref())],
    );
    let found = found.named(portal.display_name.clone());
    let found = found.charge(Charge::metered("active user", sku, Unit::Month)).note(Note::new("delete-only"));
    found.can(Verb::Delete, Command::aws("workspaces-web delete-portal --portal-arn").arg(arn))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_meter_knows_how_many_sign_in() {
        let portal_arn = "arn:aws:workspaces-web:us-east-1:1:portal/p-1".into();
        let found = finding(&Portal { portal_arn, ..Portal::default() });
        assert_eq!((found.id.as_str(), found.charges[0].quantity), ("p-1", None));
    }
}
