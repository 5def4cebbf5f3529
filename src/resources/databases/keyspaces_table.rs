//! Keyspaces tables bill for the capacity provisioned for them, used or not, and for what they store.

use aws_sdk_keyspaces::Client;
use aws_sdk_keyspaces::operation::get_table::GetTableOutput;
use aws_sdk_keyspaces::types::{KeyspaceSummary, TableStatus, TableSummary};
use futures::FutureExt;

use super::keyspaces_charges::{capacity, recovery, storage, unknown};
use crate::aws::Cx;
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Note, Scope, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "keyspaces-table",
    names: words("Keyspaces table (Cassandra)", "Keyspaces テーブル (Cassandra)"),
    bills: words(
        "per hour and unit of provisioned capacity, used or not, and per GB and month",
        "プロビジョンドキャパシティは使わなくても単位・時間ごと、ストレージは GB・月ごと",
    ),
    scope: Scope::Region,
    endpoint: "cassandra",
    small: false,
    billed_as: &["AmazonMCS"],
    reads: &["cassandra:Select"],
    writes: &["cassandra:Alter", "cassandra:Drop"],
    list: |cx| list(cx).boxed(),
};

/// AWS's own, which are in every region and free.
const SYSTEM: [&str; 4] = ["system", "system_schema", "system_schema_mcs", "system_multiregion_info"];

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let keyspaces = client.list_keyspaces().max_results(1000).into_paginator().items().send();
    let mut keyspaces: Vec<KeyspaceSummary> = keyspaces.try_collect().await?;
    keyspaces.retain(|it| !SYSTEM.contains(&it.keyspace_name()));
    let ask = |keyspace: &KeyspaceSummary| {
        let tables = client.list_tables().keyspace_name(keyspace.keyspace_name()).max_results(1000);
        let tables = tables.into_paginator().items().send().try_collect();
        tables.map(|answer| found(answer, &["ResourceNotFoundException"]))
    };
    let (keyspaces, mut faults) = about_each(keyspaces, ask).await;
    let tables = keyspaces.into_iter().filter_map(|(_, tables)| tables.flatten()).flatten().collect();
    let ask = |table: &TableSummary| {
        let asked = client.get_table().keyspace_name(table.keyspace_name()).table_name(table.table_name());
        asked.send().map(|answer| found(answer, &["ResourceNotFoundException"]))
    };
    let (tables, failed) = about_each(tables, ask).await;
    faults.extend(failed);
    let findings = tables.iter().filter_map(|(table, details)| match details {
        Some(details) => finding(table, details.as_ref()?),
        None => Some(named(table).charge(unknown()).charge(storage())),
    });
    Ok(Listing { findings: findings.collect(), faults, ..Listing::default() })
}

fn named(table: &TableSummary) -> Listed {
    let id = format!("{}.{}", table.keyspace_name(), table.table_name());
    let found = Listed { arn: Some(table.resource_arn().to_owned()), ..Listed::new(id) };
    found.can(Verb::Delete, command("delete-table", table))
}

fn command(verb: &str, table: &TableSummary) -> Command {
    let command = Command::aws(&format!("keyspaces {verb} --keyspace-name")).arg(table.keyspace_name());
    command.words("--table-name").arg(table.table_name())
}

/// `None` means it is gone.
fn finding(table: &TableSummary, details: &GetTableOutput) -> Option<Listed> {
    let capacity = capacity(details);
    let billing = match details.status() {
        Some(TableStatus::Deleted) => return None,
        Some(TableStatus::Deleting) => Billing::Ending,
        _ if capacity.is_empty() => Billing::Stopped,
        _ => Billing::Running,
    };
    let mut found = Listed { billing, created_at: time(details.creation_timestamp()), ..named(table) };
    if capacity.is_empty() {
        found = found.note(Note::new("usage-extra"));
    } else {
        let stop = command("update-table", table).words("--capacity-specification throughputMode=PAY_PER_REQUEST");
        found.can.insert(0, Verb::Stop);
        found.commands.insert(Verb::Stop, stop);
    }
    found.charges = capacity;
    found.charges.push(storage());
    found.charges.extend(recovery(details));
    Some(found)
}

#[cfg(test)]
mod tests {
    use aws_sdk_keyspaces::types::CapacitySpecificationSummary;

    use super::*;

    fn found(status: &str, mode: &str) -> Option<Listed> {
        let table = TableSummary::builder().keyspace_name("study").table_name("orders").resource_arn("arn:x");
        let capacity = CapacitySpecificationSummary::builder().throughput_mode(mode.into()).build().unwrap();
        let details = GetTableOutput::builder().keyspace_name("study").table_name("orders").resource_arn("arn:x");
        let details = details.status(status.into()).capacity_specification(capacity).build().unwrap();
        finding(&table.build().unwrap(), &details)
    }

    #[test]
    fn bills_until_it_is_gone() {
        let billing = |status| found(status, "PROVISIONED").map(|it| it.billing);
        let states = ["DELETED", "DELETING", "ACTIVE", "INACCESSIBLE_ENCRYPTION_CREDENTIALS", "NEW"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(states, [None, Some(Billing::Ending), running, running, running]);
    }

    #[test]
    fn provisioned_capacity_bills_until_it_is_paid_for_by_use() {
        let seen = |mode| found("ACTIVE", mode).map(|it| (it.billing, it.charges.len(), it.can)).unwrap();
        assert_eq!(seen("PROVISIONED"), (Billing::Running, 3, vec![Verb::Stop, Verb::Delete]));
        assert_eq!(seen("PAY_PER_REQUEST"), (Billing::Stopped, 1, vec![Verb::Delete]));
    }
}
