//! SageMaker domains bill nothing themselves; the file system they keep their users' homes in does, and may outlive them.

use aws_sdk_sagemaker::Client;
use aws_sdk_sagemaker::operation::describe_domain::DescribeDomainOutput;
use aws_sdk_sagemaker::types::DomainDetails;
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Command, Scope, words};
use crate::resources::details::about_each;
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-domain",
    names: words("SageMaker domain", "SageMaker ドメイン"),
    bills: words(
        "nothing by itself: the EFS file system of its users' homes bills, also after it is deleted",
        "それ自体は無料。ユーザーのホームを置く EFS ファイルシステムが、削除後も課金される",
    ),
    scope: Scope::Region,
    endpoint: "api.sagemaker",
    small: false,
    billed_as: &[],
    reads: &["sagemaker:ListDomains", "sagemaker:DescribeDomain"],
    writes: &["sagemaker:DeleteDomain"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let domains = client.list_domains().max_results(100).into_paginator().items().send();
    let domains: Vec<DomainDetails> = domains.try_collect().await?;
    let ask = |domain: &DomainDetails| client.describe_domain().set_domain_id(domain.domain_id.clone()).send();
    let (told, faults) = about_each(domains, ask).await;
    let owned = told.iter().filter_map(|(domain, detail)| owned(domain, detail.as_ref()?)).collect();
    Ok(Listing { faults, owned, ..Listing::default() })
}

/// `None` means that it keeps its homes elsewhere.
fn owned(domain: &DomainDetails, detail: &DescribeDomainOutput) -> Option<Owned> {
    let thing = detail.home_efs_file_system_id().filter(|id| !id.is_empty())?.to_owned();
    let id = domain.domain_id().unwrap_or_default();
    let command = Command::aws("sagemaker delete-domain --domain-id")
        .arg(id)
        .words("--retention-policy HomeEfsFileSystem=Delete");
    Some(Owned { resource: "efs-file-system", thing, owner: RESOURCE.owner(id, command) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_system_of_its_homes_is_its_own() {
        let domain = DomainDetails::builder().domain_id("d-1").build();
        let thing = |detail: DescribeDomainOutput| owned(&domain, &detail).map(|it| (it.thing, it.owner.id));
        let detail = DescribeDomainOutput::builder().home_efs_file_system_id("fs-1");
        assert_eq!(thing(detail.build()), Some(("fs-1".to_owned(), "d-1".to_owned())));
        assert_eq!(thing(DescribeDomainOutput::builder().build()), None);
    }
}
