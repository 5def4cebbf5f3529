//! Internet Monitor is charged for every hour and monitored resource, and for the networks whose traffic it sees.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "internet-monitor",
    names: words("CloudWatch Internet Monitor", "CloudWatch Internet Monitor"),
    bills: words(
        "per hour and resource it watches while it is active, and per city-network beyond the first 100",
        "有効な間は監視対象リソースごと・1 時間ごと、加えて 100 を超える都市ネットワークごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonCloudWatch"],
    asks: &[&MONITORS, &MONITOR],
    writes: &["internetmonitor:UpdateMonitor", "internetmonitor:DeleteMonitor"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const MONITORS: Operation<Monitor> = Operation::new("internetmonitor:ListMonitors").at("Monitors");
const MONITOR: Operation<Detail> = Operation::new("internetmonitor:GetMonitor");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Monitor {
    monitor_name: String,
    monitor_arn: String,
    status: Option<Status>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Detail {
    resources: Vec<String>,
    created_at: Option<Timestamp>,
    tags: BTreeMap<String, String>,
}

values! { enum Status { Inactive = "INACTIVE" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let mut active = cx.ask(&MONITORS).all().await?;
    active.retain(|it| it.status != Some(Status::Inactive));
    let ask = |it: &Monitor| cx.ask(&MONITOR).with("MonitorName", it.monitor_name.as_str()).one();
    Ok(detailed(active, ask, finding).await)
}

/// `None` means it is inactive.
fn finding(monitor: &Monitor, detail: Option<&Detail>) -> Option<Listed> {
    if monitor.status == Some(Status::Inactive) {
        return None;
    }
    let item = |item: &str| Sku::new("AmazonCloudWatch").with("item", item).with("unit", "hour");
    let watched = match detail.map(|it| it.resources.len()) {
        Some(count) if count > 0 => Charge::hourly("monitored resource", item("internet_monitor_resource"), count),
        _ => Charge::metered("monitored resources", item("internet_monitor_resource"), Unit::Hour),
    };
    let networks = Charge::metered("city-networks", item("internet_monitor_city_network"), Unit::Hour);
    let (id, arn) = (&monitor.monitor_name, Some(monitor.monitor_arn.clone()));
    let created_at = detail.and_then(|it| it.created_at);
    let tags = detail.map(|it| it.tags.clone()).unwrap_or_default();
    let stop = Command::aws("internetmonitor update-monitor --status INACTIVE --monitor-name").arg(id);
    let delete = Command::aws("internetmonitor delete-monitor --monitor-name").arg(id);
    let found = Listed { arn, created_at, tags, ..Listed::new(id) }.charge(watched).charge(networks);
    Some(found.can(Verb::Stop, stop.clone()).can(Verb::Delete, stop.then(delete)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn monitor(status: &str) -> Monitor {
        Monitor { monitor_name: "study".into(), monitor_arn: "arn".into(), status: Some(status.into()) }
    }

    #[test]
    fn is_charged_unless_it_is_switched_off() {
        let bills = |status| finding(&monitor(status), None).is_some();
        let states = ["INACTIVE", "ACTIVE", "PENDING", "ERROR", "FUTURE"].map(bills);
        assert_eq!(states, [false, true, true, true, true]);
    }

    #[test]
    fn each_resource_is_charged() {
        let watched = |resources: &[&str]| {
            let resources = resources.iter().map(|it| (*it).to_owned()).collect();
            let detail = Detail { resources, ..Detail::default() };
            let found = finding(&monitor("ACTIVE"), Some(&detail)).unwrap();
            found.charges.into_iter().map(|it| it.quantity).collect::<Vec<_>>()
        };
        assert_eq!(watched(&["vpc-1", "vpc-2"]), [Some(2.into()), None]);
        assert_eq!(watched(&[]), [None, None]);
    }
}
