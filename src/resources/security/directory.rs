//! Directories bill for every hour of each domain controller, used or not, and cannot be stopped.

use aws_sdk_directory::Client;
use aws_sdk_directory::types::{DirectoryDescription, DirectoryEdition, DirectorySize, DirectoryStage, DirectoryType};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Region, Scope, Sku, Verb, words};
use crate::resources::reading::{said, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "directory",
    names: words("Directory Service directory", "Directory Service ディレクトリ"),
    bills: words(
        "per hour and domain controller while it exists, used or not; it cannot be stopped",
        "存在する間は使わなくてもドメインコントローラーごとに 1 時間ごと。停止はできない",
    ),
    scope: Scope::Region,
    endpoint: "ds",
    small: false,
    billed_as: &["AWSDirectoryService"],
    reads: &["ds:DescribeDirectories"],
    writes: &["ds:DeleteDirectory", "ds:RemoveRegion"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let directories = Client::new(&cx.sdk).describe_directories().into_paginator().items().send();
    let directories: Vec<DirectoryDescription> = directories.try_collect().await?;
    Ok(directories.iter().filter_map(|it| finding(it, &cx.place.region)).collect::<Vec<_>>().into())
}

/// `None` means it no longer bills.
fn finding(directory: &DirectoryDescription, here: &Region) -> Option<Listed> {
    let billing = match directory.stage() {
        Some(DirectoryStage::Deleted) => return None,
        Some(DirectoryStage::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = directory.directory_id().unwrap_or_default();
    let found = Listed { billing, created_at: time(directory.launch_time()), ..Listed::new(id) };
    let found = found.named(said([directory.name(), directory.short_name()]).map(str::to_owned));
    let charge = charge(directory);
    // There may be nothing of it.
    let charge = if directory.stage() == Some(&DirectoryStage::Failed) { charge.at_most() } else { charge };
    let mut found = found.charge(charge).note(Note::new("delete-only"));
    if may_come_with_workspaces(directory) {
        found = found.note(Note::new("free-with-workspaces"));
    }
    let primary = directory.regions_info().and_then(|regions| regions.primary_region());
    // Another region's directory is only replicated here.
    let replica = primary.is_some_and(|primary| primary != here.as_str());
    let verb = if replica { "remove-region" } else { "delete-directory" };
    Some(found.can(Verb::Delete, Command::aws(&format!("ds {verb} --directory-id")).arg(id)))
}

fn may_come_with_workspaces(directory: &DirectoryDescription) -> bool {
    matches!(directory.r#type(), Some(DirectoryType::SimpleAd | DirectoryType::AdConnector))
}

/// AWS's own directories have two controllers unless more were asked for; the price of the others is for all they are made of.
fn charge(directory: &DirectoryDescription) -> Charge {
    let item = |item: &str| Sku::new("AWSDirectoryService").with("item", item).with("unit", "hour");
    let other = |kind: &str, size: &str| {
        Sku::new("AWSDirectoryService").with("directoryType", kind).with("directorySize", size)
    };
    let size = directory.size().map_or("unknown", DirectorySize::as_str);
    let edition = directory.edition().map_or("unknown", DirectoryEdition::as_str);
    let (name, sku) = match (directory.r#type(), size, edition) {
        (Some(DirectoryType::MicrosoftAd), _, "Standard") => ("Standard controller", item("microsoft_ad_standard_dc")),
        (Some(DirectoryType::MicrosoftAd), _, "Enterprise") => {
            ("Enterprise controller", item("microsoft_ad_enterprise_dc"))
        }
        (Some(DirectoryType::SimpleAd), "Small", _) => ("Simple AD", item("simple_ad_small")),
        (Some(DirectoryType::SimpleAd), "Large", _) => ("Simple AD", item("simple_ad_large")),
        (Some(DirectoryType::AdConnector), "Small", _) => ("AD Connector", item("ad_connector_small")),
        (kind, ..) => {
            let kind = kind.map_or("unknown", DirectoryType::as_str);
            (kind, other(kind, if kind == "MicrosoftAD" { edition } else { size }))
        }
    };
    if directory.r#type() == Some(&DirectoryType::MicrosoftAd) {
        let controllers = directory.desired_number_of_domain_controllers().filter(|count| *count > 0).unwrap_or(2);
        return Charge::hourly(name, sku, controllers);
    }
    let charge = Charge::hourly(name, sku, 1);
    if may_come_with_workspaces(directory) { charge.at_most() } else { charge }
}

#[cfg(test)]
mod tests {
    use aws_sdk_directory::types::RegionsInfo;
    use aws_sdk_directory::types::builders::DirectoryDescriptionBuilder;

    use super::*;

    fn found(directory: DirectoryDescriptionBuilder) -> Option<Listed> {
        finding(&directory.build(), &Region::new("eu-west-1"))
    }

    #[test]
    fn it_bills_until_it_is_deleted() {
        let billing = |stage: &str| found(DirectoryDescription::builder().stage(stage.into())).map(|it| it.billing);
        let stages = ["Deleted", "Deleting", "Active", "Inoperable", "Dreaming"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(stages, [None, Some(Billing::Ending), running, running, running]);
        assert!(found(DirectoryDescription::builder()).is_some());
        let failed = DirectoryDescription::builder().stage(DirectoryStage::Failed).r#type(DirectoryType::MicrosoftAd);
        assert_eq!(found(failed).unwrap().charges[0].measure, crate::model::Measure::AtMost);
    }

    #[test]
    fn each_controller_bills() {
        let directory = |kind: &str| DirectoryDescription::builder().r#type(kind.into());
        let what = |directory| found(directory).unwrap().charges[0].what.clone();
        let microsoft = || directory("MicrosoftAD").edition(DirectoryEdition::Standard);
        assert_eq!(what(microsoft()), "2 × Standard controller");
        assert_eq!(what(microsoft().desired_number_of_domain_controllers(3)), "3 × Standard controller");
        assert_eq!(what(directory("SimpleAD").size(DirectorySize::Small)), "≤ Simple AD");
    }

    #[test]
    fn a_replica_is_removed_from_its_region() {
        let regions = |primary: &str| RegionsInfo::builder().primary_region(primary).build();
        let command = |primary| {
            let directory = DirectoryDescription::builder().directory_id("d-1").regions_info(regions(primary));
            found(directory).unwrap().commands[&Verb::Delete].to_string().clone()
        };
        assert_eq!(command("eu-west-1"), "aws ds delete-directory --directory-id d-1");
        assert_eq!(command("us-east-1"), "aws ds remove-region --directory-id d-1");
    }
}
