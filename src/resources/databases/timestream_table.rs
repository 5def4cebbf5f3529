//! Timestream for `LiveAnalytics` bills for what its tables keep, first in memory, then on disks.

use aws_sdk_timestreamwrite::Client;
use aws_sdk_timestreamwrite::config::Builder;
use aws_sdk_timestreamwrite::error::ProvideErrorMetadata;
use aws_sdk_timestreamwrite::operation::list_tables::ListTablesOutput;
use aws_sdk_timestreamwrite::types::{Table, TableStatus};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "timestream-table",
    names: words("Timestream table (LiveAnalytics)", "Timestream テーブル (LiveAnalytics)"),
    bills: words(
        "per GB and hour kept in memory, then per GB and month; plus writes and queries",
        "メモリストアは GB・時間ごと、その後は GB・月ごと。加えて書き込みとクエリ",
    ),
    scope: Scope::Region,
    endpoint: "ingest.timestream",
    small: false,
    billed_as: &["AmazonTimestream"],
    reads: &["timestream:ListTables", "timestream:DescribeEndpoints"],
    writes: &["timestream:DeleteTable"],
    list: |cx| list(cx).boxed(),
};

/// The service tells at which of its cells an account is. An endpoint of the user's own is the only one to ask.
async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let told = match client.describe_endpoints().send().await {
        Err(error) if is_closed(error.code(), error.message()) => return Ok(Listing::default()),
        answer => answer?,
    };
    let client = match told.endpoints().first() {
        Some(cell) if cx.sdk.endpoint_url().is_none() => {
            Client::from_conf(Builder::from(&cx.sdk).endpoint_url(format!("https://{}", cell.address())).build())
        }
        _ => client,
    };
    let pages = client.list_tables().max_results(20).into_paginator().send();
    let pages: Vec<ListTablesOutput> = pages.try_collect().await?;
    Ok(pages.iter().flat_map(ListTablesOutput::tables).map(finding).collect::<Vec<_>>().into())
}

/// What an account is told that had no tables in June 2025, when the service closed to new customers: said like a missing
/// permission, though no policy could grant it.
fn is_closed(code: Option<&str>, message: Option<&str>) -> bool {
    code == Some("AccessDeniedException")
        && message.is_some_and(|it| it.starts_with("Only existing Timestream for LiveAnalytics customers"))
}

fn finding(table: &Table) -> Listed {
    let billing = match table.table_status() {
        Some(TableStatus::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let (database, name) = (table.database_name().unwrap_or_default(), table.table_name().unwrap_or_default());
    let sku = |item: &str, unit: &str| Sku::new("AmazonTimestream").with("item", item).with("unit", unit);
    let delete =
        Command::aws("timestream-write delete-table --database-name").arg(database).words("--table-name").arg(name);
    let (arn, created_at) = (table.arn.clone(), time(table.creation_time()));
    Listed { arn, billing, created_at, ..Listed::new(format!("{database}.{name}")) }
        .charge(Charge::metered("memory store", sku("memory_store", "gb-hour"), Unit::Hour))
        .charge(Charge::metered("magnetic store", sku("magnetic_store", "gb-month"), Unit::GbMonth))
        .note(Note::new("usage-extra"))
        .can(Verb::Delete, delete)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bills_in_every_state() {
        let billing = |status: &str| finding(&Table::builder().table_status(status.into()).build()).billing;
        let states = ["DELETING", "ACTIVE", "RESTORING", "NEW"].map(billing);
        assert_eq!(states, [Billing::Ending, Billing::Running, Billing::Running, Billing::Running]);
    }

    #[test]
    fn a_missing_permission_is_no_closed_service() {
        let closed = "Only existing Timestream for LiveAnalytics customers can access the service. Reach out to …";
        let denied = "User: arn:aws:iam::1:user/x is not authorized to perform: timestream:DescribeEndpoints";
        let seen = |code, message| is_closed(Some(code), Some(message));
        assert!(seen("AccessDeniedException", closed));
        assert!(!seen("AccessDeniedException", denied) && !seen("ValidationException", closed));
        assert!(!is_closed(Some("AccessDeniedException"), None));
    }
}
