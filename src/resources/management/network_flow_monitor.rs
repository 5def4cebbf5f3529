//! Monitors of Network Flow Monitor bill for the metrics they publish.

use aws_sdk_networkflowmonitor::Client;
use aws_sdk_networkflowmonitor::types::{MonitorStatus, MonitorSummary};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "network-flow-monitor",
    names: words("Network Flow Monitor", "Network Flow Monitor"),
    bills: words(
        "per metric it publishes; the instances whose flows it sees bill in its scope",
        "公開するメトリクスごと。フローを監視するインスタンスの分はスコープに課金される",
    ),
    scope: Scope::Region,
    endpoint: "networkflowmonitor",
    small: false,
    billed_as: &["AmazonCloudWatch"],
    reads: &["networkflowmonitor:ListMonitors"],
    writes: &["networkflowmonitor:DeleteMonitor"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let monitors = Client::new(&cx.sdk).list_monitors().max_results(25).into_paginator().items().send();
    let monitors: Vec<MonitorSummary> = monitors.try_collect().await?;
    Ok(monitors.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state is known to be free.
fn finding(monitor: &MonitorSummary) -> Listed {
    let billing = match monitor.monitor_status() {
        MonitorStatus::Deleting => Billing::Ending,
        _ => Billing::Running,
    };
    let (id, arn) = (monitor.monitor_name(), Some(monitor.monitor_arn().to_owned()));
    let sku = Sku::new("AmazonCloudWatch").with("item", "network_flow_monitor_metric").with("unit", "month");
    Listed { arn, billing, ..Listed::new(id) }
        .charge(Charge::metered("metrics", sku, Unit::Month))
        .can(Verb::Delete, Command::aws("networkflowmonitor delete-monitor --monitor-name").arg(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bills_as_long_as_it_exists() {
        let billing = |status: &str| {
            let monitor = MonitorSummary::builder().monitor_arn("arn").monitor_name("study");
            finding(&monitor.monitor_status(status.into()).build().unwrap()).billing
        };
        assert_eq!(["ACTIVE", "PENDING", "INACTIVE", "ERROR", "DREAMING"].map(billing), [Billing::Running; 5]);
        assert_eq!(billing("DELETING"), Billing::Ending);
    }
}
