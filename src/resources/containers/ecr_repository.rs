//! ECR repositories bill for the images in them; layers that images share are kept once.

use aws_sdk_ecr::Client;
use aws_sdk_ecr::types::{DescribeImagesFilter, ImageDetail, ImageStatus, ImageStatusFilter, Repository};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::time;
use crate::resources::sizes::to_the_megabyte;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ecr-repository",
    names: words("ECR repository", "ECR リポジトリ"),
    bills: words(
        "per GB and month of its images, at most the sum of their sizes",
        "イメージの GB・月ごと (多くてもサイズの合計分)",
    ),
    scope: Scope::Region,
    endpoint: "api.ecr",
    small: true,
    billed_as: &["AmazonECR"],
    reads: &["ecr:DescribeRepositories", "ecr:DescribeImages"],
    writes: &["ecr:DeleteRepository"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let repositories = client.describe_repositories().max_results(1000).into_paginator().items().send();
    let repositories: Vec<Repository> = repositories.try_collect().await?;
    // Archived images bill too, and are not listed unless they are asked for.
    let all = DescribeImagesFilter::builder().image_status(ImageStatusFilter::Any).build();
    let ask = |repository: &Repository| {
        let name = repository.repository_name.clone();
        let images = client.describe_images().set_repository_name(name).filter(all.clone()).max_results(1000);
        let images = images.into_paginator().items().send().try_collect();
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
    let id = repository.repository_name().unwrap_or_default();
    let (arn, created_at) = (repository.repository_arn.clone(), time(repository.created_at()));
    let found = Listed { arn, created_at, ..Listed::new(id) };
    found.can(Verb::Delete, Command::aws("ecr delete-repository --repository-name").arg(id).words("--force"))
}

/// `None` means that it is empty.
fn finding(repository: &Repository, images: &[ImageDetail]) -> Option<Listed> {
    let (archived, kept): (Vec<_>, Vec<_>) =
        images.iter().partition(|image| image.image_status() == Some(&ImageStatus::Archived));
    let archive = Sku::new("AmazonECR").with("item", "archive_storage").with("unit", "gb-month");
    let charges = [charge("images", sku(), &kept), charge("archived images", archive, &archived)];
    let charges: Vec<Charge> = charges.into_iter().flatten().collect();
    if charges.is_empty() {
        return None;
    }
    Some(Listed { charges, ..named(repository) })
}

fn charge(name: &str, sku: Sku, images: &[&ImageDetail]) -> Option<Charge> {
    let sizes: Option<Vec<i64>> = images.iter().map(|image| image.image_size_in_bytes()).collect();
    match sizes {
        None => Some(Charge::metered(name, sku, Unit::GbMonth)),
        Some(sizes) => match sizes.into_iter().sum::<i64>() {
            0 => None,
            bytes => Some(Charge::storage(name, sku, to_the_megabyte(bytes)).at_most()),
        },
    }
}

fn sku() -> Sku {
    Sku::new("AmazonECR").with("usagetype", "TimedStorage-ByteHrs")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(bytes: i64) -> ImageDetail {
        ImageDetail::builder().image_size_in_bytes(bytes).build()
    }
    fn what(images: &[ImageDetail]) -> Vec<String> {
        let found = finding(&Repository::builder().repository_name("study").build(), images);
        found.into_iter().flat_map(|it| it.charges).map(|it| it.what).collect()
    }

    #[test]
    fn bills_at_most_for_all_its_images() {
        assert!(what(&[]).is_empty());
        assert_eq!(what(&[image(1 << 30), image(1 << 29)]), ["≤ 1.5 GB images"]);
        assert_eq!(what(&[image(1), ImageDetail::builder().build()]), ["images"]);
    }

    #[test]
    fn the_archive_has_a_price_of_its_own() {
        let archived = ImageDetail::builder().image_size_in_bytes(1 << 30).image_status(ImageStatus::Archived).build();
        assert_eq!(what(&[image(1 << 30), archived]), ["≤ 1 GB images", "≤ 1 GB archived images"]);
    }
}
