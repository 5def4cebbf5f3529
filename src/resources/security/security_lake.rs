//! Security Lake is charged in each region for ingested and converted logs, as long as its data lake exists.

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::aws::fault::switched_on;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "security-lake",
    names: words("Security Lake data lake", "Security Lake データレイク"),
    bills: words(
        "per GB of logs it takes in and converts; plus storage",
        "取り込んで変換したログの GB ごと、加えてストレージ",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonSecurityLake"],
    asks: &[&LAKES],
    writes: &["securitylake:DeleteDataLake"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const LAKES: Operation<Lake> = Operation::new("securitylake:ListDataLakes").at("dataLakes");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Lake {
    data_lake_arn: String,
    region: String,
}

/// The answers of Security Lake where it is disabled, depending on the region. A missing permission names the action instead.
/// The lake of an organisation belongs to its administrator's account and is reported there.
const OFF: [(&str, &str); 3] = [
    ("ResourceNotFoundException", ""),
    ("AccessDeniedException", "delegated Security Lake administrator"),
    ("AccessDeniedException", "account is not authorized to perform this operation"),
];

/// Each region lists the lakes of all regions, and is asked only for its own.
async fn list(cx: &Cx) -> Result<Listing> {
    let here = cx.place.region.as_str();
    let answer = cx.ask(&LAKES).with("regions", vec![here]).all().await;
    let lakes = switched_on(answer, &OFF)?.unwrap_or_default();
    let lakes = lakes.iter().filter(|lake| [here, ""].contains(&lake.region.as_str()));
    Ok(lakes.map(|lake| finding(lake, here)).collect::<Vec<_>>().into())
}

fn finding(lake: &Lake, here: &str) -> Listed {
    let arn = Some(lake.data_lake_arn.as_str()).filter(|arn| !arn.is_empty());
    let id = arn.and_then(|arn| arn.rsplit('/').next()).unwrap_or_default();
    let metered =
        |what: &str, item: &str| Charge::metered(what, Sku::new("AmazonSecurityLake").with("item", item), Unit::Month);
    Listed { arn: arn.map(str::to_owned), ..Listed::new(id) }
        .charge(metered("logs taken in", "ingestion"))
        .charge(metered("logs converted", "normalization"))
        .note(Note::new("trial"))
        .note(Note::new("data-stays"))
        .can(Verb::Delete, Command::aws("securitylake delete-data-lake --regions").arg(here))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn it_is_charged_in_any_state() {
        let lake = |status: &str| {
            let arn = "arn:aws:securitylake:eu-west-1:123456789012:data-lake/default";
            let lake = json!({ "dataLakeArn": arn, "region": "eu-west-1", "createStatus": status });
            finding(&serde_json::from_value(lake).unwrap(), "eu-west-1")
        };
        let told = ["INITIALIZED", "COMPLETED", "NEW"].map(lake).map(|it| (it.id, it.charges.len()));
        assert_eq!(told, ["default", "default", "default"].map(|id| (id.to_owned(), 2)));
    }
}
