//! Lightsail disks bill for their size, attached or not; the disk that an instance came with is part of its plan.

use aws_sdk_lightsail::Client;
use aws_sdk_lightsail::types::Disk;
use futures::{FutureExt, TryFutureExt};

use super::lightsail_reading::{automatic, lightsail_tags, pages, plan, with_add_ons};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::reading::{said, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "lightsail-disk",
    names: words("Lightsail disk", "Lightsail ディスク"),
    bills: words("per GB and month of its size, attached or not", "未接続でも、サイズの GB・月ごと"),
    scope: Scope::Region,
    endpoint: "lightsail",
    small: false,
    billed_as: &["AmazonLightsail"],
    reads: &["lightsail:GetDisks"],
    writes: &["lightsail:DetachDisk", "lightsail:DeleteDisk"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let ask = |token| client.get_disks().set_page_token(token).send();
    let disks = pages(|token| ask(token).map_ok(|page| (page.disks, page.next_page_token))).await?;
    Ok(disks.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None`: it is part of the plan of its instance.
fn finding(disk: &Disk) -> Option<Listed> {
    if disk.is_system_disk() == Some(true) {
        return None;
    }
    let name = disk.name().unwrap_or_default();
    let sku = plan("disk", "block storage");
    let charge = match disk.size_in_gb() {
        Some(gigabytes) => Charge::storage("Lightsail disk", sku, gigabytes),
        None => Charge::metered("Lightsail disk", sku, Unit::GbMonth),
    };
    let owner = said([disk.attached_to()]).filter(|_| disk.is_attached() != Some(false));
    let note = owner.map_or_else(|| Note::new("unattached"), |owner| Note::with("attached-to", owner));
    let found = Listed {
        arn: disk.arn().map(str::to_owned),
        created_at: time(disk.created_at()),
        bills_since_creation: true,
        tags: lightsail_tags(disk.tags()),
        ..Listed::new(name)
    };
    let step = |verb: &str| Command::aws(&format!("lightsail {verb}-disk --disk-name")).arg(name);
    let delete = with_add_ons(step("delete"), disk.add_ons());
    let command = delete.after(owner.map(|_| step("detach")));
    let mut found = found.charge(charge).note(note).can(Verb::Delete, command);
    found.charges.extend(automatic(disk.add_ons(), "Lightsail Snapshot per GB-Mo"));
    found.notes.extend(owner.map(|owner| Note::with("stop-first", owner)));
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_bills_attached_or_not() {
        let disk = || Disk::builder().name("data").size_in_gb(64);
        let found = finding(&disk().build()).unwrap();
        assert_eq!((&*found.charges[0].what, found.notes), ("64 GB Lightsail disk", vec![Note::new("unattached")]));
        let found = finding(&disk().is_attached(true).attached_to("blog").state("dreaming".into()).build()).unwrap();
        assert_eq!(found.notes, [Note::with("attached-to", "blog"), Note::with("stop-first", "blog")]);
        assert!(
            found.commands[&Verb::Delete].to_string().starts_with("aws lightsail detach-disk --disk-name data && aws")
        );
    }

    #[test]
    fn the_disk_of_the_system_is_part_of_the_instance() {
        assert_eq!(finding(&Disk::builder().is_system_disk(true).build()), None);
        assert_eq!(finding(&Disk::builder().build()).unwrap().charges[0].quantity, None);
    }
}
