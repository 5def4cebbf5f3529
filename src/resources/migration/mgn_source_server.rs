//! Source servers of Application Migration Service replicate for free for a while, and are then charged by the hour.

use std::collections::BTreeMap;

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Verb, words};
use crate::resources::reading::{first_non_empty, parse_timestamp};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "mgn-source-server",
    names: words("Application Migration Service source server", "Application Migration Service ソースサーバー"),
    bills: words(
        "per hour of replication after a free period; the instances and volumes it replicates to are charged from the start",
        "無料期間を過ぎたレプリケーションの 1 時間ごと。複製先のインスタンスとボリュームには最初から課金",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSApplicationMigrationSvc"],
    asks: &[&SERVERS],
    writes: &["mgn:DisconnectFromService", "mgn:DeleteSourceServer"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

/// The answer of a region in which the service was never set up.
const UNUSED: &[&str] = &["UninitializedAccountException"];

const SERVERS: Operation<Server> = Operation::new("mgn:DescribeSourceServers").at("items");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Server {
    #[serde(rename = "sourceServerID")]
    source_server_id: String,
    arn: Option<String>,
    data_replication_info: Replication,
    life_cycle: LifeCycle,
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
struct LifeCycle {
    added_to_service_date_time: Option<String>,
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

values! { enum State { Disconnected = "DISCONNECTED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let servers = found(cx.ask(&SERVERS).all().await, UNUSED)?.unwrap_or_default();
    Ok(servers.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is free: AWS has removed its replication resources.
fn finding(server: &Server) -> Option<Listed> {
    if server.data_replication_info.data_replication_state == Some(State::Disconnected) {
        return None;
    }
    let id = &server.source_server_id;
    let found = Listed {
        arn: server.arn.clone(),
        created_at: parse_timestamp(server.life_cycle.added_to_service_date_time.as_deref()),
        tags: server.tags.clone(),
        ..Listed::new(id)
    };
    let hints = &server.source_properties.identification_hints;
    let name = first_non_empty([hints.hostname.as_deref(), hints.fqdn.as_deref()]);
    let sku = Sku::new("AWSApplicationMigrationSvc").with("productFamily", "Application Migration");
    let found = found.named(name.map(str::to_owned)).charge(Charge::hourly("source server", sku, 1).at_most());
    let step = |verb: &str| Command::aws(&format!("mgn {verb} --source-server-id")).arg(id);
    let end = step("disconnect-from-service").then(step("delete-source-server"));
    Some(found.note(Note::new("migration-allowance")).loses(Loss::Data).can(Verb::Delete, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_disconnected_one_is_free() {
        let reported = |state: &str| {
            let data_replication_info = Replication { data_replication_state: Some(state.into()) };
            finding(&Server { data_replication_info, ..Server::default() }).is_some()
        };
        let states = ["DISCONNECTED", "STOPPED", "CONTINUOUS", "FUTURE"].map(reported);
        assert_eq!(states, [false, true, true, true]);
        assert!(finding(&Server::default()).is_some());
    }

    #[test]
    fn it_may_still_be_free() {
        let found = finding(&Server::default()).unwrap();
        assert_eq!(found.charges[0].what, "≤ source server");
    }
}
