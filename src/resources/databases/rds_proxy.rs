//! RDS proxies are charged for every vCPU of the databases behind them, at least two, used or not, and cannot be stopped.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

/// The charged minimum of vCPUs, however small the database is.
const LEAST: u32 = 2;

pub(super) static RESOURCE: Resource = Resource {
    id: "rds-proxy",
    names: words("RDS Proxy", "RDS Proxy"),
    bills: words(
        "per hour and vCPU of its databases, at least two; it cannot be stopped",
        "対象データベースの vCPU・時間ごと(最低 2 vCPU)。停止不可",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonRDS"],
    asks: &[&PROXIES],
    writes: &["rds:DeleteDBProxy"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const PROXIES: Operation<Proxy> = Operation::new("rds:DescribeDBProxies").at("DBProxies");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Proxy {
    #[serde(rename = "DBProxyName")]
    name: String,
    #[serde(rename = "DBProxyArn")]
    arn: Option<String>,
    status: Option<Status>,
    created_date: Option<Timestamp>,
}

values! { enum Status { Deleting = "deleting" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let proxies = cx.ask(&PROXIES).all().await?;
    Ok(proxies.iter().map(finding).collect::<Vec<_>>().into())
}

/// An unknown status is reported, not hidden.
fn finding(proxy: &Proxy) -> Listed {
    let ending = proxy.status == Some(Status::Deleting);
    let found = Listed {
        arn: proxy.arn.clone(),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: proxy.created_date,
        ..Listed::new(&proxy.name)
    };
    let sku = || Sku::new("AmazonRDS").with("usagetype", "RDS:ProxyUsage");
    // RDS has no call for the vCPUs of a class.
    let found = found.charge(Charge::hourly("vCPU (RDS Proxy)", sku(), LEAST));
    let found = found.charge(Charge::metered("vCPU (RDS Proxy) above 2", sku(), Unit::Hour));
    let command = Command::aws("rds delete-db-proxy --db-proxy-name").arg(&proxy.name);
    found.note(Note::new("delete-only")).loses(Loss::Address).can(Verb::Delete, command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_charged_in_every_state() {
        let billing = |state: &str| finding(&Proxy { status: Some(state.into()), ..Proxy::default() }).billing;
        assert_eq!(["available", "suspended", "future"].map(billing), [Billing::Running; 3]);
        assert_eq!(billing("deleting"), Billing::Ending);
        let whats: Vec<String> = finding(&Proxy::default()).charges.into_iter().map(|it| it.what).collect();
        assert_eq!(whats, ["2 × vCPU (RDS Proxy)", "vCPU (RDS Proxy) above 2"]);
    }
}
