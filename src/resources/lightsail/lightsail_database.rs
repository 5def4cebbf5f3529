//! Lightsail databases are charged for every hour until they are deleted, running or stopped, by their plan.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::lightsail_plan::{plan, unlisted};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Sku, Verb, words};
use crate::resources::reading::lowercase_tag_list;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "lightsail-database",
    names: words("Lightsail database", "Lightsail データベース"),
    bills: words(
        "per hour up to the monthly price of its plan, running or stopped, until it is deleted",
        "プランの月額を上限に 1 時間ごと。停止中も、削除するまで課金",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonLightsail"],
    asks: &[&DATABASES],
    writes: &["lightsail:DeleteRelationalDatabase"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const DATABASES: Operation<Database> = Operation::new("lightsail:GetRelationalDatabases").at("relationalDatabases");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Database {
    name: String,
    arn: Option<String>,
    relational_database_bundle_id: Option<String>,
    hardware: Hardware,
    state: String,
    created_at: Option<Timestamp>,
    #[serde(deserialize_with = "lowercase_tag_list")]
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Hardware {
    cpu_count: Option<Decimal>,
    ram_size_in_gb: Option<Decimal>,
    disk_size_in_gb: Option<Decimal>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let databases = cx.ask(&DATABASES).all().await?;
    Ok(databases.iter().map(finding).collect::<Vec<_>>().into())
}

fn finding(database: &Database) -> Listed {
    let name = &database.name;
    let deleting = database.state.eq_ignore_ascii_case("deleting");
    let what = database.relational_database_bundle_id.as_deref().unwrap_or("Lightsail database");
    let found = Listed {
        arn: database.arn.clone(),
        billing: if deleting { Billing::Ending } else { Billing::Running },
        created_at: database.created_at,
        bills_since_creation: true,
        tags: database.tags.clone(),
        charges: vec![Charge::hourly(what, sku(database), 1)],
        notes: vec![Note::new("stop-saves-nothing")],
        ..Listed::new(name)
    };
    let delete = Command::aws("lightsail delete-relational-database --relational-database-name").arg(name);
    found
        .loses(Loss::Backups)
        .can(Verb::Delete, delete.words("--final-relational-database-snapshot-name").arg(format!("{name}-final")))
}

/// Only plans of the first generation are known to be those of the price list.
fn sku(database: &Database) -> Sku {
    let id = database.relational_database_bundle_id.as_deref();
    let described = || {
        let (hardware, size) = (&database.hardware, id?.strip_suffix("_1_0")?);
        let (size, standing) = size.strip_suffix("_ha").map_or((size, "Standard"), |size| (size, "High"));
        let (cores, memory, disk) = (hardware.cpu_count?, hardware.ram_size_in_gb?, hardware.disk_size_in_gb?);
        let traffic = if size == "large" { 2 } else { 1 };
        let plan_of = format!(
            "Database {standing} Availability {disk}GB Storage {cores} vCPU {memory}GB Memory 0 {traffic}TB Quota"
        );
        ["micro", "small", "medium", "large"].contains(&size).then(|| plan("database", plan_of))
    };
    described().unwrap_or_else(|| unlisted("database", id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn database(bundle: &str, cores: i32, memory: i32, disk: i32) -> Database {
        let number = |it: i32| Some(it.into());
        let hardware =
            Hardware { cpu_count: number(cores), ram_size_in_gb: number(memory), disk_size_in_gb: number(disk) };
        Database { relational_database_bundle_id: Some(bundle.into()), hardware, ..Database::default() }
    }

    #[test]
    fn a_plan_that_is_known_has_a_price() {
        let key = |database: Database| sku(&database).attributes["bundle"].clone();
        let large = "Database High Availability 240GB Storage 2 vCPU 8GB Memory 0 2TB Quota";
        assert_eq!(key(database("large_ha_1_0", 2, 8, 240)), large);
        let micro = "Database Standard Availability 40GB Storage 1 vCPU 1GB Memory 0 1TB Quota";
        assert_eq!(key(database("micro_1_0", 1, 1, 40)), micro);
        assert_eq!(key(database("micro_2_0", 2, 1, 40)), "micro_2_0");
    }

    #[test]
    fn every_state_is_charged() {
        let state = |state: &str| finding(&Database { state: state.into(), ..Database::default() }).billing;
        let states = ["available", "stopped", "future", "deleting"].map(state);
        assert_eq!(states, [Billing::Running, Billing::Running, Billing::Running, Billing::Ending]);
    }
}
