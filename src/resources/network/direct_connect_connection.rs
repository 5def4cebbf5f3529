//! Direct Connect connections bill for every hour of their port, used or not, once they are there or 90 days are over.

use aws_sdk_directconnect::Client;
use aws_sdk_directconnect::types::{Connection, ConnectionState as State};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::paging::pages;
use crate::resources::reading::tags;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "direct-connect-connection",
    names: words("Direct Connect connection", "Direct Connect 接続"),
    bills: words(
        "per hour of its port, used or not, and per GB that leaves AWS",
        "使わなくてもポートの 1 時間ごと、加えて AWS から出る GB ごと",
    ),
    scope: Scope::Region,
    endpoint: "directconnect",
    small: false,
    billed_as: &["AWSDirectConnect"],
    reads: &["directconnect:DescribeConnections"],
    writes: &["directconnect:DeleteConnection"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let page = |token| {
        let answer = client.describe_connections().max_results(100).set_next_token(token).send();
        async move { Ok(answer.await.map(|answer| (answer.connections.unwrap_or_default(), answer.next_token))?) }
    };
    let connections: Vec<Connection> = pages(page).await?;
    Ok(connections.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it does not bill. An unknown state is reported, not hidden.
fn finding(connection: &Connection) -> Option<Listed> {
    // One that was only ordered waits for the user to accept it; one that is being built bills after 90 days.
    let (billing, certain) = match connection.connection_state() {
        Some(State::Ordering | State::Deleted | State::Rejected) => return None,
        Some(State::Deleting) => (Billing::Ending, true),
        Some(State::Requested | State::Pending) => (Billing::Running, false),
        _ => (Billing::Running, true),
    };
    let id = connection.connection_id().unwrap_or_default();
    let notes =
        vec![Note::new("delete-only"), Note::with("parts-first", "virtual interfaces"), Note::new("usage-extra")];
    let tags = tags(connection.tags().iter().map(|tag| (Some(tag.key()), tag.value())));
    let found = Listed { billing, tags, notes, ..Listed::new(id) };
    let charge = if certain { charge(connection) } else { charge(connection).at_most() };
    let delete = Command::aws("directconnect delete-connection --connection-id").arg(id);
    Some(found.named(connection.connection_name().map(str::to_owned)).charge(charge).can(Verb::Delete, delete))
}

/// A port of a partner's has other prices than one of AWS's.
fn charge(connection: &Connection) -> Charge {
    let speed = connection.bandwidth().unwrap_or_default();
    let hosted = connection.vlan() != 0 || connection.partner_name().is_some_and(|name| !name.is_empty());
    let sku = Sku::new("AWSDirectConnect");
    let sku = match (speed, hosted) {
        ("1Gbps", false) => sku.with("item", "port_1g").with("unit", "hour"),
        (speed, hosted) => {
            let kind = if hosted { "hosted" } else { "dedicated" };
            sku.with("portSpeed", speed).with("connectionType", kind)
        }
    };
    Charge::hourly(format!("{speed} port").trim_start(), sku, 1)
}

#[cfg(test)]
mod tests {
    use aws_sdk_directconnect::types::builders::ConnectionBuilder;

    use super::*;
    use crate::model::Measure;

    #[test]
    fn bills_once_it_may() {
        let seen = |state: &str| {
            let found = finding(&Connection::builder().connection_state(state.into()).build());
            found.map(|found| (found.billing, found.charges[0].measure))
        };
        assert_eq!(["ordering", "rejected", "deleted"].map(seen), [None; 3]);
        assert_eq!(["requested", "pending"].map(seen), [Some((Billing::Running, Measure::AtMost)); 2]);
        let certain = ["available", "down", "unknown", "dreaming"];
        assert_eq!(certain.map(seen), [Some((Billing::Running, Measure::Exact)); 4]);
        assert!(finding(&Connection::builder().build()).is_some());
    }

    #[test]
    fn only_a_port_of_aws_itself_has_its_price() {
        let key = |it: ConnectionBuilder| charge(&it.bandwidth("1Gbps").build()).sku.to_string();
        assert_eq!(key(Connection::builder()), "AWSDirectConnect item=port_1g unit=hour");
        let hosted = "AWSDirectConnect connectionType=hosted portSpeed=1Gbps";
        assert_eq!(key(Connection::builder().vlan(101)), hosted);
        assert_eq!(key(Connection::builder().partner_name("Acme")), hosted);
    }
}
