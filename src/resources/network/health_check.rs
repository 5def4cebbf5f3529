//! Route 53 health checks bill for every month they exist, disabled or not, and for each extra of theirs.

use aws_sdk_route53::Client;
use aws_sdk_route53::types::{HealthCheck, HealthCheckConfig, HealthCheckType};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "health-check",
    names: words("Route 53 health check", "Route 53 ヘルスチェック"),
    bills: words(
        "per month while it exists, disabled or not, more for endpoints outside AWS, and for HTTPS, text, speed and latency",
        "無効にしても存在する間は 1 か月ごと。AWS 外のエンドポイント、HTTPS、文字列照合、高速間隔、レイテンシー測定は割高",
    ),
    scope: Scope::Global,
    endpoint: "route53",
    small: true,
    billed_as: &["AmazonRoute53"],
    reads: &["route53:ListHealthChecks"],
    writes: &["route53:DeleteHealthCheck"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let checks = Client::new(&cx.sdk).list_health_checks().max_items(100).into_paginator().items().send();
    let checks: Vec<HealthCheck> = checks.try_collect().await?;
    Ok(checks.iter().map(finding).collect::<Vec<_>>().into())
}

fn finding(check: &HealthCheck) -> Listed {
    let id = check.id();
    let config = check.health_check_config();
    let target = config.and_then(|it| it.fully_qualified_domain_name().or(it.ip_address()));
    // Whether the endpoint is one of AWS's, which costs less, is not said.
    let found = Listed::new(id).named(target.map(str::to_owned));
    let mut found =
        found.charge(Charge::new("1 health check", sku("health_check_non_aws_endpoint"), 1, Unit::Month).at_most());
    let extras = config.map_or(0, extras);
    if extras > 0 {
        let sku = sku("health_check_optional_feature_non_aws");
        found = found.charge(Charge::each_month("optional feature", sku, extras).at_most());
    }
    if let Some(service) = check.linked_service() {
        let who = service.service_principal().or(service.description()).unwrap_or("AWS");
        return found.note(Note::with("service-managed", who));
    }
    found
        .note(Note::new("delete-only"))
        .can(Verb::Delete, Command::aws("route53 delete-health-check --health-check-id").arg(id))
}

/// What is charged for on top: HTTPS, a text to look for, every ten seconds, latency.
fn extras(config: &HealthCheckConfig) -> usize {
    let (https, text) = match config.r#type() {
        HealthCheckType::Https => (true, false),
        HealthCheckType::HttpStrMatch => (false, true),
        HealthCheckType::HttpsStrMatch => (true, true),
        _ => (false, false),
    };
    let fast = config.request_interval().is_some_and(|seconds| seconds < 30);
    [https, text, fast, config.measure_latency() == Some(true)].into_iter().filter(|it| *it).count()
}

fn sku(item: &str) -> Sku {
    Sku::new("AmazonRoute53").with("item", item).with("unit", "month")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_extra_is_counted() {
        let of = |kind: &str| HealthCheckConfig::builder().r#type(kind.into()).request_interval(30);
        let count = |kind: &str| extras(&of(kind).build().unwrap());
        assert_eq!(["HTTP", "TCP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH"].map(count), [0, 0, 1, 1, 2]);
        let all = of("HTTPS_STR_MATCH").request_interval(10).measure_latency(true).build().unwrap();
        assert_eq!(extras(&all), 4);
    }

    #[test]
    fn bills_disabled_or_not_and_at_most_as_outside_aws() {
        let config = HealthCheckConfig::builder().r#type(HealthCheckType::Http).disabled(true).build().unwrap();
        let check = HealthCheck::builder().id("x").caller_reference("x").health_check_version(1);
        let found = finding(&check.health_check_config(config).build().unwrap());
        assert_eq!((found.charges.len(), found.charges[0].what.as_str()), (1, "≤ 1 health check"));
    }
}
