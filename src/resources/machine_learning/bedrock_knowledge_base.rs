//! Bedrock knowledge bases bill nothing themselves; the stores they keep their vectors in do, and stay when they are deleted.

use aws_sdk_bedrockagent::Client;
use aws_sdk_bedrockagent::operation::get_knowledge_base::GetKnowledgeBaseOutput;
use aws_sdk_bedrockagent::types::{
    KnowledgeBase, KnowledgeBaseSummary, NeptuneAnalyticsConfiguration, OpenSearchManagedClusterConfiguration,
    RdsConfiguration, RedshiftProvisionedConfiguration, RedshiftServerlessConfiguration,
};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Command, Scope, words};
use crate::resources::details::details;
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "bedrock-knowledge-base",
    names: words("Bedrock knowledge base", "Bedrock ナレッジベース"),
    bills: words(
        "nothing by itself: its store (OpenSearch Serverless, Aurora, …) bills, also after it is deleted",
        "それ自体は無料。データストア(OpenSearch Serverless、Aurora など)が、削除後も課金される",
    ),
    scope: Scope::Region,
    endpoint: "bedrock-agent",
    small: false,
    billed_as: &[],
    reads: &["bedrock:ListKnowledgeBases", "bedrock:GetKnowledgeBase"],
    writes: &["bedrock:DeleteKnowledgeBase", "aoss:DeleteCollection"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let bases: Vec<KnowledgeBaseSummary> =
        client.list_knowledge_bases().max_results(1000).into_paginator().items().send().try_collect().await?;
    let ask = |it: &KnowledgeBaseSummary| client.get_knowledge_base().knowledge_base_id(it.knowledge_base_id()).send();
    let mut listing = Listing::default();
    for (_, answer) in details(bases, ask).await {
        match answer {
            Ok(GetKnowledgeBaseOutput { knowledge_base: Some(base), .. }) => listing.owned.extend(owned(&base)),
            Ok(_) => {}
            Err(error) => listing.faults.push(error.into()),
        }
    }
    Ok(listing)
}

fn owned(base: &KnowledgeBase) -> Vec<Owned> {
    let id = base.knowledge_base_id();
    let own = |resource: &'static str, thing: String, store: Option<Command>| {
        let first = Command::aws("bedrock-agent delete-knowledge-base --knowledge-base-id").arg(id);
        let command = store.map(|store| first.then(store));
        let owner = RESOURCE.owner(id, command);
        Owned { resource, thing, owner }
    };
    let collection = |arn: String| {
        let store = Command::aws("opensearchserverless delete-collection --id").arg(last(&arn));
        own("opensearch-serverless-collection", arn, Some(store))
    };
    // What is not made for it alone may serve others, too: it is for the user to end.
    let others = others(base).into_iter().map(|(resource, thing)| own(resource, thing, None));
    collections(base).into_iter().map(collection).chain(others).collect()
}

fn collections(base: &KnowledgeBase) -> Option<String> {
    let store = base.storage_configuration()?.opensearch_serverless_configuration()?;
    Some(store.collection_arn().to_owned())
}

fn others(base: &KnowledgeBase) -> Vec<(&'static str, String)> {
    let store = base.storage_configuration();
    let kind = base.knowledge_base_configuration();
    let redshift = kind
        .and_then(|it| it.sql_knowledge_base_configuration())
        .and_then(|it| it.redshift_configuration())
        .and_then(|it| it.query_engine_configuration());
    let things = [
        ("rds-cluster", store.and_then(|it| it.rds_configuration()).map(RdsConfiguration::resource_arn)),
        (
            "opensearch-domain",
            store
                .and_then(|it| it.opensearch_managed_cluster_configuration())
                .map(OpenSearchManagedClusterConfiguration::domain_arn),
        ),
        (
            "neptune-analytics-graph",
            store.and_then(|it| it.neptune_analytics_configuration()).map(NeptuneAnalyticsConfiguration::graph_arn),
        ),
        // Kendra lists its indices without ARNs.
        (
            "kendra-index",
            kind.and_then(|it| it.kendra_knowledge_base_configuration()).map(|it| last(it.kendra_index_arn())),
        ),
        (
            "redshift-serverless-workgroup",
            redshift.and_then(|it| it.serverless_configuration()).map(RedshiftServerlessConfiguration::workgroup_arn),
        ),
        (
            "redshift-cluster",
            redshift
                .and_then(|it| it.provisioned_configuration())
                .map(RedshiftProvisionedConfiguration::cluster_identifier),
        ),
    ];
    things.into_iter().filter_map(|(resource, thing)| Some((resource, thing?.to_owned()))).collect()
}

fn last(arn: &str) -> &str {
    arn.rsplit_once('/').map_or(arn, |(_, id)| id)
}

#[cfg(test)]
mod tests {
    use aws_sdk_bedrockagent::types::{
        KendraKnowledgeBaseConfiguration, KnowledgeBaseConfiguration, KnowledgeBaseStatus, KnowledgeBaseType,
    };
    use aws_smithy_types::DateTime;

    use super::*;

    #[test]
    fn it_says_which_kendra_index_it_asks() {
        let kendra = KendraKnowledgeBaseConfiguration::builder();
        let kendra = kendra.kendra_index_arn("arn:aws:kendra:us-east-1:123456789012:index/abc").build().unwrap();
        let kind = KnowledgeBaseConfiguration::builder().r#type(KnowledgeBaseType::Kendra);
        let base = KnowledgeBase::builder()
            .knowledge_base_id("KB1")
            .name("study")
            .knowledge_base_arn("arn")
            .role_arn("arn")
            .knowledge_base_configuration(kind.kendra_knowledge_base_configuration(kendra).build().unwrap())
            .status(KnowledgeBaseStatus::Active)
            .created_at(DateTime::from_secs(0))
            .updated_at(DateTime::from_secs(0));
        let owned = owned(&base.build().unwrap());
        let told: Vec<_> =
            owned.iter().map(|it| (it.resource, it.thing.as_str(), it.owner.id.as_str(), &it.owner.command)).collect();
        assert_eq!(told, [("kendra-index", "abc", "KB1", &None)]);
    }
}
