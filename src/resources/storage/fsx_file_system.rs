//! FSx file systems bill for the capacity they were given, full or not, and cannot be stopped.

use aws_sdk_fsx::Client;
use aws_sdk_fsx::operation::describe_file_systems::DescribeFileSystemsOutput;
use aws_sdk_fsx::types::{FileSystem, FileSystemLifecycle, FileSystemType};
use futures::FutureExt;

use super::fsx_charges::{charges, fsx_tags};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Note, Scope, Verb, words};
use crate::resources::reading::{name_tag, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "fsx-file-system",
    names: words("FSx file system", "FSx ファイルシステム"),
    bills: words(
        "per GB and month of its capacity, full or not, and per MB/s of its throughput; it cannot be stopped",
        "容量の GB・月ごと (空でも)、加えてスループットの MB/秒ごと。停止はできない",
    ),
    scope: Scope::Region,
    endpoint: "fsx",
    small: false,
    billed_as: &["AmazonFSx"],
    reads: &["fsx:DescribeFileSystems"],
    writes: &["fsx:DeleteFileSystem"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let pages = Client::new(&cx.sdk).describe_file_systems().max_results(1000).into_paginator().send();
    let pages: Vec<_> = pages.try_collect().await?;
    Ok(pages.iter().flat_map(DescribeFileSystemsOutput::file_systems).map(finding).collect::<Vec<_>>().into())
}

/// AWS knows no state in which a listed file system is free.
fn finding(system: &FileSystem) -> Listed {
    let id = system.file_system_id().unwrap_or_default();
    let tags = fsx_tags(system.tags());
    let mut found = Listed {
        arn: system.resource_arn().map(str::to_owned),
        name: name_tag(&tags),
        created_at: time(system.creation_time()),
        tags,
        charges: charges(system),
        ..Listed::new(id)
    }
    .note(Note::new("delete-only"));
    if system.lifecycle() == Some(&FileSystemLifecycle::Deleting) {
        found.billing = Billing::Ending;
    }
    found.notes.extend(match system.file_system_type() {
        Some(FileSystemType::Ontap) => vec![Note::with("delete-first", "volumes, storage virtual machines")],
        // The service makes it unless it is told not to.
        Some(FileSystemType::Openzfs) => vec![Note::with("delete-first", "child volumes"), Note::new("last-backup")],
        Some(FileSystemType::Windows) => vec![Note::new("last-backup")],
        _ => Vec::new(),
    });
    found.can(Verb::Delete, Command::aws("fsx delete-file-system --file-system-id").arg(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_reported() {
        let billing = |state: &str| finding(&FileSystem::builder().lifecycle(state.into()).build()).billing;
        let running = Billing::Running;
        let states = ["AVAILABLE", "MISCONFIGURED", "FAILED", "DREAMING", "DELETING"].map(billing);
        assert_eq!(states, [running, running, running, running, Billing::Ending]);
        assert_eq!(finding(&FileSystem::builder().build()).charges.len(), 1);
    }

    #[test]
    fn says_what_its_end_leaves_behind() {
        let last = |kind: &str| {
            let found = finding(&FileSystem::builder().file_system_type(kind.into()).build());
            found.notes.contains(&Note::new("last-backup"))
        };
        assert_eq!(["WINDOWS", "OPENZFS", "ONTAP", "LUSTRE"].map(last), [true, true, false, false]);
    }
}
