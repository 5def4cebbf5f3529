//! Network Flow Monitor bills for every hour and instance whose agent reports to its scope, with or without a monitor.

use aws_sdk_networkflowmonitor::Client;
use aws_sdk_networkflowmonitor::types::{ScopeStatus, ScopeSummary};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "network-flow-scope",
    names: words("Network Flow Monitor scope", "Network Flow Monitor スコープ"),
    bills: words(
        "per hour and instance whose agent reports to it",
        "エージェントが報告するインスタンスごと・1 時間ごと",
    ),
    scope: Scope::Region,
    endpoint: "networkflowmonitor",
    small: false,
    billed_as: &["AmazonCloudWatch"],
    reads: &["networkflowmonitor:ListScopes"],
    writes: &["networkflowmonitor:DeleteScope"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let scopes = Client::new(&cx.sdk).list_scopes().max_results(25).into_paginator().items().send();
    let scopes: Vec<ScopeSummary> = scopes.try_collect().await?;
    Ok(scopes.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is switched off.
fn finding(scope: &ScopeSummary) -> Option<Listed> {
    let billing = match scope.status() {
        ScopeStatus::Deactivated => return None,
        ScopeStatus::Deactivating => Billing::Ending,
        _ => Billing::Running,
    };
    let (id, arn) = (scope.scope_id(), Some(scope.scope_arn().to_owned()));
    let sku = Sku::new("AmazonCloudWatch").with("item", "network_flow_monitor_resource").with("unit", "hour");
    let found = Listed { arn, billing, ..Listed::new(id) };
    let found = found.charge(Charge::metered("instances with an agent", sku, Unit::Hour));
    Some(found.can(Verb::Delete, Command::aws("networkflowmonitor delete-scope --scope-id").arg(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bills_until_it_is_switched_off() {
        let billing = |status: &str| {
            let scope = ScopeSummary::builder().scope_id("1").scope_arn("arn").status(status.into()).build().unwrap();
            finding(&scope).map(|it| it.billing)
        };
        assert_eq!(["DEACTIVATED", "DEACTIVATING"].map(billing), [None, Some(Billing::Ending)]);
        let states = ["SUCCEEDED", "IN_PROGRESS", "FAILED", "DREAMING"].map(billing);
        assert_eq!(states, [Some(Billing::Running); 4]);
    }
}
