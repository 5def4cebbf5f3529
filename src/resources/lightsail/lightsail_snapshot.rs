//! Lightsail snapshots of instances, disks and databases bill for what they store, at most the size of what they were taken of.

use aws_sdk_lightsail::Client;
use aws_sdk_lightsail::types::{Disk, DiskSnapshot, InstanceSnapshot, RelationalDatabaseSnapshot};
use aws_smithy_types::DateTime;
use futures::{FutureExt, TryFutureExt};

use super::lightsail_reading::{lightsail_tags, pages, plan};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "lightsail-snapshot",
    names: words("Lightsail snapshot", "Lightsail スナップショット"),
    bills: words(
        "per GB and month of what it stores, at most the size of what it was taken of",
        "保存量の GB・月ごと (多くても元のサイズ分)",
    ),
    scope: Scope::Region,
    endpoint: "lightsail",
    small: true,
    billed_as: &["AmazonLightsail"],
    reads: &[
        "lightsail:GetInstanceSnapshots",
        "lightsail:GetDiskSnapshots",
        "lightsail:GetRelationalDatabaseSnapshots",
    ],
    writes: &[
        "lightsail:DeleteInstanceSnapshot",
        "lightsail:DeleteDiskSnapshot",
        "lightsail:DeleteRelationalDatabaseSnapshot",
    ],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let ask = |token| client.get_instance_snapshots().set_page_token(token).send();
    let instances = pages(|token| ask(token).map_ok(|page| (page.instance_snapshots, page.next_page_token)));
    let ask = |token| client.get_disk_snapshots().set_page_token(token).send();
    let disks = pages(|token| ask(token).map_ok(|page| (page.disk_snapshots, page.next_page_token)));
    let ask = |token| client.get_relational_database_snapshots().set_page_token(token).send();
    let databases = pages(|token| ask(token).map_ok(|page| (page.relational_database_snapshots, page.next_page_token)));
    let (instances, disks, databases) = futures::join!(instances, disks, databases);
    let mut listing = Listing::default();
    let parts = [
        instances.map(|all| all.iter().map(of_instance).collect::<Vec<_>>()),
        disks.map(|all| all.iter().map(of_disk).collect()),
        databases.map(|all| all.iter().map(of_database).collect()),
    ];
    for part in parts {
        match part {
            Ok(found) => listing.findings.extend(found),
            Err(error) => listing.faults.push(error),
        }
    }
    // Nothing at all is known.
    if listing.faults.len() == 3 { Err(listing.faults.remove(0)) } else { Ok(listing) }
}

fn of_instance(it: &InstanceSnapshot) -> Listed {
    let disks = it.from_attached_disks().iter().filter(|disk| disk.is_system_disk() != Some(true));
    let size = it.size_in_gb().map(|system| system + disks.filter_map(Disk::size_in_gb).sum::<i32>());
    let found = Listed { tags: lightsail_tags(it.tags()), ..finding("instance", it.name(), it.arn(), it.created_at()) };
    sized(found, "Lightsail Instance Snapshot per GB-Mo", size, it.from_instance_name())
}

fn of_disk(it: &DiskSnapshot) -> Listed {
    let found = Listed { tags: lightsail_tags(it.tags()), ..finding("disk", it.name(), it.arn(), it.created_at()) };
    let source = it.from_disk_name().or(it.from_instance_name());
    sized(found, "Lightsail Snapshot per GB-Mo", it.size_in_gb(), source)
}

fn of_database(it: &RelationalDatabaseSnapshot) -> Listed {
    let found = finding("relational-database", it.name(), it.arn(), it.created_at());
    let found = Listed { tags: lightsail_tags(it.tags()), ..found };
    sized(found, "Lightsail Snapshot per GB-Mo", it.size_in_gb(), it.from_relational_database_name())
}

/// No state is known to be free.
fn finding(kind: &str, name: Option<&str>, arn: Option<&str>, created_at: Option<&DateTime>) -> Listed {
    let name = name.unwrap_or_default();
    let found = Listed { arn: arn.map(str::to_owned), created_at: time(created_at), ..Listed::new(name) };
    found.can(Verb::Delete, Command::aws(&format!("lightsail delete-{kind}-snapshot --{kind}-snapshot-name")).arg(name))
}

fn sized(found: Listed, bundle: &str, gigabytes: Option<i32>, source: Option<&str>) -> Listed {
    let sku = plan("snapshot", bundle);
    let charge = match gigabytes {
        Some(gigabytes) => Charge::storage("Lightsail snapshot", sku, gigabytes).at_most(),
        None => Charge::metered("Lightsail snapshot", sku, Unit::GbMonth),
    };
    let note = source.filter(|source| !source.is_empty()).map(|source| Note::with("snapshot-of", source));
    Listed { notes: note.into_iter().collect(), ..found.charge(charge) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_bills_at_most_what_it_was_taken_of() {
        let disk = Disk::builder().size_in_gb(64).build();
        let found = of_instance(&InstanceSnapshot::builder().size_in_gb(40).from_attached_disks(disk).build());
        assert_eq!(found.charges[0].what, "≤ 104 GB Lightsail snapshot");
        assert_eq!(of_disk(&DiskSnapshot::builder().build()).charges[0].quantity, None);
    }

    #[test]
    fn each_kind_has_its_own_command() {
        let found = of_database(&RelationalDatabaseSnapshot::builder().name("s").state("dreaming").build());
        let command = "aws lightsail delete-relational-database-snapshot --relational-database-snapshot-name s";
        assert_eq!(found.commands[&Verb::Delete].to_string(), command);
    }
}
