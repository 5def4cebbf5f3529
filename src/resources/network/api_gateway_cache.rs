//! API Gateway's stages are free but for their caches, which bill by size for every hour they exist.

use aws_sdk_apigateway::Client;
use aws_sdk_apigateway::operation::get_stages::GetStagesOutput;
use aws_sdk_apigateway::types::{CacheClusterSize, CacheClusterStatus, RestApi, Stage};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::{tag_map, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "api-gateway-cache",
    names: words("API Gateway cache", "API Gateway キャッシュ"),
    bills: words(
        "per hour by its size while the stage has one, used or not",
        "ステージで有効な間は、使わなくてもサイズに応じて 1 時間ごと",
    ),
    scope: Scope::Region,
    endpoint: "apigateway",
    small: false,
    billed_as: &["AmazonApiGateway"],
    reads: &["apigateway:GET"],
    writes: &["apigateway:PATCH"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let apis: Vec<RestApi> = client.get_rest_apis().limit(500).into_paginator().items().send().try_collect().await?;
    let ask = |api: &RestApi| {
        let answer = client.get_stages().set_rest_api_id(api.id.clone()).send();
        answer.map(|answer| found(answer, &["NotFoundException"]))
    };
    let (apis, faults) = about_each(apis, ask).await;
    let mut findings = Vec::new();
    for (api, answer) in &apis {
        let stages = answer.iter().flatten().flat_map(GetStagesOutput::item);
        findings.extend(stages.filter_map(|stage| finding(api, stage)));
    }
    Ok(Listing { findings, faults, ..Listing::default() })
}

/// `None` means the stage has no cache. AWS always says whether it has one.
fn finding(api: &RestApi, stage: &Stage) -> Option<Listed> {
    let billing = match stage.cache_cluster_status() {
        Some(CacheClusterStatus::NotAvailable) => return None,
        Some(CacheClusterStatus::DeleteInProgress) => Billing::Ending,
        _ => Billing::Running,
    };
    let (api_id, name) = (api.id().unwrap_or_default(), stage.stage_name().unwrap_or_default());
    let charge = match stage.cache_cluster_size().map(CacheClusterSize::as_str) {
        Some(size) => Charge::hourly(&format!("{size} GB cache"), sku(size), 1),
        None => Charge::metered("cache", Sku::new("AmazonApiGateway"), Unit::Hour),
    };
    let (created_at, tags) = (time(stage.created_date()), tag_map(stage.tags()));
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
        finding(&RestApi::builder().id("a1").name("study").build(), &stage)
    }

    #[test]
    fn only_a_stage_without_a_cache_is_free() {
        let billing =
            |status: &str| found(Stage::builder().cache_cluster_status(status.into()).build()).map(|it| it.billing);
        let states = ["NOT_AVAILABLE", "DELETE_IN_PROGRESS", "AVAILABLE", "FLUSH_IN_PROGRESS", "NEW"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(states, [None, Some(Billing::Ending), running, running, running]);
        assert_eq!(found(Stage::builder().build()).unwrap().charges[0].quantity, None);
    }

    #[test]
    fn its_size_is_its_price() {
        let stage = Stage::builder().stage_name("live").cache_cluster_size(CacheClusterSize::Size6Point1Gb).build();
        let found = found(stage).unwrap();
        let key = "AmazonApiGateway usagetype=ApiGatewayCacheUsage:6.1GB";
        assert_eq!((&*found.id, found.charges[0].sku.to_string()), ("a1/live", key.to_owned()));
    }
}
