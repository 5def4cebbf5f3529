//! GameLift Streams stream groups are charged for every hour of their allocated capacity, used or not.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Region, Scope, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::reading::{first_non_empty, sku};
use crate::resources::{Listing, Resource};

const SERVICE: &str = "AmazonGameLiftStreams";
const NAME: &str = "stream capacity";

pub(super) static RESOURCE: Resource = Resource {
    id: "gamelift-stream-group",
    names: words("GameLift Streams stream group", "GameLift Streams ストリームグループ"),
    bills: words(
        "per hour and allocated stream capacity, used or not",
        "割り当てられたストリームキャパシティごとに、使わなくても 1 時間ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&GROUPS, &GROUP],
    writes: &["gameliftstreams:UpdateStreamGroup", "gameliftstreams:DeleteStreamGroup"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const GROUPS: Operation<Group> = Operation::new("gameliftstreams:ListStreamGroups").at("Items");
const GROUP: Operation<Detail> = Operation::new("gameliftstreams:GetStreamGroup");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Group {
    id: Option<String>,
    arn: String,
    description: Option<String>,
    stream_class: Option<String>,
    status: Option<Status>,
    created_at: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Detail {
    location_states: Vec<Location>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Location {
    location_name: Option<String>,
    always_on_capacity: Option<Decimal>,
    target_idle_capacity: Option<Decimal>,
    requested_capacity: Option<Decimal>,
    allocated_capacity: Option<Decimal>,
}

values! { enum Status { Deleting = "DELETING" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let groups = cx.ask(&GROUPS).all().await?;
    let ask = |it: &Group| cx.ask(&GROUP).with("Identifier", id(it)).one();
    Ok(detailed(groups, ask, |it, detail| finding(it, detail, &cx.place.region)).await)
}

fn id(group: &Group) -> &str {
    first_non_empty([group.id.as_deref()]).unwrap_or(&group.arn)
}

/// `None` means that no location has allocated or requested capacity.
fn finding(group: &Group, detail: Option<&Detail>, home: &Region) -> Option<Listed> {
    let class = group.stream_class.as_deref();
    let locations = detail.map(|it| it.location_states.as_slice()).unwrap_or_default();
    let charges: Vec<Charge> = match locations {
        [] => vec![Charge::metered(class.unwrap_or(NAME), sku(SERVICE, [("streamClass", class)]), Unit::Hour)],
        known => known.iter().filter_map(|it| capacity(class, it, home)).collect(),
    };
    if charges.is_empty() {
        return None;
    }
    let ending = group.status == Some(Status::Deleting);
    let billing = if ending { Billing::Ending } else { Billing::Running };
    let (id, arn) = (id(group), first_non_empty([Some(group.arn.as_str())]).map(str::to_owned));
    let found = Listed { arn, billing, created_at: group.created_at, charges, ..Listed::new(id) };
    let found = found.named(group.description.clone());
    let found = found.can(Verb::Delete, Command::aws("gameliftstreams delete-stream-group --identifier").arg(id));
    let kept = locations.iter().filter(|it| held(it) > Decimal::ZERO).filter_map(|it| it.location_name.as_deref());
    let mut none = kept.map(|name| format!("LocationName={name},AlwaysOnCapacity=0,TargetIdleCapacity=0")).peekable();
    if none.peek().is_none() || ending {
        return Some(found);
    }
    let stop = Command::aws("gameliftstreams update-stream-group --identifier").arg(id);
    Some(found.can(Verb::Stop, none.fold(stop.words("--location-configurations"), Command::arg)))
}

/// The capacity that is kept ready without a stream.
fn held(location: &Location) -> Decimal {
    let wanted = [location.always_on_capacity, location.target_idle_capacity, location.requested_capacity];
    wanted.into_iter().flatten().max().unwrap_or_default()
}

/// Prices depend on the location; the price list of the group's region has that of its own region only.
fn capacity(class: Option<&str>, location: &Location, home: &Region) -> Option<Charge> {
    let elsewhere =
        Some(location.location_name.as_deref().unwrap_or("elsewhere")).filter(|name| *name != home.as_str());
    let sku = sku(SERVICE, [("streamClass", class), ("item", elsewhere), ("unit", elsewhere.and(Some("hour")))]);
    let name = match elsewhere {
        Some(place) => format!("{} ({place})", class.unwrap_or(NAME)),
        None => class.unwrap_or(NAME).to_owned(),
    };
    match (location.allocated_capacity, held(location)) {
        (None, _) => Some(Charge::metered(&name, sku, Unit::Hour)),
        (Some(allocated), _) if !allocated.is_zero() => Some(Charge::hourly(&name, sku, allocated)),
        (Some(_), wanted) if wanted.is_zero() => None,
        (Some(_), wanted) => Some(Charge::hourly(&name, sku, wanted).at_most()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(status: &str, location_states: Vec<Location>) -> Option<Listed> {
        let (arn, id, stream_class) = ("arn".into(), Some("sg-1".into()), Some("gen5n_high".into()));
        let group = Group { arn, id, stream_class, status: Some(status.into()), ..Group::default() };
        finding(&group, Some(&Detail { location_states }), &Region::new("us-west-2"))
    }

    fn at(name: &str, allocated: Option<i32>, always_on: Option<i32>) -> Location {
        let (allocated, always_on) = (allocated.map(Into::into), always_on.map(Into::into));
        let location = Location { allocated_capacity: allocated, always_on_capacity: always_on, ..Location::default() };
        Location { location_name: Some(name.into()), ..location }
    }

    #[test]
    fn it_is_charged_for_allocated_capacity() {
        let what = |locations| {
            let charges = found("ACTIVE", locations).map(|it| it.charges).unwrap_or_default();
            charges.into_iter().map(|it| it.what).collect::<Vec<_>>()
        };
        let here = |allocated, always_on| at("us-west-2", allocated, always_on);
        let far = at("eu-central-1", Some(1), None);
        assert_eq!(what(vec![here(Some(2), None), far]), ["2 × gen5n_high", "gen5n_high (eu-central-1)"]);
        assert_eq!(what(vec![here(Some(0), Some(2))]), ["≤ 2 × gen5n_high"]);
        assert_eq!(what(vec![here(None, Some(2))]), ["gen5n_high"]);
        assert_eq!(what(vec![]), ["gen5n_high"]);
        assert!(what(vec![here(Some(0), None)]).is_empty());
    }

    #[test]
    fn allocated_capacity_can_be_released() {
        let here = |always_on| at("us-west-2", Some(1), always_on);
        let can = |status, location| found(status, vec![location]).unwrap().can;
        let (delete, both) = (vec![Verb::Delete], vec![Verb::Delete, Verb::Stop]);
        assert_eq!(can("ACTIVE", here(None)), delete);
        let seen = ["ACTIVE", "EXPIRED", "FUTURE"].map(|status| can(status, here(Some(1))));
        assert_eq!(seen, [both.clone(), both.clone(), both]);
        assert_eq!(can("DELETING", here(Some(1))), delete);
        let stop = found("ACTIVE", vec![here(Some(1))]).unwrap().commands[&Verb::Stop].to_string().clone();
        assert!(stop.ends_with(" LocationName=us-west-2,AlwaysOnCapacity=0,TargetIdleCapacity=0"), "{stop}");
    }
}
