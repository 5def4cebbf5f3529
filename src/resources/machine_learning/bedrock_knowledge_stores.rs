//! The stores that a Bedrock knowledge base reads from.

use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Base {
    knowledge_base_id: String,
    knowledge_base_configuration: Kind,
    storage_configuration: Store,
}

/// The source of the answers: vectors in a store, or one of these.
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

/// The vector store.
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

impl Base {
    pub fn id(&self) -> &str {
        &self.knowledge_base_id
    }

    /// The ARN of its OpenSearch Serverless collection, which was created for this knowledge base.
    pub fn collection(&self) -> Option<&str> {
        let collection = self.storage_configuration.opensearch_serverless_configuration.as_ref()?;
        Some(&collection.collection_arn)
    }

    /// The type of each other store, with its ARN or id.
    pub fn other_stores(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let (store, kind) = (&self.storage_configuration, &self.knowledge_base_configuration);
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
}

pub fn last(arn: &str) -> &str {
    arn.rsplit_once('/').map_or(arn, |(_, id)| id)
}
