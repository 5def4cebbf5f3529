//! Route 53 hosted zones are charged every month they exist, also private ones; those beyond 25 of an account cost less.

use futures::FutureExt;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "hosted-zone",
    names: words("Route 53 hosted zone", "Route 53 ホストゾーン"),
    bills: words(
        "per month while it exists, not prorated, unless it is deleted within 12 hours; and per query",
        "存在する間は 1 か月ごと(日割りなし、作成から 12 時間以内の削除は無料)、加えてクエリごと",
    ),
    scope: Scope::Global,
    small: true,
    billed_as: &["AmazonRoute53"],
    asks: &[&ZONES],
    writes: &["route53:DeleteHostedZone"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const ZONES: Operation<Zone> = Operation::new("route53:ListHostedZones").at("HostedZones");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Zone {
    id: String,
    name: String,
    resource_record_set_count: Option<Decimal>,
    linked_service: Option<LinkedService>,
}

/// The AWS service that created the zone, and deletes it.
#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct LinkedService {
    service_principal: Option<String>,
    description: Option<String>,
}

/// The number of zones at the higher price.
const FIRST: usize = 25;

async fn list(cx: &Cx) -> Result<Listing> {
    let zones = cx.ask(&ZONES).with("MaxItems", "100").all().await?;
    Ok(zones.iter().enumerate().map(|(place, zone)| finding(place, zone)).collect::<Vec<_>>().into())
}

fn finding(place: usize, zone: &Zone) -> Listed {
    let id = zone.id.trim_start_matches("/hostedzone/");
    let item = if place < FIRST { "hosted_zone_first_25" } else { "hosted_zone_over_25" };
    let sku = Sku::new("AmazonRoute53").with("item", item).with("unit", "month");
    let found = Listed::new(id).named(Some(zone.name.trim_end_matches('.').to_owned())).charge(Charge::each_month(
        "hosted zone",
        sku,
        1,
    ));
    if let Some(service) = &zone.linked_service {
        let who = service.service_principal.as_deref().or(service.description.as_deref()).unwrap_or("AWS");
        return found.note(Note::with("service-managed", who));
    }
    let found = found.loses(Loss::Address).can(Verb::Delete, Command::aws("route53 delete-hosted-zone --id").arg(id));
    // The zone's own records (NS and SOA) are deleted with it.
    if zone.resource_record_set_count > Some(2.into()) {
        return found.note(Note::new("records-first"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone() -> Zone {
        Zone { id: "/hostedzone/Z1".into(), name: "example.com.".into(), ..Zone::default() }
    }

    #[test]
    fn the_first_cost_more() {
        let key = |place| finding(place, &zone()).charges[0].sku.to_string();
        assert_eq!(key(24), "AmazonRoute53 item=hosted_zone_first_25 unit=month");
        assert_eq!(key(25), "AmazonRoute53 item=hosted_zone_over_25 unit=month");
    }

    #[test]
    fn names_the_records_to_delete_first() {
        let seen = |zone: Zone| {
            let found = finding(0, &zone);
            (found.notes, found.can.len())
        };
        let with = |count: i64| Zone { resource_record_set_count: Some(count.into()), ..zone() };
        assert_eq!(seen(with(2)), (vec![], 1));
        assert_eq!(seen(with(3)), (vec![Note::new("records-first")], 1));
        let principal = "servicediscovery.amazonaws.com";
        let linked = LinkedService { service_principal: Some(principal.into()), ..LinkedService::default() };
        let managed = Zone { linked_service: Some(linked), ..zone() };
        assert_eq!(seen(managed), (vec![Note::with("service-managed", principal)], 0));
    }
}
