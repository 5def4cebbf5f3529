//! Mainframe Modernization environments bill for every hour of their instances, whether an application runs in them or not.

use aws_sdk_m2::Client;
use aws_sdk_m2::operation::get_environment::GetEnvironmentOutput;
use aws_sdk_m2::types::{EnvironmentLifecycle, EnvironmentSummary, HighAvailabilityConfig};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::reading::{said, sku, tag_map, time};
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
    endpoint: "m2",
    small: false,
    billed_as: &[SERVICE],
    reads: &["m2:ListEnvironments", "m2:GetEnvironment"],
    writes: &["m2:DeleteEnvironment"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let environments = client.list_environments().max_results(2000).into_paginator().items().send();
    let environments: Vec<EnvironmentSummary> = environments.try_collect().await?;
    let ask = |it: &EnvironmentSummary| client.get_environment().environment_id(it.environment_id()).send();
    Ok(detailed(environments, ask, |it, detail| Some(finding(it, detail))).await)
}

fn finding(environment: &EnvironmentSummary, detail: Option<&GetEnvironmentOutput>) -> Listed {
    let (billing, certain) = match environment.status() {
        EnvironmentLifecycle::Deleting => (Billing::Ending, true),
        EnvironmentLifecycle::Creating | EnvironmentLifecycle::Failed => (Billing::Running, false),
        _ => (Billing::Running, true),
    };
    let class = said([Some(environment.instance_type())]);
    let sku = sku(SERVICE, [("instanceType", class), ("engine", Some(environment.engine_type().as_str()))]);
    let name = class.unwrap_or("instance");
    let charge = match detail.and_then(instances) {
        Some(instances) => Charge::hourly(name, sku, instances),
        None => Charge::metered(name, sku, Unit::Hour),
    };
    let (id, arn) = (environment.environment_id(), Some(environment.environment_arn().to_owned()));
    let (created_at, tags) =
        (time(Some(environment.creation_time())), tag_map(detail.and_then(GetEnvironmentOutput::tags)));
    Listed { arn, billing, created_at, tags, ..Listed::new(id) }
        .named(Some(environment.name().to_owned()))
        .charge(if certain { charge } else { charge.at_most() })
        .note(Note::with("delete-first", "applications"))
        .can(Verb::Delete, Command::aws("m2 delete-environment --environment-id").arg(id))
}

/// Those that run; while none does yet, those that were asked for.
fn instances(environment: &GetEnvironmentOutput) -> Option<i32> {
    let wanted = environment.high_availability_config().map(HighAvailabilityConfig::desired_capacity);
    environment.actual_capacity().filter(|count| *count > 0).or(wanted)
}

#[cfg(test)]
mod tests {
    use aws_sdk_m2::operation::get_environment::builders::GetEnvironmentOutputBuilder;
    use aws_sdk_m2::types::{EngineType, HighAvailabilityConfig};
    use aws_smithy_types::DateTime;

    use super::*;

    fn environment(status: &str) -> EnvironmentSummary {
        let environment = EnvironmentSummary::builder().name("study").environment_arn("arn").environment_id("1");
        let environment = environment.instance_type("M2.m5.large").status(status.into());
        let environment = environment.engine_type(EngineType::Bluage).engine_version("3.7");
        environment.creation_time(DateTime::from_secs(0)).build().unwrap()
    }

    fn detail() -> GetEnvironmentOutputBuilder {
        let detail = GetEnvironmentOutput::builder().name("study").environment_arn("arn").environment_id("1");
        let detail = detail.instance_type("M2.m5.large").status(EnvironmentLifecycle::Available);
        let detail = detail.engine_type(EngineType::Bluage).engine_version("3.7").vpc_id("vpc-1");
        detail.set_subnet_ids(Some(vec![])).set_security_group_ids(Some(vec![])).creation_time(DateTime::from_secs(0))
    }

    #[test]
    fn it_bills_in_every_state() {
        let told = |status: &str| {
            let found = finding(&environment(status), Some(&detail().actual_capacity(2).build().unwrap()));
            (found.billing, found.charges[0].what.clone())
        };
        let (all, most) = ("2 × M2.m5.large".to_owned(), "≤ 2 × M2.m5.large".to_owned());
        assert_eq!(["Available", "UnHealthy", "Dreaming"].map(told), [0; 3].map(|_| (Billing::Running, all.clone())));
        assert_eq!(["Creating", "Failed"].map(told), [0; 2].map(|_| (Billing::Running, most.clone())));
        assert_eq!(told("Deleting"), (Billing::Ending, all));
    }

    #[test]
    fn each_instance_bills() {
        let wanted = HighAvailabilityConfig::builder().desired_capacity(2).build().unwrap();
        let count = |detail: GetEnvironmentOutputBuilder| instances(&detail.build().unwrap());
        assert_eq!(count(detail().actual_capacity(1).high_availability_config(wanted.clone())), Some(1));
        assert_eq!(count(detail().actual_capacity(0).high_availability_config(wanted)), Some(2));
        assert_eq!(count(detail()), None);
        assert_eq!(finding(&environment("Available"), None).charges[0].quantity, None);
    }
}
