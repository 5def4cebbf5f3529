//! Timestream for `LiveAnalytics` is charged for the data of its tables, first in memory, then on disk.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::aws::fault::switched_on;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "timestream-table",
    names: words("Timestream table (LiveAnalytics)", "Timestream テーブル(LiveAnalytics)"),
    bills: words(
        "per GB and hour kept in memory, then per GB and month; plus writes and queries",
        "メモリストアは GB・時間ごと、その後は GB・月ごと。加えて書き込みとクエリ",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonTimestream"],
    asks: &[&TABLES, &CELLS],
    writes: &["timestream:DeleteTable"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const TABLES: Operation<Table> = Operation::new("timestream-write:ListTables").at("Tables");
const CELLS: Operation<Cell> = Operation::new("timestream-write:DescribeEndpoints").at("Endpoints");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Table {
    arn: Option<String>,
    table_name: Option<String>,
    database_name: Option<String>,
    table_status: Option<Status>,
    creation_time: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Cell {
    address: String,
}

values! { enum Status { Deleting = "DELETING" } }

/// The service closed to new customers in June 2025. An account that had no tables then gets an answer like that of a missing
/// permission, though no policy could grant it.
const CLOSED: [(&str, &str); 1] = [("AccessDeniedException", ": Only existing Timestream for LiveAnalytics customers")];

/// Tables are listed by the account's cell of the service only.
async fn list(cx: &Cx) -> Result<Listing> {
    let cells = cx.ask(&CELLS).all().await;
    let Some(cells) = switched_on(cells, &CLOSED)? else { return Ok(Listing::default()) };
    let asked = cx.ask(&TABLES);
    let asked = match cells.first() {
        Some(cell) => asked.at_host(&cell.address),
        None => asked,
    };
    Ok(asked.all().await?.iter().map(finding).collect::<Vec<_>>().into())
}

fn finding(table: &Table) -> Listed {
    let billing = match table.table_status {
        Some(Status::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let (database, name) = (table.database_name.as_deref(), table.table_name.as_deref());
    let (database, name) = (database.unwrap_or_default(), name.unwrap_or_default());
    let sku = |item: &str, unit: &str| Sku::new("AmazonTimestream").with("item", item).with("unit", unit);
    let delete =
        Command::aws("timestream-write delete-table --database-name").arg(database).words("--table-name").arg(name);
    let (arn, created_at) = (table.arn.clone(), table.creation_time);
    Listed { arn, billing, created_at, ..Listed::new(format!("{database}.{name}")) }
        .charge(Charge::metered("memory store", sku("memory_store", "gb-hour"), Unit::Hour))
        .charge(Charge::metered("magnetic store", sku("magnetic_store", "gb-month"), Unit::GbMonth))
        .note(Note::new("usage-extra"))
        .loses(Loss::Data)
        .can(Verb::Delete, delete)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::model::Text;

    #[test]
    fn is_charged_in_every_state() {
        let table = |status: &str| Table { table_status: Some(status.into()), ..Table::default() };
        let billing = |status| finding(&table(status)).billing;
        let states = ["DELETING", "ACTIVE", "RESTORING", "NEW"].map(billing);
        assert_eq!(states, [Billing::Ending, Billing::Running, Billing::Running, Billing::Running]);
    }

    #[test]
    fn a_missing_permission_is_no_closed_service() {
        let closed = "Only existing Timestream for LiveAnalytics customers can access the service. Reach out to …";
        let denied = "User: arn:aws:iam::1:user/x is not authorized to perform: timestream:DescribeEndpoints";
        let is_closed = |code: &str, message: Option<&str>| {
            let said = message.map_or_else(|| code.to_owned(), |message| format!("{code}: {message}"));
            let error = Error::failed(Text::new("error-aws")).detail(said);
            switched_on::<()>(Err(Error { code: Some(code.to_owned()), ..error }), &CLOSED).is_ok()
        };
        assert!(is_closed("AccessDeniedException", Some(closed)));
        assert!(!is_closed("AccessDeniedException", Some(denied)));
        assert!(!is_closed("ValidationException", Some(closed)));
        assert!(!is_closed("AccessDeniedException", None));
    }
}
