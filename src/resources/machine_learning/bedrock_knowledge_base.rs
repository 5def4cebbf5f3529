//! Bedrock knowledge bases bill nothing themselves; the stores they keep their vectors in do, and stay when they are deleted.

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Command, Scope, words};
use crate::resources::details::about_each;
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "bedrock-knowledge-base",
    names: words("Bedrock knowledge base", "Bedrock ナレッジベース"),
    bills: words(
        "nothing by itself: its store (OpenSearch Serverless, Aurora, …) bills, also after it is deleted",
        "それ自体は無料。データストア(OpenSearch Serverless、Aurora など)が、削除後も課金される",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[],
    asks: &[&BASES, &BASE],
    writes: &["bedrock:DeleteKnowledgeBase", "aoss:DeleteCollection"],
    list: |cx| list(cx).boxed(),
};

const BASES: Operation<Summary> = Operation::new("bedrock-agent:ListKnowledgeBases").at("knowledgeBaseSummaries");
const BASE: Operation<Base> = Operation::new("bedrock-agent:GetKnowledgeBase").at("knowledgeBase");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Summary {
    knowledge_base_id: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Base {
    knowledge_base_id: String,
    knowledge_base_configuration: Kind,
    storage_configuration: Store,
}

/// What it answers from: vectors in a store, or one of these.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Kind {
    kendra_knowledge_base_configuration: Option<Kendra>,
    sql_knowledge_base_configuration: Sql,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Kendra {
    kendra_index_arn: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Sql {
    redshift_configuration: Redshift,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Redshift {
    query_engine_configuration: QueryEngine,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct QueryEngine {
    serverless_configuration: Option<Workgroup>,
    provisioned_configuration: Option<Cluster>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Workgroup {
    workgroup_arn: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Cluster {
    cluster_identifier: String,
}

/// Where it keeps its vectors.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Store {
    opensearch_serverless_configuration: Option<Collection>,
    opensearch_managed_cluster_configuration: Option<Domain>,
    rds_configuration: Option<Database>,
    neptune_analytics_configuration: Option<Graph>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Collection {
    collection_arn: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Domain {
    domain_arn: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Database {
    resource_arn: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Graph {
    graph_arn: String,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let bases = cx.ask(&BASES).all().await?;
    let ask = |it: &Summary| cx.ask(&BASE).with("knowledgeBaseId", it.knowledge_base_id.as_str()).one();
    let (answers, faults) = about_each(bases, ask).await;
    let owned = answers.iter().filter_map(|(_, base)| base.as_ref()).flat_map(owned).collect();
    Ok(Listing { faults, owned, ..Listing::default() })
}

fn owned(base: &Base) -> Vec<Owned> {
    let id = base.knowledge_base_id.as_str();
    let own = |resource: &'static str, thing: &str, store: Option<Command>| {
        let first = Command::aws("bedrock-agent delete-knowledge-base --knowledge-base-id").arg(id);
        let command = store.map(|store| first.then(store));
        Owned { resource, thing: thing.to_owned(), owner: RESOURCE.owner(id, command) }
    };
    let collection = base.storage_configuration.opensearch_serverless_configuration.as_ref().map(|it| {
        let store = Command::aws("opensearchserverless delete-collection --id").arg(last(&it.collection_arn));
        own("opensearch-serverless-collection", &it.collection_arn, Some(store))
    });
    // What is not made for it alone may serve others, too: it is for the user to end.
    let others = others(base).map(|(resource, thing)| own(resource, thing, None));
    collection.into_iter().chain(others).collect()
}

fn others(base: &Base) -> impl Iterator<Item = (&'static str, &str)> {
    let (store, kind) = (&base.storage_configuration, &base.knowledge_base_configuration);
    let redshift = &kind.sql_knowledge_base_configuration.redshift_configuration.query_engine_configuration;
    let domain = store.opensearch_managed_cluster_configuration.as_ref();
    let things = [
        ("rds-cluster", store.rds_configuration.as_ref().map(|it| it.resource_arn.as_str())),
        ("opensearch-domain", domain.map(|it| it.domain_arn.as_str())),
        ("neptune-analytics-graph", store.neptune_analytics_configuration.as_ref().map(|it| it.graph_arn.as_str())),
        // Kendra lists its indices without ARNs.
        ("kendra-index", kind.kendra_knowledge_base_configuration.as_ref().map(|it| last(&it.kendra_index_arn))),
        (
            "redshift-serverless-workgroup",
            redshift.serverless_configuration.as_ref().map(|it| it.workgroup_arn.as_str()),
        ),
        ("redshift-cluster", redshift.provisioned_configuration.as_ref().map(|it| it.cluster_identifier.as_str())),
    ];
    things.into_iter().filter_map(|(resource, thing)| Some((resource, thing?)))
}

fn last(arn: &str) -> &str {
    arn.rsplit_once('/').map_or(arn, |(_, id)| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_which_kendra_index_it_asks() {
        let kendra = Kendra { kendra_index_arn: "arn:aws:kendra:us-east-1:123456789012:index/abc".into() };
        let kind = Kind { kendra_knowledge_base_configuration: Some(kendra), ..Kind::default() };
        let knowledge_base_id = "KB1".into();
        let base = Base { knowledge_base_id, knowledge_base_configuration: kind, ..Base::default() };
        let owned = owned(&base);
        let owned: Vec<_> =
            owned.iter().map(|it| (it.resource, it.thing.as_str(), it.owner.id.as_str(), &it.owner.command)).collect();
        assert_eq!(owned, [("kendra-index", "abc", "KB1", &None)]);
    }
}
