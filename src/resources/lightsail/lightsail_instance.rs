//! Lightsail instances are charged for every hour until they are deleted, running or stopped, by their plan.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::lightsail_plan::{AddOn, Disk, automatic, plan, unlisted, with_add_ons};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Sku, Verb, words};
use crate::resources::reading::lowercase_tag_list;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "lightsail-instance",
    names: words("Lightsail instance", "Lightsail インスタンス"),
    bills: words(
        "per hour up to the monthly price of its plan, running or stopped, until it is deleted",
        "プランの月額を上限に 1 時間ごと。停止中も、削除するまで課金",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonLightsail"],
    asks: &[&INSTANCES],
    writes: &["lightsail:DeleteInstance"],
    owns: &["lightsail-disk"],
    list: |cx| list(cx).boxed(),
};

const INSTANCES: Operation<Instance> = Operation::new("lightsail:GetInstances").at("instances");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Instance {
    name: String,
    arn: Option<String>,
    bundle_id: Option<String>,
    hardware: Hardware,
    state: State,
    is_static_ip: bool,
    add_ons: Vec<AddOn>,
    created_at: Option<Timestamp>,
    #[serde(deserialize_with = "lowercase_tag_list")]
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Hardware {
    cpu_count: Option<Decimal>,
    ram_size_in_gb: Option<Decimal>,
    disks: Vec<Disk>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct State {
    name: String,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let instances = cx.ask(&INSTANCES).all().await?;
    Ok(instances.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is no longer charged. An unknown state is reported, not hidden.
fn finding(instance: &Instance) -> Option<Listed> {
    let billing = match instance.state.name.to_ascii_lowercase().as_str() {
        "terminated" => return None,
        "shutting-down" | "deleting" => Billing::Ending,
        _ => Billing::Running,
    };
    let name = &instance.name;
    let what = instance.bundle_id.as_deref().unwrap_or("Lightsail instance");
    let snapshots = automatic(&instance.add_ons, "Lightsail Instance Snapshot per GB-Mo");
    let stays = instance.is_static_ip.then(|| Note::new("static-ip-stays"));
    let found = Listed {
        arn: instance.arn.clone(),
        billing,
        created_at: instance.created_at,
        bills_since_creation: true,
        tags: instance.tags.clone(),
        charges: [Charge::hourly(what, sku(instance), 1)].into_iter().chain(snapshots).collect(),
        notes: [Note::new("stop-saves-nothing")].into_iter().chain(stays).collect(),
        ..Listed::new(name)
    };
    let delete = Command::aws("lightsail delete-instance --instance-name").arg(name);
    Some(found.loses(Loss::Data).can(Verb::Delete, with_add_ons(delete, &instance.add_ons)))
}

/// Only current plans are known to be those of the price list: older ones cost less.
fn sku(instance: &Instance) -> Sku {
    let id = instance.bundle_id.as_deref();
    let described = || {
        let (hardware, rest) = (&instance.hardware, id?.strip_suffix("_3_0")?);
        let (rest, network) = rest.strip_suffix("_ipv6").map_or((rest, "dual-stack"), |rest| (rest, "ipv6-only"));
        let (size, system) = rest.strip_suffix("_win").map_or((rest, "linux"), |size| (size, "windows"));
        let sizes = ["nano", "micro", "small", "medium", "large", "xlarge", "2xlarge", "4xlarge"];
        let disk = hardware.disks.iter().find(|disk| disk.is_system_disk)?.size_in_gb?;
        let (cores, memory) = (hardware.cpu_count?, hardware.ram_size_in_gb?);
        let plan_of = format!("{system} {network} {cores}vcpu {memory}GB {disk}GB");
        sizes.contains(&size).then(|| plan("instance", plan_of))
    };
    described().unwrap_or_else(|| unlisted("instance", id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instance(bundle: &str, cores: i32, memory: Decimal, disk: i32) -> Instance {
        let more = Disk { size_in_gb: Some(64.into()), is_system_disk: false };
        let disk = Disk { size_in_gb: Some(disk.into()), is_system_disk: true };
        let hardware =
            Hardware { cpu_count: Some(cores.into()), ram_size_in_gb: Some(memory), disks: vec![more, disk] };
        Instance { name: "blog".into(), bundle_id: Some(bundle.into()), hardware, ..Instance::default() }
    }

    #[test]
    fn a_plan_of_this_generation_has_a_price() {
        let key = |instance: Instance| sku(&instance).attributes["bundle"].clone();
        let half = Decimal::new(5, 1);
        assert_eq!(key(instance("micro_3_0", 2, Decimal::ONE, 40)), "linux dual-stack 2vcpu 1GB 40GB");
        assert_eq!(key(instance("nano_win_ipv6_3_0", 2, half, 30)), "windows ipv6-only 2vcpu 0.5GB 30GB");
        assert_eq!(key(instance("nano_win_3_0", 2, half, 30)), "windows dual-stack 2vcpu 0.5GB 30GB");
    }

    #[test]
    fn another_plan_has_none() {
        for bundle in ["micro_2_0", "c_large_3_0", "gpu_nvidia_xl_1_0", "micro_os_3_0"] {
            assert_eq!(sku(&instance(bundle, 2, Decimal::ONE, 40)).attributes["bundle"], bundle);
        }
        assert_eq!(sku(&Instance::default()).to_string(), "AmazonLightsail kind=instance");
    }

    #[test]
    fn its_automatic_snapshots_bill_too() {
        let add_ons = vec![AddOn { name: Some("AutoSnapshot".into()), status: Some("Enabled".into()) }];
        let found = finding(&Instance { name: "blog".into(), add_ons, ..Instance::default() }).unwrap();
        assert_eq!((found.charges.len(), found.charges[1].quantity), (2, None));
        assert!(found.commands[&Verb::Delete].to_string().ends_with("--instance-name blog --force-delete-add-ons"));
    }

    #[test]
    fn a_stopped_one_is_charged_in_full() {
        let in_state = |state: &str| {
            let state = State { name: state.into() };
            finding(&Instance { state, ..Instance::default() }).map(|it| it.billing)
        };
        let states = ["running", "Stopped", "future", "shutting-down", "terminated"].map(in_state);
        let running = Some(Billing::Running);
        assert_eq!(states, [running, running, running, Some(Billing::Ending), None]);
        assert_eq!(finding(&Instance::default()).unwrap().notes, [Note::new("stop-saves-nothing")]);
    }
}
