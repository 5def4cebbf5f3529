//! Dedicated hosts are charged for every hour they are allocated, with or without instances.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{AllocationState, Host};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Verb, words};
use crate::resources::reading::{ec2_tags, located, name_tag, sku, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-dedicated-host",
    names: words("EC2 dedicated host", "EC2 専有ホスト"),
    bills: words(
        "per hour while it is allocated, with instances on it or without",
        "割り当てている間はインスタンスの有無によらず 1 時間ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonEC2"],
    asks: &[&Typed("ec2:DescribeHosts")],
    writes: &["ec2:ReleaseHosts"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let hosts = Client::new(&cx.sdk).describe_hosts().max_results(500).into_paginator().items().send();
    let hosts: Vec<Host> = hosts.try_collect().await?;
    Ok(hosts.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is no longer charged. An unknown state is reported, not hidden.
fn finding(host: &Host) -> Option<Listed> {
    let state = host.state();
    if matches!(state, Some(AllocationState::Released | AllocationState::ReleasedPermanentFailure)) {
        return None;
    }
    let id = host.host_id().unwrap_or_default();
    let tags = ec2_tags(host.tags());
    // A host reservation that covers it is charged instead; a permanently failed host may be free.
    let reserved = host.host_reservation_id().is_some_and(|id| !id.is_empty());
    let unsure = reserved || state == Some(&AllocationState::PermanentFailure);
    let charge = if unsure { charge(host).at_most() } else { charge(host) };
    let occupied = !host.instances().is_empty();
    let mac = family(host).is_some_and(|family| family.starts_with("mac"));
    let notes = [
        Some(Note::new("delete-only")),
        mac.then(|| Note::new("mac-a-day")),
        occupied.then(|| Note::with("parts-first", "EC2 instances")),
    ];
    let found = Listed {
        name: name_tag(&tags),
        created_at: time(host.allocation_time()),
        bills_since_creation: !unsure,
        tags,
        notes: notes.into_iter().flatten().collect(),
        ..Listed::new(id)
    };
    Some(found.charge(charge).can(Verb::Delete, Command::aws("ec2 release-hosts --host-ids").arg(id)))
}

fn family(host: &Host) -> Option<&str> {
    host.host_properties().and_then(|it| it.instance_family().or_else(|| it.instance_type()?.split('.').next()))
}

/// The price of the instance family, whatever sizes run on the host.
fn charge(host: &Host) -> Charge {
    let family = family(host);
    let usage = family.map(|family| format!("HostUsage:{family}"));
    let sku = sku("AmazonEC2", [("productFamily", Some("Dedicated Host")), ("usagetype", usage.as_deref())]);
    let sku = located(sku, host.availability_zone(), host.outpost_arn());
    Charge::hourly(&format!("{} host", family.unwrap_or("dedicated")), sku, 1)
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::{HostProperties, builders::HostBuilder};

    use super::*;
    use crate::model::Measure;

    #[test]
    fn is_charged_until_it_is_released() {
        let measure = |host: HostBuilder| finding(&host.build()).map(|found| found.charges[0].measure);
        let in_state = |state: &str| measure(Host::builder().state(state.into()));
        assert_eq!(["released", "released-permanent-failure"].map(in_state), [None; 2]);
        let states = ["available", "under-assessment", "pending", "future"];
        assert_eq!(states.map(in_state), [Some(Measure::Exact); 4]);
        assert_eq!(in_state("permanent-failure"), Some(Measure::AtMost));
        assert_eq!(measure(Host::builder().host_reservation_id("hr-1")), Some(Measure::AtMost));
        assert_eq!(measure(Host::builder()), Some(Measure::Exact));
    }

    #[test]
    fn the_price_is_that_of_its_family() {
        let key = |of: HostProperties| charge(&Host::builder().host_properties(of).build()).sku.to_string();
        let expected = "AmazonEC2 productFamily=Dedicated Host usagetype=HostUsage:m5";
        assert_eq!(key(HostProperties::builder().instance_family("m5").build()), expected);
        assert_eq!(key(HostProperties::builder().instance_type("m5.large").build()), expected);
        assert_eq!(key(HostProperties::builder().build()), "AmazonEC2 productFamily=Dedicated Host");
    }

    #[test]
    fn a_mac_is_kept_for_a_day() {
        let notes = |family: &str| {
            let of = HostProperties::builder().instance_family(family).build();
            finding(&Host::builder().host_properties(of).build()).unwrap().notes
        };
        assert_eq!(notes("m5"), [Note::new("delete-only")]);
        assert_eq!(notes("mac2"), [Note::new("delete-only"), Note::new("mac-a-day")]);
    }
}
