//! Replication instances of DMS bill for every hour they exist, with or without tasks, and for disk beyond what they come with.

use aws_sdk_databasemigration::Client;
use aws_sdk_databasemigration::types::ReplicationInstance;
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::lifecycle::billing;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "dms-replication-instance",
    names: words("DMS replication instance", "DMS レプリケーションインスタンス"),
    bills: words(
        "per hour while it exists, with or without tasks; it cannot be stopped",
        "存在する間はタスクがなくても 1 時間ごと。停止はできない",
    ),
    scope: Scope::Region,
    endpoint: "dms",
    small: false,
    billed_as: &["AWSDatabaseMigrationSvc"],
    reads: &["dms:DescribeReplicationInstances"],
    writes: &["dms:DeleteReplicationInstance"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let mut pages = Client::new(&cx.sdk).describe_replication_instances().max_records(100).into_paginator().send();
    let mut findings = Vec::new();
    while let Some(page) = pages.try_next().await? {
        findings.extend(page.replication_instances().iter().filter_map(finding));
    }
    Ok(findings.into())
}

/// `None` means it no longer bills. An unknown status is reported, not hidden.
fn finding(instance: &ReplicationInstance) -> Option<Listed> {
    let billing = billing(instance.replication_instance_status())?;
    let found = Listed {
        arn: instance.replication_instance_arn().map(str::to_owned),
        billing,
        created_at: time(instance.instance_create_time()),
        ..Listed::new(instance.replication_instance_identifier().unwrap_or_default())
    };
    let tasks = Note::with("parts-first", "replication tasks");
    let mut found = found.charge(hour(instance)).note(Note::new("delete-only")).note(tasks);
    found.charges.extend(disk(instance));
    let arn = instance.replication_instance_arn().unwrap_or_default();
    Some(found.can(Verb::Delete, Command::aws("dms delete-replication-instance --replication-instance-arn").arg(arn)))
}

fn hour(instance: &ReplicationInstance) -> Charge {
    let (usage, zones) = if instance.multi_az() { ("Multi-AZUsg", " Multi-AZ") } else { ("InstanceUsg", "") };
    let class = instance.replication_instance_class().unwrap_or("instance");
    let sku = Sku::new("AWSDatabaseMigrationSvc").with("usagetype", format!("{usage}:{class}"));
    Charge::hourly(&format!("{class}{zones}"), sku, 1)
}

/// Disk beyond the 50 GB that a burstable class comes with, or the 100 GB of any other.
fn disk(instance: &ReplicationInstance) -> Option<Charge> {
    let burstable = instance.replication_instance_class().is_some_and(|class| class.starts_with("dms.t"));
    let sku = Sku::new("AWSDatabaseMigrationSvc").with("usagetype", "StorageUsage");
    // In two zones it is kept twice, which has a price of its own.
    let sku = if instance.multi_az() { sku.with("deploymentOption", "Multi-AZ") } else { sku };
    let more = instance.allocated_storage() - if burstable { 50 } else { 100 };
    (more > 0).then(|| Charge::new(format!("{more} GB storage"), sku, more, Unit::GbMonth))
}

#[cfg(test)]
mod tests {
    use aws_sdk_databasemigration::types::builders::ReplicationInstanceBuilder;

    use super::*;
    use crate::model::Billing;

    fn instance(status: &str) -> ReplicationInstanceBuilder {
        let it = ReplicationInstance::builder().replication_instance_status(status);
        it.replication_instance_class("dms.t3.medium").allocated_storage(50)
    }

    #[test]
    fn bills_until_it_is_deleted() {
        let billing = |status| finding(&instance(status).build()).map(|it| it.billing);
        assert_eq!(billing("available"), Some(Billing::Running));
        assert_eq!(billing("dreaming"), Some(Billing::Running));
        assert_eq!(billing("deleting"), Some(Billing::Ending));
        assert_eq!(billing("deleted"), None);
        assert_eq!(finding(&ReplicationInstance::builder().build()).unwrap().charges.len(), 1);
    }

    #[test]
    fn two_zones_and_more_disk_cost_more() {
        let whats = |it: ReplicationInstanceBuilder| -> Vec<String> {
            finding(&it.build()).unwrap().charges.into_iter().map(|it| it.what).collect()
        };
        assert_eq!(whats(instance("available")), ["dms.t3.medium"]);
        let large = instance("available").multi_az(true).allocated_storage(80);
        assert_eq!(whats(large.clone()), ["dms.t3.medium Multi-AZ", "30 GB storage"]);
        let key = |it: ReplicationInstanceBuilder| disk(&it.build()).unwrap().sku.to_string();
        let plain = "AWSDatabaseMigrationSvc usagetype=StorageUsage";
        assert_eq!(key(large.clone().multi_az(false)), plain);
        assert_ne!(key(large), plain);
    }
}
