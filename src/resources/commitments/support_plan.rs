//! Support plans are charged every month; Business and the plans above it can be read, the Developer plan is only on the bill.

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Charge, Listed, Note, Scope, Sku, Unit, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "support-plan",
    names: words("Support plan (Business or above)", "サポートプラン(ビジネス以上)"),
    bills: words(
        "per month, a share of the bill with a minimum; it is ended in the console",
        "1 か月ごとに請求額の一定割合(最低額あり)。終了はコンソールから",
    ),
    scope: Scope::Global,
    small: false,
    billed_as: &["AWSSupportBusiness", "AWSSupportEnterprise"],
    asks: &[&LEVELS],
    writes: &[],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const LEVELS: Operation<Level> = Operation::new("support:DescribeSeverityLevels").at("severityLevels");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Level {
    code: Option<String>,
}

/// Without such a plan AWS refuses the request.
async fn list(cx: &Cx) -> Result<Listing> {
    let answer = cx.ask(&LEVELS).all().await;
    let levels = found(answer, &["SubscriptionRequiredException"])?.unwrap_or_default();
    Ok(finding(&levels).into_iter().collect::<Vec<_>>().into())
}

/// `None` means that the account cannot open cases. The severity levels do not identify the plan with certainty.
fn finding(levels: &[Level]) -> Option<Listed> {
    if levels.is_empty() {
        return None;
    }
    let critical = levels.iter().any(|level| level.code.as_deref() == Some("critical"));
    let service = if critical { "AWSSupportEnterprise" } else { "AWSSupportBusiness" };
    let sku = Sku::new(service).with("item", "plan").with("unit", "month");
    let found = Listed::new("support-plan").charge(Charge::metered("support plan", sku, Unit::Month));
    Some(found.note(Note::new("change-plan")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_that_may_open_cases_pays() {
        let service = |codes: &[&str]| {
            let levels: Vec<_> = codes.iter().map(|code| Level { code: Some((*code).to_owned()) }).collect();
            finding(&levels).map(|it| (it.charges[0].sku.service.to_string(), it.charges[0].quantity, it.can.len()))
        };
        assert_eq!(service(&[]), None);
        assert_eq!(service(&["low", "normal", "high", "urgent"]), Some(("AWSSupportBusiness".to_owned(), None, 0)));
        assert_eq!(service(&["low", "critical"]), Some(("AWSSupportEnterprise".to_owned(), None, 0)));
        assert_eq!(service(&["future"]), Some(("AWSSupportBusiness".to_owned(), None, 0)));
    }
}
