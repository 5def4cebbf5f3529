//! Route 53 health checks are charged every month they exist, disabled or not, and for each optional feature.

use futures::FutureExt;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
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
    small: true,
    billed_as: &["AmazonRoute53"],
    asks: &[&CHECKS],
    writes: &["route53:DeleteHealthCheck"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const CHECKS: Operation<Check> = Operation::new("route53:ListHealthChecks").at("HealthChecks");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Check {
    id: String,
    linked_service: Option<LinkedService>,
    health_check_config: Config,
}

/// The AWS service that created the check, and deletes it.
#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct LinkedService {
    service_principal: Option<String>,
    description: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Config {
    #[serde(rename = "IPAddress")]
    ip_address: Option<String>,
    #[serde(rename = "Type")]
    kind: Option<Kind>,
    fully_qualified_domain_name: Option<String>,
    /// In seconds.
    request_interval: Option<Decimal>,
    measure_latency: bool,
}

values! { enum Kind { Https = "HTTPS", HttpStrMatch = "HTTP_STR_MATCH", HttpsStrMatch = "HTTPS_STR_MATCH" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let checks = cx.ask(&CHECKS).with("MaxItems", "100").all().await?;
    Ok(checks.iter().map(finding).collect::<Vec<_>>().into())
}

fn finding(check: &Check) -> Listed {
    let (id, config) = (&check.id, &check.health_check_config);
    let target = config.fully_qualified_domain_name.as_ref().or(config.ip_address.as_ref());
    // Checks of AWS endpoints cost less; the answer does not say whether it is one.
    let found = Listed::new(id).named(target.cloned());
    let mut found =
        found.charge(Charge::new("1 health check", sku("health_check_non_aws_endpoint"), 1, Unit::Month).at_most());
    let extras = extras(config);
    if extras > 0 {
        let sku = sku("health_check_optional_feature_non_aws");
        found = found.charge(Charge::each_month("optional feature", sku, extras).at_most());
    }
    if let Some(service) = &check.linked_service {
        let who = service.service_principal.as_deref().or(service.description.as_deref()).unwrap_or("AWS");
        return found.note(Note::with("service-managed", who));
    }
    found
        .note(Note::new("delete-only"))
        .can(Verb::Delete, Command::aws("route53 delete-health-check --health-check-id").arg(id))
}

/// The number of optional features: HTTPS, string matching, the ten-second interval, latency measurement.
fn extras(config: &Config) -> usize {
    let (https, text) = match config.kind {
        Some(Kind::Https) => (true, false),
        Some(Kind::HttpStrMatch) => (false, true),
        Some(Kind::HttpsStrMatch) => (true, true),
        _ => (false, false),
    };
    let fast = config.request_interval.is_some_and(|seconds| seconds < Decimal::from(30));
    [https, text, fast, config.measure_latency].into_iter().filter(|it| *it).count()
}

fn sku(item: &str) -> Sku {
    Sku::new("AmazonRoute53").with("item", item).with("unit", "month")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_extra_is_counted() {
        let of =
            |kind: &str| Config { kind: Some(kind.into()), request_interval: Some(30.into()), ..Config::default() };
        let count = |kind: &str| extras(&of(kind));
        assert_eq!(["HTTP", "TCP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH"].map(count), [0, 0, 1, 1, 2]);
        let all = Config { request_interval: Some(10.into()), measure_latency: true, ..of("HTTPS_STR_MATCH") };
        assert_eq!(extras(&all), 4);
    }

    #[test]
    fn is_charged_disabled_or_not_and_at_most_as_outside_aws() {
        let health_check_config = Config { kind: Some("HTTP".into()), ..Config::default() };
        let found = finding(&Check { id: "x".into(), health_check_config, ..Check::default() });
        assert_eq!((found.charges.len(), found.charges[0].what.as_str()), (1, "≤ 1 health check"));
    }
}
