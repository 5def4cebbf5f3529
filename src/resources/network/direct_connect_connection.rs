//! Direct Connect connections are charged for every port-hour, used or not, once they are available or after 90 days.

use std::collections::BTreeMap;

use futures::FutureExt;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::reading::lowercase_tag_list;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "direct-connect-connection",
    names: words("Direct Connect connection", "Direct Connect 接続"),
    bills: words(
        "per hour of its port, used or not, and per GB that leaves AWS",
        "使わなくてもポートの 1 時間ごと、加えて AWS から出る GB ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSDirectConnect"],
    asks: &[&CONNECTIONS],
    writes: &["directconnect:DeleteConnection"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const CONNECTIONS: Operation<Connection> = Operation::new("directconnect:DescribeConnections").at("connections");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Connection {
    connection_id: Option<String>,
    connection_name: Option<String>,
    connection_state: Option<State>,
    bandwidth: Option<String>,
    vlan: Decimal,
    partner_name: Option<String>,
    #[serde(deserialize_with = "lowercase_tag_list")]
    tags: BTreeMap<String, String>,
}

values! {
    enum State {
        Ordering = "ordering",
        Requested = "requested",
        Pending = "pending",
        Deleting = "deleting",
        Deleted = "deleted",
        Rejected = "rejected",
    }
}

async fn list(cx: &Cx) -> Result<Listing> {
    let connections = cx.ask(&CONNECTIONS).with("maxResults", 100).all().await?;
    Ok(connections.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is not charged. An unknown state is reported, not hidden.
fn finding(connection: &Connection) -> Option<Listed> {
    // An ordered connection waits for the user's acceptance; a pending one is charged after 90 days.
    let (billing, certain) = match connection.connection_state {
        Some(State::Ordering | State::Deleted | State::Rejected) => return None,
        Some(State::Deleting) => (Billing::Ending, true),
        Some(State::Requested | State::Pending) => (Billing::Running, false),
        _ => (Billing::Running, true),
    };
    let id = connection.connection_id.as_deref().unwrap_or_default();
    let notes =
        vec![Note::new("delete-only"), Note::with("parts-first", "virtual interfaces"), Note::new("usage-extra")];
    let found = Listed { billing, tags: connection.tags.clone(), notes, ..Listed::new(id) };
    let charge = if certain { charge(connection) } else { charge(connection).at_most() };
    let delete = Command::aws("directconnect delete-connection --connection-id").arg(id);
    Some(found.named(connection.connection_name.clone()).charge(charge).can(Verb::Delete, delete))
}

/// Ports of partners and of AWS have different prices.
fn charge(connection: &Connection) -> Charge {
    let speed = connection.bandwidth.as_deref().unwrap_or_default();
    let hosted = !connection.vlan.is_zero() || connection.partner_name.as_ref().is_some_and(|name| !name.is_empty());
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
    use super::*;
    use crate::model::Measure;

    #[test]
    fn is_charged_once_it_is_available() {
        let seen = |state: &str| {
            let found = finding(&Connection { connection_state: Some(state.into()), ..Connection::default() });
            found.map(|found| (found.billing, found.charges[0].measure))
        };
        assert_eq!(["ordering", "rejected", "deleted"].map(seen), [None; 3]);
        assert_eq!(["requested", "pending"].map(seen), [Some((Billing::Running, Measure::AtMost)); 2]);
        let certain = ["available", "down", "unknown", "future"];
        assert_eq!(certain.map(seen), [Some((Billing::Running, Measure::Exact)); 4]);
        assert!(finding(&Connection::default()).is_some());
    }

    #[test]
    fn only_a_port_of_aws_itself_has_its_price() {
        let key = |it| charge(&Connection { bandwidth: Some("1Gbps".into()), ..it }).sku.to_string();
        assert_eq!(key(Connection::default()), "AWSDirectConnect item=port_1g unit=hour");
        let hosted = "AWSDirectConnect connectionType=hosted portSpeed=1Gbps";
        assert_eq!(key(Connection { vlan: 101.into(), ..Connection::default() }), hosted);
        assert_eq!(key(Connection { partner_name: Some("Acme".into()), ..Connection::default() }), hosted);
    }
}
