//! Internet Monitor bills for every hour and resource it watches, and for the networks it sees traffic from.

use aws_sdk_internetmonitor::Client;
use aws_sdk_internetmonitor::operation::get_monitor::GetMonitorOutput;
use aws_sdk_internetmonitor::types::{Monitor, MonitorConfigState};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::reading::{tag_map, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "internet-monitor",
    names: words("CloudWatch Internet Monitor", "CloudWatch Internet Monitor"),
    bills: words(
        "per hour and resource it watches while it is active, and per city-network beyond the first 100",
        "有効な間は監視対象リソースごと・1 時間ごと、加えて 100 を超える都市ネットワークごと",
    ),
    scope: Scope::Region,
    endpoint: "internetmonitor",
    small: false,
    billed_as: &["AmazonCloudWatch"],
    reads: &["internetmonitor:ListMonitors", "internetmonitor:GetMonitor"],
    writes: &["internetmonitor:UpdateMonitor", "internetmonitor:DeleteMonitor"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let monitors = client.list_monitors().max_results(25).into_paginator().items().send();
    let monitors: Vec<Monitor> = monitors.try_collect().await?;
    let active = monitors.into_iter().filter(|it| it.status() != &MonitorConfigState::Inactive).collect();
    let ask = |it: &Monitor| client.get_monitor().monitor_name(it.monitor_name()).send();
    Ok(detailed(active, ask, finding).await)
}

/// `None` means it is switched off.
fn finding(monitor: &Monitor, details: Option<&GetMonitorOutput>) -> Option<Listed> {
    if monitor.status() == &MonitorConfigState::Inactive {
        return None;
    }
    let item = |item: &str| Sku::new("AmazonCloudWatch").with("item", item).with("unit", "hour");
    let watched = match details.map(|it| it.resources().len()) {
        Some(count) if count > 0 => Charge::hourly("monitored resource", item("internet_monitor_resource"), count),
        _ => Charge::metered("monitored resources", item("internet_monitor_resource"), Unit::Hour),
    };
    let networks = Charge::metered("city-networks", item("internet_monitor_city_network"), Unit::Hour);
    let (id, arn) = (monitor.monitor_name(), Some(monitor.monitor_arn().to_owned()));
    let created_at = details.and_then(|it| time(Some(it.created_at())));
    let tags = tag_map(details.and_then(|it| it.tags()));
    let stop = Command::aws("internetmonitor update-monitor --status INACTIVE --monitor-name").arg(id);
    let delete = Command::aws("internetmonitor delete-monitor --monitor-name").arg(id);
    let found = Listed { arn, created_at, tags, ..Listed::new(id) }.charge(watched).charge(networks);
    Some(found.can(Verb::Stop, stop.clone()).can(Verb::Delete, stop.then(delete)))
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::DateTime;

    use super::*;

    fn monitor(status: &str) -> Monitor {
        Monitor::builder().monitor_name("study").monitor_arn("arn").status(status.into()).build().unwrap()
    }

    #[test]
    fn bills_unless_it_is_switched_off() {
        let bills = |status| finding(&monitor(status), None).is_some();
        let states = ["INACTIVE", "ACTIVE", "PENDING", "ERROR", "DREAMING"].map(bills);
        assert_eq!(states, [false, true, true, true, true]);
    }

    #[test]
    fn each_resource_bills() {
        let watched = |resources: &[&str]| {
            let then = DateTime::from_secs(0);
            let details = GetMonitorOutput::builder().monitor_name("study").monitor_arn("arn").created_at(then);
            let details = details.modified_at(then).status(MonitorConfigState::Active);
            let details = details.set_resources(Some(resources.iter().map(|it| (*it).to_owned()).collect()));
            let found = finding(&monitor("ACTIVE"), Some(&details.build().unwrap())).unwrap();
            found.charges.into_iter().map(|it| it.quantity).collect::<Vec<_>>()
        };
        assert_eq!(watched(&["vpc-1", "vpc-2"]), [Some(2.into()), None]);
        assert_eq!(watched(&[]), [None, None]);
    }
}
