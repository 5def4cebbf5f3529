//! Personalize recommenders are charged for every hour they are active; stopped ones are free.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::{Listing, Resource};

const SERVICE: &str = "AmazonPersonalize";

pub(super) static RESOURCE: Resource = Resource {
    id: "personalize-recommender",
    names: words("Personalize recommender", "Personalize レコメンダー"),
    bills: words("per hour until it is stopped, used or not", "停止するまで、使わなくても 1 時間ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&RECOMMENDERS],
    writes: &["personalize:StopRecommender", "personalize:DeleteRecommender"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const RECOMMENDERS: Operation<Recommender> = Operation::new("personalize:ListRecommenders").at("recommenders");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Recommender {
    recommender_arn: Option<String>,
    name: Option<String>,
    status: String,
    creation_date_time: Option<Timestamp>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let recommenders = cx.ask(&RECOMMENDERS).all().await?;
    Ok(recommenders.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is stopped.
fn finding(recommender: &Recommender) -> Option<Listed> {
    let status = recommender.status.to_ascii_uppercase();
    let billing = match status.as_str() {
        "INACTIVE" => return None,
        "STOP PENDING" | "STOP IN_PROGRESS" | "DELETE PENDING" | "DELETE IN_PROGRESS" => Billing::Ending,
        _ => Billing::Running,
    };
    // The price of the first tier: more users and requests cost more.
    let sku = Sku::new(SERVICE).with("item", "recommender_tier1").with("unit", "hour");
    let charge = Charge::hourly("recommender", sku, 1);
    let charge = if status == "CREATE FAILED" { charge.at_most() } else { charge };
    let arn = recommender.recommender_arn.as_deref().unwrap_or_default();
    let id = arn.rsplit_once('/').map_or(arn, |(_, id)| id);
    let (of, created_at) = (recommender.recommender_arn.clone(), recommender.creation_date_time);
    let found = Listed { arn: of, billing, created_at, ..Listed::new(id) }.named(recommender.name.clone());
    let found = found.charge(charge).note(Note::new("usage-extra"));
    let command = |verb: &str| Command::aws(&format!("personalize {verb}-recommender --recommender-arn")).arg(arn);
    Some(found.can(Verb::Stop, command("stop")).can(Verb::Delete, command("delete")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_charged_until_it_is_stopped() {
        let found = |status: &str| finding(&Recommender { status: status.into(), ..Recommender::default() });
        let billing = |status: &str| found(status).map(|it| it.billing);
        assert_eq!(["ACTIVE", "START PENDING", "FUTURE", ""].map(billing), [Some(Billing::Running); 4]);
        assert_eq!(["INACTIVE", "inactive"].map(billing), [None; 2]);
        assert_eq!(billing("STOP IN_PROGRESS"), Some(Billing::Ending));
        assert_eq!(found("CREATE FAILED").unwrap().charges[0].what, "≤ recommender");
    }
}
