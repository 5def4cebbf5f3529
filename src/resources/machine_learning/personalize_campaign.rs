//! Personalize campaigns bill for the throughput that is kept ready, asked anything or not.

use aws_sdk_personalize::Client;
use aws_sdk_personalize::operation::describe_campaign::DescribeCampaignOutput;
use aws_sdk_personalize::types::{Campaign, CampaignSummary};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

const SERVICE: &str = "AmazonPersonalize";

pub(super) static RESOURCE: Resource = Resource {
    id: "personalize-campaign",
    names: words("Personalize campaign", "Personalize キャンペーン"),
    bills: words(
        "per hour of its minimum transactions per second, used or not; it cannot be stopped",
        "使わなくても最小プロビジョンド TPS の 1 時間ごと。停止はできない",
    ),
    scope: Scope::Region,
    endpoint: "personalize",
    small: false,
    billed_as: &[SERVICE],
    reads: &["personalize:ListCampaigns", "personalize:DescribeCampaign"],
    writes: &["personalize:DeleteCampaign"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let campaigns: Vec<CampaignSummary> =
        client.list_campaigns().max_results(100).into_paginator().items().send().try_collect().await?;
    let ask = |it: &CampaignSummary| client.describe_campaign().set_campaign_arn(it.campaign_arn.clone()).send();
    Ok(detailed(campaigns, ask, |it, detail| Some(finding(it, detail))).await)
}

fn finding(campaign: &CampaignSummary, detail: Option<&DescribeCampaignOutput>) -> Listed {
    let status = campaign.status().unwrap_or_default().to_ascii_uppercase();
    let billing = if status.starts_with("DELETE") { Billing::Ending } else { Billing::Running };
    let ready = detail.and_then(DescribeCampaignOutput::campaign).and_then(Campaign::min_provisioned_tps);
    let charge = charge(ready);
    let charge = if status == "CREATE FAILED" { charge.at_most() } else { charge };
    let arn = campaign.campaign_arn().unwrap_or_default();
    let id = arn.rsplit_once('/').map_or(arn, |(_, id)| id);
    let (of, created_at) = (campaign.campaign_arn.clone(), time(campaign.creation_date_time()));
    let notes = ["delete-only", "usage-extra"].map(Note::new).to_vec();
    let found = Listed { arn: of, billing, created_at, notes, ..Listed::new(id) }.named(campaign.name.clone());
    found.charge(charge).can(Verb::Delete, Command::aws("personalize delete-campaign --campaign-arn").arg(arn))
}

fn charge(ready: Option<i32>) -> Charge {
    let sku = Sku::new(SERVICE).with("usagetype", "Campaign-TPS-Hours");
    match ready.filter(|ready| *ready > 0) {
        Some(ready) => Charge::hourly("provisioned TPS", sku, ready),
        None => Charge::metered("provisioned TPS", sku, Unit::Hour),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_personalize::types::Campaign;

    use super::*;

    #[test]
    fn it_bills_whatever_its_state() {
        let told = |status: &str| {
            let detail = Campaign::builder().min_provisioned_tps(2).build();
            let detail = DescribeCampaignOutput::builder().campaign(detail).build();
            let found = finding(&CampaignSummary::builder().status(status).build(), Some(&detail));
            (found.billing, found.charges[0].what.clone())
        };
        for status in ["ACTIVE", "CREATE IN_PROGRESS", "DREAMING", ""] {
            assert_eq!(told(status), (Billing::Running, "2 × provisioned TPS".to_owned()), "{status}");
        }
        assert_eq!(told("create failed").1, "≤ 2 × provisioned TPS");
        assert_eq!(told("DELETE PENDING").0, Billing::Ending);
        assert_eq!(charge(None).quantity, None);
    }
}
