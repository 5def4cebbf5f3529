//! Transfer Family servers are charged for every hour of each enabled protocol, stopped or not.

use std::collections::BTreeMap;

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::reading::{name_tag, tag_list};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "transfer-server",
    names: words("Transfer Family server", "Transfer Family サーバー"),
    bills: words(
        "per hour and protocol while it exists, stopped or not, and per GB that it transfers",
        "存在する間は停止中でもプロトコルごとに 1 時間ごと、加えて転送した GB ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSTransfer"],
    asks: &[&SERVERS, &SERVER],
    writes: &["transfer:DeleteServer"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const SERVERS: Operation<Server> = Operation::new("transfer:ListServers").at("Servers");
const SERVER: Operation<Detail> = Operation::new("transfer:DescribeServer").at("Server");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Server {
    server_id: String,
    arn: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Detail {
    protocols: Vec<String>,
    #[serde(deserialize_with = "tag_list")]
    tags: BTreeMap<String, String>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let servers = cx.ask(&SERVERS).all().await?;
    let ask = |it: &Server| cx.ask(&SERVER).with("ServerId", it.server_id.as_str()).one();
    Ok(detailed(servers, ask, |it, detail| Some(finding(it, detail))).await)
}

/// No state is free.
fn finding(server: &Server, detail: Option<&Detail>) -> Listed {
    let id = &server.server_id;
    let tags = detail.map(|it| it.tags.clone()).unwrap_or_default();
    let found = Listed { arn: Some(server.arn.clone()), name: name_tag(&tags), tags, ..Listed::new(id) };
    let found = found.charge(charge(detail)).note(Note::new("stop-saves-nothing")).note(Note::new("usage-extra"));
    found.can(Verb::Delete, Command::aws("transfer delete-server --server-id").arg(id))
}

fn charge(detail: Option<&Detail>) -> Charge {
    let sku = Sku::new("AWSTransfer").with("item", "protocol_enabled").with("unit", "hour");
    match detail.map_or(0, |it| it.protocols.len()) {
        0 => Charge::metered("protocol", sku, Unit::Hour),
        protocols => Charge::hourly("protocol", sku, protocols),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_protocol_is_charged_and_stopping_saves_nothing() {
        let server = json!({ "Arn": "arn:s", "ServerId": "s-1", "State": "OFFLINE" });
        let detail = Detail { protocols: vec!["SFTP".into(), "FTPS".into()], ..Detail::default() };
        let found = finding(&serde_json::from_value(server).unwrap(), Some(&detail));
        assert_eq!((found.charges[0].what.as_str(), found.can), ("2 × protocol", vec![Verb::Delete]));
    }

    #[test]
    fn without_its_details_it_is_still_there() {
        let server = Server { arn: "arn:s".into(), ..Server::default() };
        assert_eq!(finding(&server, None).charges[0].quantity, None);
    }
}
