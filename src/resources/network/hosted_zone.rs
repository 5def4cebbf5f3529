//! Route 53 hosted zones bill for every month they exist, private ones too; beyond 25 of an account less.

use aws_sdk_route53::Client;
use aws_sdk_route53::types::HostedZone;
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "hosted-zone",
    names: words("Route 53 hosted zone", "Route 53 ホストゾーン"),
    bills: words(
        "per month while it exists, not prorated, unless it is deleted within 12 hours; and per query",
        "存在する間は 1 か月ごと (日割りなし、作成から 12 時間以内の削除は無料)、加えてクエリごと",
    ),
    scope: Scope::Global,
    endpoint: "route53",
    small: true,
    billed_as: &["AmazonRoute53"],
    reads: &["route53:ListHostedZones"],
    writes: &["route53:DeleteHostedZone"],
    list: |cx| list(cx).boxed(),
};

/// How many cost more than those after them.
const FIRST: usize = 25;

async fn list(cx: &Cx) -> Result<Listing> {
    let zones = Client::new(&cx.sdk).list_hosted_zones().max_items(100).into_paginator().items().send();
    let zones: Vec<HostedZone> = zones.try_collect().await?;
    Ok(zones.iter().enumerate().map(|(place, zone)| finding(place, zone)).collect::<Vec<_>>().into())
}

fn finding(place: usize, zone: &HostedZone) -> Listed {
    let id = zone.id().trim_start_matches("/hostedzone/");
    let item = if place < FIRST { "hosted_zone_first_25" } else { "hosted_zone_over_25" };
    let sku = Sku::new("AmazonRoute53").with("item", item).with("unit", "month");
    let found = Listed::new(id).named(Some(zone.name().trim_end_matches('.').to_owned())).charge(Charge::each_month(
        "hosted zone",
        sku,
        1,
    ));
    if let Some(service) = zone.linked_service() {
        let who = service.service_principal().or(service.description()).unwrap_or("AWS");
        return found.note(Note::with("service-managed", who));
    }
    let found = found.can(Verb::Delete, Command::aws("route53 delete-hosted-zone --id").arg(id));
    // Those of the zone itself, NS and SOA, go with it.
    if zone.resource_record_set_count().is_some_and(|count| count > 2) {
        return found.note(Note::new("records-first"));
    }
    found
}

#[cfg(test)]
mod tests {
    use aws_sdk_route53::types::LinkedService;
    use aws_sdk_route53::types::builders::HostedZoneBuilder;

    use super::*;

    fn zone() -> HostedZoneBuilder {
        HostedZone::builder().id("/hostedzone/Z1").name("example.com.").caller_reference("x")
    }

    #[test]
    fn the_first_cost_more() {
        let key = |place| finding(place, &zone().build().unwrap()).charges[0].sku.to_string();
        assert_eq!(key(24), "AmazonRoute53 item=hosted_zone_first_25 unit=month");
        assert_eq!(key(25), "AmazonRoute53 item=hosted_zone_over_25 unit=month");
    }

    #[test]
    fn says_what_stands_in_the_way() {
        let seen = |zone: HostedZoneBuilder| {
            let found = finding(0, &zone.build().unwrap());
            (found.notes, found.can.len())
        };
        assert_eq!(seen(zone().resource_record_set_count(2)), (vec![], 1));
        assert_eq!(seen(zone().resource_record_set_count(3)), (vec![Note::new("records-first")], 1));
        let linked = LinkedService::builder().service_principal("servicediscovery.amazonaws.com").build();
        let note = Note::with("service-managed", "servicediscovery.amazonaws.com");
        assert_eq!(seen(zone().linked_service(linked)), (vec![note], 0));
    }
}
