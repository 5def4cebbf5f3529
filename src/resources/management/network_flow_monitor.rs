//! Monitors of Network Flow Monitor are charged for the metrics they publish.

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "network-flow-monitor",
    names: words("Network Flow Monitor", "Network Flow Monitor"),
    bills: words(
        "per metric it publishes; the instances whose flows it sees are charged with its scope",
        "公開するメトリクスごと。フローを監視するインスタンスの分はスコープに課金",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonCloudWatch"],
    asks: &[&MONITORS],
    writes: &["networkflowmonitor:DeleteMonitor"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const MONITORS: Operation<Monitor> = Operation::new("networkflowmonitor:ListMonitors").at("monitors");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Monitor {
    monitor_name: String,
    monitor_arn: String,
    monitor_status: Option<Status>,
}

values! { enum Status { Deleting = "DELETING" } }

async fn list(cx: &Cx) -> Result<Listing> {
    Ok(cx.ask(&MONITORS).all().await?.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state is known to be free.
fn finding(monitor: &Monitor) -> Listed {
    let billing = match monitor.monitor_status {
        Some(Status::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let (id, arn) = (&monitor.monitor_name, Some(monitor.monitor_arn.clone()));
    let sku = Sku::new("AmazonCloudWatch").with("item", "network_flow_monitor_metric").with("unit", "month");
    Listed { arn, billing, ..Listed::new(id) }
        .charge(Charge::metered("metrics", sku, Unit::Month))
        .can(Verb::Delete, Command::aws("networkflowmonitor delete-monitor --monitor-name").arg(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_charged_as_long_as_it_exists() {
        let billing =
            |status: &str| finding(&Monitor { monitor_status: Some(status.into()), ..Monitor::default() }).billing;
        assert_eq!(["ACTIVE", "PENDING", "INACTIVE", "ERROR", "FUTURE"].map(billing), [Billing::Running; 5]);
        assert_eq!(billing("DELETING"), Billing::Ending);
    }
}
