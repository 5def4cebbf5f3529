//! Security Lake bills in each region for the logs it takes in and converts, as long as its data lake exists.

use aws_sdk_securitylake::Client;
use aws_sdk_securitylake::types::DataLakeResource;
use futures::FutureExt;

use crate::aws::Cx;
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
    endpoint: "securitylake",
    small: false,
    billed_as: &["AmazonSecurityLake"],
    reads: &["securitylake:ListDataLakes"],
    writes: &["securitylake:DeleteDataLake"],
    list: |cx| list(cx).boxed(),
};

/// What Security Lake says where it is off; which of these depends on the region. A missing permission names the action.
/// The lake of an organisation is its administrator's and told there.
const OFF: [(&str, &str); 3] = [
    ("ResourceNotFoundException", ""),
    ("AccessDeniedException", "delegated Security Lake administrator"),
    ("AccessDeniedException", "account is not authorized to perform this operation"),
];

/// Each region is asked about itself alone: it knows the lakes of all of them.
async fn list(cx: &Cx) -> Result<Listing> {
    let here = cx.place.region.as_str();
    let answer = Client::new(&cx.sdk).list_data_lakes().regions(here).send().await;
    let lakes = switched_on(answer, &OFF)?.and_then(|answer| answer.data_lakes).unwrap_or_default();
    let lakes = lakes.iter().filter(|lake| [here, ""].contains(&lake.region()));
    Ok(lakes.map(|lake| finding(lake, here)).collect::<Vec<_>>().into())
}

fn finding(lake: &DataLakeResource, here: &str) -> Listed {
    let arn = Some(lake.data_lake_arn()).filter(|arn| !arn.is_empty());
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
    use super::*;

    #[test]
    fn it_bills_in_any_state() {
        let lake = |status: &str| {
            let arn = "arn:aws:securitylake:eu-west-1:123456789012:data-lake/default";
            let lake = DataLakeResource::builder().data_lake_arn(arn).region("eu-west-1");
            finding(&lake.create_status(status.into()).build().unwrap(), "eu-west-1")
        };
        let told = ["INITIALIZED", "COMPLETED", "NEW"].map(lake).map(|it| (it.id, it.charges.len()));
        assert_eq!(told, ["default", "default", "default"].map(|id| (id.to_owned(), 2)));
    }
}
