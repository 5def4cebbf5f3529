//! Personalize campaigns are charged for their provisioned throughput, used or not.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::{Listing, Resource};

const SERVICE: &str = "AmazonPersonalize";

pub(super) static RESOURCE: Resource = Resource {
    id: "personalize-campaign",
    names: words("Personalize campaign", "Personalize キャンペーン"),
    bills: words(
        "per hour of its minimum transactions per second, used or not; it cannot be stopped",
        "使わなくても最小プロビジョンド TPS の 1 時間ごと。停止不可",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&CAMPAIGNS, &CAMPAIGN],
    writes: &["personalize:DeleteCampaign"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const CAMPAIGNS: Operation<Campaign> = Operation::new("personalize:ListCampaigns").at("campaigns");
const CAMPAIGN: Operation<Detail> = Operation::new("personalize:DescribeCampaign").at("campaign");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Campaign {
    campaign_arn: Option<String>,
    name: Option<String>,
    status: String,
    creation_date_time: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Detail {
    #[serde(rename = "minProvisionedTPS")]
    min_provisioned_tps: Option<Decimal>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let campaigns = cx.ask(&CAMPAIGNS).all().await?;
    let ask = |it: &Campaign| cx.ask(&CAMPAIGN).with("campaignArn", it.campaign_arn.clone()).one();
    Ok(detailed(campaigns, ask, |it, detail| Some(finding(it, detail))).await)
}

fn finding(campaign: &Campaign, detail: Option<&Detail>) -> Listed {
    let status = campaign.status.to_ascii_uppercase();
    let billing = if status.starts_with("DELETE") { Billing::Ending } else { Billing::Running };
    let charge = charge(detail.and_then(|it| it.min_provisioned_tps));
    let charge = if status == "CREATE FAILED" { charge.at_most() } else { charge };
    let arn = campaign.campaign_arn.as_deref().unwrap_or_default();
    let id = arn.rsplit_once('/').map_or(arn, |(_, id)| id);
    let (of, created_at) = (campaign.campaign_arn.clone(), campaign.creation_date_time);
    let notes = ["delete-only", "usage-extra"].map(Note::new).to_vec();
    let found = Listed { arn: of, billing, created_at, notes, ..Listed::new(id) }.named(campaign.name.clone());
    found.charge(charge).can(Verb::Delete, Command::aws("personalize delete-campaign --campaign-arn").arg(arn))
}

fn charge(ready: Option<Decimal>) -> Charge {
    let sku = Sku::new(SERVICE).with("usagetype", "Campaign-TPS-Hours");
    match ready.filter(|ready| *ready > Decimal::ZERO) {
        Some(ready) => Charge::hourly("provisioned TPS", sku, ready),
        None => Charge::metered("provisioned TPS", sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_charged_in_every_state() {
        let bills = |status: &str| {
            let detail = Detail { min_provisioned_tps: Some(2.into()) };
            let found = finding(&Campaign { status: status.into(), ..Campaign::default() }, Some(&detail));
            (found.billing, found.charges[0].what.clone())
        };
        for status in ["ACTIVE", "CREATE IN_PROGRESS", "FUTURE", ""] {
            assert_eq!(bills(status), (Billing::Running, "2 × provisioned TPS".to_owned()), "{status}");
        }
        assert_eq!(bills("create failed").1, "≤ 2 × provisioned TPS");
        assert_eq!(bills("DELETE PENDING").0, Billing::Ending);
        assert_eq!(charge(None).quantity, None);
    }
}
