//! Bedrock knowledge bases cost nothing themselves; their vector stores do, and stay when a knowledge base is deleted.

use futures::FutureExt;
use serde::Deserialize;

use super::bedrock_knowledge_stores::{Base, last};
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
        "free itself; its store (OpenSearch Serverless, Aurora, …) is charged, even after it is deleted",
        "それ自体は無料。データストア(OpenSearch Serverless、Aurora など)が、削除後も課金",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[],
    asks: &[&BASES, &BASE],
    writes: &["bedrock:DeleteKnowledgeBase", "aoss:DeleteCollection"],
    owns: &[
        "opensearch-serverless-collection",
        "opensearch-domain",
        "kendra-index",
        "rds-cluster",
        "neptune-analytics-graph",
    ],
    list: |cx| list(cx).boxed(),
};

const BASES: Operation<Summary> = Operation::new("bedrock-agent:ListKnowledgeBases").at("knowledgeBaseSummaries");
const BASE: Operation<Base> = Operation::new("bedrock-agent:GetKnowledgeBase").at("knowledgeBase");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Summary {
    knowledge_base_id: String,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let bases = cx.ask(&BASES).all().await?;
    let ask = |it: &Summary| cx.ask(&BASE).with("knowledgeBaseId", it.knowledge_base_id.as_str()).one();
    let (answers, faults) = about_each(bases, ask).await;
    let owned = answers.iter().filter_map(|(_, base)| base.as_ref()).flat_map(owned).collect();
    Ok(Listing { faults, owned, ..Listing::default() })
}

fn owned(base: &Base) -> Vec<Owned> {
    let id = base.id();
    let own = |resource: &'static str, thing: &str, store: Option<Command>| {
        let first = Command::aws("bedrock-agent delete-knowledge-base --knowledge-base-id").arg(id);
        let command = store.map(|store| first.then(store));
        Owned { resource, thing: thing.to_owned(), owner: RESOURCE.owner(id, command) }
    };
    let collection = base.collection().map(|arn| {
        let store = Command::aws("opensearchserverless delete-collection --id").arg(last(arn));
        own("opensearch-serverless-collection", arn, Some(store))
    });
    // A store that was not created for this knowledge base may serve others too: the user decides about it.
    let others = base.other_stores().map(|(resource, thing)| own(resource, thing, None));
    collection.into_iter().chain(others).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn it_says_which_kendra_index_it_asks() {
        let kendra = json!({ "kendraIndexArn": "arn:aws:kendra:us-east-1:123456789012:index/abc" });
        let kind = json!({ "kendraKnowledgeBaseConfiguration": kendra });
        let base = json!({ "knowledgeBaseId": "KB1", "knowledgeBaseConfiguration": kind });
        let base: Base = serde_json::from_value(base).unwrap();
        let owned = owned(&base);
        let owned: Vec<_> =
            owned.iter().map(|it| (it.resource, it.thing.as_str(), it.owner.id.as_str(), &it.owner.command)).collect();
        assert_eq!(owned, [("kendra-index", "abc", "KB1", &None)]);
    }
}
