//! Directories are charged for every hour of each domain controller, used or not, and cannot be stopped.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Region, Scope, Sku, Takes, Verb, words};
use crate::resources::reading::first_non_empty;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "directory",
    names: words("Directory Service directory", "Directory Service ディレクトリ"),
    bills: words(
        "per hour and domain controller while it exists, used or not; it cannot be stopped",
        "存在する間は使わなくてもドメインコントローラーごとに 1 時間ごと。停止不可",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSDirectoryService"],
    asks: &[&DIRECTORIES],
    writes: &["ds:DeleteDirectory", "ds:RemoveRegion"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const DIRECTORIES: Operation<Directory> = Operation::new("ds:DescribeDirectories").at("DirectoryDescriptions");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Directory {
    directory_id: Option<String>,
    name: Option<String>,
    short_name: Option<String>,
    #[serde(rename = "Type")]
    kind: Option<Kind>,
    size: Option<String>,
    edition: Option<String>,
    stage: Option<Stage>,
    launch_time: Option<Timestamp>,
    desired_number_of_domain_controllers: Option<Decimal>,
    regions_info: Regions,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Regions {
    primary_region: Option<String>,
}

values! { enum Stage { Deleting = "Deleting", Deleted = "Deleted", Failed = "Failed" } }
values! { enum Kind { SimpleAd = "SimpleAD", AdConnector = "ADConnector", MicrosoftAd = "MicrosoftAD" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let directories = cx.ask(&DIRECTORIES).all().await?;
    Ok(directories.iter().filter_map(|it| finding(it, &cx.place.region)).collect::<Vec<_>>().into())
}

/// `None` means it is no longer charged.
fn finding(directory: &Directory, here: &Region) -> Option<Listed> {
    let billing = match directory.stage {
        Some(Stage::Deleted) => return None,
        Some(Stage::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = directory.directory_id.as_deref().unwrap_or_default();
    let found = Listed { billing, created_at: directory.launch_time, ..Listed::new(id) };
    let found =
        found.named(first_non_empty([directory.name.as_deref(), directory.short_name.as_deref()]).map(str::to_owned));
    let charge = charge(directory);
    // A failed directory may be free.
    let charge = if directory.stage == Some(Stage::Failed) { charge.at_most() } else { charge };
    let mut found = found.charge(charge).note(Note::new("delete-only"));
    if may_come_with_workspaces(directory) {
        found = found.note(Note::new("free-with-workspaces"));
    }
    let primary = directory.regions_info.primary_region.as_deref();
    // A directory of another region is replicated here.
    let replica = primary.is_some_and(|primary| primary != here.as_str());
    let verb = if replica { "remove-region" } else { "delete-directory" };
    Some(
        found
            .deleted_in(Takes::UpToAnHour)
            .can(Verb::Delete, Command::aws(&format!("ds {verb} --directory-id")).arg(id)),
    )
}

fn may_come_with_workspaces(directory: &Directory) -> bool {
    matches!(directory.kind, Some(Kind::SimpleAd | Kind::AdConnector))
}

/// A Microsoft AD directory has two domain controllers unless more were requested; other types have one price for the directory.
fn charge(directory: &Directory) -> Charge {
    let item = |item: &str| Sku::new("AWSDirectoryService").with("item", item).with("unit", "hour");
    let other = |kind: &str, size: &str| {
        Sku::new("AWSDirectoryService").with("directoryType", kind).with("directorySize", size)
    };
    let size = directory.size.as_deref().unwrap_or("unknown");
    let edition = directory.edition.as_deref().unwrap_or("unknown");
    let (name, sku) = match (&directory.kind, size, edition) {
        (Some(Kind::MicrosoftAd), _, "Standard") => ("Standard controller", item("microsoft_ad_standard_dc")),
        (Some(Kind::MicrosoftAd), _, "Enterprise") => ("Enterprise controller", item("microsoft_ad_enterprise_dc")),
        (Some(Kind::SimpleAd), "Small", _) => ("Simple AD", item("simple_ad_small")),
        (Some(Kind::SimpleAd), "Large", _) => ("Simple AD", item("simple_ad_large")),
        (Some(Kind::AdConnector), "Small", _) => ("AD Connector", item("ad_connector_small")),
        (kind, ..) => {
            let kind = kind.as_ref().map_or("unknown", Kind::as_str);
            (kind, other(kind, if kind == "MicrosoftAD" { edition } else { size }))
        }
    };
    if directory.kind == Some(Kind::MicrosoftAd) {
        let controllers = directory.desired_number_of_domain_controllers;
        let controllers = controllers.filter(|count| *count > Decimal::ZERO).unwrap_or(Decimal::TWO);
        return Charge::hourly(name, sku, controllers);
    }
    let charge = Charge::hourly(name, sku, 1);
    if may_come_with_workspaces(directory) { charge.at_most() } else { charge }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(directory: &Directory) -> Option<Listed> {
        finding(directory, &Region::new("eu-west-1"))
    }

    #[test]
    fn it_is_charged_until_it_is_deleted() {
        let directory = |stage: &str| Directory { stage: Some(stage.into()), ..Directory::default() };
        let billing = |stage: &str| found(&directory(stage)).map(|it| it.billing);
        let stages = ["Deleted", "Deleting", "Active", "Inoperable", "Future"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(stages, [None, Some(Billing::Ending), running, running, running]);
        assert!(found(&Directory::default()).is_some());
        let failed = Directory { kind: Some(Kind::MicrosoftAd), ..directory("Failed") };
        assert_eq!(found(&failed).unwrap().charges[0].measure, crate::model::Measure::AtMost);
    }

    #[test]
    fn each_controller_is_charged() {
        let what = |directory: Directory| found(&directory).unwrap().charges[0].what.clone();
        let microsoft = |controllers: Option<Decimal>| Directory {
            kind: Some("MicrosoftAD".into()),
            edition: Some("Standard".into()),
            desired_number_of_domain_controllers: controllers,
            ..Directory::default()
        };
        assert_eq!(what(microsoft(None)), "2 × Standard controller");
        assert_eq!(what(microsoft(Some(3.into()))), "3 × Standard controller");
        let simple = (Some("SimpleAD".into()), Some("Small".into()));
        assert_eq!(what(Directory { kind: simple.0, size: simple.1, ..Directory::default() }), "≤ Simple AD");
    }

    #[test]
    fn a_replica_is_removed_from_its_region() {
        let command = |primary: &str| {
            let (directory_id, primary_region) = (Some("d-1".into()), Some(primary.into()));
            let directory =
                Directory { directory_id, regions_info: Regions { primary_region }, ..Directory::default() };
            found(&directory).unwrap().commands[&Verb::Delete].to_string().clone()
        };
        assert_eq!(command("eu-west-1"), "aws ds delete-directory --directory-id d-1");
        assert_eq!(command("us-east-1"), "aws ds remove-region --directory-id d-1");
    }
}
