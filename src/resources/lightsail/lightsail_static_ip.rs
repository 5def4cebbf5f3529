//! Lightsail static IP addresses are charged for every hour they are not attached; attached ones are free.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "lightsail-static-ip",
    names: words("Lightsail static IP", "Lightsail 静的 IP"),
    bills: words("per hour while it is attached to no instance", "インスタンスに接続していない間、1 時間ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonLightsail"],
    asks: &[&ADDRESSES],
    writes: &["lightsail:ReleaseStaticIp"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const ADDRESSES: Operation<Address> = Operation::new("lightsail:GetStaticIps").at("staticIps");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Address {
    name: String,
    arn: Option<String>,
    ip_address: Option<String>,
    is_attached: bool,
    created_at: Option<Timestamp>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let addresses = cx.ask(&ADDRESSES).all().await?;
    Ok(addresses.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is attached, which is free.
fn finding(address: &Address) -> Option<Listed> {
    if address.is_attached {
        return None;
    }
    let id = &address.name;
    let sku = Sku::new("AmazonLightsail").with("usagetype", "UnusedStaticIP");
    let found = Listed {
        arn: address.arn.clone(),
        created_at: address.created_at,
        charges: vec![Charge::hourly("static IP", sku, 1)],
        notes: vec![Note::new("unattached")],
        ..Listed::new(id)
    };
    let found = found.named(address.ip_address.clone());
    Some(
        found
            .loses(Loss::Address)
            .can(Verb::Delete, Command::aws("lightsail release-static-ip --static-ip-name").arg(id)),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_an_attached_one_is_free() {
        let address = |attached: Option<bool>| {
            let said = attached.map_or(json!({}), |it| json!({ "isAttached": it }));
            finding(&serde_json::from_value(said).unwrap())
        };
        assert_eq!([Some(true), Some(false), None].map(|it| address(it).is_some()), [false, true, true]);
    }
}
