//! Lightsail databases bill for every hour until they are deleted, running or stopped, by their plan.

use aws_sdk_lightsail::Client;
use aws_sdk_lightsail::types::RelationalDatabase;
use futures::{FutureExt, TryFutureExt};

use super::lightsail_reading::{lightsail_tags, pages, plan, unlisted};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "lightsail-database",
    names: words("Lightsail database", "Lightsail データベース"),
    bills: words(
        "per hour up to the monthly price of its plan, running or stopped, until it is deleted",
        "プランの月額を上限に 1 時間ごと。停止中も、削除するまで課金",
    ),
    scope: Scope::Region,
    endpoint: "lightsail",
    small: false,
    billed_as: &["AmazonLightsail"],
    reads: &["lightsail:GetRelationalDatabases"],
    writes: &["lightsail:DeleteRelationalDatabase"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let ask = |token| client.get_relational_databases().set_page_token(token).send();
    let databases = pages(|token| ask(token).map_ok(|page| (page.relational_databases, page.next_page_token))).await?;
    Ok(databases.iter().map(finding).collect::<Vec<_>>().into())
}

fn finding(database: &RelationalDatabase) -> Listed {
    let name = database.name().unwrap_or_default();
    let deleting = database.state().is_some_and(|state| state.eq_ignore_ascii_case("deleting"));
    let what = database.relational_database_bundle_id().unwrap_or("Lightsail database");
    let found = Listed {
        arn: database.arn().map(str::to_owned),
        billing: if deleting { Billing::Ending } else { Billing::Running },
        created_at: time(database.created_at()),
        bills_since_creation: true,
        tags: lightsail_tags(database.tags()),
        charges: vec![Charge::hourly(what, sku(database), 1)],
        notes: vec![Note::new("stop-saves-nothing")],
        ..Listed::new(name)
    };
    let delete = Command::aws("lightsail delete-relational-database --relational-database-name").arg(name);
    found.can(Verb::Delete, delete.words("--final-relational-database-snapshot-name").arg(format!("{name}-final")))
}

/// Only the plans of the first generation are known to be those of the price list.
fn sku(database: &RelationalDatabase) -> Sku {
    let id = database.relational_database_bundle_id();
    let described = || {
        let (hardware, size) = (database.hardware()?, id?.strip_suffix("_1_0")?);
        let (size, standing) = size.strip_suffix("_ha").map_or((size, "Standard"), |size| (size, "High"));
        let (cores, memory) = (hardware.cpu_count()?, hardware.ram_size_in_gb()?);
        let (disk, traffic) = (hardware.disk_size_in_gb()?, if size == "large" { 2 } else { 1 });
        let plan_of = format!(
            "Database {standing} Availability {disk}GB Storage {cores} vCPU {memory}GB Memory 0 {traffic}TB Quota"
        );
        ["micro", "small", "medium", "large"].contains(&size).then(|| plan("database", plan_of))
    };
    described().unwrap_or_else(|| unlisted("database", id))
}

#[cfg(test)]
mod tests {
    use aws_sdk_lightsail::types::RelationalDatabaseHardware;

    use super::*;

    fn database(bundle: &str, cores: i32, memory: f32, disk: i32) -> RelationalDatabase {
        let hardware = RelationalDatabaseHardware::builder().cpu_count(cores).ram_size_in_gb(memory);
        let hardware = hardware.disk_size_in_gb(disk).build();
        RelationalDatabase::builder().name("shop").relational_database_bundle_id(bundle).hardware(hardware).build()
    }

    #[test]
    fn a_plan_that_is_known_has_a_price() {
        let key = |database: RelationalDatabase| sku(&database).attributes["bundle"].clone();
        let large = "Database High Availability 240GB Storage 2 vCPU 8GB Memory 0 2TB Quota";
        assert_eq!(key(database("large_ha_1_0", 2, 8.0, 240)), large);
        let micro = "Database Standard Availability 40GB Storage 1 vCPU 1GB Memory 0 1TB Quota";
        assert_eq!(key(database("micro_1_0", 1, 1.0, 40)), micro);
        assert_eq!(key(database("micro_2_0", 2, 1.0, 40)), "micro_2_0");
    }

    #[test]
    fn every_state_bills() {
        let state = |state: &str| finding(&RelationalDatabase::builder().state(state).build()).billing;
        let states = ["available", "stopped", "dreaming", "deleting"].map(state);
        assert_eq!(states, [Billing::Running, Billing::Running, Billing::Running, Billing::Ending]);
    }
}
