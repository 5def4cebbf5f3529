//! Source servers of Elastic Disaster Recovery are charged for every hour in which they replicate.

use std::collections::BTreeMap;

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Verb, words};
use crate::resources::reading::first_non_empty;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "drs-source-server",
    names: words("Elastic Disaster Recovery source server", "Elastic Disaster Recovery ソースサーバー"),
    bills: words(
        "per hour while it replicates; the instances and volumes it replicates to are charged, too",
        "レプリケーション中は 1 時間ごと。複製先のインスタンスとボリュームにも課金",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSElasticDisasterRecovery"],
    asks: &[&SERVERS],
    writes: &["drs:StopReplication", "drs:DisconnectSourceServer", "drs:DeleteSourceServer"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

/// The answer of a region in which the service was never set up.
const UNUSED: &[&str] = &["UninitializedAccountException"];

const SERVERS: Operation<Server> = Operation::new("drs:DescribeSourceServers").at("items");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Server {
    #[serde(rename = "sourceServerID")]
    source_server_id: String,
    arn: Option<String>,
    data_replication_info: Replication,
    source_properties: Properties,
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Replication {
    data_replication_state: Option<State>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Properties {
    identification_hints: Hints,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Hints {
    hostname: Option<String>,
    fqdn: Option<String>,
}

values! { enum State { Stopped = "STOPPED", Disconnected = "DISCONNECTED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let servers = found(cx.ask(&SERVERS).with("maxResults", 200).all().await, UNUSED)?.unwrap_or_default();
    Ok(servers.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is free: AWS says that stopping the replication ends the charges.
fn finding(server: &Server) -> Option<Listed> {
    if let Some(State::Stopped | State::Disconnected) = server.data_replication_info.data_replication_state {
        return None;
    }
    let id = &server.source_server_id;
    let found = Listed { arn: server.arn.clone(), tags: server.tags.clone(), ..Listed::new(id) };
    let hints = &server.source_properties.identification_hints;
    let name = first_non_empty([hints.hostname.as_deref(), hints.fqdn.as_deref()]);
    let sku = Sku::new("AWSElasticDisasterRecovery").with("productFamily", "Disaster Recovery");
    let found = found.named(name.map(str::to_owned)).charge(Charge::hourly("source server", sku, 1));
    let step = |verb: &str| Command::aws(&format!("drs {verb} --source-server-id")).arg(id);
    let end = step("disconnect-source-server").then(step("delete-source-server"));
    let found = found.note(Note::new("stop-loses-backups"));
    Some(found.can(Verb::Stop, step("stop-replication")).loses(Loss::Backups).can(Verb::Delete, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_replicating_server_is_charged() {
        let reported = |state: &str| {
            let data_replication_info = Replication { data_replication_state: Some(state.into()) };
            finding(&Server { data_replication_info, ..Server::default() }).is_some()
        };
        let states = ["STOPPED", "DISCONNECTED", "CONTINUOUS", "PAUSED", "STALLED", "FUTURE"].map(reported);
        assert_eq!(states, [false, false, true, true, true, true]);
        assert!(finding(&Server::default()).is_some());
    }
}
