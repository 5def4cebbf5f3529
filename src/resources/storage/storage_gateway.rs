//! Storage gateways are charged for data written or stored through them until they are deleted, shut down or not.

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::first_non_empty;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "storage-gateway",
    names: words("Storage Gateway gateway", "Storage Gateway ゲートウェイ"),
    bills: words(
        "per GB written or stored until it is deleted, shut down or not",
        "削除するまでシャットダウン中でも書き込み・保存した GB ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSStorageGateway"],
    asks: &[&GATEWAYS],
    writes: &["storagegateway:DeleteGateway"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const GATEWAYS: Operation<Gateway> = Operation::new("storagegateway:ListGateways").at("Gateways");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Gateway {
    gateway_id: Option<String>,
    #[serde(rename = "GatewayARN")]
    gateway_arn: Option<String>,
    gateway_name: Option<String>,
    gateway_type: Option<String>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let gateways = cx.ask(&GATEWAYS).with("Limit", 100).all().await?;
    Ok(gateways.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state is free.
fn finding(gateway: &Gateway) -> Listed {
    let arn = gateway.gateway_arn.as_deref().unwrap_or_default();
    let id = first_non_empty([gateway.gateway_id.as_deref()]).unwrap_or(arn);
    let found = Listed { arn: gateway.gateway_arn.clone(), ..Listed::new(id) };
    let found = found.named(gateway.gateway_name.clone()).charge(charge(gateway));
    let found = found.note(Note::new("stop-saves-nothing")).note(Note::new("data-stays"));
    found.can(Verb::Delete, Command::aws("storagegateway delete-gateway --gateway-arn").arg(arn))
}

fn charge(gateway: &Gateway) -> Charge {
    let kind = gateway.gateway_type.as_deref().unwrap_or("unknown").to_ascii_uppercase();
    let sku = |group: &str| Sku::new("AWSStorageGateway").with("group", group).with("gatewayType", kind.clone());
    match kind.as_str() {
        "FILE_FSX_SMB" => Charge::hourly("FSx File Gateway", sku("gateway hours"), 1),
        "FILE_S3" => Charge::metered("GB written", sku("data written"), Unit::GbMonth),
        _ => Charge::metered("GB stored", sku("data stored"), Unit::GbMonth),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_state_is_reported() {
        let gateway = |state| serde_json::from_value(json!({ "GatewayOperationalState": state })).unwrap();
        assert!(["ACTIVE", "DISABLED", "FUTURE"].map(gateway).iter().all(|it| finding(it).charges.len() == 1));
    }

    #[test]
    fn only_one_kind_is_charged_by_the_hour() {
        let quantity = |kind: &str| charge(&Gateway { gateway_type: Some(kind.into()), ..Gateway::default() }).quantity;
        assert_eq!(["file_fsx_smb", "FILE_S3", "CACHED", "FUTURE"].map(quantity), [Some(1.into()), None, None, None]);
    }
}
