//! Kendra indices bill for every hour they exist, asked anything or not, and for the capacity added to them.

use aws_sdk_kendra::Client;
use aws_sdk_kendra::operation::describe_index::DescribeIndexOutput;
use aws_sdk_kendra::operation::list_indices::ListIndicesOutput;
use aws_sdk_kendra::types::{CapacityUnitsConfiguration, IndexConfigurationSummary, IndexEdition, IndexStatus};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::details::detailed;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

const SERVICE: &str = "AmazonKendra";

pub(super) static RESOURCE: Resource = Resource {
    id: "kendra-index",
    names: words("Kendra index", "Kendra インデックス"),
    bills: words(
        "per hour while it exists, used or not, and per hour of added capacity; it cannot be stopped",
        "存在する間は使わなくても 1 時間ごと、加えて追加した容量の 1 時間ごと。停止はできない",
    ),
    scope: Scope::Region,
    endpoint: "kendra",
    small: false,
    billed_as: &[SERVICE],
    reads: &["kendra:ListIndices", "kendra:DescribeIndex"],
    writes: &["kendra:DeleteIndex"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let pages: Vec<ListIndicesOutput> =
        client.list_indices().max_results(100).into_paginator().send().try_collect().await?;
    let indices = pages.iter().flat_map(ListIndicesOutput::index_configuration_summary_items).cloned().collect();
    let ask = |it: &IndexConfigurationSummary| client.describe_index().set_id(it.id.clone()).send();
    Ok(detailed(indices, ask, |it, detail| Some(finding(it, detail))).await)
}

fn finding(index: &IndexConfigurationSummary, detail: Option<&DescribeIndexOutput>) -> Listed {
    let billing = match index.status() {
        IndexStatus::Deleting => Billing::Ending,
        _ => Billing::Running,
    };
    let id = index.id().unwrap_or_default();
    let edition = index.edition().or_else(|| detail.and_then(DescribeIndexOutput::edition));
    let charges = charges(edition, detail).into_iter();
    let charges = charges.map(|it| if index.status() == &IndexStatus::Failed { it.at_most() } else { it }).collect();
    // Only the other editions can be given more capacity, or have it taken from them.
    let bills_since_creation = edition == Some(&IndexEdition::DeveloperEdition);
    let notes = ["delete-only", "usage-extra"].map(Note::new).to_vec();
    let created_at = time(Some(index.created_at()));
    let found = Listed { billing, created_at, bills_since_creation, charges, notes, ..Listed::new(id) };
    found.named(index.name.clone()).can(Verb::Delete, Command::aws("kendra delete-index --id").arg(id))
}

fn charges(edition: Option<&IndexEdition>, detail: Option<&DescribeIndexOutput>) -> Vec<Charge> {
    let item = |item: &str| Sku::new(SERVICE).with("item", item).with("unit", "hour");
    let usage = |usage: &str| Sku::new(SERVICE).with("usagetype", usage);
    let (name, sku, storage, query) = match edition {
        Some(IndexEdition::DeveloperEdition) => (
            "Developer Edition",
            item("developer_edition_index"),
            usage("Developer-StorageUnit"),
            usage("Developer-QueryUnit"),
        ),
        Some(IndexEdition::EnterpriseEdition) => (
            "Enterprise Edition",
            item("enterprise_base_index"),
            item("enterprise_storage_unit"),
            item("enterprise_query_unit"),
        ),
        Some(IndexEdition::GenAiEnterpriseEdition) => (
            "GenAI Enterprise Edition",
            usage("GenAIEnterprise-Index"),
            usage("GenAIEnterprise-StorageUnit"),
            usage("GenAIEnterprise-QueryUnit"),
        ),
        _ => ("index", Sku::new(SERVICE), Sku::new(SERVICE), Sku::new(SERVICE)),
    };
    let added = detail.and_then(DescribeIndexOutput::capacity_units);
    let added = [
        ("storage unit", storage, added.map_or(0, CapacityUnitsConfiguration::storage_capacity_units)),
        ("query unit", query, added.map_or(0, CapacityUnitsConfiguration::query_capacity_units)),
    ];
    let added = added.into_iter().filter(|(.., count)| *count > 0);
    let added = added.map(|(name, sku, count)| Charge::hourly(name, sku, count));
    [Charge::hourly(name, sku, 1)].into_iter().chain(added).collect()
}

#[cfg(test)]
mod tests {
    use aws_sdk_kendra::types::CapacityUnitsConfiguration;
    use aws_smithy_types::DateTime;

    use super::*;

    fn index(edition: &str, status: &str) -> IndexConfigurationSummary {
        let index = IndexConfigurationSummary::builder().edition(edition.into()).status(status.into());
        index.created_at(DateTime::from_secs(0)).updated_at(DateTime::from_secs(0)).build().unwrap()
    }
    fn told(found: Listed) -> Vec<String> {
        found.charges.into_iter().map(|charge| charge.what).collect()
    }

    #[test]
    fn every_state_bills() {
        let billing = |state: &str| finding(&index("DEVELOPER_EDITION", state), None).billing;
        assert_eq!(["ACTIVE", "CREATING", "NEW"].map(billing), [Billing::Running; 3]);
        assert_eq!(billing("DELETING"), Billing::Ending);
        assert_eq!(told(finding(&index("DEVELOPER_EDITION", "FAILED"), None)), ["≤ Developer Edition"]);
    }

    #[test]
    fn added_capacity_bills_on_top() {
        let units = CapacityUnitsConfiguration::builder().storage_capacity_units(2).query_capacity_units(0).build();
        let detail = DescribeIndexOutput::builder().capacity_units(units.unwrap()).build();
        let found = finding(&index("ENTERPRISE_EDITION", "ACTIVE"), Some(&detail));
        assert_eq!(told(found), ["Enterprise Edition", "2 × storage unit"]);
        assert_eq!(told(finding(&index("NEW_EDITION", "ACTIVE"), None)), ["index"]);
    }
}
