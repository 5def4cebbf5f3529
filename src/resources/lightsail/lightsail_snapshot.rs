//! Lightsail snapshots of instances, disks and databases are charged for what they store, at most the size of their source.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::lightsail_plan::{Disk, plan};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Unit, Verb, words};
use crate::resources::reading::lowercase_tag_list;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "lightsail-snapshot",
    names: words("Lightsail snapshot", "Lightsail スナップショット"),
    bills: words(
        "per GB and month of what it stores, at most the size of what it was taken of",
        "保存量の GB・月ごと(多くても元のサイズ分)",
    ),
    scope: Scope::Region,
    small: true,
    billed_as: &["AmazonLightsail"],
    asks: &[&INSTANCES, &DISKS, &DATABASES],
    writes: &[
        "lightsail:DeleteInstanceSnapshot",
        "lightsail:DeleteDiskSnapshot",
        "lightsail:DeleteRelationalDatabaseSnapshot",
    ],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const INSTANCES: Operation<OfInstance> = Operation::new("lightsail:GetInstanceSnapshots").at("instanceSnapshots");
const DISKS: Operation<OfDisk> = Operation::new("lightsail:GetDiskSnapshots").at("diskSnapshots");
const DATABASES: Operation<OfDatabase> =
    Operation::new("lightsail:GetRelationalDatabaseSnapshots").at("relationalDatabaseSnapshots");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct OfInstance {
    name: String,
    arn: Option<String>,
    size_in_gb: Option<Decimal>,
    from_attached_disks: Vec<Disk>,
    from_instance_name: Option<String>,
    created_at: Option<Timestamp>,
    #[serde(deserialize_with = "lowercase_tag_list")]
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct OfDisk {
    name: String,
    arn: Option<String>,
    size_in_gb: Option<Decimal>,
    from_disk_name: Option<String>,
    from_instance_name: Option<String>,
    created_at: Option<Timestamp>,
    #[serde(deserialize_with = "lowercase_tag_list")]
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct OfDatabase {
    name: String,
    arn: Option<String>,
    size_in_gb: Option<Decimal>,
    from_relational_database_name: Option<String>,
    created_at: Option<Timestamp>,
    #[serde(deserialize_with = "lowercase_tag_list")]
    tags: BTreeMap<String, String>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let asked = (cx.ask(&INSTANCES).all(), cx.ask(&DISKS).all(), cx.ask(&DATABASES).all());
    let (instances, disks, databases) = futures::join!(asked.0, asked.1, asked.2);
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
    // All three lists failed.
    if listing.faults.len() == 3 { Err(listing.faults.remove(0)) } else { Ok(listing) }
}

fn of_instance(it: &OfInstance) -> Listed {
    let more = it.from_attached_disks.iter().filter(|disk| !disk.is_system_disk);
    let mut more = more.filter_map(|disk| disk.size_in_gb);
    let size = it.size_in_gb.and_then(|system| more.try_fold(system, Decimal::checked_add));
    let found = finding("instance", &it.name, it.arn.as_ref(), it.created_at);
    let found = Listed { tags: it.tags.clone(), ..found };
    sized(found, "Lightsail Instance Snapshot per GB-Mo", size, it.from_instance_name.as_deref())
}

fn of_disk(it: &OfDisk) -> Listed {
    let found = finding("disk", &it.name, it.arn.as_ref(), it.created_at);
    let found = Listed { tags: it.tags.clone(), ..found };
    let source = it.from_disk_name.as_deref().or(it.from_instance_name.as_deref());
    sized(found, "Lightsail Snapshot per GB-Mo", it.size_in_gb, source)
}

fn of_database(it: &OfDatabase) -> Listed {
    let found = finding("relational-database", &it.name, it.arn.as_ref(), it.created_at);
    let found = Listed { tags: it.tags.clone(), ..found };
    sized(found, "Lightsail Snapshot per GB-Mo", it.size_in_gb, it.from_relational_database_name.as_deref())
}

/// No state is known to be free.
fn finding(kind: &str, name: &str, arn: Option<&String>, created_at: Option<Timestamp>) -> Listed {
    let found = Listed { arn: arn.cloned(), created_at, ..Listed::new(name) };
    found
        .loses(Loss::Backups)
        .can(Verb::Delete, Command::aws(&format!("lightsail delete-{kind}-snapshot --{kind}-snapshot-name")).arg(name))
}

fn sized(found: Listed, bundle: &str, gigabytes: Option<Decimal>, source: Option<&str>) -> Listed {
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
    fn it_is_charged_at_most_for_the_size_of_its_source() {
        let of = |system: Decimal| {
            let from_attached_disks = vec![Disk { size_in_gb: Some(64.into()), is_system_disk: false }];
            let it = OfInstance { size_in_gb: Some(system), from_attached_disks, ..OfInstance::default() };
            of_instance(&it).charges.remove(0)
        };
        assert_eq!(of(40.into()).what, "≤ 104 GB Lightsail snapshot");
        assert_eq!(of(Decimal::MAX).quantity, None);
        assert_eq!(of_disk(&OfDisk::default()).charges[0].quantity, None);
    }

    #[test]
    fn each_kind_has_its_own_command() {
        let found = of_database(&OfDatabase { name: "s".into(), ..OfDatabase::default() });
        let command = "aws lightsail delete-relational-database-snapshot --relational-database-snapshot-name s";
        assert_eq!(found.commands[&Verb::Delete].to_string(), command);
    }
}
