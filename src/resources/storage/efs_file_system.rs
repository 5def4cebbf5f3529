//! EFS file systems bill for what is stored in them, by storage class, and for throughput that was provisioned.

use aws_sdk_efs::Client;
use aws_sdk_efs::types::{FileSystemDescription, LifeCycleState, ThroughputMode};
use futures::FutureExt;
use rust_decimal::Decimal;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::{tags, time};
use crate::resources::sizes::gigabytes;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "efs-file-system",
    names: words("EFS file system", "EFS ファイルシステム"),
    bills: words(
        "per GB and month of what is stored, by storage class, and per MB/s of provisioned throughput",
        "保存量の GB・月ごと (ストレージクラス別)、加えてプロビジョニングしたスループットの MB/秒ごと",
    ),
    scope: Scope::Region,
    endpoint: "elasticfilesystem",
    small: false,
    billed_as: &["AmazonEFS"],
    reads: &["elasticfilesystem:DescribeFileSystems"],
    writes: &["elasticfilesystem:DeleteFileSystem"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let systems = Client::new(&cx.sdk).describe_file_systems().max_items(100).into_paginator().items().send();
    let systems: Vec<FileSystemDescription> = systems.try_collect().await?;
    Ok(systems.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it no longer bills.
fn finding(system: &FileSystemDescription) -> Option<Listed> {
    let billing = match system.life_cycle_state() {
        LifeCycleState::Deleted => return None,
        LifeCycleState::Deleting => Billing::Ending,
        _ => Billing::Running,
    };
    let id = system.file_system_id();
    let mut found = Listed {
        arn: system.file_system_arn().map(str::to_owned),
        billing,
        created_at: time(Some(system.creation_time())),
        tags: tags(system.tags().iter().map(|tag| (Some(tag.key()), Some(tag.value())))),
        charges: storage(system).into_iter().chain(throughput(system)).collect(),
        ..Listed::new(id)
    }
    .named(system.name().map(str::to_owned))
    .note(Note::new("delete-only"));
    // What is read and written bills by the gigabyte, unless throughput was provisioned or comes with what is stored.
    if system.throughput_mode() == Some(&ThroughputMode::Elastic) {
        found = found.note(Note::new("usage-extra"));
    }
    if system.number_of_mount_targets() > 0 {
        found = found.note(Note::with("delete-first", "mount targets"));
    }
    Some(found.can(Verb::Delete, Command::aws("efs delete-file-system --file-system-id").arg(id)))
}

/// Each storage class in which something is stored. Where AWS names no classes, all of it is at most as dear as the first.
fn storage(system: &FileSystemDescription) -> Vec<Charge> {
    let (zonal, elastic) =
        (system.availability_zone_name().is_some(), system.throughput_mode() == Some(&ThroughputMode::Elastic));
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
    let Some(size) = system.size_in_bytes() else {
        return vec![Charge::metered(name, standard, Unit::GbMonth)];
    };
    let Some(in_standard) = size.value_in_standard() else {
        return match gigabytes(size.value()) {
            Some(stored) => vec![Charge::storage(name, standard, stored).at_most()],
            None => vec![Charge::metered(name, standard, Unit::GbMonth)],
        };
    };
    let classes = [
        (name, standard.clone(), Some(in_standard)),
        ("Infrequent Access", infrequent, size.value_in_ia()),
        ("Archive", item("archive"), size.value_in_archive()),
    ];
    let stored = |(name, sku, bytes): (&str, Sku, Option<i64>)| Some(Charge::storage(name, sku, gigabytes(bytes?)?));
    let stored: Vec<Charge> = classes.into_iter().filter_map(stored).collect();
    if stored.is_empty() { vec![Charge::metered(name, standard, Unit::GbMonth)] } else { stored }
}

/// What is stored includes some throughput, so not all of what was provisioned bills.
fn throughput(system: &FileSystemDescription) -> Option<Charge> {
    let sku = Sku::new("AmazonEFS").with("usagetype", "ProvisionedTP-MiBpsHrs");
    let provisioned = Decimal::try_from(system.provisioned_throughput_in_mibps()?).ok()?;
    let what = format!("{} MiB/s provisioned throughput", provisioned.normalize());
    Some(Charge::new(what, sku, provisioned, Unit::MibpsMonth).at_most())
}

#[cfg(test)]
mod tests {
    use aws_sdk_efs::types::builders::FileSystemDescriptionBuilder;
    use aws_sdk_efs::types::{FileSystemSize, PerformanceMode};

    use super::*;

    fn system() -> FileSystemDescriptionBuilder {
        let size = FileSystemSize::builder().value(3 << 30).value_in_standard(1 << 30).value_in_ia(2 << 30);
        FileSystemDescription::builder()
            .file_system_id("fs-1")
            .owner_id("1")
            .creation_token("t")
            .creation_time(aws_smithy_types::DateTime::from_secs(0))
            .number_of_mount_targets(0)
            .performance_mode(PerformanceMode::GeneralPurpose)
            .set_tags(Some(Vec::new()))
            .size_in_bytes(size.build())
    }
    fn found(state: &str, system: FileSystemDescriptionBuilder) -> Option<Listed> {
        finding(&system.life_cycle_state(state.into()).build().unwrap())
    }

    #[test]
    fn it_bills_until_it_is_deleted() {
        let billing = |state| found(state, system()).map(|it| it.billing);
        let running = Some(Billing::Running);
        let states = ["deleted", "deleting", "available", "error", "dreaming"].map(billing);
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
        let elastic = skus(system().throughput_mode(ThroughputMode::Elastic));
        assert!(elastic[1].ends_with("item=standard_ia_elastic unit=gb-month"), "{elastic:?}");
        let notes = |system| found("available", system).unwrap().notes;
        assert!(notes(system().throughput_mode(ThroughputMode::Elastic)).contains(&Note::new("usage-extra")));
        assert!(!notes(system()).contains(&Note::new("usage-extra")));
        let unknown = system().size_in_bytes(FileSystemSize::builder().value(1 << 30).build());
        assert_eq!(skus(unknown), ["≤ 1 GB Standard AmazonEFS usagetype=TimedStorage-ByteHrs"]);
    }
}
