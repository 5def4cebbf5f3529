//! MSK replicators bill for every hour they exist, and for every gigabyte they copy.

use aws_sdk_kafka::Client;
use aws_sdk_kafka::types::{ReplicatorState, ReplicatorSummary};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "msk-replicator",
    names: words("MSK Replicator", "MSK Replicator"),
    bills: words(
        "per hour while it exists, and per GB that it copies",
        "存在する間は 1 時間ごと、加えて複製した GB ごと",
    ),
    scope: Scope::Region,
    endpoint: "kafka",
    small: false,
    billed_as: &["AmazonMSK"],
    reads: &["kafka:ListReplicators"],
    writes: &["kafka:DeleteReplicator"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let replicators = Client::new(&cx.sdk).list_replicators().max_results(100).into_paginator().items().send();
    let replicators: Vec<ReplicatorSummary> = replicators.try_collect().await?;
    Ok(replicators.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None`: it is only shown here, and bills in the region of its target. No state is known to be free.
fn finding(replicator: &ReplicatorSummary) -> Option<Listed> {
    if replicator.is_replicator_reference() == Some(true) {
        return None;
    }
    let arn = replicator.replicator_arn().unwrap_or_default();
    let sku = Sku::new("AmazonMSK").with("item", "replicator").with("unit", "hour");
    let ending = replicator.replicator_state() == Some(&ReplicatorState::Deleting);
    let found = Listed {
        arn: Some(arn.to_owned()),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: time(replicator.creation_time()),
        charges: vec![Charge::hourly("MSK Replicator", sku, 1)],
        notes: vec![Note::new("delete-only"), Note::new("usage-extra")],
        ..Listed::new(replicator.replicator_name().unwrap_or(arn))
    };
    Some(found.can(Verb::Delete, Command::aws("kafka delete-replicator --replicator-arn").arg(arn)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_bills() {
        let billing = |state: &str| {
            finding(&ReplicatorSummary::builder().replicator_state(state.into()).build()).map(|found| found.billing)
        };
        let running = Some(Billing::Running);
        let states = ["RUNNING", "CREATING", "FAILED", "DREAMING", "DELETING"].map(billing);
        assert_eq!(states, [running, running, running, running, Some(Billing::Ending)]);
    }

    #[test]
    fn it_bills_in_one_region() {
        let found = |here: Option<bool>| {
            finding(&ReplicatorSummary::builder().set_is_replicator_reference(here).build()).is_some()
        };
        assert_eq!([Some(true), Some(false), None].map(found), [false, true, true]);
    }
}
