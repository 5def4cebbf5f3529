//! Network Flow Monitor is charged for every hour and instance whose agent reports to its scope, with or without a monitor.

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
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
    small: false,
    billed_as: &["AmazonCloudWatch"],
    asks: &[&SCOPES],
    writes: &["networkflowmonitor:DeleteScope"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const SCOPES: Operation<FlowScope> = Operation::new("networkflowmonitor:ListScopes").at("scopes");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct FlowScope {
    scope_id: String,
    scope_arn: String,
    status: Option<Status>,
}

values! { enum Status { Deactivating = "DEACTIVATING", Deactivated = "DEACTIVATED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    Ok(cx.ask(&SCOPES).all().await?.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is disabled.
fn finding(scope: &FlowScope) -> Option<Listed> {
    let billing = match scope.status {
        Some(Status::Deactivated) => return None,
        Some(Status::Deactivating) => Billing::Ending,
        _ => Billing::Running,
    };
    let (id, arn) = (&scope.scope_id, Some(scope.scope_arn.clone()));
    let sku = Sku::new("AmazonCloudWatch").with("item", "network_flow_monitor_resource").with("unit", "hour");
    let found = Listed { arn, billing, ..Listed::new(id) };
    let found = found.charge(Charge::metered("instances with an agent", sku, Unit::Hour));
    Some(found.can(Verb::Delete, Command::aws("networkflowmonitor delete-scope --scope-id").arg(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_charged_until_it_is_switched_off() {
        let billing = |status: &str| {
            let scope = FlowScope { status: Some(status.into()), ..FlowScope::default() };
            finding(&scope).map(|it| it.billing)
        };
        assert_eq!(["DEACTIVATED", "DEACTIVATING"].map(billing), [None, Some(Billing::Ending)]);
        let states = ["SUCCEEDED", "IN_PROGRESS", "FAILED", "FUTURE"].map(billing);
        assert_eq!(states, [Some(Billing::Running); 4]);
    }
}
