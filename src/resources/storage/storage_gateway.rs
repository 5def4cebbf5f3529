//! Storage gateways bill for what is written or stored through them until they are deleted, shut down or not.

use aws_sdk_storagegateway::Client;
use aws_sdk_storagegateway::types::GatewayInfo;
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::said;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "storage-gateway",
    names: words("Storage Gateway gateway", "Storage Gateway ゲートウェイ"),
    bills: words(
        "per GB written or stored until it is deleted, shut down or not",
        "削除するまでシャットダウン中でも書き込み・保存した GB ごと",
    ),
    scope: Scope::Region,
    endpoint: "storagegateway",
    small: false,
    billed_as: &["AWSStorageGateway"],
    reads: &["storagegateway:ListGateways"],
    writes: &["storagegateway:DeleteGateway"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let gateways = Client::new(&cx.sdk).list_gateways().limit(100).into_paginator().items().send();
    let gateways: Vec<GatewayInfo> = gateways.try_collect().await?;
    Ok(gateways.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state makes one free.
fn finding(gateway: &GatewayInfo) -> Listed {
    let arn = gateway.gateway_arn().unwrap_or_default();
    let id = said([gateway.gateway_id()]).unwrap_or(arn);
    let found = Listed { arn: gateway.gateway_arn().map(str::to_owned), ..Listed::new(id) };
    let found = found.named(gateway.gateway_name().map(str::to_owned)).charge(charge(gateway));
    let found = found.note(Note::new("stop-saves-nothing")).note(Note::new("data-stays"));
    found.can(Verb::Delete, Command::aws("storagegateway delete-gateway --gateway-arn").arg(arn))
}

fn charge(gateway: &GatewayInfo) -> Charge {
    let kind = gateway.gateway_type().unwrap_or("unknown").to_ascii_uppercase();
    let sku = |group: &str| Sku::new("AWSStorageGateway").with("group", group).with("gatewayType", kind.clone());
    match kind.as_str() {
        "FILE_FSX_SMB" => Charge::hourly("FSx File Gateway", sku("gateway hours"), 1),
        "FILE_S3" => Charge::metered("GB written", sku("data written"), Unit::GbMonth),
        _ => Charge::metered("GB stored", sku("data stored"), Unit::GbMonth),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_reported() {
        let gateway = |state: &str| GatewayInfo::builder().gateway_operational_state(state).build();
        assert!(["ACTIVE", "DISABLED", "DREAMING"].map(gateway).iter().all(|it| finding(it).charges.len() == 1));
    }

    #[test]
    fn only_one_kind_bills_by_the_hour() {
        let quantity = |kind: &str| charge(&GatewayInfo::builder().gateway_type(kind).build()).quantity;
        assert_eq!(["file_fsx_smb", "FILE_S3", "CACHED", "DREAM"].map(quantity), [Some(1.into()), None, None, None]);
    }
}
