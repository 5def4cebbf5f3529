//! MediaConnect flows are charged for every hour they are active, with or without traffic.

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
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
    small: false,
    billed_as: &["AWSElementalMediaConnect"],
    asks: &[&FLOWS, &FLOW],
    writes: &["mediaconnect:StopFlow", "mediaconnect:DeleteFlow"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const FLOWS: Operation<Flow> = Operation::new("mediaconnect:ListFlows").at("Flows");
const FLOW: Operation<Detail> = Operation::new("mediaconnect:DescribeFlow").at("Flow");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Flow {
    flow_arn: Option<String>,
    name: Option<String>,
    status: Option<Status>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Detail {
    flow_size: Option<Size>,
}

values! { enum Status { Standby = "STANDBY", Deleting = "DELETING" } }
values! { enum Size { Medium = "MEDIUM" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let mut flows = cx.ask(&FLOWS).all().await?;
    flows.retain(|flow| billing(flow).is_some());
    let ask = |flow: &Flow| cx.ask(&FLOW).with("FlowArn", flow.flow_arn.as_deref()).one();
    Ok(detailed(flows, ask, finding).await)
}

/// `None` means it is not charged.
fn billing(flow: &Flow) -> Option<Billing> {
    match flow.status {
        Some(Status::Standby) => None,
        Some(Status::Deleting) => Some(Billing::Ending),
        _ => Some(Billing::Running),
    }
}

fn finding(flow: &Flow, detail: Option<&Detail>) -> Option<Listed> {
    let billing = billing(flow)?;
    let arn = flow.flow_arn.as_deref().unwrap_or_default();
    let id = arn.split_once(":flow:").map_or(arn, |(_, id)| id);
    let found = Listed { arn: flow.flow_arn.clone(), billing, ..Listed::new(id) };
    let found = found.named(flow.name.clone()).charge(charge(detail));
    let (stop, delete) = (
        Command::aws("mediaconnect stop-flow --flow-arn").arg(arn),
        Command::aws("mediaconnect delete-flow --flow-arn").arg(arn),
    );
    let wait = Command::aws("mediaconnect wait flow-standby --flow-arn").arg(arn);
    let found = found.note(Note::new("usage-extra")).can(Verb::Delete, stop.clone().then(wait).then(delete));
    Some(if billing == Billing::Running { found.can(Verb::Stop, stop) } else { found })
}

/// Larger sizes cost more. A flow without a size is medium.
fn charge(detail: Option<&Detail>) -> Charge {
    let sku = Sku::new("AWSElementalMediaConnect").with("item", "running_flow").with("unit", "hour");
    match detail.map(|it| it.flow_size.as_ref().unwrap_or(&Size::Medium)) {
        Some(Size::Medium) => Charge::hourly("flow", sku, 1),
        Some(size) => Charge::hourly(&format!("{} flow", size.as_str()), sku.with("flowSize", size.as_str()), 1),
        None => Charge::hourly("flow", sku.with("flowSize", "unknown"), 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_on_standby_is_free() {
        let billing = |status: &str| billing(&Flow { status: Some(status.into()), ..Flow::default() });
        let running = Some(Billing::Running);
        let states = ["STANDBY", "ACTIVE", "ERROR", "FUTURE", "DELETING"].map(billing);
        assert_eq!(states, [None, running, running, running, Some(Billing::Ending)]);
        assert_eq!(finding(&Flow::default(), None).map(|it| it.billing), running);
    }

    #[test]
    fn the_larger_sizes_have_no_price_of_the_first() {
        let sku = |size: Option<&str>| charge(Some(&Detail { flow_size: size.map(Into::into) })).sku.to_string();
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
        let arn = "arn:aws:mediaconnect:us-east-1:1:flow:1-abc:study";
        let flow = Flow { flow_arn: Some(arn.into()), ..Flow::default() };
        assert_eq!(finding(&flow, None).unwrap().id, "1-abc:study");
    }
}
