//! Lightsail disks are charged for their size, attached or not; an instance's system disk is part of its plan.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::lightsail_plan::{AddOn, automatic, plan, with_add_ons};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Unit, Verb, words};
use crate::resources::reading::{first_non_empty, lowercase_tag_list};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "lightsail-disk",
    names: words("Lightsail disk", "Lightsail ディスク"),
    bills: words("per GB and month of its size, attached or not", "未接続でも、サイズの GB・月ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonLightsail"],
    asks: &[&DISKS],
    writes: &["lightsail:DetachDisk", "lightsail:DeleteDisk"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const DISKS: Operation<Disk> = Operation::new("lightsail:GetDisks").at("disks");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Disk {
    name: String,
    arn: Option<String>,
    size_in_gb: Option<Decimal>,
    is_system_disk: bool,
    is_attached: Option<bool>,
    attached_to: Option<String>,
    add_ons: Vec<AddOn>,
    created_at: Option<Timestamp>,
    #[serde(deserialize_with = "lowercase_tag_list")]
    tags: BTreeMap<String, String>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let disks = cx.ask(&DISKS).all().await?;
    Ok(disks.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means a system disk.
fn finding(disk: &Disk) -> Option<Listed> {
    if disk.is_system_disk {
        return None;
    }
    let name = &disk.name;
    let sku = plan("disk", "block storage");
    let charge = match disk.size_in_gb {
        Some(gigabytes) => Charge::storage("Lightsail disk", sku, gigabytes),
        None => Charge::metered("Lightsail disk", sku, Unit::GbMonth),
    };
    let owner = first_non_empty([disk.attached_to.as_deref()]).filter(|_| disk.is_attached != Some(false));
    let note = owner.map_or_else(|| Note::new("unattached"), |owner| Note::with("attached-to", owner));
    let found = Listed {
        arn: disk.arn.clone(),
        created_at: disk.created_at,
        bills_since_creation: true,
        tags: disk.tags.clone(),
        ..Listed::new(name)
    };
    let step = |verb: &str| Command::aws(&format!("lightsail {verb}-disk --disk-name")).arg(name);
    let delete = with_add_ons(step("delete"), &disk.add_ons);
    let command = delete.after(owner.map(|_| step("detach")));
    let mut found = found.charge(charge).note(note).loses(Loss::Data).can(Verb::Delete, command);
    found.charges.extend(automatic(&disk.add_ons, "Lightsail Snapshot per GB-Mo"));
    found.notes.extend(owner.map(|owner| Note::with("stop-first", owner)));
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_is_charged_attached_or_not() {
        let disk = || Disk { name: "data".into(), size_in_gb: Some(64.into()), ..Disk::default() };
        let found = finding(&disk()).unwrap();
        assert_eq!((&*found.charges[0].what, found.notes), ("64 GB Lightsail disk", vec![Note::new("unattached")]));
        let attached = Disk { is_attached: Some(true), attached_to: Some("blog".into()), ..disk() };
        let found = finding(&attached).unwrap();
        assert_eq!(found.notes, [Note::with("attached-to", "blog"), Note::with("stop-first", "blog")]);
        assert!(
            found.commands[&Verb::Delete].to_string().starts_with("aws lightsail detach-disk --disk-name data && aws")
        );
    }

    #[test]
    fn the_disk_of_the_system_is_part_of_the_instance() {
        assert_eq!(finding(&Disk { is_system_disk: true, ..Disk::default() }), None);
        assert_eq!(finding(&Disk::default()).unwrap().charges[0].quantity, None);
    }
}
