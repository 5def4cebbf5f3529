//! Lightsail container services are charged for every hour of each of their nodes, by power.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::lightsail_plan::{plan, unlisted};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::lowercase_tag_list;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "lightsail-container-service",
    names: words("Lightsail container service", "Lightsail コンテナサービス"),
    bills: words(
        "per hour and node up to the monthly price of its power, with or without a deployment",
        "デプロイがなくても、パワーの月額を上限にノードごとに 1 時間ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonLightsail"],
    asks: &[&SERVICES],
    writes: &["lightsail:DeleteContainerService"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

/// This list has no pages.
const SERVICES: Operation<Service> = Operation::new("lightsail:GetContainerServices").at("containerServices");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Service {
    container_service_name: String,
    arn: Option<String>,
    power: Option<Power>,
    scale: Option<Decimal>,
    state: Option<State>,
    created_at: Option<Timestamp>,
    #[serde(deserialize_with = "lowercase_tag_list")]
    tags: BTreeMap<String, String>,
}

values! { enum Power { Nano = "nano", Micro = "micro", Small = "small", Medium = "medium", Large = "large", Xlarge = "xlarge" } }
values! { enum State { Disabled = "DISABLED", Deleting = "DELETING" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let services = cx.ask(&SERVICES).all().await?;
    Ok(services.iter().map(finding).collect::<Vec<_>>().into())
}

/// A disabled service is reported: AWS does not say whether it is free.
fn finding(service: &Service) -> Listed {
    let name = &service.container_service_name;
    let power = service.power.as_ref().map_or("power", Power::as_str);
    let what = format!("Lightsail container {power}");
    let charge = match (service.scale, &service.state) {
        (Some(scale), state) if *state != Some(State::Disabled) => Charge::hourly(&what, sku(service), scale),
        _ => Charge::metered(&what, sku(service), Unit::Hour),
    };
    let ending = service.state == Some(State::Deleting);
    let found = Listed {
        arn: service.arn.clone(),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: service.created_at,
        tags: service.tags.clone(),
        charges: vec![charge],
        notes: vec![Note::new("delete-only")],
        ..Listed::new(name)
    };
    found
        .loses(Loss::Data)
        .can(Verb::Delete, Command::aws("lightsail delete-container-service --service-name").arg(name))
}

fn sku(service: &Service) -> Sku {
    let size = match &service.power {
        Some(Power::Nano) => "Nano 0 25 0.5GB",
        Some(Power::Micro) => "Micro 0 25 1GB",
        Some(Power::Small) => "Small 0 5 1GB",
        Some(Power::Medium) => "Medium 1 2GB",
        Some(Power::Large) => "Large 2 4GB",
        Some(Power::Xlarge) => "XLarge 4 8GB",
        other => return unlisted("container", other.as_ref().map(Power::as_str)),
    };
    plan("container", format!("Containers Linux {size} 500GB"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(power: &str, state: &str) -> Service {
        Service { power: Some(power.into()), scale: Some(3.into()), state: Some(state.into()), ..Service::default() }
    }

    #[test]
    fn every_node_is_charged() {
        let found = finding(&service("nano", "READY"));
        assert_eq!(found.charges[0].what, "3 × Lightsail container nano");
        let key = "AmazonLightsail bundle=Containers Linux Nano 0 25 0.5GB 500GB kind=container";
        assert_eq!(found.charges[0].sku.to_string(), key);
        assert_eq!(sku(&service("huge", "READY")).attributes["bundle"], "huge");
    }

    #[test]
    fn a_disabled_one_is_reported() {
        let quantity = |state: &str| finding(&service("nano", state)).charges[0].quantity;
        assert_eq!(["DISABLED", "FUTURE"].map(quantity), [None, Some(3.into())]);
        assert_eq!(finding(&service("nano", "DELETING")).billing, Billing::Ending);
    }
}
