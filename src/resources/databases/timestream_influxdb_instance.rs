//! Instances of Timestream for `InfluxDB` are charged for every hour and for their volume, and cannot be stopped.

use futures::FutureExt;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::timestream_influxdb_charges::{Node, Status, billing};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Command, Listed, Loss, Note, Scope, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "timestream-influxdb-instance",
    names: words("Timestream for InfluxDB instance", "Timestream for InfluxDB インスタンス"),
    bills: words(
        "per hour while it exists, and per GB and month of its volume; it cannot be stopped",
        "存在する間は 1 時間ごと、加えてボリュームの GB・月ごと。停止不可",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonTimestream"],
    asks: &[&INSTANCES],
    writes: &["timestream-influxdb:DeleteDbInstance"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const INSTANCES: Operation<Instance> = Operation::new("timestream-influxdb:ListDbInstances").at("items");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Instance {
    id: String,
    name: String,
    arn: String,
    status: Option<Status>,
    db_instance_type: Option<String>,
    db_storage_type: Option<String>,
    allocated_storage: Option<Decimal>,
    deployment_type: Option<Deployment>,
}

values! { enum Deployment { WithStandby = "WITH_MULTIAZ_STANDBY" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let instances = cx.ask(&INSTANCES).all().await?;
    Ok(instances.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is no longer charged. An unknown status is reported, not hidden.
fn finding(instance: &Instance) -> Option<Listed> {
    let billing = billing(instance.status.as_ref())?;
    let id = instance.id.as_str();
    let standby = instance.deployment_type == Some(Deployment::WithStandby);
    let node = Node {
        kind: instance.db_instance_type.as_deref(),
        deployment: if standby { "Multi-AZ" } else { "Single-AZ" },
        storage: instance.db_storage_type.as_deref(),
        gigabytes: instance.allocated_storage,
    };
    let arn = Some(instance.arn.clone()).filter(|arn| !arn.is_empty());
    let found = Listed { arn, billing, charges: node.charges(1), ..Listed::new(id) };
    let found = found.named(Some(instance.name.clone())).note(Note::new("delete-only"));
    Some(
        found
            .loses(Loss::Data)
            .can(Verb::Delete, Command::aws("timestream-influxdb delete-db-instance --identifier").arg(id)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Billing;

    #[test]
    fn is_charged_until_it_is_deleted() {
        let found = |status: &str, deployment: &str| {
            let (status, deployment_type) = (Some(status.into()), Some(deployment.into()));
            let (id, name) = ("a1b2".into(), "study".into());
            finding(&Instance { id, name, status, deployment_type, ..Instance::default() })
        };
        let running = found("AVAILABLE", "WITH_MULTIAZ_STANDBY").unwrap();
        assert_eq!(running.charges[0].what, "instance Multi-AZ");
        let billing = |status| found(status, "SINGLE_AZ").map(|it| it.billing);
        let states = ["DELETED", "DELETING", "FUTURE"].map(billing);
        assert_eq!(states, [None, Some(Billing::Ending), Some(Billing::Running)]);
    }
}
