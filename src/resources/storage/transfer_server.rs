//! Transfer Family servers bill for every hour of each protocol they speak, stopped or not.

use aws_sdk_transfer::Client;
use aws_sdk_transfer::types::{DescribedServer, ListedServer};
use futures::{FutureExt, StreamExt, stream};

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::{name_tag, tags};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "transfer-server",
    names: words("Transfer Family server", "Transfer Family サーバー"),
    bills: words(
        "per hour and protocol while it exists, stopped or not, and per GB that it transfers",
        "存在する間は停止中でもプロトコルごとに 1 時間ごと、加えて転送した GB ごと",
    ),
    scope: Scope::Region,
    endpoint: "transfer",
    small: false,
    billed_as: &["AWSTransfer"],
    reads: &["transfer:ListServers", "transfer:DescribeServer"],
    writes: &["transfer:DeleteServer"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let servers = client.list_servers().max_results(1000).into_paginator().items().send();
    let servers: Vec<ListedServer> = servers.try_collect().await?;
    let ask = |server: ListedServer| {
        let answer = client.describe_server().server_id(server.server_id().unwrap_or_default()).send();
        answer.map(|answer| (server, answer))
    };
    let mut answers = stream::iter(servers.into_iter().map(ask)).buffer_unordered(8);
    let mut listing = Listing::default();
    while let Some((server, answer)) = answers.next().await {
        let (details, fault) = match answer {
            Ok(answer) => (answer.server, None),
            Err(error) => (None, Some(error.into())),
        };
        listing.findings.push(finding(&server, details.as_ref()));
        listing.faults.extend(fault);
    }
    Ok(listing)
}

/// No state makes one free.
fn finding(server: &ListedServer, details: Option<&DescribedServer>) -> Listed {
    let id = server.server_id().unwrap_or_default();
    let tags =
        tags(details.into_iter().flat_map(DescribedServer::tags).map(|tag| (Some(tag.key()), Some(tag.value()))));
    let found = Listed { arn: Some(server.arn().to_owned()), name: name_tag(&tags), tags, ..Listed::new(id) };
    let found = found.charge(charge(details)).note(Note::new("stop-saves-nothing")).note(Note::new("usage-extra"));
    found.can(Verb::Delete, Command::aws("transfer delete-server --server-id").arg(id))
}

fn charge(details: Option<&DescribedServer>) -> Charge {
    let sku = Sku::new("AWSTransfer").with("item", "protocol_enabled").with("unit", "hour");
    match details.map_or(0, |it| it.protocols().len()) {
        0 => Charge::metered("protocol", sku, Unit::Hour),
        protocols => Charge::hourly("protocol", sku, protocols),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_transfer::types::{Protocol, State};

    use super::*;

    #[test]
    fn each_protocol_bills_and_stopping_saves_nothing() {
        let server = ListedServer::builder().arn("arn:s").server_id("s-1").state(State::Offline).build().unwrap();
        let details = DescribedServer::builder().arn("arn:s").protocols(Protocol::Sftp).protocols(Protocol::Ftps);
        let found = finding(&server, Some(&details.build().unwrap()));
        assert_eq!((found.charges[0].what.as_str(), found.can), ("2 × protocol", vec![Verb::Delete]));
    }

    #[test]
    fn without_its_details_it_is_still_there() {
        let server = ListedServer::builder().arn("arn:s").build().unwrap();
        assert_eq!(finding(&server, None).charges[0].quantity, None);
    }
}
