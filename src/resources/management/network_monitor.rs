//! Network Synthetic Monitor is charged for every hour and subnet with probes, in units of four probes.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "network-monitor",
    names: words("Network Synthetic Monitor", "Network Synthetic Monitor"),
    bills: words(
        "per hour and subnet its probes measure from; plus their metrics",
        "プローブの送信元サブネットごと・1 時間ごと、加えてメトリクス",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonCloudWatch"],
    asks: &[&MONITORS, &MONITOR],
    writes: &["networkmonitor:DeleteProbe", "networkmonitor:DeleteMonitor"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const MONITORS: Operation<Monitor> = Operation::new("networkmonitor:ListMonitors").at("monitors");
const MONITOR: Operation<Detail> = Operation::new("networkmonitor:GetMonitor");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Monitor {
    monitor_name: String,
    monitor_arn: String,
    state: Option<State>,
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Detail {
    created_at: Option<Timestamp>,
    probes: Vec<Probe>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Probe {
    source_arn: String,
    state: Option<ProbeState>,
}

values! { enum State { Deleting = "DELETING" } }
values! { enum ProbeState { Deleted = "DELETED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let monitors = cx.ask(&MONITORS).all().await?;
    let ask = |it: &Monitor| {
        let answer = cx.ask(&MONITOR).with("monitorName", it.monitor_name.as_str()).one();
        answer.map(|answer| found(answer, &["ResourceNotFoundException"]))
    };
    let (monitors, faults) = about_each(monitors, ask).await;
    let findings = monitors.iter().filter_map(|(monitor, detail)| match detail {
        Some(detail) => finding(monitor, Some(detail.as_ref()?)),
        None => finding(monitor, None),
    });
    Ok(Listing { findings: findings.collect(), faults, ..Listing::default() })
}

/// `None` means it has no probe.
fn finding(monitor: &Monitor, detail: Option<&Detail>) -> Option<Listed> {
    let billing = match monitor.state {
        Some(State::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let sku = Sku::new("AmazonCloudWatch").with("item", "network_monitor_resource").with("unit", "hour");
    let charge = match detail.map(measured) {
        Some(0) => return None,
        Some(subnets) => Charge::hourly("monitored subnet", sku, subnets),
        None => Charge::metered("monitored subnets", sku, Unit::Hour),
    };
    let (id, arn) = (&monitor.monitor_name, Some(monitor.monitor_arn.clone()));
    let (tags, created_at) = (monitor.tags.clone(), detail.and_then(|it| it.created_at));
    let found = Listed { arn, billing, created_at, tags, ..Listed::new(id) };
    let found = found.charge(charge).note(Note::with("parts-first", "probes")).note(Note::new("usage-extra"));
    Some(found.can(Verb::Delete, Command::aws("networkmonitor delete-monitor --monitor-name").arg(id)))
}

/// Up to four probes from one subnet are charged as one. Disabled probes count: AWS does not say whether they are free.
fn measured(monitor: &Detail) -> usize {
    let probes = monitor.probes.iter().filter(|it| it.state != Some(ProbeState::Deleted));
    let mut from: BTreeMap<&str, usize> = BTreeMap::new();
    for probe in probes {
        let count = from.entry(&probe.source_arn).or_default();
        *count = count.saturating_add(1);
    }
    from.values().map(|probes| probes.div_ceil(4)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn monitor(state: &str) -> Monitor {
        Monitor { state: Some(state.into()), ..Monitor::default() }
    }

    fn with(probes: &[(&str, &str)]) -> Detail {
        let probe =
            |(subnet, state): &(&str, &str)| Probe { source_arn: (*subnet).into(), state: Some((*state).into()) };
        Detail { probes: probes.iter().map(probe).collect(), ..Detail::default() }
    }

    #[test]
    fn four_probes_from_a_subnet_bill_as_one() {
        let active = ("a", "ACTIVE");
        let many = with(&[active, active, active, active, ("a", "INACTIVE"), ("b", "FUTURE"), ("c", "DELETED")]);
        assert_eq!(measured(&many), 3);
        assert_eq!(finding(&monitor("ACTIVE"), Some(&with(&[]))), None);
    }

    #[test]
    fn one_without_details_is_kept() {
        let told = |state| finding(&monitor(state), None).map(|it| (it.billing, it.charges[0].quantity));
        let states = ["ACTIVE", "INACTIVE", "PENDING", "ERROR", "FUTURE"].map(told);
        assert_eq!(states, [Some((Billing::Running, None)); 5]);
        assert_eq!(told("DELETING"), Some((Billing::Ending, None)));
    }
}
