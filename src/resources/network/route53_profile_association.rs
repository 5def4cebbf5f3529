//! Route 53 Profiles bill the account that owns them by the hour, as much for one VPC as for a hundred, and for each further one.

use std::collections::BTreeSet;

use aws_sdk_route53profiles::Client;
use aws_sdk_route53profiles::types::{ProfileAssociation, ProfileStatus, ProfileSummary, ShareStatus};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "route53-profile-association",
    names: words("Route 53 Profile association", "Route 53 プロファイルの関連付け"),
    bills: words(
        "per hour and region, the same for 1 VPC as for 100, and per hour for each further VPC",
        "リージョンごとに 1 時間ごと。VPC 1 つでも 100 でも同額で、それを超える VPC ごとに追加",
    ),
    scope: Scope::Region,
    endpoint: "route53profiles",
    small: false,
    billed_as: &["AmazonRoute53"],
    reads: &["route53profiles:ListProfileAssociations", "route53profiles:ListProfiles"],
    writes: &["route53profiles:DisassociateProfile"],
    list: |cx| list(cx).boxed(),
};

/// How many of a region bill together.
const TOGETHER: usize = 100;

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let associations = client.list_profile_associations().max_results(100).into_paginator().items().send();
    let associations: Vec<ProfileAssociation> = associations.try_collect().await?;
    if associations.is_empty() {
        return Ok(Listing::default());
    }
    let profiles = client.list_profiles().max_results(100).into_paginator().items().send();
    let profiles: Result<Vec<ProfileSummary>, _> = profiles.try_collect().await;
    let (profiles, faults) = match profiles {
        Ok(profiles) => (profiles, Vec::new()),
        Err(error) => (Vec::new(), vec![error.into()]),
    };
    Ok(Listing { findings: findings(&associations, &profiles), faults, ..Listing::default() })
}

/// Who owns a profile pays for all its associations, those that others made with it too.
fn findings(associations: &[ProfileAssociation], profiles: &[ProfileSummary]) -> Vec<Listed> {
    let of_others = profiles.iter().filter(|it| it.share_status() == Some(&ShareStatus::SharedWithMe));
    let of_others: BTreeSet<&str> = of_others.filter_map(ProfileSummary::id).collect();
    let foreign = |it: &&ProfileAssociation| it.profile_id().is_some_and(|id| of_others.contains(id));
    let ended = |it: &&ProfileAssociation| it.status() == Some(&ProfileStatus::Deleted);
    let own: Vec<_> = associations.iter().filter(|it| !foreign(it) && !ended(it)).collect();
    own.iter().enumerate().map(|(place, it)| finding(it, place, own.len())).collect()
}

fn finding(it: &ProfileAssociation, place: usize, of: usize) -> Listed {
    let (profile, vpc) = (it.profile_id().unwrap_or_default(), it.resource_id().unwrap_or_default());
    let to = (!vpc.is_empty()).then(|| Note::with("attached-to", vpc));
    let together = (of > 1).then(|| Note::new("profile-associations"));
    let found = Listed {
        billing: if it.status() == Some(&ProfileStatus::Deleting) { Billing::Ending } else { Billing::Running },
        created_at: time(it.creation_time()),
        charges: vec![charge(place)],
        notes: to.into_iter().chain(together).collect(),
        ..Listed::new(it.id().unwrap_or_default())
    };
    let found = found.named(it.name().map(str::to_owned));
    let delete =
        Command::aws("route53profiles disassociate-profile --profile-id").arg(profile).words("--resource-id").arg(vpc);
    found.can(Verb::Delete, delete)
}

/// The first is told with what all of them cost together.
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
        let associations: Vec<_> = (0..102).map(|_| ProfileAssociation::builder().build()).collect();
        let charges: Vec<_> = findings(&associations, &[]).into_iter().map(|it| it.charges[0].clone()).collect();
        let base = charges.iter().filter(|it| it.sku.attributes["item"] == "profile");
        assert_eq!((base.clone().count(), base.filter_map(|it| it.quantity).sum()), (100, Decimal::ONE));
        assert_eq!(charges[100].what, "Profile association");
    }

    #[test]
    fn the_owner_of_the_profile_pays() {
        let of = |profile: &str| ProfileAssociation::builder().profile_id(profile).owner_id("1").build();
        let profile = |id: &str, shared: &str| ProfileSummary::builder().id(id).share_status(shared.into()).build();
        let profiles = [profile("rp-1", "SHARED_BY_ME"), profile("rp-2", "SHARED_WITH_ME"), profile("rp-3", "DREAMED")];
        let found = findings(&[of("rp-2"), of("rp-1"), of("rp-3"), of("rp-4")], &profiles);
        assert_eq!(found.iter().map(|it| it.charges[0].quantity).collect::<Vec<_>>().len(), 3);
        assert_eq!(found[0].charges[0].quantity, Some(Decimal::ONE));
    }

    #[test]
    fn only_what_is_deleted_is_free() {
        let billing = |status: &str| {
            findings(&[ProfileAssociation::builder().status(status.into()).build()], &[]).first().map(|it| it.billing)
        };
        let running = Some(Billing::Running);
        let states = ["COMPLETE", "CREATING", "FAILED", "DREAMING", "DELETING", "DELETED"].map(billing);
        assert_eq!(states, [running, running, running, running, Some(Billing::Ending), None]);
    }
}
