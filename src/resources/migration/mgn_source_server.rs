//! Source servers of Application Migration Service replicate for free for a while; from then on each of their hours bills.

use aws_sdk_mgn::Client;
use aws_sdk_mgn::types::{DataReplicationInfo, DataReplicationState, LifeCycle, SourceProperties, SourceServer};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::reading::said;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "mgn-source-server",
    names: words("Application Migration Service source server", "Application Migration Service ソースサーバー"),
    bills: words(
        "per hour of replication after a free period; the instances and volumes it replicates to bill from the start",
        "無料期間を過ぎたレプリケーションの 1 時間ごと。複製先のインスタンスとボリュームは最初から課金される",
    ),
    scope: Scope::Region,
    endpoint: "mgn",
    small: false,
    billed_as: &["AWSApplicationMigrationSvc"],
    reads: &["mgn:DescribeSourceServers"],
    writes: &["mgn:DisconnectFromService", "mgn:DeleteSourceServer"],
    list: |cx| list(cx).boxed(),
};

/// What a region answers in which nobody has set the service up.
const UNUSED: &[&str] = &["UninitializedAccountException"];

async fn list(cx: &Cx) -> Result<Listing> {
    let servers = Client::new(&cx.sdk).describe_source_servers().max_results(1000).into_paginator().items().send();
    let servers: Vec<SourceServer> = found(servers.try_collect().await, UNUSED)?.unwrap_or_default();
    Ok(servers.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it does not bill: AWS has taken down what replicated it.
fn finding(server: &SourceServer) -> Option<Listed> {
    let state = server.data_replication_info().and_then(DataReplicationInfo::data_replication_state);
    if state == Some(&DataReplicationState::Disconnected) {
        return None;
    }
    let id = server.source_server_id().unwrap_or_default();
    let tags = server.tags().into_iter().flatten();
    let began = server.life_cycle().and_then(LifeCycle::added_to_service_date_time);
    let found = Listed {
        arn: server.arn().map(str::to_owned),
        created_at: began.and_then(|at| at.parse().ok()),
        tags: tags.map(|(key, value)| (key.clone(), value.clone())).collect(),
        ..Listed::new(id)
    };
    let hints = server.source_properties().and_then(SourceProperties::identification_hints);
    let name = hints.and_then(|it| said([it.hostname(), it.fqdn()]));
    let sku = Sku::new("AWSApplicationMigrationSvc").with("productFamily", "Application Migration");
    let found = found.named(name.map(str::to_owned)).charge(Charge::hourly("source server", sku, 1).at_most());
    let step = |verb: &str| Command::aws(&format!("mgn {verb} --source-server-id")).arg(id);
    let end = step("disconnect-from-service").then(step("delete-source-server"));
    Some(found.note(Note::new("migration-allowance")).can(Verb::Delete, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_disconnected_one_is_free() {
        let reported = |state: &str| {
            let it = DataReplicationInfo::builder().data_replication_state(state.into()).build();
            finding(&SourceServer::builder().data_replication_info(it).build()).is_some()
        };
        let states = ["DISCONNECTED", "STOPPED", "CONTINUOUS", "DREAMING"].map(reported);
        assert_eq!(states, [false, true, true, true]);
        assert!(finding(&SourceServer::builder().build()).is_some());
    }

    #[test]
    fn it_may_still_be_free() {
        let found = finding(&SourceServer::builder().build()).unwrap();
        assert_eq!(found.charges[0].what, "≤ source server");
    }
}
