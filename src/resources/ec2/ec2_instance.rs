//! EC2 instances are charged by the second while they run; a stopped one is charged for its volumes and addresses only.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{DeviceType, Instance, InstanceLifecycleType as Lifecycle, InstanceStateName as State};
use aws_sdk_ec2::types::{InstanceType, ProductCode, ProductCodeValues, Reservation, Tenancy};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Sku, Verb, words};
use crate::resources::reading::{ec2_tags, first_non_empty, located, managed_by, name_tag, sku, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-instance",
    names: words("EC2 instance", "EC2 インスタンス"),
    bills: words("per second while it runs, by its type", "起動している間、タイプに応じて 1 秒ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonEC2"],
    asks: &[&Typed("ec2:DescribeInstances")],
    writes: &["ec2:StopInstances", "ec2:CancelSpotInstanceRequests", "ec2:TerminateInstances"],
    owns: &["ec2-volume", "ec2-address"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let asked = Client::new(&cx.sdk).describe_instances().max_results(1000).include_managed_resources(true);
    let reservations: Vec<Reservation> = asked.into_paginator().items().send().try_collect().await?;
    Ok(reservations.iter().flat_map(Reservation::instances).filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is not charged. An unknown state is reported, not hidden.
fn finding(instance: &Instance) -> Option<Listed> {
    let idle = [State::Pending, State::Stopping, State::Stopped, State::ShuttingDown, State::Terminated];
    let hibernates = instance.hibernation_options().is_some_and(|options| options.configured() == Some(true));
    let billing = match instance.state().and_then(|state| state.name()) {
        Some(State::Stopping) if hibernates => Billing::Ending,
        Some(state) if idle.contains(state) => return None,
        _ => Billing::Running,
    };
    let id = instance.instance_id().unwrap_or_default();
    let tags = ec2_tags(instance.tags());
    let hour = charge(instance);
    let on_host = hour.is_none();
    let charges: Vec<Charge> = hour.into_iter().chain(software(instance)).collect();
    let store = instance.root_device_type() == Some(&DeviceType::InstanceStore);
    let manager = managed_by(instance.operator());
    let notes = [
        on_host.then(|| Note::new("on-dedicated-host")),
        (instance.instance_lifecycle() == Some(&Lifecycle::Spot)).then(|| Note::new("spot-price")),
        store.then(|| Note::new("instance-store")),
        manager.clone(),
    ];
    let (notes, created_at) = (notes.into_iter().flatten().collect(), time(instance.launch_time()));
    let found = Listed { billing, created_at, name: name_tag(&tags), tags, charges, notes, ..Listed::new(id) };
    // A spot instance with a one-time request cannot be stopped, and nothing in the answer distinguishes it from a persistent one.
    let stops = !store && instance.instance_lifecycle().is_none() && billing == Billing::Running;
    let command = |verb: &str| Command::aws(&format!("ec2 {verb}-instances --instance-ids")).arg(id);
    let stop = command("stop");
    // A persistent spot request would start another instance.
    let again = first_non_empty([instance.spot_instance_request_id()]);
    let cancel = |it| Command::aws("ec2 cancel-spot-instance-requests --spot-instance-request-ids").arg(it);
    let delete = command("terminate").after(again.map(cancel));
    // Its volumes that are deleted with it; and a public address that AWS assigned.
    let found = Listed { loses: vec![Loss::Data], stop_loses: vec![Loss::Address], ..found };
    Some(match (manager, stops) {
        (Some(_), _) => found,
        (None, true) => found.can(Verb::Stop, stop).can(Verb::Delete, delete),
        (None, false) => found.can(Verb::Delete, delete),
    })
}

/// `None` on a dedicated host, which is charged instead, except for a license of AWS's. Everything else that is not plain Linux on
/// demand has an attribute in the price list entry, and so never the price of plain Linux.
fn charge(instance: &Instance) -> Option<Charge> {
    let placement = instance.placement();
    let tenancy = placement.and_then(|it| it.tenancy()).map(Tenancy::as_str).filter(|it| *it != "default");
    let class = instance.instance_type().map(InstanceType::as_str);
    let (system, market) = (instance.platform_details(), instance.instance_lifecycle().map(Lifecycle::as_str));
    let (os, database) = system.map_or((None, None), installed);
    let known = [("instanceType", class), ("operatingSystem", os), ("tenancy", tenancy), ("marketoption", market)];
    let sku = sku("AmazonEC2", known.map(|(attribute, value)| (attribute, value.map(listed))));
    let sku = database.into_iter().fold(sku, |sku, edition| sku.with("preInstalledSw", edition));
    let sku = located(sku, placement.and_then(|placement| placement.availability_zone()), instance.outpost_arn());
    // A license of the user's own: `Windows BYOL`, `Red Hat BYOL Linux`.
    let free = system.is_some_and(|system| system == "Linux/UNIX" || system.contains("BYOL"));
    // Whatever makes its price another one than that of plain Linux is in its name.
    let market = market.map(listed);
    let others = [system.filter(|it| *it != "Linux/UNIX"), tenancy.filter(|it| *it != "host"), market];
    let name: Vec<&str> = [class.unwrap_or("EC2 instance")].into_iter().chain(others.into_iter().flatten()).collect();
    (tenancy != Some("host") || !free).then(|| Charge::hourly(&name.join(" "), sku, 1))
}

/// Software of AWS Marketplace is charged for by its seller's price, which is in no list.
fn software(instance: &Instance) -> Option<Charge> {
    let sold = |it: &ProductCode| it.product_code_type() == Some(&ProductCodeValues::Marketplace);
    let sku = || Sku::new("AmazonEC2").with("item", "marketplace_software").with("unit", "hour");
    instance.product_codes().iter().any(sold).then(|| Charge::hourly("AWS Marketplace software", sku(), 1))
}

/// `Windows with SQL Server Standard` is a Windows with software of its own price.
fn installed(system: &str) -> (Option<&str>, Option<&'static str>) {
    let editions = [("Standard", "SQL Std"), ("Enterprise", "SQL Ent"), ("Web", "SQL Web")];
    let (os, edition) = match system.split_once(" with SQL Server ") {
        Some((os, edition)) => (if os == "Linux" { "Linux/UNIX" } else { os }, edition),
        None => return (Some(system), None),
    };
    let known = editions.into_iter().find(|(name, _)| *name == edition).map(|(_, listed)| listed);
    // An unknown edition has the price of none.
    (Some(if known.is_some() { os } else { system }), known)
}

/// The value's name in the price list.
pub(super) fn listed(value: &str) -> &str {
    let systems = [("Linux/UNIX", "Linux"), ("Red Hat Enterprise Linux", "RHEL"), ("SUSE Linux", "SUSE")];
    let mut names = systems.into_iter().chain([("spot", "Spot"), ("dedicated", "Dedicated"), ("host", "Host")]);
    names.find(|(name, _)| *name == value).map_or(value, |(_, listed)| listed)
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::{
        HibernationOptions, InstanceState, OperatorResponse, Placement, builders::InstanceBuilder,
    };

    use super::*;

    fn instance(state: &str) -> InstanceBuilder {
        let state = InstanceState::builder().name(state.into()).build();
        Instance::builder().instance_type("t3.micro".into()).platform_details("Linux/UNIX").state(state)
    }

    #[test]
    fn is_charged_while_it_runs_hibernates_or_is_in_an_unknown_state() {
        let billing = |instance: InstanceBuilder| finding(&instance.build()).map(|found| found.billing);
        for state in ["pending", "stopping", "stopped", "shutting-down", "terminated"] {
            assert_eq!(billing(instance(state)), None, "{state}");
        }
        let hibernation = HibernationOptions::builder().configured(true).build();
        assert_eq!(billing(instance("stopping").hibernation_options(hibernation)), Some(Billing::Ending));
        let unknown = [instance("future"), Instance::builder()];
        assert_eq!(unknown.map(billing), [Some(Billing::Running); 2]);
    }

    #[test]
    fn only_plain_linux_has_its_price_and_only_possible_actions_are_offered() {
        let on = |tenancy: &str| instance("running").placement(Placement::builder().tenancy(tenancy.into()).build());
        let key = |it: InstanceBuilder| charge(&it.build()).map(|charge| charge.sku.to_string().split_off(32));
        assert_eq!(key(on("default")).unwrap(), "operatingSystem=Linux");
        assert_eq!(key(on("dedicated")).unwrap(), "operatingSystem=Linux tenancy=Dedicated");
        assert_eq!(key(on("host")), None);
        assert_eq!(key(on("host").platform_details("Windows BYOL")), None);
        assert_eq!(key(on("host").platform_details("Windows")).unwrap(), "operatingSystem=Windows tenancy=Host");
        let spot = instance("running").instance_lifecycle("spot".into());
        assert_eq!(key(spot.clone()).unwrap(), "marketoption=Spot operatingSystem=Linux");
        let name = |it: InstanceBuilder| charge(&it.build()).unwrap().what;
        let windows = instance("running").platform_details("Windows");
        assert_eq!(name(windows.clone()), "t3.micro Windows");
        assert_eq!([name(on("dedicated")), name(spot.clone())], ["t3.micro dedicated", "t3.micro Spot"]);
        let sql = key(windows.platform_details("Windows with SQL Server Standard")).unwrap();
        assert_eq!(sql, "operatingSystem=Windows preInstalledSw=SQL Std");
        let odd = key(instance("running").platform_details("Windows with SQL Server Big")).unwrap();
        assert_eq!(odd, "operatingSystem=Windows with SQL Server Big");
        let can = |it: InstanceBuilder| finding(&it.build()).map(|found| found.can.len());
        let managed = OperatorResponse::builder().managed(true).build();
        let command = finding(&spot.clone().spot_instance_request_id("sir-1").build()).unwrap().commands;
        let cancel = "aws ec2 cancel-spot-instance-requests --spot-instance-request-ids sir-1 && aws ec2 terminate";
        assert!(command[&Verb::Delete].to_string().starts_with(cancel));
        assert_eq!(finding(&spot.clone().build()).unwrap().notes[0].id(), "spot-price");
        let code = ProductCode::builder().product_code_type(ProductCodeValues::Marketplace).build();
        let sold = finding(&instance("running").product_codes(code).build()).unwrap();
        assert_eq!((sold.charges.len(), sold.charges[1].what.as_str()), (2, "AWS Marketplace software"));
        assert_eq!((can(on("host")), can(spot), can(on("default").operator(managed))), (Some(2), Some(1), Some(0)));
    }
}
