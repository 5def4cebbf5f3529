//! Mainframe Modernization environments are charged for every hour of their instances, with or without applications.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::reading::{first_non_empty, sku};
use crate::resources::{Listing, Resource};

const SERVICE: &str = "AWSM2";

pub(super) static RESOURCE: Resource = Resource {
    id: "mainframe-environment",
    names: words("Mainframe Modernization environment", "Mainframe Modernization 環境"),
    bills: words(
        "per hour and instance while it exists, used or not",
        "存在する間は使わなくてもインスタンスごとに 1 時間ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&ENVIRONMENTS, &ENVIRONMENT],
    writes: &["m2:DeleteEnvironment"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const ENVIRONMENTS: Operation<Environment> = Operation::new("m2:ListEnvironments").at("environments");
const ENVIRONMENT: Operation<Detail> = Operation::new("m2:GetEnvironment");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Environment {
    name: String,
    environment_arn: String,
    environment_id: String,
    instance_type: Option<String>,
    status: Option<Status>,
    engine_type: Option<String>,
    creation_time: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Detail {
    actual_capacity: Option<Decimal>,
    high_availability_config: Option<HighAvailability>,
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct HighAvailability {
    desired_capacity: Decimal,
}

values! { enum Status { Creating = "Creating", Deleting = "Deleting", Failed = "Failed" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let environments = cx.ask(&ENVIRONMENTS).all().await?;
    let ask = |it: &Environment| cx.ask(&ENVIRONMENT).with("environmentId", it.environment_id.as_str()).one();
    Ok(detailed(environments, ask, |it, detail| Some(finding(it, detail))).await)
}

fn finding(environment: &Environment, detail: Option<&Detail>) -> Listed {
    let (billing, certain) = match environment.status {
        Some(Status::Deleting) => (Billing::Ending, true),
        Some(Status::Creating | Status::Failed) => (Billing::Running, false),
        _ => (Billing::Running, true),
    };
    let class = first_non_empty([environment.instance_type.as_deref()]);
    let sku = sku(SERVICE, [("instanceType", class), ("engine", environment.engine_type.as_deref())]);
    let name = class.unwrap_or("instance");
    let charge = match detail.and_then(instances) {
        Some(instances) => Charge::hourly(name, sku, instances),
        None => Charge::metered(name, sku, Unit::Hour),
    };
    let (id, arn) = (&environment.environment_id, Some(environment.environment_arn.clone()));
    let (created_at, tags) = (environment.creation_time, detail.map(|it| it.tags.clone()).unwrap_or_default());
    Listed { arn, billing, created_at, tags, ..Listed::new(id) }
        .named(Some(environment.name.clone()))
        .charge(if certain { charge } else { charge.at_most() })
        .note(Note::with("delete-first", "applications"))
        .can(Verb::Delete, Command::aws("m2 delete-environment --environment-id").arg(id))
}

/// The running instances; if there are none yet, the requested ones.
fn instances(environment: &Detail) -> Option<Decimal> {
    let wanted = environment.high_availability_config.as_ref().map(|it| it.desired_capacity);
    environment.actual_capacity.filter(|count| *count > Decimal::ZERO).or(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(status: &str) -> Environment {
        let instance_type = Some("M2.m5.large".into());
        Environment { status: Some(status.into()), instance_type, ..Environment::default() }
    }

    fn detail(running: Option<i64>, wanted: Option<i64>) -> Detail {
        Detail {
            actual_capacity: running.map(Into::into),
            high_availability_config: wanted.map(|it| HighAvailability { desired_capacity: it.into() }),
            ..Detail::default()
        }
    }

    #[test]
    fn it_is_charged_in_every_state() {
        let seen = |status: &str| {
            let found = finding(&environment(status), Some(&detail(Some(2), None)));
            (found.billing, found.charges[0].what.clone())
        };
        let (all, most) = ("2 × M2.m5.large".to_owned(), "≤ 2 × M2.m5.large".to_owned());
        assert_eq!(["Available", "UnHealthy", "Future"].map(seen), [0; 3].map(|_| (Billing::Running, all.clone())));
        assert_eq!(["Creating", "Failed"].map(seen), [0; 2].map(|_| (Billing::Running, most.clone())));
        assert_eq!(seen("Deleting"), (Billing::Ending, all));
    }

    #[test]
    fn each_instance_is_charged() {
        let count = |running, wanted| instances(&detail(running, wanted));
        assert_eq!(count(Some(1), Some(2)), Some(Decimal::ONE));
        assert_eq!(count(Some(0), Some(2)), Some(Decimal::TWO));
        assert_eq!(count(None, None), None);
        assert_eq!(finding(&environment("Available"), None).charges[0].quantity, None);
    }
}
