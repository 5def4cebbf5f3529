//! Serverless caches of `ElastiCache` are charged for at least a minimum of stored data every hour, and for requests.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::lifecycle::billing;
use crate::resources::reading::sku;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "elasticache-serverless-cache",
    names: words("ElastiCache serverless cache", "ElastiCache サーバーレスキャッシュ"),
    bills: words(
        "per GB-hour of its data with a minimum, and per unit of processing (ECPU)",
        "データの GB・時間ごと(最低量あり) と処理単位(ECPU) ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonElastiCache"],
    asks: &[&CACHES],
    writes: &["elasticache:DeleteServerlessCache"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const CACHES: Operation<Cache> = Operation::new("elasticache:DescribeServerlessCaches").at("ServerlessCaches");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Cache {
    serverless_cache_name: Option<String>,
    create_time: Option<Timestamp>,
    status: Option<String>,
    engine: Option<String>,
    cache_usage_limits: Limits,
    #[serde(rename = "ARN")]
    arn: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Limits {
    data_storage: Least,
    #[serde(rename = "ECPUPerSecond")]
    ecpu_per_second: Least,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Least {
    minimum: Option<Decimal>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let caches = cx.ask(&CACHES).with("MaxResults", 50).all().await?;
    Ok(caches.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is not charged. An unknown status is reported, not hidden.
fn finding(cache: &Cache) -> Option<Listed> {
    let status = cache.status.as_deref();
    let never_was = status.is_some_and(|status| status.eq_ignore_ascii_case("create-failed"));
    let billing = billing(status).filter(|_| !never_was)?;
    let name = cache.serverless_cache_name.as_deref().unwrap_or_default();
    let (arn, created_at) = (cache.arn.clone(), cache.create_time);
    let found = Listed { arn, billing, created_at, ..Listed::new(name) };
    let mut found = found.charge(least(cache));
    found.charges.extend(processing(cache));
    let found = found.note(Note::new("usage-extra")).note(Note::new("delete-only"));
    Some(
        found
            .loses(Loss::Data)
            .can(Verb::Delete, Command::aws("elasticache delete-serverless-cache --serverless-cache-name").arg(name)),
    )
}

/// The reserved minimum of processing, charged with or without requests.
fn processing(cache: &Cache) -> Option<Charge> {
    let kept = cache.cache_usage_limits.ecpu_per_second.minimum.filter(|least| *least > Decimal::ZERO)?;
    let sku = Sku::new("AmazonElastiCache").with("item", "serverless_ecpu").with("unit", "ecpu");
    Some(Charge::metered(&format!("{kept} ECPU per second at least"), sku, Unit::Hour))
}

/// The charged minimum of data: the cache's own setting, or that of its engine.
fn least(cache: &Cache) -> Charge {
    let (engine, of_engine) = match cache.engine.as_deref().unwrap_or_default().to_ascii_lowercase().as_str() {
        "valkey" => (Some("Valkey"), Decimal::new(1, 1)),
        "redis" => (Some("Redis"), Decimal::ONE),
        "memcached" => (Some("Memcached"), Decimal::ONE),
        _ => (None, Decimal::new(1, 1)),
    };
    let own = cache.cache_usage_limits.data_storage.minimum;
    let usage = engine.map(|engine| format!("CachedData:{engine}"));
    let gigabytes = own.map_or(of_engine, |own| own.max(of_engine));
    Charge::hourly("GB data storage", sku("AmazonElastiCache", [("usagetype", usage.as_deref())]), gigabytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Billing;

    #[test]
    fn is_charged_for_its_minimum_until_it_is_deleted() {
        let found = |engine: &str, status: &str| {
            let (name, engine, status) = (Some("study".into()), Some(engine.into()), Some(status.into()));
            finding(&Cache { serverless_cache_name: name, engine, status, ..Cache::default() })
        };
        let what = |engine| found(engine, "available").unwrap().charges[0].what.clone();
        assert_eq!(what("valkey"), "0.1 × GB data storage");
        assert_eq!(what("redis"), "GB data storage");
        assert_eq!(found("redis", "DELETING").unwrap().billing, Billing::Ending);
        assert_eq!(found("redis", "future").unwrap().billing, Billing::Running);
        assert_eq!(found("redis", "create-failed"), None);
        assert!(finding(&Cache::default()).is_some());
    }

    #[test]
    fn processing_that_is_kept_ready_is_charged() {
        let of = |minimum: Option<i32>| {
            let ecpu_per_second = Least { minimum: minimum.map(Into::into) };
            let cache_usage_limits = Limits { ecpu_per_second, ..Limits::default() };
            processing(&Cache { cache_usage_limits, ..Cache::default() }).map(|it| it.what)
        };
        assert_eq!([of(None), of(Some(0))], [None, None]);
        assert_eq!(of(Some(1000)).as_deref(), Some("1000 ECPU per second at least"));
    }

    #[test]
    fn a_minimum_of_its_own_is_charged_for() {
        let data_storage = Least { minimum: Some(10.into()) };
        let cache_usage_limits = Limits { data_storage, ..Limits::default() };
        let cache = Cache { engine: Some("valkey".into()), cache_usage_limits, ..Cache::default() };
        assert_eq!(least(&cache).quantity, Some(Decimal::TEN));
    }
}
