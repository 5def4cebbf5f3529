//! OpenSearch (and Elasticsearch) domains bill for every node-hour and for their volumes, and cannot be stopped.

use aws_sdk_opensearch::Client;
use aws_sdk_opensearch::types::{ClusterConfig, ColdStorageOptions, DomainProcessingStatusType, DomainStatus};
use futures::{FutureExt, StreamExt, stream};

use super::opensearch_charges::{extended_support, managed_storage, nodes, volumes};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Note, Scope, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "opensearch-domain",
    names: words("OpenSearch domain", "OpenSearch ドメイン"),
    bills: words(
        "per hour and node while it exists, and per GB and month of its volumes; it cannot be stopped",
        "存在する間はノードごとに 1 時間ごと、加えてボリュームの GB・月ごと。停止はできない",
    ),
    scope: Scope::Region,
    endpoint: "es",
    small: false,
    billed_as: &["AmazonES"],
    reads: &["es:ListDomainNames", "es:DescribeDomains"],
    writes: &["es:DeleteDomain"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let names = client.list_domain_names().send().await?;
    let (names, nameless): (Vec<_>, Vec<_>) =
        names.domain_names().iter().map(|it| it.domain_name.clone()).partition(Option::is_some);
    let names: Vec<String> = names.into_iter().flatten().collect();
    let batches: Vec<Vec<String>> = names.chunks(5).map(<[String]>::to_vec).collect();
    let ask = |batch: Vec<String>| {
        let answer = client.describe_domains().set_domain_names(Some(batch.clone())).send();
        answer.map(|answer| (batch, answer))
    };
    let mut answers = stream::iter(batches.into_iter().map(ask)).buffer_unordered(4);
    let mut listing: Listing = nameless.iter().map(|_| named("")).collect::<Vec<_>>().into();
    while let Some((batch, answer)) = answers.next().await {
        match answer {
            Ok(answer) => listing.findings.extend(answer.domain_status_list().iter().filter_map(finding)),
            Err(error) => {
                listing.findings.extend(batch.iter().map(|name| named(name)));
                listing.faults.push(error.into());
            }
        }
    }
    Ok(listing)
}

/// What is known of a domain by its name alone: there is one.
fn named(name: &str) -> Listed {
    let command = Command::aws("opensearch delete-domain --domain-name").arg(name);
    Listed::new(name).can(Verb::Delete, command).note(Note::new("delete-only"))
}

/// `None` means it no longer bills.
fn finding(domain: &DomainStatus) -> Option<Listed> {
    if domain.deleted() == Some(true) {
        return None;
    }
    let mut found = named(domain.domain_name());
    found.arn = Some(domain.arn().to_owned()).filter(|arn| !arn.is_empty());
    if let Some(DomainProcessingStatusType::Deleting) = domain.domain_processing_status() {
        found.billing = Billing::Ending;
    }
    let empty = ClusterConfig::builder().build();
    let cluster = domain.cluster_config().unwrap_or(&empty);
    found.charges.extend(nodes(cluster));
    let data = cluster.instance_count().unwrap_or(1);
    found.charges.extend(domain.ebs_options().map(|volume| volumes(volume, data)).unwrap_or_default());
    found.charges.extend(managed_storage(cluster));
    found.charges.extend(domain.engine_version().and_then(extended_support));
    if cluster.cold_storage_options().is_some_and(ColdStorageOptions::enabled) {
        found = found.note(Note::new("cold-storage"));
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use aws_sdk_opensearch::types::builders::DomainStatusBuilder;

    use super::*;

    fn domain(cluster: ClusterConfig) -> DomainStatusBuilder {
        DomainStatus::builder().domain_id("1/study").domain_name("study").arn("").cluster_config(cluster)
    }

    #[test]
    fn it_bills_until_it_is_deleted() {
        let bare = || domain(ClusterConfig::builder().build());
        let found = finding(&bare().processing(true).build().unwrap()).unwrap();
        assert_eq!((found.billing, found.charges.len()), (Billing::Running, 1));
        let ending = bare().domain_processing_status("Deleting".into()).build().unwrap();
        assert_eq!(finding(&ending).unwrap().billing, Billing::Ending);
        assert_eq!(finding(&bare().deleted(true).build().unwrap()), None);
    }

    #[test]
    fn a_name_alone_is_a_finding() {
        let found = named("study");
        assert_eq!((found.id.as_str(), found.charges.len()), ("study", 0));
        assert_eq!(found.commands[&Verb::Delete].to_string(), "aws opensearch delete-domain --domain-name study");
    }
}
