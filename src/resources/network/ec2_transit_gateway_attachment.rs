//! Attachments to a transit gateway are charged for every hour they exist, and for every gigabyte they send; the gateway is free.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{
    TransitGatewayAttachment, TransitGatewayAttachmentResourceType as Kind, TransitGatewayAttachmentState as State,
};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{AccountId, Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::reading::{ec2_tags, name_tag, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-transit-gateway-attachment",
    names: words("Transit gateway attachment", "Transit Gateway アタッチメント"),
    bills: words(
        "per hour while it exists, and per GB that it sends; the gateway itself is free",
        "存在する間は 1 時間ごと、加えて送った GB ごと。ゲートウェイ自体は無料",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonVPC"],
    asks: &[&Typed("ec2:DescribeTransitGatewayAttachments")],
    writes: &[
        "ec2:DeleteTransitGatewayVpcAttachment",
        "ec2:DeleteTransitGatewayPeeringAttachment",
        "ec2:DeleteTransitGatewayConnect",
        "ec2:DeleteVpnConnection",
    ],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let asked = Client::new(&cx.sdk).describe_transit_gateway_attachments().max_results(1000);
    let attachments: Vec<TransitGatewayAttachment> = asked.into_paginator().items().send().try_collect().await?;
    Ok(attachments.iter().filter_map(|it| finding(it, &cx.place.account)).collect::<Vec<_>>().into())
}

/// `None` means this account does not pay for it. An unknown state is reported, not hidden.
fn finding(attachment: &TransitGatewayAttachment, account: &AccountId) -> Option<Listed> {
    let billing = match attachment.state() {
        Some(State::Deleted | State::Failed | State::Rejected) => return None,
        Some(State::Deleting | State::Failing | State::Rejecting) => Billing::Ending,
        _ => Billing::Running,
    };
    let others = attachment.resource_owner_id().is_some_and(|owner| !owner.is_empty() && owner != account.as_str());
    // The owner of a VPC pays for attaching it, not the owner of the gateway.
    if others && attachment.resource_type() == Some(&Kind::Vpc) {
        return None;
    }
    let id = attachment.transit_gateway_attachment_id().unwrap_or_default();
    let tags = ec2_tags(attachment.tags());
    let created_at = time(attachment.creation_time());
    let notes = ["delete-only", "usage-extra"].map(Note::new).to_vec();
    let bills_since_creation = true;
    let found =
        Listed { name: name_tag(&tags), billing, created_at, bills_since_creation, tags, notes, ..Listed::new(id) };
    let found = found.charge(charge(attachment.resource_type()));
    Some(match remedy(attachment, id) {
        Some(command) => found.can(Verb::Delete, command),
        None => match attachment.resource_type() {
            Some(kind) => found.note(Note::with("ends-with", kind.as_str())),
            None => found,
        },
    })
}

fn charge(kind: Option<&Kind>) -> Charge {
    let (name, operation) = match kind {
        Some(Kind::Vpc) => ("VPC attachment", "TransitGatewayVPC".to_owned()),
        Some(Kind::Vpn) => ("VPN attachment", "TransitGatewayVPN".to_owned()),
        Some(Kind::DirectConnectGateway) => ("Direct Connect attachment", "TransitGatewayDirectConnect".to_owned()),
        Some(Kind::Connect) => ("Connect attachment", "TransitGatewayConnect".to_owned()),
        Some(Kind::Peering | Kind::TgwPeering) => ("peering attachment", "TransitGatewayPeering".to_owned()),
        other => ("transit gateway attachment", format!("TransitGateway-{}", other.map_or("unknown", Kind::as_str))),
    };
    let sku = Sku::new("AmazonVPC").with("operation", operation).with("usagetype", "TransitGateway-Hours");
    Charge::hourly(name, sku, 1)
}

/// VPCs, peerings and Connect attachments have their own delete operations; the others are deleted with the attached resource.
fn remedy(attachment: &TransitGatewayAttachment, id: &str) -> Option<Command> {
    let by = |verb: &str| Some(Command::aws(&format!("ec2 {verb} --transit-gateway-attachment-id")).arg(id));
    match attachment.resource_type()? {
        Kind::Vpc => by("delete-transit-gateway-vpc-attachment"),
        Kind::Peering | Kind::TgwPeering => by("delete-transit-gateway-peering-attachment"),
        Kind::Connect => by("delete-transit-gateway-connect"),
        Kind::Vpn => Some(Command::aws("ec2 delete-vpn-connection --vpn-connection-id").arg(attachment.resource_id()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::builders::TransitGatewayAttachmentBuilder;

    use super::*;

    fn found(it: TransitGatewayAttachmentBuilder) -> Option<Listed> {
        finding(&it.build(), &"123456789012".parse().unwrap())
    }
    fn attachment(kind: &str, state: &str) -> TransitGatewayAttachmentBuilder {
        TransitGatewayAttachment::builder().resource_type(kind.into()).state(state.into()).resource_id("vpn-1")
    }

    #[test]
    fn is_charged_until_it_is_gone() {
        let billing = |state: &str| found(attachment("vpc", state)).map(|it| it.billing);
        assert_eq!(["deleted", "failed", "rejected"].map(billing), [None; 3]);
        let states = ["available", "pendingAcceptance", "future"];
        assert_eq!(states.map(billing), [Some(Billing::Running); 3]);
        assert_eq!(billing("deleting"), Some(Billing::Ending));
        assert!(found(TransitGatewayAttachment::builder()).is_some());
    }

    #[test]
    fn the_vpc_of_another_account_is_paid_by_that_account() {
        let of = |kind, owner: &str| found(attachment(kind, "available").resource_owner_id(owner)).is_some();
        assert_eq!(
            [of("vpc", "123456789012"), of("vpc", "210987654321"), of("peering", "210987654321")],
            [true, false, true]
        );
    }

    #[test]
    fn each_kind_has_its_price_and_its_end() {
        let seen = |kind| {
            let found = found(attachment(kind, "available")).unwrap();
            (found.charges[0].sku.attributes["operation"].clone(), found.can.len())
        };
        assert_eq!(seen("vpn"), ("TransitGatewayVPN".to_owned(), 1));
        assert_eq!(seen("direct-connect-gateway"), ("TransitGatewayDirectConnect".to_owned(), 0));
        assert_eq!(seen("warp"), ("TransitGateway-warp".to_owned(), 0));
    }
}
