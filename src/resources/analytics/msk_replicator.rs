//! MSK replicators are charged for every hour they exist, and for every gigabyte they copy.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Takes, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "msk-replicator",
    names: words("MSK Replicator", "MSK Replicator"),
    bills: words(
        "per hour while it exists, and per GB that it copies",
        "存在する間は 1 時間ごと、加えてコピーした GB ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonMSK"],
    asks: &[&REPLICATORS],
    writes: &["kafka:DeleteReplicator"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const REPLICATORS: Operation<Replicator> = Operation::new("kafka:ListReplicators").at("Replicators");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Replicator {
    replicator_arn: Option<String>,
    replicator_name: Option<String>,
    replicator_state: Option<State>,
    creation_time: Option<Timestamp>,
    is_replicator_reference: Option<bool>,
}

values! { enum State { Deleting = "DELETING" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let replicators = cx.ask(&REPLICATORS).all().await?;
    Ok(replicators.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is charged in the region of its target and only listed here. No state is known to be free.
fn finding(replicator: &Replicator) -> Option<Listed> {
    if replicator.is_replicator_reference == Some(true) {
        return None;
    }
    let arn = replicator.replicator_arn.as_deref().unwrap_or_default();
    let sku = Sku::new("AmazonMSK").with("item", "replicator").with("unit", "hour");
    let ending = replicator.replicator_state == Some(State::Deleting);
    let found = Listed {
        arn: Some(arn.to_owned()),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: replicator.creation_time,
        charges: vec![Charge::hourly("MSK Replicator", sku, 1)],
        notes: vec![Note::new("delete-only"), Note::new("usage-extra")],
        ..Listed::new(replicator.replicator_name.as_deref().unwrap_or(arn))
    };
    Some(
        found
            .deleted_in(Takes::UpToAnHour)
            .can(Verb::Delete, Command::aws("kafka delete-replicator --replicator-arn").arg(arn)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_charged() {
        let billing = |state: &str| {
            finding(&Replicator { replicator_state: Some(state.into()), ..Replicator::default() })
                .map(|found| found.billing)
        };
        let running = Some(Billing::Running);
        let states = ["RUNNING", "CREATING", "FAILED", "FUTURE", "DELETING"].map(billing);
        assert_eq!(states, [running, running, running, running, Some(Billing::Ending)]);
    }

    #[test]
    fn it_is_charged_in_one_region() {
        let found = |here: Option<bool>| {
            finding(&Replicator { is_replicator_reference: here, ..Replicator::default() }).is_some()
        };
        assert_eq!([Some(true), Some(false), None].map(found), [false, true, true]);
    }
}
