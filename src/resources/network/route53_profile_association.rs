//! Route 53 Profiles are charged to their owner by the hour: one price for up to 100 VPCs, and a price for each further VPC.

use std::collections::BTreeSet;

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "route53-profile-association",
    names: words("Route 53 Profile association", "Route 53 プロファイルの関連付け"),
    bills: words(
        "per hour and region, the same for 1 VPC as for 100, and per hour for each further VPC",
        "リージョンごとに 1 時間ごと。VPC 1 つでも 100 でも同額で、それを超える VPC ごとに追加",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonRoute53"],
    asks: &[&ASSOCIATIONS, &PROFILES],
    writes: &["route53profiles:DisassociateProfile"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

/// The number of associations in a region that share one charge.
const TOGETHER: usize = 100;

const ASSOCIATIONS: Operation<Association> =
    Operation::new("route53profiles:ListProfileAssociations").at("ProfileAssociations");
const PROFILES: Operation<Profile> = Operation::new("route53profiles:ListProfiles").at("ProfileSummaries");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Association {
    id: Option<String>,
    name: Option<String>,
    profile_id: Option<String>,
    resource_id: Option<String>,
    status: Option<Status>,
    creation_time: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Profile {
    id: Option<String>,
    share_status: Option<ShareStatus>,
}

values! { enum Status { Deleting = "DELETING", Deleted = "DELETED" } }
values! { enum ShareStatus { SharedWithMe = "SHARED_WITH_ME" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let associations = cx.ask(&ASSOCIATIONS).all().await?;
    if associations.is_empty() {
        return Ok(Listing::default());
    }
    let (profiles, faults) = match cx.ask(&PROFILES).all().await {
        Ok(profiles) => (profiles, Vec::new()),
        Err(error) => (Vec::new(), vec![error]),
    };
    Ok(Listing { findings: findings(&associations, &profiles), faults, ..Listing::default() })
}

/// The owner of a profile pays for all its associations, also for those made by other accounts.
fn findings(associations: &[Association], profiles: &[Profile]) -> Vec<Listed> {
    let of_others = profiles.iter().filter(|it| it.share_status == Some(ShareStatus::SharedWithMe));
    let of_others: BTreeSet<&str> = of_others.filter_map(|it| it.id.as_deref()).collect();
    let foreign = |it: &&Association| it.profile_id.as_deref().is_some_and(|id| of_others.contains(id));
    let ended = |it: &&Association| it.status == Some(Status::Deleted);
    let own: Vec<_> = associations.iter().filter(|it| !foreign(it) && !ended(it)).collect();
    own.iter().enumerate().map(|(place, it)| finding(it, place, own.len())).collect()
}

fn finding(it: &Association, place: usize, of: usize) -> Listed {
    let (profile, vpc) = (it.profile_id.as_deref().unwrap_or_default(), it.resource_id.as_deref().unwrap_or_default());
    let to = (!vpc.is_empty()).then(|| Note::with("attached-to", vpc));
    let together = (of > 1).then(|| Note::new("profile-associations"));
    let found = Listed {
        billing: if it.status == Some(Status::Deleting) { Billing::Ending } else { Billing::Running },
        created_at: it.creation_time,
        charges: vec![charge(place)],
        notes: to.into_iter().chain(together).collect(),
        ..Listed::new(it.id.as_deref().unwrap_or_default())
    };
    let found = found.named(it.name.clone());
    let delete =
        Command::aws("route53profiles disassociate-profile --profile-id").arg(profile).words("--resource-id").arg(vpc);
    found.can(Verb::Delete, delete)
}

/// The first association carries the shared charge.
fn charge(place: usize) -> Charge {
    let sku = |item: &str| Sku::new("AmazonRoute53").with("item", item).with("unit", "hour");
    match place {
        0 => Charge::hourly("Route 53 Profiles", sku("profile"), 1),
        1..TOGETHER => Charge::hourly("Route 53 Profiles", sku("profile"), 0),
        _ => Charge::hourly("Profile association", sku("profile_association_over_100"), 1),
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;

    #[test]
    fn a_hundred_cost_as_much_as_one() {
        let associations: Vec<_> = (0..102).map(|_| Association::default()).collect();
        let charges: Vec<_> = findings(&associations, &[]).into_iter().map(|it| it.charges[0].clone()).collect();
        let base = charges.iter().filter(|it| it.sku.attributes["item"] == "profile");
        assert_eq!((base.clone().count(), base.filter_map(|it| it.quantity).sum()), (100, Decimal::ONE));
        assert_eq!(charges[100].what, "Profile association");
    }

    #[test]
    fn the_owner_of_the_profile_pays() {
        let of = |profile: &str| Association { profile_id: Some(profile.into()), ..Association::default() };
        let profile = |id: &str, shared: &str| Profile { id: Some(id.into()), share_status: Some(shared.into()) };
        let profiles = [profile("rp-1", "SHARED_BY_ME"), profile("rp-2", "SHARED_WITH_ME"), profile("rp-3", "FUTURE")];
        let found = findings(&[of("rp-2"), of("rp-1"), of("rp-3"), of("rp-4")], &profiles);
        assert_eq!(found.iter().map(|it| it.charges[0].quantity).collect::<Vec<_>>().len(), 3);
        assert_eq!(found[0].charges[0].quantity, Some(Decimal::ONE));
    }

    #[test]
    fn only_a_deleted_one_is_free() {
        let billing = |status: &str| {
            let association = Association { status: Some(status.into()), ..Association::default() };
            findings(&[association], &[]).first().map(|it| it.billing)
        };
        let running = Some(Billing::Running);
        let states = ["COMPLETE", "CREATING", "FAILED", "FUTURE", "DELETING", "DELETED"].map(billing);
        assert_eq!(states, [running, running, running, running, Some(Billing::Ending), None]);
    }
}
