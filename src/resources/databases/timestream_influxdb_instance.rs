//! Instances of Timestream for `InfluxDB` bill for every hour they exist and for their volume, and cannot be stopped.

use aws_sdk_timestreaminfluxdb::Client;
use aws_sdk_timestreaminfluxdb::types::{DbInstanceSummary, DeploymentType};
use futures::FutureExt;

use super::timestream_influxdb_charges::{Node, billing};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Command, Listed, Note, Scope, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "timestream-influxdb-instance",
    names: words("Timestream for InfluxDB instance", "Timestream for InfluxDB インスタンス"),
    bills: words(
        "per hour while it exists, and per GB and month of its volume; it cannot be stopped",
        "存在する間は 1 時間ごと、加えてボリュームの GB・月ごと。停止はできない",
    ),
    scope: Scope::Region,
    endpoint: "timestream-influxdb",
    small: false,
    billed_as: &["AmazonTimestream"],
    reads: &["timestream-influxdb:ListDbInstances"],
    writes: &["timestream-influxdb:DeleteDbInstance"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let instances = Client::new(&cx.sdk).list_db_instances().max_results(100).into_paginator().items().send();
    let instances: Vec<DbInstanceSummary> = instances.try_collect().await?;
    Ok(instances.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it no longer bills. An unknown status is reported, not hidden.
fn finding(instance: &DbInstanceSummary) -> Option<Listed> {
    let billing = billing(instance.status())?;
    let id = instance.id();
    let standby = instance.deployment_type() == Some(&DeploymentType::WithMultiazStandby);
    let node = Node {
        kind: instance.db_instance_type(),
        deployment: if standby { "Multi-AZ" } else { "Single-AZ" },
        storage: instance.db_storage_type(),
        gigabytes: instance.allocated_storage(),
    };
    let arn = Some(instance.arn().to_owned()).filter(|arn| !arn.is_empty());
    let found = Listed { arn, billing, charges: node.charges(1), ..Listed::new(id) };
    let found = found.named(Some(instance.name().to_owned())).note(Note::new("delete-only"));
    Some(found.can(Verb::Delete, Command::aws("timestream-influxdb delete-db-instance --identifier").arg(id)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Billing;

    #[test]
    fn bills_until_it_is_deleted() {
        let found = |status: &str, deployment: DeploymentType| {
            let it = DbInstanceSummary::builder().id("a1b2").name("study").arn("").status(status.into());
            finding(&it.deployment_type(deployment).build().unwrap())
        };
        let running = found("AVAILABLE", DeploymentType::WithMultiazStandby).unwrap();
        assert_eq!(running.charges[0].what, "instance Multi-AZ");
        let billing = |status| found(status, DeploymentType::SingleAz).map(|it| it.billing);
        let states = ["DELETED", "DELETING", "DREAMING"].map(billing);
        assert_eq!(states, [None, Some(Billing::Ending), Some(Billing::Running)]);
    }
}
