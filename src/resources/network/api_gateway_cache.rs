//! API Gateway stages are free except for their caches, which are charged by size for every hour they exist.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "api-gateway-cache",
    names: words("API Gateway cache", "API Gateway キャッシュ"),
    bills: words(
        "per hour by its size while the stage has one, used or not",
        "ステージで有効な間は、使わなくてもサイズに応じて 1 時間ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonApiGateway"],
    asks: &[&APIS, &STAGES],
    writes: &["apigateway:PATCH"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const APIS: Operation<Api> = Operation::new("apigateway:GetRestApis").at("items");
const STAGES: Operation<Stage> = Operation::new("apigateway:GetStages").at("item");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Api {
    id: Option<String>,
    name: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Stage {
    stage_name: Option<String>,
    /// In gigabytes, as text.
    cache_cluster_size: Option<String>,
    cache_cluster_status: Option<Status>,
    created_date: Option<Timestamp>,
    tags: BTreeMap<String, String>,
}

values! { enum Status { NotAvailable = "NOT_AVAILABLE", DeleteInProgress = "DELETE_IN_PROGRESS" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let apis = cx.ask(&APIS).with("limit", 500).all().await?;
    let ask = |api: &Api| {
        let answer = cx.ask(&STAGES).with("restApiId", api.id.clone()).all();
        answer.map(|answer| found(answer, &["NotFoundException"]))
    };
    let (apis, faults) = about_each(apis, ask).await;
    let mut findings = Vec::new();
    for (api, answer) in &apis {
        let stages = answer.iter().flatten().flatten();
        findings.extend(stages.filter_map(|stage| finding(api, stage)));
    }
    Ok(Listing { findings, faults, ..Listing::default() })
}

/// `None` means the stage has no cache. AWS always returns whether it has one.
fn finding(api: &Api, stage: &Stage) -> Option<Listed> {
    let billing = match stage.cache_cluster_status {
        Some(Status::NotAvailable) => return None,
        Some(Status::DeleteInProgress) => Billing::Ending,
        _ => Billing::Running,
    };
    let (api_id, name) = (api.id.as_deref().unwrap_or_default(), stage.stage_name.as_deref().unwrap_or_default());
    let charge = match stage.cache_cluster_size.as_deref() {
        Some(size) => Charge::hourly(&format!("{size} GB cache"), sku(size), 1),
        None => Charge::metered("cache", Sku::new("AmazonApiGateway"), Unit::Hour),
    };
    let (created_at, tags) = (stage.created_date, stage.tags.clone());
    let found = Listed { billing, created_at, tags, ..Listed::new(format!("{api_id}/{name}")) };
    let stop = Command::aws("apigateway update-stage --rest-api-id").arg(api_id).words("--stage-name").arg(name);
    let patch = "--patch-operations op=replace,path=/cacheClusterEnabled,value=false";
    Some(found.named(api.name.clone()).charge(charge).can(Verb::Stop, stop.words(patch)))
}

fn sku(size: &str) -> Sku {
    Sku::new("AmazonApiGateway").with("usagetype", format!("ApiGatewayCacheUsage:{size}GB"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(stage: Stage) -> Option<Listed> {
        finding(&Api { id: Some("a1".into()), name: Some("study".into()) }, &stage)
    }

    #[test]
    fn only_a_stage_without_a_cache_is_free() {
        let billing = |status: &str| {
            found(Stage { cache_cluster_status: Some(status.into()), ..Stage::default() }).map(|it| it.billing)
        };
        let states = ["NOT_AVAILABLE", "DELETE_IN_PROGRESS", "AVAILABLE", "FLUSH_IN_PROGRESS", "NEW"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(states, [None, Some(Billing::Ending), running, running, running]);
        assert_eq!(found(Stage::default()).unwrap().charges[0].quantity, None);
    }

    #[test]
    fn its_size_is_its_price() {
        let (stage_name, cache_cluster_size) = (Some("live".into()), Some("6.1".into()));
        let found = found(Stage { stage_name, cache_cluster_size, ..Stage::default() }).unwrap();
        let key = "AmazonApiGateway usagetype=ApiGatewayCacheUsage:6.1GB";
        assert_eq!((&*found.id, found.charges[0].sku.to_string()), ("a1/live", key.to_owned()));
    }
}
