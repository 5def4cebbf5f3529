//! MediaConnect flows bill for every hour they are active, whether anything passes or not.

use aws_sdk_mediaconnect::Client;
use aws_sdk_mediaconnect::operation::describe_flow::DescribeFlowOutput;
use aws_sdk_mediaconnect::types::{FlowSize, ListedFlow, Status};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::details::detailed;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "mediaconnect-flow",
    names: words("MediaConnect flow", "MediaConnect フロー"),
    bills: words(
        "per hour by its size while it is active, used or not, and per GB that it sends",
        "アクティブな間は使わなくてもサイズに応じて 1 時間ごと、加えて送信した GB ごと",
    ),
    scope: Scope::Region,
    endpoint: "mediaconnect",
    small: false,
    billed_as: &["AWSElementalMediaConnect"],
    reads: &["mediaconnect:ListFlows", "mediaconnect:DescribeFlow"],
    writes: &["mediaconnect:StopFlow", "mediaconnect:DeleteFlow"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let flows = client.list_flows().max_results(1000).into_paginator().items().send();
    let flows: Vec<ListedFlow> = flows.try_collect().await?;
    let billed = flows.into_iter().filter(|flow| billing(flow).is_some()).collect();
    let ask = |flow: &ListedFlow| client.describe_flow().set_flow_arn(flow.flow_arn.clone()).send();
    Ok(detailed(billed, ask, finding).await)
}

/// `None` means it does not bill.
fn billing(flow: &ListedFlow) -> Option<Billing> {
    match flow.status() {
        Some(Status::Standby) => None,
        Some(Status::Deleting) => Some(Billing::Ending),
        _ => Some(Billing::Running),
    }
}

fn finding(flow: &ListedFlow, detail: Option<&DescribeFlowOutput>) -> Option<Listed> {
    let billing = billing(flow)?;
    let arn = flow.flow_arn().unwrap_or_default();
    let id = arn.split_once(":flow:").map_or(arn, |(_, id)| id);
    let found = Listed { arn: flow.flow_arn().map(str::to_owned), billing, ..Listed::new(id) };
    let found = found.named(flow.name().map(str::to_owned)).charge(charge(detail));
    let (stop, delete) = (
        Command::aws("mediaconnect stop-flow --flow-arn").arg(arn),
        Command::aws("mediaconnect delete-flow --flow-arn").arg(arn),
    );
    let wait = Command::aws("mediaconnect wait flow-standby --flow-arn").arg(arn);
    let found = found.note(Note::new("usage-extra")).can(Verb::Delete, stop.clone().then(wait).then(delete));
    Some(if billing == Billing::Running { found.can(Verb::Stop, stop) } else { found })
}

/// The larger sizes cost more. One of which no size is said is of the first.
fn charge(detail: Option<&DescribeFlowOutput>) -> Charge {
    let sku = Sku::new("AWSElementalMediaConnect").with("item", "running_flow").with("unit", "hour");
    let size = detail.map(|it| it.flow().and_then(|flow| flow.flow_size()).unwrap_or(&FlowSize::Medium));
    match size.map_or("unknown", FlowSize::as_str) {
        "MEDIUM" => Charge::hourly("flow", sku, 1),
        "unknown" => Charge::hourly("flow", sku.with("flowSize", "unknown"), 1),
        size => Charge::hourly(&format!("{size} flow"), sku.with("flowSize", size), 1),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_mediaconnect::types::Flow;

    use super::*;

    #[test]
    fn only_one_on_standby_is_free() {
        let billing = |status: &str| billing(&ListedFlow::builder().status(status.into()).build());
        let running = Some(Billing::Running);
        let states = ["STANDBY", "ACTIVE", "ERROR", "DREAMING", "DELETING"].map(billing);
        assert_eq!(states, [None, running, running, running, Some(Billing::Ending)]);
        assert_eq!(finding(&ListedFlow::builder().build(), None).map(|it| it.billing), running);
    }

    #[test]
    fn the_larger_sizes_have_no_price_of_the_first() {
        let sku = |size: Option<&str>| {
            let flow = Flow::builder().set_flow_size(size.map(Into::into)).build();
            charge(Some(&DescribeFlowOutput::builder().flow(flow).build())).sku.to_string()
        };
        let first = "AWSElementalMediaConnect item=running_flow unit=hour";
        assert_eq!([sku(None), sku(Some("MEDIUM"))], [first; 2]);
        assert_eq!(sku(Some("LARGE_4X")), "AWSElementalMediaConnect flowSize=LARGE_4X item=running_flow unit=hour");
        assert_eq!(
            charge(None).sku.to_string(),
            "AWSElementalMediaConnect flowSize=unknown item=running_flow unit=hour"
        );
    }

    #[test]
    fn its_id_is_short() {
        let flow = ListedFlow::builder().flow_arn("arn:aws:mediaconnect:us-east-1:1:flow:1-abc:study").build();
        assert_eq!(finding(&flow, None).unwrap().id, "1-abc:study");
    }
}
