//! Keyspaces tables are charged for the capacity provisioned for them, used or not, and for what they store.

use futures::FutureExt;
use serde::Deserialize;

use super::keyspaces_charges::{Status, Table, capacity, recovery, storage, unknown};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Loss, Note, Scope, Verb, words};
use crate::resources::details::about_each;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "keyspaces-table",
    names: words("Keyspaces table (Cassandra)", "Keyspaces テーブル(Cassandra)"),
    bills: words(
        "per hour and unit of provisioned capacity, used or not, and per GB and month",
        "プロビジョンドキャパシティは使わなくても単位・時間ごと、ストレージは GB・月ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonMCS"],
    asks: &[&KEYSPACES, &TABLES, &TABLE],
    writes: &["cassandra:Alter", "cassandra:Drop"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

/// AWS's own keyspaces, which exist in every region and are free.
const SYSTEM: [&str; 4] = ["system", "system_schema", "system_schema_mcs", "system_multiregion_info"];

const KEYSPACES: Operation<Keyspace> = Operation::new("keyspaces:ListKeyspaces").at("keyspaces");
const TABLES: Operation<Summary> = Operation::new("keyspaces:ListTables").at("tables");
const TABLE: Operation<Table> = Operation::new("keyspaces:GetTable");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Keyspace {
    keyspace_name: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Summary {
    keyspace_name: String,
    table_name: String,
    resource_arn: Option<String>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let mut keyspaces = cx.ask(&KEYSPACES).all().await?;
    keyspaces.retain(|it| !SYSTEM.contains(&it.keyspace_name.as_str()));
    let ask = |keyspace: &Keyspace| {
        let tables = cx.ask(&TABLES).with("keyspaceName", keyspace.keyspace_name.as_str()).all();
        tables.map(|answer| found(answer, &["ResourceNotFoundException"]))
    };
    let (keyspaces, mut faults) = about_each(keyspaces, ask).await;
    let tables = keyspaces.into_iter().filter_map(|(_, tables)| tables.flatten()).flatten().collect();
    let ask = |table: &Summary| {
        let asked = cx.ask(&TABLE).with("keyspaceName", table.keyspace_name.as_str());
        let answer = asked.with("tableName", table.table_name.as_str()).one();
        answer.map(|answer| found(answer, &["ResourceNotFoundException"]))
    };
    let (tables, failed) = about_each(tables, ask).await;
    faults.extend(failed);
    let findings = tables.iter().filter_map(|(table, details)| match details {
        Some(details) => finding(table, details.as_ref()?),
        None => Some(named(table).charge(unknown()).charge(storage())),
    });
    Ok(Listing { findings: findings.collect(), faults, ..Listing::default() })
}

fn named(table: &Summary) -> Listed {
    let id = format!("{}.{}", table.keyspace_name, table.table_name);
    let found = Listed { arn: table.resource_arn.clone(), ..Listed::new(id) };
    found.loses(Loss::Data).can(Verb::Delete, command("delete-table", table))
}

fn command(verb: &str, table: &Summary) -> Command {
    let command = Command::aws(&format!("keyspaces {verb} --keyspace-name")).arg(&table.keyspace_name);
    command.words("--table-name").arg(&table.table_name)
}

/// `None` means it is deleted.
fn finding(table: &Summary, details: &Table) -> Option<Listed> {
    let capacity = capacity(details);
    let billing = match details.status {
        Some(Status::Deleted) => return None,
        Some(Status::Deleting) => Billing::Ending,
        _ if capacity.is_empty() => Billing::Stopped,
        _ => Billing::Running,
    };
    let mut found = Listed { billing, created_at: details.creation_timestamp, ..named(table) };
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
    use super::super::keyspaces_charges::Capacity;
    use super::*;

    fn found(status: &str, mode: &str) -> Option<Listed> {
        let table = Summary { keyspace_name: "study".into(), table_name: "orders".into(), ..Summary::default() };
        let capacity = Capacity { throughput_mode: Some(mode.into()), ..Capacity::default() };
        let (status, capacity_specification) = (Some(status.into()), Some(capacity));
        finding(&table, &Table { status, capacity_specification, ..Table::default() })
    }

    #[test]
    fn is_charged_until_it_is_gone() {
        let billing = |status| found(status, "PROVISIONED").map(|it| it.billing);
        let states = ["DELETED", "DELETING", "ACTIVE", "INACCESSIBLE_ENCRYPTION_CREDENTIALS", "NEW"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(states, [None, Some(Billing::Ending), running, running, running]);
    }

    #[test]
    fn provisioned_capacity_is_charged_and_on_demand_is_not() {
        let seen = |mode| found("ACTIVE", mode).map(|it| (it.billing, it.charges.len(), it.can)).unwrap();
        assert_eq!(seen("PROVISIONED"), (Billing::Running, 3, vec![Verb::Stop, Verb::Delete]));
        assert_eq!(seen("PAY_PER_REQUEST"), (Billing::Stopped, 1, vec![Verb::Delete]));
    }
}
