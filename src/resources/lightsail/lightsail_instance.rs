//! Lightsail instances bill for every hour until they are deleted, running or stopped, by their plan.

use aws_sdk_lightsail::Client;
use aws_sdk_lightsail::types::{Disk, Instance};
use futures::{FutureExt, TryFutureExt};

use super::lightsail_reading::{automatic, lightsail_tags, pages, plan, unlisted, with_add_ons};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "lightsail-instance",
    names: words("Lightsail instance", "Lightsail インスタンス"),
    bills: words(
        "per hour up to the monthly price of its plan, running or stopped, until it is deleted",
        "プランの月額を上限に 1 時間ごと。停止中も、削除するまで課金",
    ),
    scope: Scope::Region,
    endpoint: "lightsail",
    small: false,
    billed_as: &["AmazonLightsail"],
    reads: &["lightsail:GetInstances"],
    writes: &["lightsail:DeleteInstance"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let ask = |token| client.get_instances().set_page_token(token).send();
    let instances = pages(|token| ask(token).map_ok(|page| (page.instances, page.next_page_token))).await?;
    Ok(instances.iter().filter_map(finding).collect::<Vec<_>>().into())
}

fn finding(instance: &Instance) -> Option<Listed> {
    let state = instance.state().and_then(|it| it.name()).unwrap_or_default().to_ascii_lowercase();
    let billing = match state.as_str() {
        "terminated" => return None,
        "shutting-down" | "deleting" => Billing::Ending,
        _ => Billing::Running,
    };
    let name = instance.name().unwrap_or_default();
    let what = instance.bundle_id().unwrap_or("Lightsail instance");
    let snapshots = automatic(instance.add_ons(), "Lightsail Instance Snapshot per GB-Mo");
    let stays = (instance.is_static_ip() == Some(true)).then(|| Note::new("static-ip-stays"));
    let found = Listed {
        arn: instance.arn().map(str::to_owned),
        billing,
        created_at: time(instance.created_at()),
        bills_since_creation: true,
        tags: lightsail_tags(instance.tags()),
        charges: [Charge::hourly(what, sku(instance), 1)].into_iter().chain(snapshots).collect(),
        notes: [Note::new("stop-saves-nothing")].into_iter().chain(stays).collect(),
        ..Listed::new(name)
    };
    let delete = Command::aws("lightsail delete-instance --instance-name").arg(name);
    Some(found.can(Verb::Delete, with_add_ons(delete, instance.add_ons())))
}

/// Only the plans of the present generation are known to be those of the price list: older ones cost less.
fn sku(instance: &Instance) -> Sku {
    let id = instance.bundle_id();
    let described = || {
        let (hardware, rest) = (instance.hardware()?, id?.strip_suffix("_3_0")?);
        let (rest, network) = rest.strip_suffix("_ipv6").map_or((rest, "dual-stack"), |rest| (rest, "ipv6-only"));
        let (size, system) = rest.strip_suffix("_win").map_or((rest, "linux"), |size| (size, "windows"));
        let sizes = ["nano", "micro", "small", "medium", "large", "xlarge", "2xlarge", "4xlarge"];
        let disk =
            hardware.disks().iter().find(|disk| disk.is_system_disk() == Some(true)).and_then(Disk::size_in_gb)?;
        let (cores, memory) = (hardware.cpu_count()?, hardware.ram_size_in_gb()?);
        let plan_of = format!("{system} {network} {cores}vcpu {memory}GB {disk}GB");
        sizes.contains(&size).then(|| plan("instance", plan_of))
    };
    described().unwrap_or_else(|| unlisted("instance", id))
}

#[cfg(test)]
mod tests {
    use aws_sdk_lightsail::types::{AddOn, InstanceHardware, InstanceState};

    use super::*;

    fn instance(bundle: &str, cores: i32, memory: f32, disk: i32) -> Instance {
        let more = Disk::builder().size_in_gb(64).is_system_disk(false).build();
        let disk = Disk::builder().size_in_gb(disk).is_system_disk(true).build();
        let hardware = InstanceHardware::builder().cpu_count(cores).ram_size_in_gb(memory).disks(more).disks(disk);
        Instance::builder().name("blog").bundle_id(bundle).hardware(hardware.build()).build()
    }

    #[test]
    fn a_plan_of_this_generation_has_a_price() {
        let key = |instance: Instance| sku(&instance).attributes["bundle"].clone();
        assert_eq!(key(instance("micro_3_0", 2, 1.0, 40)), "linux dual-stack 2vcpu 1GB 40GB");
        assert_eq!(key(instance("nano_win_ipv6_3_0", 2, 0.5, 30)), "windows ipv6-only 2vcpu 0.5GB 30GB");
        assert_eq!(key(instance("nano_win_3_0", 2, 0.5, 30)), "windows dual-stack 2vcpu 0.5GB 30GB");
    }

    #[test]
    fn another_plan_has_none() {
        for bundle in ["micro_2_0", "c_large_3_0", "gpu_nvidia_xl_1_0", "micro_os_3_0"] {
            assert_eq!(sku(&instance(bundle, 2, 1.0, 40)).attributes["bundle"], bundle);
        }
        assert_eq!(sku(&Instance::builder().build()).to_string(), "AmazonLightsail kind=instance");
    }

    #[test]
    fn its_automatic_snapshots_bill_too() {
        let add_on = AddOn::builder().name("AutoSnapshot").status("Enabled").build();
        let found = finding(&Instance::builder().name("blog").add_ons(add_on).build()).unwrap();
        assert_eq!((found.charges.len(), found.charges[1].quantity), (2, None));
        assert!(found.commands[&Verb::Delete].to_string().ends_with("--instance-name blog --force-delete-add-ons"));
    }

    #[test]
    fn a_stopped_one_bills_in_full() {
        let in_state = |state: &str| {
            let state = InstanceState::builder().name(state).build();
            finding(&Instance::builder().state(state).build()).map(|it| it.billing)
        };
        let states = ["running", "Stopped", "dreaming", "shutting-down", "terminated"].map(in_state);
        let running = Some(Billing::Running);
        assert_eq!(states, [running, running, running, Some(Billing::Ending), None]);
        assert_eq!(finding(&Instance::builder().build()).unwrap().notes, [Note::new("stop-saves-nothing")]);
    }
}
