//! Replication instances of DMS are charged for every hour they exist, with or without tasks, and for disk beyond the included size.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::lifecycle::billing;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "dms-replication-instance",
    names: words("DMS replication instance", "DMS レプリケーションインスタンス"),
    bills: words(
        "per hour while it exists, with or without tasks; it cannot be stopped",
        "存在する間はタスクがなくても 1 時間ごと。停止不可",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSDatabaseMigrationSvc"],
    asks: &[&INSTANCES],
    writes: &["dms:DeleteReplicationInstance"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const INSTANCES: Operation<Instance> = Operation::new("dms:DescribeReplicationInstances").at("ReplicationInstances");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Instance {
    replication_instance_identifier: String,
    replication_instance_arn: Option<String>,
    replication_instance_class: Option<String>,
    replication_instance_status: Option<String>,
    allocated_storage: Decimal,
    #[serde(rename = "MultiAZ")]
    multi_az: bool,
    instance_create_time: Option<Timestamp>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let instances = cx.ask(&INSTANCES).with("MaxRecords", 100).all().await?;
    Ok(instances.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is no longer charged. An unknown status is reported, not hidden.
fn finding(instance: &Instance) -> Option<Listed> {
    let found = Listed {
        arn: instance.replication_instance_arn.clone(),
        billing: billing(instance.replication_instance_status.as_deref())?,
        created_at: instance.instance_create_time,
        ..Listed::new(&instance.replication_instance_identifier)
    };
    let tasks = Note::with("parts-first", "replication tasks");
    let mut found = found.charge(hour(instance)).note(Note::new("delete-only")).note(tasks);
    found.charges.extend(disk(instance));
    let arn = instance.replication_instance_arn.as_deref().unwrap_or_default();
    Some(found.can(Verb::Delete, Command::aws("dms delete-replication-instance --replication-instance-arn").arg(arn)))
}

fn hour(instance: &Instance) -> Charge {
    let (usage, zones) = if instance.multi_az { ("Multi-AZUsg", " Multi-AZ") } else { ("InstanceUsg", "") };
    let class = instance.replication_instance_class.as_deref().unwrap_or("instance");
    let sku = Sku::new("AWSDatabaseMigrationSvc").with("usagetype", format!("{usage}:{class}"));
    Charge::hourly(&format!("{class}{zones}"), sku, 1)
}

/// Disk beyond the included 50 GB of a burstable class, or 100 GB of any other.
fn disk(instance: &Instance) -> Option<Charge> {
    let burstable = instance.replication_instance_class.as_ref().is_some_and(|class| class.starts_with("dms.t"));
    let sku = Sku::new("AWSDatabaseMigrationSvc").with("usagetype", "StorageUsage");
    // A Multi-AZ disk is stored twice and has its own price.
    let sku = if instance.multi_az { sku.with("deploymentOption", "Multi-AZ") } else { sku };
    let more = instance.allocated_storage.saturating_sub(if burstable { 50 } else { 100 }.into());
    (more > Decimal::ZERO).then(|| Charge::new(format!("{more} GB storage"), sku, more, Unit::GbMonth))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Billing;

    fn instance(status: &str) -> Instance {
        Instance {
            replication_instance_status: Some(status.into()),
            replication_instance_class: Some("dms.t3.medium".into()),
            allocated_storage: 50.into(),
            ..Instance::default()
        }
    }

    #[test]
    fn is_charged_until_it_is_deleted() {
        let billing = |status| finding(&instance(status)).map(|it| it.billing);
        assert_eq!(billing("available"), Some(Billing::Running));
        assert_eq!(billing("future"), Some(Billing::Running));
        assert_eq!(billing("deleting"), Some(Billing::Ending));
        assert_eq!(billing("deleted"), None);
        assert_eq!(finding(&Instance::default()).unwrap().charges.len(), 1);
    }

    #[test]
    fn two_zones_and_more_disk_cost_more() {
        let whats =
            |it: &Instance| -> Vec<String> { finding(it).unwrap().charges.into_iter().map(|it| it.what).collect() };
        assert_eq!(whats(&instance("available")), ["dms.t3.medium"]);
        let large = |multi_az| Instance { multi_az, allocated_storage: 80.into(), ..instance("available") };
        assert_eq!(whats(&large(true)), ["dms.t3.medium Multi-AZ", "30 GB storage"]);
        let key = |multi_az| disk(&large(multi_az)).unwrap().sku.to_string();
        let plain = "AWSDatabaseMigrationSvc usagetype=StorageUsage";
        assert_eq!(key(false), plain);
        assert_ne!(key(true), plain);
    }
}
