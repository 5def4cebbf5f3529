//! `DynamoDB` tables are charged for the capacity provisioned for them, used or not, and for what they store.

use futures::FutureExt;

use super::dynamodb_charges::{Backups, Status, Table, capacity, is_on_demand, recovery, storage};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::details;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "dynamodb-table",
    names: words("DynamoDB table", "DynamoDB テーブル"),
    bills: words(
        "per hour and unit of provisioned capacity, used or not, and per GB and month, each beyond a free allowance",
        "プロビジョンドキャパシティは使わなくても単位・時間ごと、ストレージは GB・月ごと。いずれも無料利用枠を超えた分",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonDynamoDB"],
    asks: &[&NAMES, &TABLE, &BACKUPS],
    writes: &["dynamodb:UpdateTable", "dynamodb:DeleteTable"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const NAMES: Operation<String> = Operation::new("dynamodb:ListTables").at("TableNames");
const TABLE: Operation<Table> = Operation::new("dynamodb:DescribeTable").at("Table");
const BACKUPS: Operation<Backups> =
    Operation::new("dynamodb:DescribeContinuousBackups").at("ContinuousBackupsDescription");

async fn list(cx: &Cx) -> Result<Listing> {
    let names = cx.ask(&NAMES).all().await?;
    let mut listing = Listing::default();
    for (name, (table, backups)) in details(names, |name: &String| about(cx, name.clone())).await {
        let backups = backups.unwrap_or_else(|error| {
            listing.faults.push(error);
            None
        });
        match table {
            Ok(Some(table)) => listing.findings.extend(finding(&name, &table, backups.as_ref())),
            // Deleted since it was listed.
            Ok(None) => {}
            Err(error) => {
                listing.findings.push(named(&name).charge(unknown()));
                listing.faults.push(error);
            }
        }
    }
    Ok(listing)
}

/// The table and, unless it is empty, its continuous backups.
async fn about(cx: &Cx, name: String) -> (Result<Option<Table>>, Result<Option<Backups>>) {
    let table = cx.ask(&TABLE).with("TableName", name.as_str()).one().await;
    let table = found(table, &["ResourceNotFoundException"]);
    let holds = matches!(&table, Ok(Some(table)) if storage(table).is_some());
    if !holds {
        return (table, Ok(None));
    }
    let backups = cx.ask(&BACKUPS).with("TableName", name).one().await;
    (table, backups.map(Some))
}

fn named(name: &str) -> Listed {
    Listed::new(name).loses(Loss::Data).can(Verb::Delete, Command::aws("dynamodb delete-table --table-name").arg(name))
}

fn unknown() -> Charge {
    Charge::metered("storage", Sku::new("AmazonDynamoDB").with("usagetype", "TimedStorage-ByteHrs"), Unit::GbMonth)
}

/// `None` means it is empty and charged on demand. An unknown status is reported, not hidden.
fn finding(name: &str, table: &Table, backups: Option<&Backups>) -> Option<Listed> {
    let mut charges = capacity(table);
    let provisioned = !charges.is_empty();
    charges.extend(storage(table));
    charges.extend(backups.and_then(|it| recovery(table, it)));
    if charges.is_empty() {
        return None;
    }
    let mut found = Listed {
        arn: table.table_arn.clone(),
        billing: match table.table_status {
            Some(Status::Deleting) => Billing::Ending,
            _ if provisioned => Billing::Running,
            _ => Billing::Stopped,
        },
        created_at: table.creation_date_time,
        charges,
        ..named(name)
    };
    let update = |words: &str| Command::aws("dynamodb update-table --table-name").arg(name).words(words);
    if table.deletion_protection_enabled {
        let wait = Command::aws("dynamodb wait table-exists --table-name").arg(name);
        found = found.first(Verb::Delete, update("--no-deletion-protection-enabled").then(wait));
    }
    if is_on_demand(table) {
        return Some(found.note(Note::new("usage-extra")));
    }
    found.can.insert(0, Verb::Stop);
    found.commands.insert(Verb::Stop, update("--billing-mode PAY_PER_REQUEST"));
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::super::dynamodb_charges::{Mode, ModeSummary};
    use super::*;

    fn sized(bytes: u64) -> Table {
        Table { table_size_bytes: Some(bytes.into()), ..Table::default() }
    }

    fn on_demand(bytes: u64) -> Table {
        let billing_mode_summary = ModeSummary { billing_mode: Some(Mode::PayPerRequest) };
        Table { billing_mode_summary, ..sized(bytes) }
    }

    #[test]
    fn provisioned_capacity_is_charged_and_on_demand_is_not() {
        let found = finding("study", &sized(0), None).unwrap();
        assert_eq!((found.billing, found.can), (Billing::Running, vec![Verb::Stop, Verb::Delete]));
        let found = finding("study", &on_demand(1 << 30), None).unwrap();
        assert_eq!((found.billing, found.can), (Billing::Stopped, vec![Verb::Delete]));
        assert_eq!(finding("study", &on_demand(0), None), None);
    }

    #[test]
    fn protection_is_removed_first() {
        let command = |on| {
            let table = Table { deletion_protection_enabled: on, ..on_demand(1) };
            finding("t", &table, None).unwrap().commands[&Verb::Delete].to_string().split(" && ").count()
        };
        assert_eq!([false, true].map(command), [1, 3]);
    }

    #[test]
    fn an_unknown_state_is_reported() {
        let table = |state: &str| Table { table_status: Some(state.into()), ..on_demand(1) };
        let billing = |state| finding("t", &table(state), None).unwrap().billing;
        assert_eq!(billing("DELETING"), Billing::Ending);
        assert_eq!(billing("FUTURE"), Billing::Stopped);
    }
}
