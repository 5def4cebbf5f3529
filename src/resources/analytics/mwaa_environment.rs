//! MWAA (Apache Airflow) environments are charged for every hour they exist, for additional workers and for their database.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Sku, Takes, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "mwaa-environment",
    names: words("MWAA environment (Airflow)", "MWAA 環境(Airflow)"),
    bills: words(
        "per hour while it exists, by its class, for further workers per hour, and per GB and month of its database",
        "存在する間はクラスに応じて 1 時間ごと、追加のワーカーも 1 時間ごと、加えてデータベースの GB・月ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonMWAA"],
    asks: &[&ENVIRONMENTS, &ENVIRONMENT],
    writes: &["airflow:DeleteEnvironment"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const ENVIRONMENTS: Operation<String> = Operation::new("mwaa:ListEnvironments").at("Environments");
const ENVIRONMENT: Operation<Environment> = Operation::new("mwaa:GetEnvironment").at("Environment");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Environment {
    arn: Option<String>,
    status: Option<Status>,
    environment_class: Option<String>,
    created_at: Option<Timestamp>,
    tags: BTreeMap<String, String>,
}

values! { enum Status { Deleting = "DELETING", Deleted = "DELETED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let names = cx.ask(&ENVIRONMENTS).all().await?;
    let ask = |name: &String| cx.ask(&ENVIRONMENT).with("Name", name.as_str()).one();
    let unknown = Environment::default();
    Ok(detailed(names, ask, |name, environment| finding(name, environment.unwrap_or(&unknown))).await)
}

fn finding(name: &str, environment: &Environment) -> Option<Listed> {
    let billing = match environment.status {
        Some(Status::Deleted) => return None,
        Some(Status::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let found = Listed {
        arn: environment.arn.clone(),
        billing,
        created_at: environment.created_at,
        tags: environment.tags.clone(),
        charges: charges(environment.environment_class.as_deref()),
        notes: vec![Note::new("delete-only")],
        ..Listed::new(name)
    };
    Some(
        found
            .loses(Loss::Data)
            .deleted_in(Takes::UpToAnHour)
            .can(Verb::Delete, Command::aws("mwaa delete-environment --name").arg(name)),
    )
}

/// Additional workers and schedulers are metered: AWS does not list how many run.
fn charges(class: Option<&str>) -> Vec<Charge> {
    let item = |item: &str, unit| Sku::new("AmazonMWAA").with("item", item).with("unit", unit);
    let database = Charge::metered("metadata database", item("metadata_db", "gb-month"), Unit::GbMonth);
    let Some(class) = class else {
        return vec![Charge::metered("MWAA environment", Sku::new("AmazonMWAA"), Unit::Hour), database];
    };
    let size = class.trim_start_matches("mw1.");
    vec![
        Charge::hourly(class, item(&format!("environment_{size}"), "hour"), 1),
        Charge::metered(&format!("{class} worker"), item(&format!("worker_{size}"), "hour"), Unit::Hour),
        Charge::metered(&format!("{class} scheduler"), item(&format!("scheduler_{size}"), "hour"), Unit::Hour),
        database,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_class_has_a_price() {
        let keys: Vec<String> = charges(Some("mw1.small")).iter().map(|it| it.sku.to_string()).collect();
        let expected = [
            "AmazonMWAA item=environment_small unit=hour",
            "AmazonMWAA item=worker_small unit=hour",
            "AmazonMWAA item=scheduler_small unit=hour",
            "AmazonMWAA item=metadata_db unit=gb-month",
        ];
        assert_eq!(keys, expected);
        assert_eq!(charges(None)[0].quantity, None);
    }

    #[test]
    fn it_is_charged_until_it_is_gone() {
        let billing = |status: &str| {
            let environment = Environment { status: Some(status.into()), ..Environment::default() };
            finding("etl", &environment).map(|it| it.billing)
        };
        let states = ["AVAILABLE", "CREATE_FAILED", "FUTURE", "DELETING", "DELETED"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(states, [running, running, running, Some(Billing::Ending), None]);
    }
}
