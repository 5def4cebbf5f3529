//! Graphs of Neptune Analytics bill for the memory provisioned for them and their replicas, and for a part of it when stopped.

use aws_sdk_neptunegraph::Client;
use aws_sdk_neptunegraph::types::{GraphStatus, GraphSummary};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "neptune-analytics-graph",
    names: words("Neptune Analytics graph", "Neptune Analytics グラフ"),
    bills: words(
        "per unit of memory (m-NCU) and hour, replicas included; a part of it even when stopped",
        "レプリカを含めメモリ単位 (m-NCU)・時間ごと。停止中も一部は課金",
    ),
    scope: Scope::Region,
    endpoint: "neptune-graph",
    small: false,
    billed_as: &["AmazonNeptune"],
    reads: &["neptune-graph:ListGraphs"],
    writes: &["neptune-graph:StopGraph", "neptune-graph:UpdateGraph", "neptune-graph:DeleteGraph"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let graphs = Client::new(&cx.sdk).list_graphs().max_results(100).into_paginator().items().send();
    let graphs: Vec<GraphSummary> = graphs.try_collect().await?;
    Ok(graphs.iter().map(finding).collect::<Vec<_>>().into())
}

/// An unknown status is reported, not hidden.
fn finding(graph: &GraphSummary) -> Listed {
    let billing = match graph.status() {
        Some(GraphStatus::Stopped) => Billing::Stopped,
        Some(GraphStatus::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = graph.id();
    let arn = Some(graph.arn().to_owned()).filter(|arn| !arn.is_empty());
    let found = Listed { arn, billing, ..Listed::new(id) }.named(Some(graph.name().to_owned()));
    let mut found = found.charge(memory(graph, billing));
    if billing == Billing::Running {
        found = found.can(Verb::Stop, Command::aws("neptune-graph stop-graph --graph-identifier").arg(id));
    }
    let delete = Command::aws("neptune-graph delete-graph --graph-identifier").arg(id).words("--no-skip-snapshot");
    let unlock =
        Command::aws("neptune-graph update-graph --graph-identifier").arg(id).words("--no-deletion-protection");
    let protected = graph.deletion_protection() == Some(true);
    found.can(Verb::Delete, delete.after(Some(unlock).filter(|_| protected)))
}

fn memory(graph: &GraphSummary, billing: Billing) -> Charge {
    let sku = |usage| Sku::new("AmazonNeptune").with("usagetype", usage);
    if billing == Billing::Stopped {
        return Charge::metered("stopped m-NCU", sku("AnalyticsStoppedUsage"), Unit::Hour);
    }
    match graph.provisioned_memory() {
        Some(memory) => {
            Charge::hourly("m-NCU", sku("AnalyticsUsage"), memory * (1 + graph.replica_count().unwrap_or_default()))
        }
        None => Charge::metered("m-NCU", sku("AnalyticsUsage"), Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(status: &str, memory: Option<i32>) -> (Billing, String, usize) {
        let graph = GraphSummary::builder().id("g-1").name("study").arn("").status(status.into());
        let found = finding(&graph.set_provisioned_memory(memory).replica_count(1).build().unwrap());
        (found.billing, found.charges[0].what.clone(), found.can.len())
    }

    #[test]
    fn protection_is_taken_off_first() {
        let command = |on| {
            let graph = GraphSummary::builder().id("g-1").name("study").arn("").deletion_protection(on);
            finding(&graph.build().unwrap()).commands[&Verb::Delete].to_string().split(" && ").count()
        };
        assert_eq!([false, true].map(command), [1, 2]);
    }

    #[test]
    fn replicas_have_memory_of_their_own() {
        assert_eq!(told("AVAILABLE", Some(16)), (Billing::Running, "32 × m-NCU".to_owned(), 2));
        assert_eq!(told("DREAMING", None), (Billing::Running, "m-NCU".to_owned(), 2));
        assert_eq!(told("STOPPED", Some(16)), (Billing::Stopped, "stopped m-NCU".to_owned(), 1));
        assert_eq!(told("DELETING", Some(16)), (Billing::Ending, "32 × m-NCU".to_owned(), 1));
    }
}
