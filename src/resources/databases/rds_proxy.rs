//! RDS proxies bill for every vCPU of the databases behind them, at least two, used or not, and cannot be stopped.

use aws_sdk_rds::Client;
use aws_sdk_rds::types::{DbProxy, DbProxyStatus};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

/// The vCPUs that are charged for however small the database is.
const LEAST: u32 = 2;

pub(super) static RESOURCE: Resource = Resource {
    id: "rds-proxy",
    names: words("RDS Proxy", "RDS Proxy"),
    bills: words(
        "per hour and vCPU of its databases, at least two; it cannot be stopped",
        "対象データベースの vCPU・時間ごと (最低 2 vCPU)。停止はできない",
    ),
    scope: Scope::Region,
    endpoint: "rds",
    small: false,
    billed_as: &["AmazonRDS"],
    reads: &["rds:DescribeDBProxies"],
    writes: &["rds:DeleteDBProxy"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let proxies = Client::new(&cx.sdk).describe_db_proxies().max_records(100).into_paginator().items().send();
    let proxies: Vec<DbProxy> = proxies.try_collect().await?;
    Ok(proxies.iter().map(finding).collect::<Vec<_>>().into())
}

/// An unknown status is reported, not hidden.
fn finding(proxy: &DbProxy) -> Listed {
    let name = proxy.db_proxy_name().unwrap_or_default();
    let ending = proxy.status() == Some(&DbProxyStatus::Deleting);
    let found = Listed {
        arn: proxy.db_proxy_arn().map(str::to_owned),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: time(proxy.created_date()),
        ..Listed::new(name)
    };
    let sku = || Sku::new("AmazonRDS").with("usagetype", "RDS:ProxyUsage");
    // How many vCPUs a class has is not among the answers of RDS.
    let found = found.charge(Charge::hourly("vCPU (RDS Proxy)", sku(), LEAST));
    let found = found.charge(Charge::metered("vCPU (RDS Proxy) above 2", sku(), Unit::Hour));
    let command = Command::aws("rds delete-db-proxy --db-proxy-name").arg(name);
    found.note(Note::new("delete-only")).can(Verb::Delete, command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bills_in_every_state() {
        let billing = |state: &str| finding(&DbProxy::builder().status(state.into()).build()).billing;
        assert_eq!(["available", "suspended", "dreaming"].map(billing), [Billing::Running; 3]);
        assert_eq!(billing("deleting"), Billing::Ending);
        let whats: Vec<String> = finding(&DbProxy::builder().build()).charges.into_iter().map(|it| it.what).collect();
        assert_eq!(whats, ["2 × vCPU (RDS Proxy)", "vCPU (RDS Proxy) above 2"]);
    }
}
