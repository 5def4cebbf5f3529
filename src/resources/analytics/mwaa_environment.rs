//! MWAA (Apache Airflow) environments bill for every hour they exist, for their further workers and for their database.

use aws_sdk_mwaa::Client;
use aws_sdk_mwaa::config::Builder;
use aws_sdk_mwaa::types::{Environment, EnvironmentStatus};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::plain_host::plain_host;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::{tag_map, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "mwaa-environment",
    names: words("MWAA environment (Airflow)", "MWAA 環境 (Airflow)"),
    bills: words(
        "per hour while it exists, by its class, for further workers per hour, and per GB and month of its database",
        "存在する間はクラスに応じて 1 時間ごと、追加のワーカーも 1 時間ごと、加えてデータベースの GB・月ごと",
    ),
    scope: Scope::Region,
    endpoint: "airflow",
    small: false,
    billed_as: &["AmazonMWAA"],
    reads: &["airflow:ListEnvironments", "airflow:GetEnvironment"],
    writes: &["airflow:DeleteEnvironment"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let settings = Builder::from(&cx.sdk).interceptor(plain_host(&cx.sdk)).build();
    let client = Client::from_conf(settings);
    let names = client.list_environments().max_results(25).into_paginator().items().send();
    let (environments, faults) =
        about_each(names.try_collect().await?, |name: &String| client.get_environment().name(name).send()).await;
    let empty = Environment::builder().build();
    let findings = environments
        .iter()
        .filter_map(|(name, answer)| finding(name, answer.as_ref().and_then(|it| it.environment()).unwrap_or(&empty)));
    Ok(Listing { findings: findings.collect(), faults, ..Listing::default() })
}

fn finding(name: &str, environment: &Environment) -> Option<Listed> {
    let billing = match environment.status() {
        Some(EnvironmentStatus::Deleted) => return None,
        Some(EnvironmentStatus::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let found = Listed {
        arn: environment.arn().map(str::to_owned),
        billing,
        created_at: time(environment.created_at()),
        tags: tag_map(environment.tags()),
        charges: charges(environment.environment_class()),
        notes: vec![Note::new("delete-only")],
        ..Listed::new(name)
    };
    Some(found.can(Verb::Delete, Command::aws("mwaa delete-environment --name").arg(name)))
}

/// How many workers and schedulers run above those that the environment includes, only AWS's meter knows.
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
    fn it_bills_until_it_is_gone() {
        let billing =
            |status: &str| finding("etl", &Environment::builder().status(status.into()).build()).map(|it| it.billing);
        let states = ["AVAILABLE", "CREATE_FAILED", "DREAMING", "DELETING", "DELETED"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(states, [running, running, running, Some(Billing::Ending), None]);
    }
}
