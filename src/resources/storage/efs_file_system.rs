//! EFS file systems are charged for stored data, by storage class, and for provisioned throughput.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::tag_list;
use crate::resources::sizes::gigabytes;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "efs-file-system",
    names: words("EFS file system", "EFS ファイルシステム"),
    bills: words(
        "per GB and month of what is stored, by storage class, and per MB/s of provisioned throughput",
        "保存量の GB・月ごと(ストレージクラス別)、加えてプロビジョニングしたスループットの MB/秒ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonEFS"],
    asks: &[&SYSTEMS],
    writes: &["elasticfilesystem:DeleteFileSystem"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const SYSTEMS: Operation<System> = Operation::new("efs:DescribeFileSystems").at("FileSystems");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct System {
    file_system_id: String,
    file_system_arn: Option<String>,
    name: Option<String>,
    life_cycle_state: Option<State>,
    creation_time: Option<Timestamp>,
    number_of_mount_targets: i64,
    size_in_bytes: Option<Size>,
    throughput_mode: Option<Mode>,
    provisioned_throughput_in_mibps: Option<Decimal>,
    availability_zone_name: Option<String>,
    #[serde(deserialize_with = "tag_list")]
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Size {
    value: Decimal,
    value_in_standard: Option<Decimal>,
    #[serde(rename = "ValueInIA")]
    value_in_ia: Option<Decimal>,
    value_in_archive: Option<Decimal>,
}

values! { enum State { Deleting = "deleting", Deleted = "deleted" } }
values! { enum Mode { Elastic = "elastic" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let systems = cx.ask(&SYSTEMS).with("MaxItems", 100).all().await?;
    Ok(systems.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is no longer charged.
fn finding(system: &System) -> Option<Listed> {
    let billing = match system.life_cycle_state {
        Some(State::Deleted) => return None,
        Some(State::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = &system.file_system_id;
    let mut found = Listed {
        arn: system.file_system_arn.clone(),
        billing,
        created_at: system.creation_time,
        tags: system.tags.clone(),
        charges: storage(system).into_iter().chain(throughput(system)).collect(),
        ..Listed::new(id)
    }
    .named(system.name.clone())
    .note(Note::new("delete-only"));
    // Elastic throughput is charged by the gigabyte; other modes include reads and writes.
    if system.throughput_mode == Some(Mode::Elastic) {
        found = found.note(Note::new("usage-extra"));
    }
    if system.number_of_mount_targets > 0 {
        found = found.note(Note::with("delete-first", "mount targets"));
    }
    Some(found.loses(Loss::Data).can(Verb::Delete, Command::aws("efs delete-file-system --file-system-id").arg(id)))
}

/// A charge for each storage class with data. Without sizes by class, all data counts as the first class, at most.
fn storage(system: &System) -> Vec<Charge> {
    let (zonal, elastic) = (system.availability_zone_name.is_some(), system.throughput_mode == Some(Mode::Elastic));
    let used = |usage: &str| Sku::new("AmazonEFS").with("usagetype", usage);
    let item = |item: &str| Sku::new("AmazonEFS").with("item", item).with("unit", "gb-month");
    let (name, standard) =
        if zonal { ("One Zone", used("TimedStorage-Z-ByteHrs")) } else { ("Standard", used("TimedStorage-ByteHrs")) };
    let infrequent = match (zonal, elastic) {
        (false, true) => item("standard_ia_elastic"),
        (false, false) => used("IATimedStorage-ByteHrs"),
        (true, true) => used("IATimedStorage-Z-ET-ByteHrs"),
        (true, false) => used("IATimedStorage-Z-ByteHrs"),
    };
    let Some(size) = &system.size_in_bytes else {
        return vec![Charge::metered(name, standard, Unit::GbMonth)];
    };
    let Some(in_standard) = size.value_in_standard else {
        return match gigabytes(size.value) {
            Some(stored) => vec![Charge::storage(name, standard, stored).at_most()],
            None => vec![Charge::metered(name, standard, Unit::GbMonth)],
        };
    };
    let classes = [
        (name, standard.clone(), Some(in_standard)),
        ("Infrequent Access", infrequent, size.value_in_ia),
        ("Archive", item("archive"), size.value_in_archive),
    ];
    let stored =
        |(name, sku, bytes): (&str, Sku, Option<Decimal>)| Some(Charge::storage(name, sku, gigabytes(bytes?)?));
    let stored: Vec<Charge> = classes.into_iter().filter_map(stored).collect();
    if stored.is_empty() { vec![Charge::metered(name, standard, Unit::GbMonth)] } else { stored }
}

/// Stored data includes some throughput, so not all of the provisioned throughput is charged.
fn throughput(system: &System) -> Option<Charge> {
    let sku = Sku::new("AmazonEFS").with("usagetype", "ProvisionedTP-MiBpsHrs");
    let provisioned = system.provisioned_throughput_in_mibps?;
    let what = format!("{} MiB/s provisioned throughput", provisioned.normalize());
    Some(Charge::new(what, sku, provisioned, Unit::MibpsMonth).at_most())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(gigabytes: i64) -> Decimal {
        Decimal::from(gigabytes << 30)
    }

    fn system() -> System {
        let (value_in_standard, value_in_ia) = (Some(bytes(1)), Some(bytes(2)));
        let size = Size { value: bytes(3), value_in_standard, value_in_ia, value_in_archive: None };
        System { file_system_id: "fs-1".into(), size_in_bytes: Some(size), ..System::default() }
    }

    fn elastic() -> System {
        System { throughput_mode: Some(Mode::Elastic), ..system() }
    }

    fn found(state: &str, system: System) -> Option<Listed> {
        finding(&System { life_cycle_state: Some(state.into()), ..system })
    }

    #[test]
    fn it_is_charged_until_it_is_deleted() {
        let billing = |state| found(state, system()).map(|it| it.billing);
        let running = Some(Billing::Running);
        let states = ["deleted", "deleting", "available", "error", "future"].map(billing);
        assert_eq!(states, [None, Some(Billing::Ending), running, running, running]);
    }

    #[test]
    fn each_class_is_a_charge() {
        let skus = |system| -> Vec<String> {
            let charges = found("available", system).unwrap().charges;
            charges.iter().map(|charge| format!("{} {}", charge.what, charge.sku)).collect()
        };
        assert_eq!(
            skus(system()),
            [
                "1 GB Standard AmazonEFS usagetype=TimedStorage-ByteHrs",
                "2 GB Infrequent Access AmazonEFS usagetype=IATimedStorage-ByteHrs"
            ]
        );
        let of_elastic = skus(elastic());
        assert!(of_elastic[1].ends_with("item=standard_ia_elastic unit=gb-month"), "{of_elastic:?}");
        let notes = |system| found("available", system).unwrap().notes;
        assert!(notes(elastic()).contains(&Note::new("usage-extra")));
        assert!(!notes(system()).contains(&Note::new("usage-extra")));
        let unknown = Size { value: bytes(1), ..Size::default() };
        let unknown = System { size_in_bytes: Some(unknown), ..system() };
        assert_eq!(skus(unknown), ["≤ 1 GB Standard AmazonEFS usagetype=TimedStorage-ByteHrs"]);
    }
}
