//! `CodeBuild` fleets are charged for the machines they reserve, with or without builds.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Unit, Verb, words};
use crate::resources::details::details;
use crate::resources::reading::{lowercase_tag_list, sku};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "codebuild-fleet",
    names: words("CodeBuild fleet (reserved capacity)", "CodeBuild フリート(リザーブドキャパシティ)"),
    bills: words(
        "per minute and machine while it exists, whether something is built or not",
        "存在する間は、ビルドがなくてもマシンごとに 1 分ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["CodeBuild"],
    asks: &[&ARNS, &FLEETS],
    writes: &["codebuild:DeleteFleet"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const ARNS: Operation<String> = Operation::new("codebuild:ListFleets").at("fleets");
const FLEETS: Operation<Fleet> = Operation::new("codebuild:BatchGetFleets").at("fleets");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Fleet {
    arn: Option<String>,
    name: Option<String>,
    status: Status,
    base_capacity: Option<Decimal>,
    compute_type: Option<String>,
    environment_type: Option<String>,
    compute_configuration: Compute,
    scaling_configuration: Scaling,
    created: Option<Timestamp>,
    #[serde(deserialize_with = "lowercase_tag_list")]
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Status {
    status_code: Option<Code>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Compute {
    instance_type: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Scaling {
    desired_capacity: Option<Decimal>,
}

values! { enum Code { CreateFailed = "CREATE_FAILED", Deleting = "DELETING", PendingDeletion = "PENDING_DELETION" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let arns = cx.ask(&ARNS).all().await?;
    let batches: Vec<Vec<String>> = arns.chunks(100).map(<[String]>::to_vec).collect();
    let ask = |batch: &Vec<String>| cx.ask(&FLEETS).with("names", batch.clone()).all();
    let mut listing = Listing::default();
    for (batch, answer) in details(batches, ask).await {
        match answer {
            Ok(fleets) => listing.findings.extend(fleets.iter().map(finding)),
            Err(error) => {
                let unknown = |arn| finding(&Fleet { arn: Some(arn), ..Fleet::default() });
                listing.findings.extend(batch.into_iter().map(unknown));
                listing.faults.push(error);
            }
        }
    }
    Ok(listing)
}

fn finding(fleet: &Fleet) -> Listed {
    let arn = fleet.arn.as_deref().unwrap_or_default();
    // `arn:aws:codebuild:…:fleet/name:uuid`
    let named = || arn.rsplit('/').next().and_then(|it| it.split(':').next()).unwrap_or_default();
    let billing = match fleet.status.status_code {
        Some(Code::Deleting | Code::PendingDeletion) => Billing::Ending,
        _ => Billing::Running,
    };
    let charge = charge(fleet);
    let charge = if fleet.status.status_code == Some(Code::CreateFailed) { charge.at_most() } else { charge };
    let (created_at, tags) = (fleet.created, fleet.tags.clone());
    let name = fleet.name.as_deref().unwrap_or_else(named);
    Listed { arn: fleet.arn.clone(), billing, created_at, tags, ..Listed::new(name) }
        .charge(charge)
        .note(Note::new("delete-only"))
        .can(Verb::Delete, Command::aws("codebuild delete-fleet --arn").arg(arn))
}

/// The base capacity or the desired capacity, whichever is larger.
fn charge(fleet: &Fleet) -> Charge {
    let kind = fleet.compute_type.as_deref();
    let sku = sku(
        "CodeBuild",
        [
            ("computeType", kind),
            ("environmentType", fleet.environment_type.as_deref()),
            ("instanceType", fleet.compute_configuration.instance_type.as_deref()),
            ("item", Some("reserved_capacity")),
            ("unit", Some("hour")),
        ],
    );
    let name = kind.unwrap_or("machine");
    match fleet.base_capacity.max(fleet.scaling_configuration.desired_capacity) {
        Some(machines) => Charge::hourly(name, sku, machines),
        None => Charge::metered(name, sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_charged_in_every_state() {
        let seen = |code: &str| {
            let status = Status { status_code: Some(code.into()) };
            let found = finding(&Fleet { base_capacity: Some(2.into()), status, ..Fleet::default() });
            (found.billing, found.charges[0].what.clone())
        };
        let expected = |billing, what: &str| (billing, what.to_owned());
        assert_eq!(seen("DELETING"), expected(Billing::Ending, "2 × machine"));
        assert_eq!(seen("CREATE_FAILED"), expected(Billing::Running, "≤ 2 × machine"));
        assert_eq!(seen("NEW"), expected(Billing::Running, "2 × machine"));
    }

    #[test]
    fn it_is_charged_for_its_desired_capacity() {
        let machines = |base: Option<i32>, grown: Option<i32>| {
            let scaling_configuration = Scaling { desired_capacity: grown.map(Into::into) };
            let fleet = Fleet { base_capacity: base.map(Into::into), scaling_configuration, ..Fleet::default() };
            charge(&fleet).quantity.map(|it| it.to_string())
        };
        assert_eq!(machines(Some(1), Some(3)).as_deref(), Some("3"));
        assert_eq!(machines(Some(2), Some(1)).as_deref(), Some("2"));
        assert_eq!(machines(None, None), None);
    }

    #[test]
    fn an_arn_says_its_name() {
        let arn = Some("arn:aws:codebuild:x:1:fleet/study:0a1b".to_owned());
        assert_eq!(finding(&Fleet { arn, ..Fleet::default() }).id, "study");
    }
}
