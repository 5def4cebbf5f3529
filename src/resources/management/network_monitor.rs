//! Network Synthetic Monitor bills for every hour and subnet that a probe measures from, four probes at a time.

use std::collections::BTreeMap;

use aws_sdk_networkmonitor::Client;
use aws_sdk_networkmonitor::operation::get_monitor::GetMonitorOutput;
use aws_sdk_networkmonitor::types::{MonitorState, MonitorSummary, ProbeState};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::{tag_map, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "network-monitor",
    names: words("Network Synthetic Monitor", "Network Synthetic Monitor"),
    bills: words(
        "per hour and subnet its probes measure from; plus their metrics",
        "プローブの送信元サブネットごと・1 時間ごと、加えてメトリクス",
    ),
    scope: Scope::Region,
    endpoint: "networkmonitor",
    small: false,
    billed_as: &["AmazonCloudWatch"],
    reads: &["networkmonitor:ListMonitors", "networkmonitor:GetMonitor"],
    writes: &["networkmonitor:DeleteProbe", "networkmonitor:DeleteMonitor"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let monitors = client.list_monitors().max_results(25).into_paginator().items().send();
    let monitors: Vec<MonitorSummary> = monitors.try_collect().await?;
    let ask = |it: &MonitorSummary| {
        let answer = client.get_monitor().monitor_name(it.monitor_name()).send();
        answer.map(|answer| found(answer, &["ResourceNotFoundException"]))
    };
    let (monitors, faults) = about_each(monitors, ask).await;
    let findings = monitors.iter().filter_map(|(monitor, details)| match details {
        Some(details) => finding(monitor, Some(details.as_ref()?)),
        None => finding(monitor, None),
    });
    Ok(Listing { findings: findings.collect(), faults, ..Listing::default() })
}

/// `None` means it has no probe.
fn finding(monitor: &MonitorSummary, details: Option<&GetMonitorOutput>) -> Option<Listed> {
    let billing = match monitor.state() {
        MonitorState::Deleting => Billing::Ending,
        _ => Billing::Running,
    };
    let sku = Sku::new("AmazonCloudWatch").with("item", "network_monitor_resource").with("unit", "hour");
    let charge = match details.map(measured) {
        Some(0) => return None,
        Some(subnets) => Charge::hourly("monitored subnet", sku, subnets),
        None => Charge::metered("monitored subnets", sku, Unit::Hour),
    };
    let (id, arn) = (monitor.monitor_name(), Some(monitor.monitor_arn().to_owned()));
    let (tags, created_at) = (tag_map(monitor.tags()), details.and_then(|it| time(Some(it.created_at()))));
    let found = Listed { arn, billing, created_at, tags, ..Listed::new(id) };
    let found = found.charge(charge).note(Note::with("parts-first", "probes")).note(Note::new("usage-extra"));
    Some(found.can(Verb::Delete, Command::aws("networkmonitor delete-monitor --monitor-name").arg(id)))
}

/// Up to four probes from one subnet bill as one. That one which is switched off is free is not known.
fn measured(monitor: &GetMonitorOutput) -> usize {
    let probes = monitor.probes().iter().filter(|it| it.state() != Some(&ProbeState::Deleted));
    let mut from: BTreeMap<&str, usize> = BTreeMap::new();
    for probe in probes {
        *from.entry(probe.source_arn()).or_default() += 1;
    }
    from.values().map(|probes| probes.div_ceil(4)).sum()
}

#[cfg(test)]
mod tests {
    use aws_sdk_networkmonitor::types::{Probe, Protocol};
    use aws_smithy_types::DateTime;

    use super::*;

    fn monitor(state: &str) -> MonitorSummary {
        MonitorSummary::builder().monitor_arn("arn").monitor_name("study").state(state.into()).build().unwrap()
    }

    fn with(probes: &[(&str, &str)]) -> GetMonitorOutput {
        let probe = |(subnet, state): &(&str, &str)| {
            let probe = Probe::builder().source_arn(*subnet).destination("10.0.0.1").protocol(Protocol::Icmp);
            probe.state((*state).into()).build().unwrap()
        };
        let (then, probes) = (DateTime::from_secs(0), probes.iter().map(probe).collect());
        let monitor = GetMonitorOutput::builder().monitor_arn("arn").monitor_name("study");
        let monitor = monitor.state(MonitorState::Active).aggregation_period(60).created_at(then).modified_at(then);
        monitor.set_probes(Some(probes)).build().unwrap()
    }

    #[test]
    fn four_probes_from_a_subnet_bill_as_one() {
        let active = ("a", "ACTIVE");
        let many = with(&[active, active, active, active, ("a", "INACTIVE"), ("b", "DREAMING"), ("c", "DELETED")]);
        assert_eq!(measured(&many), 3);
        assert_eq!(finding(&monitor("ACTIVE"), Some(&with(&[]))), None);
    }

    #[test]
    fn one_that_cannot_be_asked_about_is_told() {
        let told = |state| finding(&monitor(state), None).map(|it| (it.billing, it.charges[0].quantity));
        let states = ["ACTIVE", "INACTIVE", "PENDING", "ERROR", "DREAMING"].map(told);
        assert_eq!(states, [Some((Billing::Running, None)); 5]);
        assert_eq!(told("DELETING"), Some((Billing::Ending, None)));
    }
}
