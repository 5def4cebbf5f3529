//! `CodeBuild` fleets bill for the machines they hold in reserve, whether something is built on them or not.

use aws_sdk_codebuild::Client;
use aws_sdk_codebuild::operation::list_fleets::ListFleetsOutput;
use aws_sdk_codebuild::types::{
    ComputeConfiguration, ComputeType, EnvironmentType, Fleet, FleetStatusCode, ScalingConfigurationOutput,
};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::details::details;
use crate::resources::reading::{sku, tags, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "codebuild-fleet",
    names: words("CodeBuild fleet (reserved capacity)", "CodeBuild フリート (リザーブドキャパシティ)"),
    bills: words(
        "per minute and machine while it exists, whether something is built or not",
        "存在する間は、ビルドがなくてもマシンごとに 1 分ごと",
    ),
    scope: Scope::Region,
    endpoint: "codebuild",
    small: false,
    billed_as: &["CodeBuild"],
    reads: &["codebuild:ListFleets", "codebuild:BatchGetFleets"],
    writes: &["codebuild:DeleteFleet"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let pages = client.list_fleets().max_results(100).into_paginator().send();
    let pages: Vec<ListFleetsOutput> = pages.try_collect().await?;
    let arns: Vec<String> = pages.into_iter().flat_map(|page| page.fleets.unwrap_or_default()).collect();
    let batches: Vec<Vec<String>> = arns.chunks(100).map(<[String]>::to_vec).collect();
    let ask = |batch: &Vec<String>| client.batch_get_fleets().set_names(Some(batch.clone())).send();
    let mut listing = Listing::default();
    for (batch, answer) in details(batches, ask).await {
        match answer {
            Ok(answer) => listing.findings.extend(answer.fleets().iter().map(finding)),
            Err(error) => {
                listing.findings.extend(batch.into_iter().map(|arn| finding(&Fleet::builder().arn(arn).build())));
                listing.faults.push(error.into());
            }
        }
    }
    Ok(listing)
}

fn finding(fleet: &Fleet) -> Listed {
    let arn = fleet.arn().unwrap_or_default();
    // `arn:aws:codebuild:…:fleet/name:uuid`
    let named = || arn.rsplit('/').next().and_then(|it| it.split(':').next()).unwrap_or_default();
    let status = fleet.status().and_then(|it| it.status_code());
    let billing = match status {
        Some(FleetStatusCode::Deleting | FleetStatusCode::PendingDeletion) => Billing::Ending,
        _ => Billing::Running,
    };
    let charge = charge(fleet);
    let charge = if status == Some(&FleetStatusCode::CreateFailed) { charge.at_most() } else { charge };
    let (created_at, tags) = (time(fleet.created()), tags(fleet.tags().iter().map(|tag| (tag.key(), tag.value()))));
    Listed { arn: fleet.arn.clone(), billing, created_at, tags, ..Listed::new(fleet.name().unwrap_or_else(named)) }
        .charge(charge)
        .note(Note::new("delete-only"))
        .can(Verb::Delete, Command::aws("codebuild delete-fleet --arn").arg(arn))
}

/// The machines it has at least, or as many as it has grown to.
fn charge(fleet: &Fleet) -> Charge {
    let kind = fleet.compute_type().map(ComputeType::as_str);
    let sku = sku(
        "CodeBuild",
        [
            ("computeType", kind),
            ("environmentType", fleet.environment_type().map(EnvironmentType::as_str)),
            ("instanceType", fleet.compute_configuration().and_then(ComputeConfiguration::instance_type)),
            ("item", Some("reserved_capacity")),
            ("unit", Some("hour")),
        ],
    );
    let grown = fleet.scaling_configuration().and_then(ScalingConfigurationOutput::desired_capacity);
    let name = kind.unwrap_or("machine");
    match fleet.base_capacity().max(grown) {
        Some(machines) => Charge::hourly(name, sku, machines),
        None => Charge::metered(name, sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_codebuild::types::FleetStatus;

    use super::*;

    #[test]
    fn bills_in_every_state() {
        let seen = |code: &str| {
            let status = FleetStatus::builder().status_code(code.into()).build();
            let found = finding(&Fleet::builder().base_capacity(2).status(status).build());
            (found.billing, found.charges[0].what.clone())
        };
        let told = |billing, what: &str| (billing, what.to_owned());
        assert_eq!(seen("DELETING"), told(Billing::Ending, "2 × machine"));
        assert_eq!(seen("CREATE_FAILED"), told(Billing::Running, "≤ 2 × machine"));
        assert_eq!(seen("NEW"), told(Billing::Running, "2 × machine"));
    }

    #[test]
    fn it_bills_for_what_it_has_grown_to() {
        let scaling = |machines| ScalingConfigurationOutput::builder().desired_capacity(machines).build();
        let machines = |fleet: Fleet| charge(&fleet).quantity.map(|it| it.to_string());
        let grown = Fleet::builder().base_capacity(1).scaling_configuration(scaling(3)).build();
        let idle = Fleet::builder().base_capacity(2).scaling_configuration(scaling(1)).build();
        assert_eq!([grown, idle].map(machines), [Some("3".to_owned()), Some("2".to_owned())]);
        assert_eq!(machines(Fleet::builder().build()), None);
    }

    #[test]
    fn an_arn_says_its_name() {
        let found = finding(&Fleet::builder().arn("arn:aws:codebuild:x:1:fleet/study:0a1b").build());
        assert_eq!(found.id, "study");
    }
}
