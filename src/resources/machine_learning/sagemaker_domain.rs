//! SageMaker domains cost nothing themselves; the file system with their users' home directories does, and may outlive them.

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Command, Scope, words};
use crate::resources::details::about_each;
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-domain",
    names: words("SageMaker domain", "SageMaker ドメイン"),
    bills: words(
        "free itself; the EFS file system of its users' homes is charged, even after it is deleted",
        "それ自体は無料。ユーザーのホームを置く EFS ファイルシステムが、削除後も課金",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[],
    asks: &[&DOMAINS, &DOMAIN],
    writes: &["sagemaker:DeleteDomain"],
    owns: &["efs-file-system"],
    list: |cx| list(cx).boxed(),
};

const DOMAINS: Operation<Domain> = Operation::new("sagemaker:ListDomains").at("Domains");
const DOMAIN: Operation<Detail> = Operation::new("sagemaker:DescribeDomain");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Domain {
    domain_id: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Detail {
    home_efs_file_system_id: Option<String>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let domains = cx.ask(&DOMAINS).all().await?;
    let ask = |domain: &Domain| cx.ask(&DOMAIN).with("DomainId", domain.domain_id.clone()).one();
    let (answers, faults) = about_each(domains, ask).await;
    let owned = answers.iter().filter_map(|(domain, detail)| owned(domain, detail.as_ref()?)).collect();
    Ok(Listing { faults, owned, ..Listing::default() })
}

/// `None` means that its home directories are elsewhere.
fn owned(domain: &Domain, detail: &Detail) -> Option<Owned> {
    let thing = detail.home_efs_file_system_id.clone().filter(|id| !id.is_empty())?;
    let id = domain.domain_id.as_deref().unwrap_or_default();
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
        let domain = Domain { domain_id: Some("d-1".into()) };
        let thing = |detail: Detail| owned(&domain, &detail).map(|it| (it.thing, it.owner.id));
        let detail = Detail { home_efs_file_system_id: Some("fs-1".into()) };
        assert_eq!(thing(detail), Some(("fs-1".to_owned(), "d-1".to_owned())));
        assert_eq!(thing(Detail::default()), None);
    }
}
