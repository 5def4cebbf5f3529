//! OpenSearch (and Elasticsearch) domains are charged for every node-hour and for their volumes, and cannot be stopped.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::opensearch_charges::{Cluster, Volume, extended_support, managed_storage, nodes, volumes};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Loss, Note, Scope, Takes, Verb, words};
use crate::resources::details::about_each;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "opensearch-domain",
    names: words("OpenSearch domain", "OpenSearch ドメイン"),
    bills: words(
        "per hour and node while it exists, and per GB and month of its volumes; it cannot be stopped",
        "存在する間はノードごとに 1 時間ごと、加えてボリュームの GB・月ごと。停止不可",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonES"],
    asks: &[&NAMES, &DOMAINS],
    writes: &["es:DeleteDomain"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const NAMES: Operation<Name> = Operation::new("opensearch:ListDomainNames").at("DomainNames");
const DOMAINS: Operation<Domain> = Operation::new("opensearch:DescribeDomains").at("DomainStatusList");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Name {
    domain_name: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Domain {
    domain_name: String,
    #[serde(rename = "ARN")]
    arn: Option<String>,
    deleted: Option<bool>,
    domain_processing_status: Option<Processing>,
    engine_version: Option<String>,
    cluster_config: Cluster,
    #[serde(rename = "EBSOptions")]
    ebs_options: Volume,
}

values! { enum Processing { Deleting = "Deleting" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let names = cx.ask(&NAMES).all().await?;
    let (names, nameless): (Vec<_>, Vec<_>) = names.into_iter().map(|it| it.domain_name).partition(Option::is_some);
    let names: Vec<String> = names.into_iter().flatten().collect();
    let batches = names.chunks(5).map(<[String]>::to_vec).collect();
    let ask = |batch: &Vec<String>| cx.ask(&DOMAINS).with("DomainNames", batch.clone()).all();
    let (answers, faults) = about_each(batches, ask).await;
    let mut findings: Vec<Listed> = nameless.iter().map(|_| named("")).collect();
    for (batch, domains) in answers {
        match domains {
            Some(domains) => findings.extend(domains.iter().filter_map(finding)),
            None => findings.extend(batch.iter().map(|name| named(name))),
        }
    }
    Ok(Listing { findings, faults, ..Listing::default() })
}

/// A domain of which only the name is known.
fn named(name: &str) -> Listed {
    let command = Command::aws("opensearch delete-domain --domain-name").arg(name);
    Listed::new(name)
        .loses(Loss::Data)
        .loses(Loss::Backups)
        .deleted_in(Takes::UpToAnHour)
        .can(Verb::Delete, command)
        .note(Note::new("delete-only"))
}

/// `None` means it is no longer charged.
fn finding(domain: &Domain) -> Option<Listed> {
    if domain.deleted == Some(true) {
        return None;
    }
    let mut found = named(&domain.domain_name);
    found.arn = domain.arn.clone().filter(|arn| !arn.is_empty());
    if domain.domain_processing_status == Some(Processing::Deleting) {
        found.billing = Billing::Ending;
    }
    let cluster = &domain.cluster_config;
    found.charges.extend(nodes(cluster));
    found.charges.extend(volumes(&domain.ebs_options, cluster.instance_count.unwrap_or(Decimal::ONE)));
    found.charges.extend(managed_storage(cluster));
    let (extra, note) = extended_support(domain.engine_version.as_deref().unwrap_or_default(), Timestamp::now());
    found.charges.extend(extra);
    found.notes.extend(note);
    if cluster.cold_storage_options.enabled {
        found = found.note(Note::new("cold-storage"));
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_charged_until_it_is_deleted() {
        let found = finding(&Domain::default()).unwrap();
        assert_eq!((found.billing, found.charges.len()), (Billing::Running, 1));
        let ending = Domain { domain_processing_status: Some("Deleting".into()), ..Domain::default() };
        assert_eq!(finding(&ending).unwrap().billing, Billing::Ending);
        assert_eq!(finding(&Domain { deleted: Some(true), ..Domain::default() }), None);
    }

    #[test]
    fn a_name_alone_is_a_finding() {
        let found = named("study");
        assert_eq!((found.id.as_str(), found.charges.len()), ("study", 0));
        assert_eq!(found.commands[&Verb::Delete].to_string(), "aws opensearch delete-domain --domain-name study");
    }
}
