//! Lightsail container services bill for every hour of each of their nodes, by their power.

use aws_sdk_lightsail::Client;
use aws_sdk_lightsail::types::{ContainerService, ContainerServicePowerName, ContainerServiceState};
use futures::FutureExt;

use super::lightsail_reading::{lightsail_tags, plan, unlisted};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "lightsail-container-service",
    names: words("Lightsail container service", "Lightsail コンテナサービス"),
    bills: words(
        "per hour and node up to the monthly price of its power, with or without a deployment",
        "デプロイがなくても、パワーの月額を上限にノードごとに 1 時間ごと",
    ),
    scope: Scope::Region,
    endpoint: "lightsail",
    small: false,
    billed_as: &["AmazonLightsail"],
    reads: &["lightsail:GetContainerServices"],
    writes: &["lightsail:DeleteContainerService"],
    list: |cx| list(cx).boxed(),
};

/// The answer comes in one piece.
async fn list(cx: &Cx) -> Result<Listing> {
    let answer = Client::new(&cx.sdk).get_container_services().send().await?;
    Ok(answer.container_services().iter().map(finding).collect::<Vec<_>>().into())
}

/// Whether a disabled one is free AWS does not say, so it is told.
fn finding(service: &ContainerService) -> Listed {
    let name = service.container_service_name().unwrap_or_default();
    let power = service.power().map_or("power", ContainerServicePowerName::as_str);
    let what = format!("Lightsail container {power}");
    let charge = match (service.scale(), service.state()) {
        (Some(scale), state) if state != Some(&ContainerServiceState::Disabled) => {
            Charge::hourly(&what, sku(service), scale)
        }
        _ => Charge::metered(&what, sku(service), Unit::Hour),
    };
    let ending = service.state() == Some(&ContainerServiceState::Deleting);
    let found = Listed {
        arn: service.arn().map(str::to_owned),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: time(service.created_at()),
        tags: lightsail_tags(service.tags()),
        charges: vec![charge],
        notes: vec![Note::new("delete-only")],
        ..Listed::new(name)
    };
    found.can(Verb::Delete, Command::aws("lightsail delete-container-service --service-name").arg(name))
}

fn sku(service: &ContainerService) -> Sku {
    use ContainerServicePowerName as Power;
    let size = match service.power() {
        Some(Power::Nano) => "Nano 0 25 0.5GB",
        Some(Power::Micro) => "Micro 0 25 1GB",
        Some(Power::Small) => "Small 0 5 1GB",
        Some(Power::Medium) => "Medium 1 2GB",
        Some(Power::Large) => "Large 2 4GB",
        Some(Power::Xlarge) => "XLarge 4 8GB",
        other => return unlisted("container", other.map(Power::as_str)),
    };
    plan("container", format!("Containers Linux {size} 500GB"))
}

#[cfg(test)]
mod tests {
    use aws_sdk_lightsail::types::builders::ContainerServiceBuilder;

    use super::*;

    fn service(state: &str) -> ContainerServiceBuilder {
        ContainerService::builder().power("nano".into()).scale(3).state(state.into())
    }

    #[test]
    fn every_node_bills() {
        let found = finding(&service("READY").build());
        assert_eq!(found.charges[0].what, "3 × Lightsail container nano");
        let key = "AmazonLightsail bundle=Containers Linux Nano 0 25 0.5GB 500GB kind=container";
        assert_eq!(found.charges[0].sku.to_string(), key);
        assert_eq!(sku(&service("READY").power("huge".into()).build()).attributes["bundle"], "huge");
    }

    #[test]
    fn what_a_disabled_one_bills_is_not_known() {
        let quantity = |state: &str| finding(&service(state).build()).charges[0].quantity;
        assert_eq!(["DISABLED", "DREAMING"].map(quantity), [None, Some(3.into())]);
        assert_eq!(finding(&service("DELETING").build()).billing, Billing::Ending);
    }
}
