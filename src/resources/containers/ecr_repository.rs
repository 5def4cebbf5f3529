//! ECR repositories are charged for their images; layers that images share are stored once.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::json;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::sizes::to_the_megabyte;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ecr-repository",
    names: words("ECR repository", "ECR リポジトリ"),
    bills: words(
        "per GB and month of its images, at most the sum of their sizes",
        "イメージの GB・月ごと(多くてもサイズの合計分)",
    ),
    scope: Scope::Region,
    small: true,
    billed_as: &["AmazonECR"],
    asks: &[&REPOSITORIES, &IMAGES],
    writes: &["ecr:DeleteRepository"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const REPOSITORIES: Operation<Repository> = Operation::new("ecr:DescribeRepositories").at("repositories");
const IMAGES: Operation<Image> = Operation::new("ecr:DescribeImages").at("imageDetails");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Repository {
    repository_arn: Option<String>,
    repository_name: Option<String>,
    created_at: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Image {
    image_size_in_bytes: Option<Decimal>,
    image_status: Option<Status>,
}

values! { enum Status { Archived = "ARCHIVED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let repositories = cx.ask(&REPOSITORIES).all().await?;
    let ask = |repository: &Repository| {
        // Archived images are charged too, and are listed only with this filter.
        let images = cx.ask(&IMAGES).with("filter", json!({ "imageStatus": "ANY" }));
        let images = images.with("repositoryName", repository.repository_name.clone()).all();
        images.map(|answer| found(answer, &["RepositoryNotFoundException"]))
    };
    let (repositories, faults) = about_each(repositories, ask).await;
    let findings = repositories.iter().filter_map(|(repository, images)| match images {
        Some(images) => finding(repository, images.as_ref()?),
        None => Some(named(repository).charge(Charge::metered("images", sku(), Unit::GbMonth))),
    });
    Ok(Listing { findings: findings.collect(), faults, ..Listing::default() })
}

fn named(repository: &Repository) -> Listed {
    let id = repository.repository_name.as_deref().unwrap_or_default();
    let (arn, created_at) = (repository.repository_arn.clone(), repository.created_at);
    let found = Listed { arn, created_at, ..Listed::new(id) };
    found
        .loses(Loss::Data)
        .can(Verb::Delete, Command::aws("ecr delete-repository --repository-name").arg(id).words("--force"))
}

/// `None` means that it is empty.
fn finding(repository: &Repository, images: &[Image]) -> Option<Listed> {
    let (archived, kept): (Vec<_>, Vec<_>) =
        images.iter().partition(|image| image.image_status == Some(Status::Archived));
    let archive = Sku::new("AmazonECR").with("item", "archive_storage").with("unit", "gb-month");
    let charges = [charge("images", sku(), &kept), charge("archived images", archive, &archived)];
    let charges: Vec<Charge> = charges.into_iter().flatten().collect();
    if charges.is_empty() {
        return None;
    }
    Some(Listed { charges, ..named(repository) })
}

fn charge(name: &str, sku: Sku, images: &[&Image]) -> Option<Charge> {
    let bytes = images.iter().try_fold(Decimal::ZERO, |sum, image| sum.checked_add(image.image_size_in_bytes?));
    match bytes {
        None => Some(Charge::metered(name, sku, Unit::GbMonth)),
        Some(bytes) if bytes.is_zero() => None,
        Some(bytes) => Some(Charge::storage(name, sku, to_the_megabyte(bytes)).at_most()),
    }
}

fn sku() -> Sku {
    Sku::new("AmazonECR").with("usagetype", "TimedStorage-ByteHrs")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(bytes: i64) -> Image {
        Image { image_size_in_bytes: Some(bytes.into()), ..Image::default() }
    }
    fn what(images: &[Image]) -> Vec<String> {
        let found = finding(&Repository { repository_name: Some("study".into()), ..Repository::default() }, images);
        found.into_iter().flat_map(|it| it.charges).map(|it| it.what).collect()
    }

    #[test]
    fn is_charged_at_most_for_all_its_images() {
        assert!(what(&[]).is_empty());
        assert_eq!(what(&[image(1 << 30), image(1 << 29)]), ["≤ 1.5 GB images"]);
        assert_eq!(what(&[image(1), Image::default()]), ["images"]);
    }

    #[test]
    fn the_archive_has_a_price_of_its_own() {
        let archived = Image { image_status: Some(Status::Archived), ..image(1 << 30) };
        assert_eq!(what(&[image(1 << 30), archived]), ["≤ 1 GB images", "≤ 1 GB archived images"]);
    }
}
