//! FSx file systems are charged for their provisioned capacity, used or not, and cannot be stopped.

use futures::FutureExt;

use super::fsx_charges::{FileSystemType, Lifecycle, System, charges};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Loss, Note, Scope, Takes, Verb, words};
use crate::resources::reading::name_tag;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "fsx-file-system",
    names: words("FSx file system", "FSx ファイルシステム"),
    bills: words(
        "per GB and month of its capacity, full or not, and per MB/s of its throughput; it cannot be stopped",
        "容量の GB・月ごと(空でも)、加えてスループットの MB/秒ごと。停止不可",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonFSx"],
    asks: &[&SYSTEMS],
    writes: &["fsx:DeleteFileSystem"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const SYSTEMS: Operation<System> = Operation::new("fsx:DescribeFileSystems").at("FileSystems");

async fn list(cx: &Cx) -> Result<Listing> {
    let systems = cx.ask(&SYSTEMS).with("MaxResults", 1000).all().await?;
    Ok(systems.iter().map(finding).collect::<Vec<_>>().into())
}

/// No state makes a listed file system free.
fn finding(system: &System) -> Listed {
    let id = &system.file_system_id;
    let mut found = Listed {
        arn: system.resource_arn.clone(),
        name: name_tag(&system.tags),
        created_at: system.creation_time,
        tags: system.tags.clone(),
        charges: charges(system),
        ..Listed::new(id)
    }
    .note(Note::new("delete-only"));
    if system.lifecycle == Some(Lifecycle::Deleting) {
        found.billing = Billing::Ending;
    }
    found.notes.extend(match system.file_system_type {
        Some(FileSystemType::Ontap) => vec![Note::with("delete-first", "volumes, storage virtual machines")],
        // FSx makes a final backup unless the request disables it.
        Some(FileSystemType::OpenZfs) => vec![Note::with("delete-first", "child volumes"), Note::new("last-backup")],
        Some(FileSystemType::Windows) => vec![Note::new("last-backup")],
        _ => Vec::new(),
    });
    found
        .loses(Loss::Data)
        .deleted_in(Takes::UpToAnHour)
        .can(Verb::Delete, Command::aws("fsx delete-file-system --file-system-id").arg(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_reported() {
        let billing = |state: &str| finding(&System { lifecycle: Some(state.into()), ..System::default() }).billing;
        let running = Billing::Running;
        let states = ["AVAILABLE", "MISCONFIGURED", "FAILED", "FUTURE", "DELETING"].map(billing);
        assert_eq!(states, [running, running, running, running, Billing::Ending]);
        assert_eq!(finding(&System::default()).charges.len(), 1);
    }

    #[test]
    fn says_whether_a_final_backup_is_made() {
        let last = |kind: &str| {
            let found = finding(&System { file_system_type: Some(kind.into()), ..System::default() });
            found.notes.contains(&Note::new("last-backup"))
        };
        assert_eq!(["WINDOWS", "OPENZFS", "ONTAP", "LUSTRE"].map(last), [true, true, false, false]);
    }
}
