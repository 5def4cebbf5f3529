//! GameLift Streams stream groups bill for every hour of the capacity that is allocated to them, whether anybody streams or not.

use aws_sdk_gameliftstreams::Client;
use aws_sdk_gameliftstreams::operation::get_stream_group::GetStreamGroupOutput;
use aws_sdk_gameliftstreams::types::{LocationState, StreamClass, StreamGroupStatus, StreamGroupSummary};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Region, Scope, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::reading::{said, sku, time};
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
    endpoint: "gameliftstreams",
    small: false,
    billed_as: &[SERVICE],
    reads: &["gameliftstreams:ListStreamGroups", "gameliftstreams:GetStreamGroup"],
    writes: &["gameliftstreams:UpdateStreamGroup", "gameliftstreams:DeleteStreamGroup"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let groups = client.list_stream_groups().max_results(100).into_paginator().items().send();
    let groups: Vec<StreamGroupSummary> = groups.try_collect().await?;
    let ask = |it: &StreamGroupSummary| client.get_stream_group().identifier(id(it)).send();
    Ok(detailed(groups, ask, |it, detail| finding(it, detail, &cx.place.region)).await)
}

fn id(group: &StreamGroupSummary) -> &str {
    said([group.id()]).unwrap_or(group.arn())
}

/// `None` means that no capacity is allocated to it anywhere, and none is wanted.
fn finding(group: &StreamGroupSummary, detail: Option<&GetStreamGroupOutput>, home: &Region) -> Option<Listed> {
    let class = group.stream_class().map(StreamClass::as_str);
    let locations = detail.map(GetStreamGroupOutput::location_states).unwrap_or_default();
    let charges: Vec<Charge> = match locations {
        [] => vec![Charge::metered(class.unwrap_or(NAME), sku(SERVICE, [("streamClass", class)]), Unit::Hour)],
        known => known.iter().filter_map(|it| capacity(class, it, home)).collect(),
    };
    if charges.is_empty() {
        return None;
    }
    let ending = group.status() == Some(&StreamGroupStatus::Deleting);
    let billing = if ending { Billing::Ending } else { Billing::Running };
    let (id, arn) = (id(group), said([Some(group.arn())]).map(str::to_owned));
    let found = Listed { arn, billing, created_at: time(group.created_at()), charges, ..Listed::new(id) };
    let found = found.named(group.description.clone());
    let found = found.can(Verb::Delete, Command::aws("gameliftstreams delete-stream-group --identifier").arg(id));
    let kept = locations.iter().filter(|it| held(it) > 0).filter_map(LocationState::location_name);
    let mut none = kept.map(|name| format!("LocationName={name},AlwaysOnCapacity=0,TargetIdleCapacity=0")).peekable();
    if none.peek().is_none() || ending {
        return Some(found);
    }
    let stop = Command::aws("gameliftstreams update-stream-group --identifier").arg(id);
    Some(found.can(Verb::Stop, none.fold(stop.words("--location-configurations"), Command::arg)))
}

/// What is kept ready for nobody in particular.
fn held(location: &LocationState) -> i32 {
    let wanted = [location.always_on_capacity(), location.target_idle_capacity(), location.requested_capacity()];
    wanted.into_iter().flatten().max().unwrap_or(0)
}

/// Each location has a price of its own; the list of the group's region has that of its region alone.
fn capacity(class: Option<&str>, location: &LocationState, home: &Region) -> Option<Charge> {
    let elsewhere = Some(location.location_name().unwrap_or("elsewhere")).filter(|name| *name != home.as_str());
    let sku = sku(SERVICE, [("streamClass", class), ("item", elsewhere), ("unit", elsewhere.and(Some("hour")))]);
    let name = match elsewhere {
        Some(place) => format!("{} ({place})", class.unwrap_or(NAME)),
        None => class.unwrap_or(NAME).to_owned(),
    };
    match (location.allocated_capacity(), held(location)) {
        (Some(0), 0) => None,
        (Some(0), wanted) => Some(Charge::hourly(&name, sku, wanted).at_most()),
        (Some(allocated), _) => Some(Charge::hourly(&name, sku, allocated)),
        (None, _) => Some(Charge::metered(&name, sku, Unit::Hour)),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_gameliftstreams::types::builders::LocationStateBuilder;

    use super::*;

    fn found(status: &str, locations: &[LocationStateBuilder]) -> Option<Listed> {
        let group = StreamGroupSummary::builder().arn("arn").id("sg-1").status(status.into());
        let group = group.stream_class(StreamClass::Gen5nHigh).build().unwrap();
        let locations = locations.iter().map(|it| it.clone().build()).collect();
        let detail = GetStreamGroupOutput::builder().arn("arn").set_location_states(Some(locations)).build().unwrap();
        finding(&group, Some(&detail), &Region::new("us-west-2"))
    }

    fn at(name: &str) -> LocationStateBuilder {
        LocationState::builder().location_name(name)
    }

    #[test]
    fn it_bills_for_what_is_allocated() {
        let what = |locations: &[LocationStateBuilder]| {
            let charges = found("ACTIVE", locations).map(|it| it.charges).unwrap_or_default();
            charges.into_iter().map(|it| it.what).collect::<Vec<_>>()
        };
        let here = || at("us-west-2");
        let far = at("eu-central-1").allocated_capacity(1);
        assert_eq!(what(&[here().allocated_capacity(2), far]), ["2 × gen5n_high", "gen5n_high (eu-central-1)"]);
        assert_eq!(what(&[here().allocated_capacity(0).always_on_capacity(2)]), ["≤ 2 × gen5n_high"]);
        assert_eq!(what(&[here().always_on_capacity(2)]), ["gen5n_high"]);
        assert_eq!(what(&[]), ["gen5n_high"]);
        assert!(what(&[here().allocated_capacity(0)]).is_empty());
    }

    #[test]
    fn what_is_held_can_be_let_go() {
        let here = || at("us-west-2").allocated_capacity(1);
        let can = |status, location| found(status, &[location]).unwrap().can;
        let (delete, both) = (vec![Verb::Delete], vec![Verb::Delete, Verb::Stop]);
        assert_eq!(can("ACTIVE", here()), delete);
        let seen = ["ACTIVE", "EXPIRED", "DREAMING"].map(|status| can(status, here().always_on_capacity(1)));
        assert_eq!(seen, [both.clone(), both.clone(), both]);
        assert_eq!(can("DELETING", here().always_on_capacity(1)), delete);
        let stop = found("ACTIVE", &[here().always_on_capacity(1)]).unwrap().commands[&Verb::Stop].to_string().clone();
        assert!(stop.ends_with(" LocationName=us-west-2,AlwaysOnCapacity=0,TargetIdleCapacity=0"), "{stop}");
    }
}
