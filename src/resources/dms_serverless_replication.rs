//! Serverless replications of DMS bill for the capacity that is provisioned for them.

use aws_sdk_databasemigration::Client;
use aws_sdk_databasemigration::types::{ProvisionData, Replication};
use futures::FutureExt;

use super::reading::time;
use super::{Listing, Resource};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Finding, Scope, Sku, Unit, Verb, words};

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
    reads: &["dms:DescribeReplications"],
    writes: &["dms:StopReplication", "dms:DeleteReplicationConfig"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let mut pages = Client::new(&cx.sdk).describe_replications().max_records(100).into_paginator().send();
    let mut findings = Vec::new();
    while let Some(page) = pages.try_next().await? {
        findings.extend(page.replications().iter().filter_map(finding));
    }
    Ok(findings.into())
}

/// `None` means it has no capacity. An unknown status is reported, not hidden.
fn finding(replication: &Replication) -> Option<Finding> {
    let units = provisioned(replication.provision_data());
    let status = replication.status().unwrap_or_default().to_ascii_lowercase();
    let billing = match (status.as_str(), units) {
        ("deleted", _) | ("created" | "stopped" | "failed", None) => return None,
        ("deleting", _) => Billing::Ending,
        _ => Billing::Running,
    };
    let arn = replication.replication_config_arn().unwrap_or_default();
    let mut found = Finding {
        arn: replication.replication_config_arn().map(str::to_owned),
        billing,
        created_at: time(replication.replication_create_time()),
        ..Finding::new(replication.replication_config_identifier().unwrap_or_default())
    };
    // One in two zones costs more, and the answer does not say in how many it is.
    let sku = Sku::new("AWSDatabaseMigrationSvc").with("usagetype", "ServerlessUsage");
    found.charges.push(match units {
        Some(units) => Charge::hourly("DCU", sku, units),
        None => Charge::metered("DCU", sku, Unit::Hour),
    });
    // What a zero-ETL integration runs goes with it.
    if replication.is_read_only() == Some(true) {
        return Some(found);
    }
    if billing == Billing::Running {
        found = found.can(Verb::Stop, format!("aws dms stop-replication --replication-config-arn {arn}"));
    }
    Some(found.can(Verb::Delete, format!("aws dms delete-replication-config --replication-config-arn {arn}")))
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
        let found = finding(&Replication::builder().status(status).set_provision_data(data).build())?;
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
}
