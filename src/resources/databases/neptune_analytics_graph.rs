//! Graphs of Neptune Analytics are charged for the provisioned memory of graph and replicas, and for a part of it when stopped.

use futures::FutureExt;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "neptune-analytics-graph",
    names: words("Neptune Analytics graph", "Neptune Analytics グラフ"),
    bills: words(
        "per unit of memory (m-NCU) and hour, replicas included; a part of it even when stopped",
        "レプリカを含めメモリ単位(m-NCU)・時間ごと。停止中も一部は課金",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonNeptune"],
    asks: &[&GRAPHS],
    writes: &["neptune-graph:StopGraph", "neptune-graph:UpdateGraph", "neptune-graph:DeleteGraph"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const GRAPHS: Operation<Graph> = Operation::new("neptune-graph:ListGraphs").at("graphs");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Graph {
    id: String,
    name: String,
    arn: String,
    status: Option<Status>,
    provisioned_memory: Option<Decimal>,
    replica_count: Decimal,
    deletion_protection: bool,
}

values! { enum Status { Stopped = "STOPPED", Deleting = "DELETING" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let graphs = cx.ask(&GRAPHS).all().await?;
    Ok(graphs.iter().map(finding).collect::<Vec<_>>().into())
}

/// An unknown status is reported, not hidden.
fn finding(graph: &Graph) -> Listed {
    let billing = match graph.status {
        Some(Status::Stopped) => Billing::Stopped,
        Some(Status::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = &graph.id;
    let arn = Some(graph.arn.clone()).filter(|arn| !arn.is_empty());
    let found = Listed { arn, billing, ..Listed::new(id) }.named(Some(graph.name.clone()));
    let mut found = found.charge(memory(graph, billing));
    if billing == Billing::Running {
        found = found.can(Verb::Stop, Command::aws("neptune-graph stop-graph --graph-identifier").arg(id));
    }
    let delete = Command::aws("neptune-graph delete-graph --graph-identifier").arg(id).words("--no-skip-snapshot");
    let unlock =
        Command::aws("neptune-graph update-graph --graph-identifier").arg(id).words("--no-deletion-protection");
    found.loses(Loss::Backups).can(Verb::Delete, delete.after(Some(unlock).filter(|_| graph.deletion_protection)))
}

fn memory(graph: &Graph, billing: Billing) -> Charge {
    let sku = |usage: &str| Sku::new("AmazonNeptune").with("usagetype", usage);
    if billing == Billing::Stopped {
        return Charge::metered("stopped m-NCU", sku("AnalyticsStoppedUsage"), Unit::Hour);
    }
    // The price list has an entry for each size: `MemoryOptimizedGraphUsage:16-m-NCU`.
    let copies = graph.replica_count.checked_add(Decimal::ONE);
    match graph.provisioned_memory.zip(copies) {
        Some((memory, copies)) => {
            let usage = format!("MemoryOptimizedGraphUsage:{}-m-NCU", memory.normalize());
            Charge::hourly(&format!("{} m-NCU", memory.normalize()), sku(&usage), copies)
        }
        None => Charge::metered("m-NCU", sku("MemoryOptimizedGraphUsage"), Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(status: &str) -> Graph {
        Graph { id: "g-1".into(), name: "study".into(), status: Some(status.into()), ..Graph::default() }
    }

    fn listed(status: &str, memory: Option<u32>) -> (Billing, String, usize) {
        let provisioned_memory = memory.map(Into::into);
        let found = finding(&Graph { provisioned_memory, replica_count: Decimal::ONE, ..graph(status) });
        (found.billing, found.charges[0].what.clone(), found.can.len())
    }

    #[test]
    fn protection_is_removed_first() {
        let command = |deletion_protection| {
            let found = finding(&Graph { deletion_protection, ..graph("AVAILABLE") });
            found.commands[&Verb::Delete].to_string().split(" && ").count()
        };
        assert_eq!([false, true].map(command), [1, 2]);
    }

    #[test]
    fn replicas_have_memory_of_their_own() {
        assert_eq!(listed("AVAILABLE", Some(16)), (Billing::Running, "2 × 16 m-NCU".to_owned(), 2));
        assert_eq!(listed("FUTURE", None), (Billing::Running, "m-NCU".to_owned(), 2));
        assert_eq!(listed("STOPPED", Some(16)), (Billing::Stopped, "stopped m-NCU".to_owned(), 1));
        assert_eq!(listed("DELETING", Some(16)), (Billing::Ending, "2 × 16 m-NCU".to_owned(), 1));
    }
}
