//! MediaConnect flows bill for every hour they are active, whether anything passes or not.

use aws_sdk_mediaconnect::Client;
use aws_sdk_mediaconnect::types::{ListedFlow, Status};
use futures::FutureExt;

use super::{Listing, Resource};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Finding, Note, Scope, Sku, Verb, words};

pub(super) static RESOURCE: Resource = Resource {
    id: "mediaconnect-flow",
    names: words("MediaConnect flow", "MediaConnect フロー"),
    bills: words(
        "per hour while it is active, used or not, and per GB that it sends",
        "アクティブな間は使わなくても 1 時間ごと、加えて送信した GB ごと",
    ),
    scope: Scope::Region,
    endpoint: "mediaconnect",
    small: false,
    billed_as: &["AWSElementalMediaConnect"],
    reads: &["mediaconnect:ListFlows"],
    writes: &["mediaconnect:StopFlow", "mediaconnect:DeleteFlow"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let flows = Client::new(&cx.sdk).list_flows().max_results(1000).into_paginator().items().send();
    let flows: Vec<ListedFlow> = flows.try_collect().await?;
    Ok(flows.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it does not bill.
fn finding(flow: &ListedFlow) -> Option<Finding> {
    let billing = match flow.status() {
        Some(Status::Standby) => return None,
        Some(Status::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let arn = flow.flow_arn().unwrap_or_default();
    let id = arn.split_once(":flow:").map_or(arn, |(_, id)| id);
    let sku = Sku::new("AWSElementalMediaConnect").with("item", "running_flow").with("unit", "hour");
    let found = Finding { arn: flow.flow_arn().map(str::to_owned), billing, ..Finding::new(id) };
    let found = found.named(flow.name().map(str::to_owned)).charge(Charge::hourly("flow", sku, 1));
    let (stop, delete) = (
        format!("aws mediaconnect stop-flow --flow-arn {arn}"),
        format!("aws mediaconnect delete-flow --flow-arn {arn}"),
    );
    let wait = format!("aws mediaconnect wait flow-standby --flow-arn {arn}");
    let found = found.note(Note::new("usage-extra")).can(Verb::Delete, format!("{stop} && {wait} && {delete}"));
    Some(if billing == Billing::Running { found.can(Verb::Stop, stop) } else { found })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_on_standby_is_free() {
        let billing = |status: &str| finding(&ListedFlow::builder().status(status.into()).build()).map(|it| it.billing);
        let running = Some(Billing::Running);
        let states = ["STANDBY", "ACTIVE", "ERROR", "DREAMING", "DELETING"].map(billing);
        assert_eq!(states, [None, running, running, running, Some(Billing::Ending)]);
        assert_eq!(finding(&ListedFlow::builder().build()).map(|it| it.billing), running);
    }

    #[test]
    fn its_id_is_short() {
        let flow = ListedFlow::builder().flow_arn("arn:aws:mediaconnect:us-east-1:1:flow:1-abc:study").build();
        assert_eq!(finding(&flow).unwrap().id, "1-abc:study");
    }
}
