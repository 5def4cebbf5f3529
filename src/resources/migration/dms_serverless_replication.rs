//! Serverless replications of DMS bill for the capacity that is provisioned for them.

use std::collections::HashMap;

use aws_sdk_databasemigration::Client;
use aws_sdk_databasemigration::types::{ProvisionData, Replication};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "dms-serverless-replication",
    names: words("DMS serverless replication", "DMS サーバーレスレプリケーション"),
    bills: words(
        "per unit of capacity (DCU) and hour while capacity is provisioned",
        "プロビジョニングされている間は容量単位 (DCU)・時間ごと",
    ),
    scope: Scope::Region,
    endpoint: "dms",
    small: false,
    billed_as: &["AWSDatabaseMigrationSvc"],
    reads: &["dms:DescribeReplications", "dms:DescribeReplicationConfigs"],
    writes: &["dms:StopReplication", "dms:DeleteReplicationConfig"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let mut pages = client.describe_replications().max_records(100).into_paginator().send();
    let mut replications: Vec<Replication> = Vec::new();
    while let Some(page) = pages.try_next().await? {
        replications.extend(page.replications.unwrap_or_default());
    }
    if replications.is_empty() {
        return Ok(Listing::default());
    }
    let zones = zones(&client).await;
    let in_two = |it: &Replication| zones.as_ref().ok()?.get(it.replication_config_arn()?).copied();
    let findings = replications.iter().filter_map(|it| finding(it, in_two(it))).collect();
    Ok(Listing { findings, faults: zones.err().into_iter().collect(), ..Listing::default() })
}

/// Whether each configuration is for two zones, by its ARN.
async fn zones(client: &Client) -> Result<HashMap<String, bool>> {
    let mut pages = client.describe_replication_configs().max_records(100).into_paginator().send();
    let mut zones = HashMap::new();
    while let Some(page) = pages.try_next().await? {
        let configs = page.replication_configs.unwrap_or_default().into_iter();
        zones.extend(configs.filter_map(|it| Some((it.replication_config_arn?, it.compute_config?.multi_az?))));
    }
    Ok(zones)
}

/// `None` means it has no capacity. An unknown status is reported, not hidden.
fn finding(replication: &Replication, in_two_zones: Option<bool>) -> Option<Listed> {
    let units = provisioned(replication.provision_data());
    let status = replication.status().unwrap_or_default().to_ascii_lowercase();
    let billing = match (status.as_str(), units) {
        ("deleted", _) | ("created" | "stopped" | "failed", None) => return None,
        ("deleting", _) => Billing::Ending,
        _ => Billing::Running,
    };
    let arn = replication.replication_config_arn().unwrap_or_default();
    let mut found = Listed {
        arn: replication.replication_config_arn().map(str::to_owned),
        billing,
        created_at: time(replication.replication_create_time()),
        ..Listed::new(replication.replication_config_identifier().unwrap_or_default())
    };
    let sku = Sku::new("AWSDatabaseMigrationSvc").with("usagetype", "ServerlessUsage");
    found.charges.push(match (units, in_two_zones) {
        (Some(units), Some(false)) => Charge::hourly("DCU", sku, units),
        // A unit in two zones has a price of its own.
        (Some(units), Some(true)) => Charge::hourly("DCU Multi-AZ", sku.with("deploymentOption", "Multi-AZ"), units),
        _ => Charge::metered("DCU", sku, Unit::Hour),
    });
    // What a zero-ETL integration runs goes with it.
    if replication.is_read_only() == Some(true) {
        return Some(found);
    }
    let command = |verb: &str| Command::aws(&format!("dms {verb} --replication-config-arn")).arg(arn);
    if billing == Billing::Running && status != "stopped" {
        found = found.can(Verb::Stop, command("stop-replication"));
    }
    // AWS does not delete what is under way.
    if ["running", "starting"].contains(&status.as_str()) {
        return Some(found);
    }
    Some(found.can(Verb::Delete, command("delete-replication-config")))
}

/// The units that are provisioned now. What is stopped keeps them for a while.
fn provisioned(data: Option<&ProvisionData>) -> Option<i32> {
    let data = data?;
    let given_back = data.provision_state().is_some_and(|state| state.eq_ignore_ascii_case("deprovisioned"));
    Some(data.provisioned_capacity_units()).filter(|units| *units > 0 && !given_back)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(status: &str, provision: Option<(&str, i32)>) -> Option<(Billing, String)> {
        let data = provision.map(|(state, units)| {
            ProvisionData::builder().provision_state(state).provisioned_capacity_units(units).build()
        });
        let found = finding(&Replication::builder().status(status).set_provision_data(data).build(), Some(false))?;
        Some((found.billing, found.charges[0].what.clone()))
    }

    #[test]
    fn only_what_has_capacity_bills() {
        let of = |billing, what: &str| Some((billing, what.to_owned()));
        assert_eq!(told("running", Some(("provisioned", 4))), of(Billing::Running, "4 × DCU"));
        assert_eq!(told("stopped", Some(("provisioned", 4))), of(Billing::Running, "4 × DCU"));
        assert_eq!(told("dreaming", None), of(Billing::Running, "DCU"));
        assert_eq!(told("Deleting", None), of(Billing::Ending, "DCU"));
        assert_eq!(told("Stopped", Some(("deprovisioned", 4))), None);
        assert_eq!(told("created", None), None);
    }

    #[test]
    fn two_zones_cost_more_and_only_what_rests_can_be_deleted() {
        let of = |status: &str, zones: Option<bool>| {
            let data = ProvisionData::builder().provision_state("provisioned").provisioned_capacity_units(4).build();
            finding(&Replication::builder().status(status).provision_data(data).build(), zones).unwrap()
        };
        let what = |zones| {
            let charge = of("running", zones).charges.remove(0);
            (charge.what, charge.quantity.is_some())
        };
        assert_eq!(what(Some(true)), ("4 × DCU Multi-AZ".to_owned(), true));
        assert_eq!(what(None), ("DCU".to_owned(), false));
        let can = ["running", "stopped", "dreaming"].map(|status| of(status, None).can);
        assert_eq!(can, [vec![Verb::Stop], vec![Verb::Delete], vec![Verb::Stop, Verb::Delete]]);
    }
}
