//! `DynamoDB` tables bill for the capacity provisioned for them, used or not, and for what they store.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::describe_table::{DescribeTableError, DescribeTableOutput};
use aws_sdk_dynamodb::types::{ContinuousBackupsDescription, TableDescription, TableStatus};
use futures::{FutureExt, StreamExt, stream};

use super::dynamodb_charges::{capacity, is_on_demand, recovery, storage};
use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "dynamodb-table",
    names: words("DynamoDB table", "DynamoDB テーブル"),
    bills: words(
        "per hour and unit of provisioned capacity, used or not, and per GB and month, each beyond a free allowance",
        "プロビジョンドキャパシティは使わなくても単位・時間ごと、ストレージは GB・月ごと。いずれも無料枠を超えた分",
    ),
    scope: Scope::Region,
    endpoint: "dynamodb",
    small: false,
    billed_as: &["AmazonDynamoDB"],
    reads: &["dynamodb:ListTables", "dynamodb:DescribeTable", "dynamodb:DescribeContinuousBackups"],
    writes: &["dynamodb:UpdateTable", "dynamodb:DeleteTable"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let names: Vec<String> = client.list_tables().limit(100).into_paginator().items().send().try_collect().await?;
    let ask = |name: String| about(&client, name);
    let mut answers = stream::iter(names.into_iter().map(ask)).buffer_unordered(8);
    let mut listing = Listing::default();
    while let Some((name, answer, backups)) = answers.next().await {
        let backups = backups.transpose().unwrap_or_else(|error| {
            listing.faults.push(error);
            None
        });
        match answer {
            Ok(answer) => {
                let found = answer.table().and_then(|table| finding(&name, table, backups.as_ref()));
                listing.findings.extend(found);
            }
            // Gone since it was listed.
            Err(error) if is_gone(error.as_service_error()) => {}
            Err(error) => {
                listing.findings.push(named(&name).charge(unknown()));
                listing.faults.push(error.into());
            }
        }
    }
    Ok(listing)
}

type Told = Result<DescribeTableOutput, SdkError<DescribeTableError>>;

/// The table and, if it holds anything, how its backups are kept.
async fn about(client: &Client, name: String) -> (String, Told, Option<Result<ContinuousBackupsDescription>>) {
    let told = client.describe_table().table_name(&name).send().await;
    let holds = told.as_ref().is_ok_and(|it| it.table().is_some_and(|table| storage(table).is_some()));
    if !holds {
        return (name, told, None);
    }
    let backups = client.describe_continuous_backups().table_name(&name).send().await;
    let backups = backups.map(|it| it.continuous_backups_description).map_err(Error::from).transpose();
    (name, told, backups)
}

fn is_gone(error: Option<&DescribeTableError>) -> bool {
    error.is_some_and(DescribeTableError::is_resource_not_found_exception)
}

fn named(name: &str) -> Listed {
    Listed::new(name).can(Verb::Delete, Command::aws("dynamodb delete-table --table-name").arg(name))
}

fn unknown() -> Charge {
    Charge::metered("storage", Sku::new("AmazonDynamoDB").with("usagetype", "TimedStorage-ByteHrs"), Unit::GbMonth)
}

/// `None` means it is empty and paid for by use. An unknown status is reported, not hidden.
fn finding(name: &str, table: &TableDescription, backups: Option<&ContinuousBackupsDescription>) -> Option<Listed> {
    let mut charges = capacity(table);
    let provisioned = !charges.is_empty();
    charges.extend(storage(table));
    charges.extend(backups.and_then(|it| recovery(table, it)));
    if charges.is_empty() {
        return None;
    }
    let mut found = Listed {
        arn: table.table_arn().map(str::to_owned),
        billing: match table.table_status() {
            Some(TableStatus::Deleting) => Billing::Ending,
            _ if provisioned => Billing::Running,
            _ => Billing::Stopped,
        },
        created_at: time(table.creation_date_time()),
        charges,
        ..named(name)
    };
    let update = |words: &str| Command::aws("dynamodb update-table --table-name").arg(name).words(words);
    if table.deletion_protection_enabled() == Some(true) {
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
    use aws_sdk_dynamodb::types::{BillingMode, BillingModeSummary, builders::TableDescriptionBuilder};

    use super::*;

    fn on_demand(bytes: i64) -> TableDescriptionBuilder {
        let mode = BillingModeSummary::builder().billing_mode(BillingMode::PayPerRequest).build();
        TableDescription::builder().billing_mode_summary(mode).table_size_bytes(bytes)
    }

    #[test]
    fn provisioned_capacity_bills_until_it_is_paid_for_by_use() {
        let found = finding("study", &TableDescription::builder().table_size_bytes(0).build(), None).unwrap();
        assert_eq!((found.billing, found.can), (Billing::Running, vec![Verb::Stop, Verb::Delete]));
        let found = finding("study", &on_demand(1 << 30).build(), None).unwrap();
        assert_eq!((found.billing, found.can), (Billing::Stopped, vec![Verb::Delete]));
        assert_eq!(finding("study", &on_demand(0).build(), None), None);
    }

    #[test]
    fn protection_is_taken_off_first() {
        let command = |on| {
            let table = on_demand(1).deletion_protection_enabled(on).build();
            finding("t", &table, None).unwrap().commands[&Verb::Delete].to_string().split(" && ").count()
        };
        assert_eq!([false, true].map(command), [1, 3]);
    }

    #[test]
    fn an_unknown_state_is_reported() {
        let billing =
            |state: &str| finding("t", &on_demand(1).table_status(state.into()).build(), None).unwrap().billing;
        assert_eq!(billing("DELETING"), Billing::Ending);
        assert_eq!(billing("DREAMING"), Billing::Stopped);
    }
}
