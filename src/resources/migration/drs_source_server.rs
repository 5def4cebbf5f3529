//! Source servers of Elastic Disaster Recovery bill for every hour in which they replicate.

use aws_sdk_drs::Client;
use aws_sdk_drs::types::{DataReplicationInfo, DataReplicationState, SourceProperties, SourceServer};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::reading::said;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "drs-source-server",
    names: words("Elastic Disaster Recovery source server", "Elastic Disaster Recovery ソースサーバー"),
    bills: words(
        "per hour while it replicates; the instances and volumes it replicates to bill too",
        "レプリケーション中は 1 時間ごと。複製先のインスタンスとボリュームも課金される",
    ),
    scope: Scope::Region,
    endpoint: "drs",
    small: false,
    billed_as: &["AWSElasticDisasterRecovery"],
    reads: &["drs:DescribeSourceServers"],
    writes: &["drs:StopReplication", "drs:DisconnectSourceServer", "drs:DeleteSourceServer"],
    list: |cx| list(cx).boxed(),
};

/// What a region answers in which nobody has set the service up.
const UNUSED: &[&str] = &["UninitializedAccountException"];

async fn list(cx: &Cx) -> Result<Listing> {
    let servers = Client::new(&cx.sdk).describe_source_servers().max_results(200).into_paginator().items().send();
    let servers: Vec<SourceServer> = found(servers.try_collect().await, UNUSED)?.unwrap_or_default();
    Ok(servers.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it does not bill: AWS says that stopping the replication ends the billing.
fn finding(server: &SourceServer) -> Option<Listed> {
    let state = server.data_replication_info().and_then(DataReplicationInfo::data_replication_state);
    if matches!(state, Some(DataReplicationState::Stopped | DataReplicationState::Disconnected)) {
        return None;
    }
    let id = server.source_server_id().unwrap_or_default();
    let tags = server.tags().into_iter().flatten();
    let found = Listed {
        arn: server.arn().map(str::to_owned),
        tags: tags.map(|(key, value)| (key.clone(), value.clone())).collect(),
        ..Listed::new(id)
    };
    let hints = server.source_properties().and_then(SourceProperties::identification_hints);
    let name = hints.and_then(|it| said([it.hostname(), it.fqdn()]));
    let sku = Sku::new("AWSElasticDisasterRecovery").with("productFamily", "Disaster Recovery");
    let found = found.named(name.map(str::to_owned)).charge(Charge::hourly("source server", sku, 1));
    let step = |verb: &str| Command::aws(&format!("drs {verb} --source-server-id")).arg(id);
    let end = step("disconnect-source-server").then(step("delete-source-server"));
    let found = found.note(Note::new("stop-loses-backups"));
    Some(found.can(Verb::Stop, step("stop-replication")).can(Verb::Delete, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_replicates_bills() {
        let reported = |state: &str| {
            let it = DataReplicationInfo::builder().data_replication_state(state.into()).build();
            finding(&SourceServer::builder().data_replication_info(it).build()).is_some()
        };
        let states = ["STOPPED", "DISCONNECTED", "CONTINUOUS", "PAUSED", "STALLED", "DREAMING"].map(reported);
        assert_eq!(states, [false, false, true, true, true, true]);
        assert!(finding(&SourceServer::builder().build()).is_some());
    }
}
