//! Serverless caches of `ElastiCache` bill at least a minimum of stored data for every hour they exist, and what is asked of them.

use aws_sdk_elasticache::Client;
use aws_sdk_elasticache::types::ServerlessCache;
use futures::FutureExt;
use rust_decimal::Decimal;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::lifecycle::billing;
use crate::resources::reading::{sku, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "elasticache-serverless-cache",
    names: words("ElastiCache serverless cache", "ElastiCache サーバーレスキャッシュ"),
    bills: words(
        "per GB-hour of its data with a minimum, and per unit of processing (ECPU)",
        "データの GB・時間ごと (最低量あり) と処理単位 (ECPU) ごと",
    ),
    scope: Scope::Region,
    endpoint: "elasticache",
    small: false,
    billed_as: &["AmazonElastiCache"],
    reads: &["elasticache:DescribeServerlessCaches"],
    writes: &["elasticache:DeleteServerlessCache"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let caches = Client::new(&cx.sdk).describe_serverless_caches().max_results(50).into_paginator().items().send();
    let caches: Vec<ServerlessCache> = caches.try_collect().await?;
    Ok(caches.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it does not bill. An unknown status is reported, not hidden.
fn finding(cache: &ServerlessCache) -> Option<Listed> {
    let never_was = cache.status().is_some_and(|status| status.eq_ignore_ascii_case("create-failed"));
    let billing = billing(cache.status()).filter(|_| !never_was)?;
    let name = cache.serverless_cache_name().unwrap_or_default();
    let created_at = time(cache.create_time());
    let found = Listed { arn: cache.arn().map(str::to_owned), billing, created_at, ..Listed::new(name) };
    let mut found = found.charge(least(cache));
    found.charges.extend(processing(cache));
    let found = found.note(Note::new("usage-extra")).note(Note::new("delete-only"));
    Some(found.can(Verb::Delete, Command::aws("elasticache delete-serverless-cache --serverless-cache-name").arg(name)))
}

/// The processing that is kept ready for it, and charged for whether it is asked for or not.
fn processing(cache: &ServerlessCache) -> Option<Charge> {
    let kept = cache.cache_usage_limits()?.ecpu_per_second()?.minimum().filter(|least| *least > 0)?;
    let sku = Sku::new("AmazonElastiCache").with("item", "serverless_ecpu").with("unit", "ecpu");
    Some(Charge::metered(&format!("{kept} ECPU per second at least"), sku, Unit::Hour))
}

/// The data it is charged for even when it is empty: a minimum of its own, or that of its engine.
fn least(cache: &ServerlessCache) -> Charge {
    let (engine, of_engine) = match cache.engine().unwrap_or_default().to_ascii_lowercase().as_str() {
        "valkey" => (Some("Valkey"), Decimal::new(1, 1)),
        "redis" => (Some("Redis"), Decimal::ONE),
        "memcached" => (Some("Memcached"), Decimal::ONE),
        _ => (None, Decimal::new(1, 1)),
    };
    let own = cache.cache_usage_limits().and_then(|limits| limits.data_storage()?.minimum()).map(Decimal::from);
    let usage = engine.map(|engine| format!("CachedData:{engine}"));
    let gigabytes = own.map_or(of_engine, |own| own.max(of_engine));
    Charge::hourly("GB data storage", sku("AmazonElastiCache", [("usagetype", usage.as_deref())]), gigabytes)
}

#[cfg(test)]
mod tests {
    use aws_sdk_elasticache::types::{CacheUsageLimits, DataStorage, EcpuPerSecond};

    use super::*;
    use crate::model::Billing;

    #[test]
    fn bills_its_least_until_it_is_deleted() {
        let found = |engine: &str, status: &str| {
            finding(&ServerlessCache::builder().serverless_cache_name("study").engine(engine).status(status).build())
        };
        let what = |engine| found(engine, "available").unwrap().charges[0].what.clone();
        assert_eq!(what("valkey"), "0.1 × GB data storage");
        assert_eq!(what("redis"), "GB data storage");
        assert_eq!(found("redis", "DELETING").unwrap().billing, Billing::Ending);
        assert_eq!(found("redis", "dreaming").unwrap().billing, Billing::Running);
        assert_eq!(found("redis", "create-failed"), None);
        assert!(finding(&ServerlessCache::builder().build()).is_some());
    }

    #[test]
    fn processing_that_is_kept_ready_is_told() {
        let of = |least: Option<i32>| {
            let kept = EcpuPerSecond::builder().set_minimum(least).build();
            let limits = CacheUsageLimits::builder().ecpu_per_second(kept).build();
            processing(&ServerlessCache::builder().cache_usage_limits(limits).build()).map(|it| it.what)
        };
        assert_eq!([of(None), of(Some(0))], [None, None]);
        assert_eq!(of(Some(1000)).as_deref(), Some("1000 ECPU per second at least"));
    }

    #[test]
    fn a_minimum_of_its_own_is_charged_for() {
        let storage = DataStorage::builder().minimum(10).unit("GB".into()).build();
        let limits = CacheUsageLimits::builder().data_storage(storage).build();
        let cache = ServerlessCache::builder().engine("valkey").cache_usage_limits(limits).build();
        assert_eq!(least(&cache).quantity, Some(Decimal::TEN));
    }
}
