//! Kendra indices are charged for every hour they exist, used or not, and for additional capacity.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Sku, Takes, Verb, words};
use crate::resources::details::detailed;
use crate::resources::{Listing, Resource};

const SERVICE: &str = "AmazonKendra";

pub(super) static RESOURCE: Resource = Resource {
    id: "kendra-index",
    names: words("Kendra index", "Kendra インデックス"),
    bills: words(
        "per hour while it exists, used or not, and per hour of added capacity; it cannot be stopped",
        "存在する間は使わなくても 1 時間ごと、加えて追加した容量の 1 時間ごと。停止不可",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&INDICES, &INDEX],
    writes: &["kendra:DeleteIndex"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const INDICES: Operation<Index> = Operation::new("kendra:ListIndices").at("IndexConfigurationSummaryItems");
const INDEX: Operation<Detail> = Operation::new("kendra:DescribeIndex");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Index {
    id: String,
    name: Option<String>,
    edition: Option<Edition>,
    status: Option<Status>,
    created_at: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Detail {
    edition: Option<Edition>,
    capacity_units: Capacity,
}

/// Capacity beyond what the edition includes.
#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Capacity {
    storage_capacity_units: Decimal,
    query_capacity_units: Decimal,
}

values! { enum Status { Deleting = "DELETING", Failed = "FAILED" } }
values! { enum Edition { Developer = "DEVELOPER_EDITION", Enterprise = "ENTERPRISE_EDITION", GenAi = "GEN_AI_ENTERPRISE_EDITION" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let indices = cx.ask(&INDICES).all().await?;
    let ask = |it: &Index| cx.ask(&INDEX).with("Id", it.id.as_str()).one();
    Ok(detailed(indices, ask, |it, detail| Some(finding(it, detail))).await)
}

fn finding(index: &Index, detail: Option<&Detail>) -> Listed {
    let billing = match index.status {
        Some(Status::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let edition = index.edition.as_ref().or_else(|| detail?.edition.as_ref());
    let charges = charges(edition, detail).into_iter();
    let charges = charges.map(|it| if index.status == Some(Status::Failed) { it.at_most() } else { it }).collect();
    // The capacity of the other editions can change, and with it their charge.
    let bills_since_creation = edition == Some(&Edition::Developer);
    let notes = ["delete-only", "usage-extra"].map(Note::new).to_vec();
    let created_at = index.created_at;
    let found = Listed { billing, created_at, bills_since_creation, charges, notes, ..Listed::new(&index.id) };
    found
        .named(index.name.clone())
        .loses(Loss::Data)
        .deleted_in(Takes::UpToAnHour)
        .can(Verb::Delete, Command::aws("kendra delete-index --id").arg(&index.id))
}

fn charges(edition: Option<&Edition>, detail: Option<&Detail>) -> Vec<Charge> {
    let item = |item: &str| Sku::new(SERVICE).with("item", item).with("unit", "hour");
    let usage = |usage: &str| Sku::new(SERVICE).with("usagetype", usage);
    let (name, sku, storage, query) = match edition {
        Some(Edition::Developer) => (
            "Developer Edition",
            item("developer_edition_index"),
            usage("Developer-StorageUnit"),
            usage("Developer-QueryUnit"),
        ),
        Some(Edition::Enterprise) => (
            "Enterprise Edition",
            item("enterprise_base_index"),
            item("enterprise_storage_unit"),
            item("enterprise_query_unit"),
        ),
        Some(Edition::GenAi) => (
            "GenAI Enterprise Edition",
            usage("GenAIEnterprise-Index"),
            usage("GenAIEnterprise-StorageUnit"),
            usage("GenAIEnterprise-QueryUnit"),
        ),
        _ => ("index", Sku::new(SERVICE), Sku::new(SERVICE), Sku::new(SERVICE)),
    };
    let added = detail.map(|it| &it.capacity_units);
    let added = [
        ("storage unit", storage, added.map(|it| it.storage_capacity_units)),
        ("query unit", query, added.map(|it| it.query_capacity_units)),
    ];
    let added = added.into_iter().filter_map(|(name, sku, count)| Some((name, sku, count?)));
    let added = added.filter(|(.., count)| *count > Decimal::ZERO);
    let added = added.map(|(name, sku, count)| Charge::hourly(name, sku, count));
    [Charge::hourly(name, sku, 1)].into_iter().chain(added).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(edition: &str, status: &str) -> Index {
        Index { edition: Some(edition.into()), status: Some(status.into()), ..Index::default() }
    }

    fn told(found: Listed) -> Vec<String> {
        found.charges.into_iter().map(|charge| charge.what).collect()
    }

    #[test]
    fn every_state_is_charged() {
        let billing = |state: &str| finding(&index("DEVELOPER_EDITION", state), None).billing;
        assert_eq!(["ACTIVE", "CREATING", "NEW"].map(billing), [Billing::Running; 3]);
        assert_eq!(billing("DELETING"), Billing::Ending);
        assert_eq!(told(finding(&index("DEVELOPER_EDITION", "FAILED"), None)), ["≤ Developer Edition"]);
    }

    #[test]
    fn added_capacity_is_charged_on_top() {
        let capacity_units = Capacity { storage_capacity_units: 2.into(), ..Capacity::default() };
        let detail = Detail { capacity_units, ..Detail::default() };
        let found = finding(&index("ENTERPRISE_EDITION", "ACTIVE"), Some(&detail));
        assert_eq!(told(found), ["Enterprise Edition", "2 × storage unit"]);
        assert_eq!(told(finding(&index("NEW_EDITION", "ACTIVE"), None)), ["index"]);
    }
}
