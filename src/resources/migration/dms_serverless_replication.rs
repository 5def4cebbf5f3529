//! Serverless replications of DMS are charged for their provisioned capacity.

use std::collections::HashMap;

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "dms-serverless-replication",
    names: words("DMS serverless replication", "DMS サーバーレスレプリケーション"),
    bills: words(
        "per unit of capacity (DCU) and hour while capacity is provisioned",
        "プロビジョニングされている間は容量単位(DCU)・時間ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSDatabaseMigrationSvc"],
    asks: &[&REPLICATIONS, &CONFIGS],
    writes: &["dms:StopReplication", "dms:DeleteReplicationConfig"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const REPLICATIONS: Operation<Replication> = Operation::new("dms:DescribeReplications").at("Replications");
const CONFIGS: Operation<Config> = Operation::new("dms:DescribeReplicationConfigs").at("ReplicationConfigs");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Replication {
    replication_config_identifier: String,
    replication_config_arn: Option<String>,
    status: String,
    provision_data: Provision,
    is_read_only: bool,
    replication_create_time: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Provision {
    provision_state: String,
    provisioned_capacity_units: Decimal,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Config {
    replication_config_arn: Option<String>,
    compute_config: Compute,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Compute {
    #[serde(rename = "MultiAZ")]
    multi_az: Option<bool>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let replications = cx.ask(&REPLICATIONS).with("MaxRecords", 100).all().await?;
    if replications.is_empty() {
        return Ok(Listing::default());
    }
    let zones = zones(cx).await;
    let in_two = |it: &Replication| zones.as_ref().ok()?.get(it.replication_config_arn.as_ref()?).copied();
    let findings = replications.iter().filter_map(|it| finding(it, in_two(it))).collect();
    Ok(Listing { findings, faults: zones.err().into_iter().collect(), ..Listing::default() })
}

/// Whether each configuration is Multi-AZ, by its ARN.
async fn zones(cx: &Cx) -> Result<HashMap<String, bool>> {
    let configs = cx.ask(&CONFIGS).with("MaxRecords", 100).all().await?.into_iter();
    Ok(configs.filter_map(|it| Some((it.replication_config_arn?, it.compute_config.multi_az?))).collect())
}

/// `None` means it has no capacity. An unknown status is reported, not hidden.
fn finding(replication: &Replication, in_two_zones: Option<bool>) -> Option<Listed> {
    let units = provisioned(&replication.provision_data);
    let status = replication.status.to_ascii_lowercase();
    let billing = match (status.as_str(), units) {
        ("deleted", _) | ("created" | "stopped" | "failed", None) => return None,
        ("deleting", _) => Billing::Ending,
        _ => Billing::Running,
    };
    let arn = replication.replication_config_arn.as_deref().unwrap_or_default();
    let mut found = Listed {
        arn: replication.replication_config_arn.clone(),
        billing,
        created_at: replication.replication_create_time,
        ..Listed::new(&replication.replication_config_identifier)
    };
    let sku = Sku::new("AWSDatabaseMigrationSvc").with("usagetype", "ServerlessUsage");
    found.charges.push(match (units, in_two_zones) {
        (Some(units), Some(false)) => Charge::hourly("DCU", sku, units),
        // Multi-AZ units have their own price.
        (Some(units), Some(true)) => Charge::hourly("DCU Multi-AZ", sku.with("deploymentOption", "Multi-AZ"), units),
        _ => Charge::metered("DCU", sku, Unit::Hour),
    });
    // A read-only replication belongs to a zero-ETL integration and ends with it.
    if replication.is_read_only {
        return Some(found.note(Note::with("ends-with", "zero-ETL integration")));
    }
    let command = |verb: &str| Command::aws(&format!("dms {verb} --replication-config-arn")).arg(arn);
    if billing == Billing::Running && status != "stopped" {
        found = found.can(Verb::Stop, command("stop-replication"));
    }
    // AWS does not delete a running replication.
    if ["running", "starting"].contains(&status.as_str()) {
        return Some(found);
    }
    Some(found.can(Verb::Delete, command("delete-replication-config")))
}

/// The currently provisioned units. A stopped replication keeps them for a while.
fn provisioned(data: &Provision) -> Option<Decimal> {
    let given_back = data.provision_state.eq_ignore_ascii_case("deprovisioned");
    Some(data.provisioned_capacity_units).filter(|units| *units > Decimal::ZERO && !given_back)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replication(status: &str, provision: Option<(&str, i32)>) -> Replication {
        let provision_data = provision.map(|(state, units)| Provision {
            provision_state: state.into(),
            provisioned_capacity_units: units.into(),
        });
        let provision_data = provision_data.unwrap_or_default();
        Replication { status: status.into(), provision_data, ..Replication::default() }
    }

    fn seen(status: &str, provision: Option<(&str, i32)>) -> Option<(Billing, String)> {
        let found = finding(&replication(status, provision), Some(false))?;
        Some((found.billing, found.charges[0].what.clone()))
    }

    #[test]
    fn only_a_replication_with_capacity_is_charged() {
        let of = |billing, what: &str| Some((billing, what.to_owned()));
        assert_eq!(seen("running", Some(("provisioned", 4))), of(Billing::Running, "4 × DCU"));
        assert_eq!(seen("stopped", Some(("provisioned", 4))), of(Billing::Running, "4 × DCU"));
        assert_eq!(seen("future", None), of(Billing::Running, "DCU"));
        assert_eq!(seen("Deleting", None), of(Billing::Ending, "DCU"));
        assert_eq!(seen("Stopped", Some(("deprovisioned", 4))), None);
        assert_eq!(seen("created", None), None);
    }

    #[test]
    fn two_zones_cost_more_and_only_a_stopped_one_can_be_deleted() {
        let of =
            |status: &str, zones: Option<bool>| finding(&replication(status, Some(("provisioned", 4))), zones).unwrap();
        let what = |zones| {
            let charge = of("running", zones).charges.remove(0);
            (charge.what, charge.quantity.is_some())
        };
        assert_eq!(what(Some(true)), ("4 × DCU Multi-AZ".to_owned(), true));
        assert_eq!(what(None), ("DCU".to_owned(), false));
        let can = ["running", "stopped", "future"].map(|status| of(status, None).can);
        assert_eq!(can, [vec![Verb::Stop], vec![Verb::Delete], vec![Verb::Stop, Verb::Delete]]);
    }
}
