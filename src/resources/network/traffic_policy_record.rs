//! Route 53 traffic policy records are charged every month they exist; the policies themselves are free.

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "traffic-policy-record",
    names: words("Route 53 traffic policy record", "Route 53 トラフィックポリシーレコード"),
    bills: words(
        "per month while it exists; the policy it is made of is free",
        "存在する間は 1 か月ごと。元のポリシーは無料",
    ),
    scope: Scope::Global,
    small: false,
    billed_as: &["AmazonRoute53"],
    asks: &[&RECORDS],
    writes: &["route53:DeleteTrafficPolicyInstance"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const RECORDS: Operation<Record> = Operation::new("route53:ListTrafficPolicyInstances").at("TrafficPolicyInstances");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Record {
    id: String,
    name: String,
    traffic_policy_type: String,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let records = cx.ask(&RECORDS).with("MaxItems", "100").all().await?;
    Ok(records.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state is known to be free.
fn finding(record: &Record) -> Listed {
    let (id, name) = (&record.id, record.name.trim_end_matches('.'));
    let sku = Sku::new("AmazonRoute53").with("item", "traffic_policy_record").with("unit", "month");
    let charge = Charge::each_month("traffic policy record", sku, 1);
    let found = Listed { charges: vec![charge], notes: vec![Note::new("delete-only")], ..Listed::new(id) };
    let kind = Some(record.traffic_policy_type.as_str()).filter(|_| !name.is_empty());
    let found = found.named(Some([name, kind.unwrap_or_default()].join(" ").trim().to_owned()));
    found.can(Verb::Delete, Command::aws("route53 delete-traffic-policy-instance --id").arg(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The state in the answer is ignored.
    #[test]
    fn every_state_is_charged() {
        for state in ["Applied", "Creating", "Failed", "Future"] {
            let record = serde_json::json!({
                "Id": "a1", "Name": "www.example.com.", "State": state, "TrafficPolicyType": "A",
            });
            let found = finding(&serde_json::from_value(record).unwrap());
            assert_eq!(found.charges[0].sku.to_string(), "AmazonRoute53 item=traffic_policy_record unit=month");
            assert_eq!(found.name.as_deref(), Some("www.example.com A"));
        }
    }
}
