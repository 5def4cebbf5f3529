//! Route 53 traffic policy records bill for every month they exist, and are dear; the policies themselves are free.

use aws_sdk_route53::Client;
use aws_sdk_route53::types::{RrType, TrafficPolicyInstance};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::paging::pages;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "traffic-policy-record",
    names: words("Route 53 traffic policy record", "Route 53 トラフィックポリシーレコード"),
    bills: words(
        "per month while it exists; the policy it is made of is free",
        "存在する間は 1 か月ごと。元のポリシーは無料",
    ),
    scope: Scope::Global,
    endpoint: "route53",
    small: false,
    billed_as: &["AmazonRoute53"],
    reads: &["route53:ListTrafficPolicyInstances"],
    writes: &["route53:DeleteTrafficPolicyInstance"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    // Three words name the next page; none of them holds a space.
    let page = |token: Option<String>| {
        let mut parts = token.iter().flat_map(|token| token.split(' ')).filter(|part| !part.is_empty());
        let asked = client.list_traffic_policy_instances().max_items(100);
        let asked = asked.set_hosted_zone_id_marker(parts.next().map(str::to_owned));
        let asked = asked.set_traffic_policy_instance_name_marker(parts.next().map(str::to_owned));
        let answer = asked.set_traffic_policy_instance_type_marker(parts.next().map(RrType::from)).send();
        async move {
            let it = answer.await?;
            let kind = it.traffic_policy_instance_type_marker.as_ref().map(RrType::as_str).unwrap_or_default();
            let (zone, name) = (it.hosted_zone_id_marker.as_deref(), it.traffic_policy_instance_name_marker.as_deref());
            let next = [zone.unwrap_or_default(), name.unwrap_or_default(), kind].join(" ").trim().to_owned();
            Ok((it.traffic_policy_instances, Some(next).filter(|_| it.is_truncated)))
        }
    };
    Ok(pages(page).await?.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state is known to be free.
fn finding(record: &TrafficPolicyInstance) -> Listed {
    let (id, name) = (record.id(), record.name().trim_end_matches('.'));
    let sku = Sku::new("AmazonRoute53").with("item", "traffic_policy_record").with("unit", "month");
    let charge = Charge::each_month("traffic policy record", sku, 1);
    let found = Listed { charges: vec![charge], notes: vec![Note::new("delete-only")], ..Listed::new(id) };
    let kind = Some(record.traffic_policy_type().as_str()).filter(|_| !name.is_empty());
    let found = found.named(Some([name, kind.unwrap_or_default()].join(" ").trim().to_owned()));
    found.can(Verb::Delete, Command::aws("route53 delete-traffic-policy-instance --id").arg(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_bills() {
        for state in ["Applied", "Creating", "Failed", "Dreaming"] {
            let record = TrafficPolicyInstance::builder().id("a1").hosted_zone_id("Z1").name("www.example.com.");
            let record = record.ttl(60).state(state).message("").traffic_policy_id("p").traffic_policy_version(1);
            let found = finding(&record.traffic_policy_type(RrType::A).build().unwrap());
            assert_eq!(found.charges[0].sku.to_string(), "AmazonRoute53 item=traffic_policy_record unit=month");
            assert_eq!(found.name.as_deref(), Some("www.example.com A"));
        }
    }
}
