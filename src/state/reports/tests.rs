//! Tests of the history: what is stored is read back, thinned and deleted, whatever happens to its entries.

use std::fs;
use std::path::{Path, PathBuf};

use futures::FutureExt;
use tempfile::TempDir;

use serde_json::json;

use super::*;
use crate::state::Files;

const ACCOUNT: &str = "123456789012";

fn account() -> AccountId {
    ACCOUNT.parse().unwrap()
}

fn report(at: &str) -> SweepReport {
    let report = json!({
        "schema": "", "version": "", "made_at": at,
        "scope": { "accounts": [{ "id": ACCOUNT, "alias": null }], "regions": ["eu-west-1"], "disabled_regions": [],
                   "resources": ["ec2-volume"], "partial": false },
        "totals": { "findings": 0, "usd_per_hour": "0", "usd_per_month": "0", "at_least": false },
        "findings": [], "gaps": [], "coverage": { "ec2-volume": { "eu-west-1": "empty" } },
    });
    serde_json::from_value(report).unwrap()
}

fn at(folder: impl Into<PathBuf>) -> Reports {
    Reports::new(Store::Files(Files::at(folder)))
}

async fn times(reports: &Reports) -> Vec<String> {
    reports.entries(&account()).await.unwrap().iter().map(|it| it.at.to_string()).collect()
}

/// The folder of the account's sweeps.
fn sweeps(home: &TempDir) -> PathBuf {
    home.path().join("accounts").join(ACCOUNT).join("sweeps")
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_report_is_read_back_without_its_coverage_the_newest_first() {
    let home = tempfile::tempdir().unwrap();
    let reports = at(home.path().join("not/yet/there"));
    assert_eq!((times(&reports).await, reports.accounts().await.unwrap()), (vec![], vec![]));
    for at in ["2026-11-22T03:00:00Z", "2026-11-23T00:00:00Z"] {
        reports.keep(&mut report(at)).await.unwrap();
    }
    assert_eq!(times(&reports).await, ["2026-11-23T00:00:00Z", "2026-11-22T03:00:00Z"]);
    assert_eq!(reports.accounts().await.unwrap(), [account()]);
    let entries = reports.entries(&account()).await.unwrap();
    let read = reports.read(&entries[1]).await.unwrap().unwrap();
    assert_eq!(read, SweepReport { coverage: crate::model::Coverage::new(), ..report("2026-11-22T03:00:00Z") });
    assert!(reports.bytes(&account()).await > 100);
    reports.delete(&account()).await.unwrap();
    assert_eq!((times(&reports).await, reports.accounts().await.unwrap()), (vec![], vec![]));
    assert_eq!(reports.read(&entries[0]).await.unwrap(), None);
    reports.delete(&account()).await.unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_reads_the_history() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let reports = at(home.path().join("state"));
    reports.keep(&mut report("2026-11-23T00:00:00Z")).await.unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let key = &reports.entries(&account()).await.unwrap()[0].key;
    assert_eq!((mode(&home.path().join("state").join(key)), mode(&home.path().join("state"))), (0o600, 0o700));
}

#[tokio::test]
async fn sweeps_of_the_same_second_are_all_kept_also_from_runs_at_once() {
    let home = tempfile::tempdir().unwrap();
    let reports = at(home.path());
    std::thread::scope(|scope| {
        for _ in 0..8 {
            // Files never wait.
            scope.spawn(|| reports.keep(&mut report("2026-11-23T00:00:00Z")).now_or_never().unwrap().unwrap());
        }
    });
    assert_eq!(times(&reports).await, vec!["2026-11-23T00:00:00Z"; 8]);
    // No temporary file is left.
    assert_eq!(files(&sweeps(&home)).len(), 8);
}

#[tokio::test]
async fn a_corrupt_file_is_set_aside_and_said_once() {
    let home = tempfile::tempdir().unwrap();
    let reports = at(home.path());
    reports.keep(&mut report("2026-11-22T00:00:00Z")).await.unwrap();
    for broken in [&b"{"[..], &b"\xff\xfe"[..], &b"{\"schema\": 1}"[..]] {
        let entry = reports.entries(&account()).await.unwrap().remove(0);
        fs::write(home.path().join(&entry.key), broken).unwrap();
        let error = reports.read(&entry).await.unwrap_err();
        assert_eq!((error.what.id, error.hints[0].id), ("error-history-corrupt", "hint-history-corrupt"));
        assert_eq!(times(&reports).await, Vec::<String>::new());
        reports.keep(&mut report("2026-11-22T00:00:00Z")).await.unwrap();
    }
    // It ages like any other.
    reports.keep(&mut report("2028-11-22T00:00:00Z")).await.unwrap();
    assert_eq!(files(&sweeps(&home)), ["20281122T000000Z.all.json"]);
}

#[tokio::test]
async fn old_sweeps_are_thinned_whatever_their_scope() {
    let home = tempfile::tempdir().unwrap();
    let reports = at(home.path());
    for hour in 0..5 {
        reports.keep(&mut report(&format!("2026-10-01T0{hour}:00:00Z"))).await.unwrap();
    }
    let mut narrowed = report("2025-01-01T00:00:00Z");
    narrowed.scope.partial = true;
    reports.keep(&mut narrowed).await.unwrap();
    fs::write(sweeps(&home).join("mine.txt"), b"").unwrap();
    reports.keep(&mut report("2026-11-23T00:00:00Z")).await.unwrap();
    assert_eq!(times(&reports).await, ["2026-11-23T00:00:00Z", "2026-10-01T04:00:00Z"]);
    assert!(sweeps(&home).join("mine.txt").exists());
}

#[test]
fn a_scope_has_one_key() {
    let full = report("2026-11-23T00:00:00Z").scope;
    assert_eq!(scope_key(&full), "all");
    let narrowed = |regions: &[&str], resources: &[&str]| {
        let regions = regions.iter().map(|it| Region::new(*it)).collect();
        let resources = resources.iter().map(|it| (*it).to_owned()).collect();
        scope_key(&SweepScope { regions, resources, partial: true, ..full.clone() })
    };
    let one = narrowed(&["eu-west-1"], &["ec2-volume"]);
    assert_eq!((one.len(), &one), (16, &narrowed(&["eu-west-1"], &["ec2-volume"])));
    let others =
        [narrowed(&["eu-west-2"], &["ec2-volume"]), narrowed(&["eu-west-1", "ec2-volume"], &[]), narrowed(&[], &[])];
    assert!(!others.contains(&one));
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_an_error_that_names_it() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("file"), b"").unwrap();
    let error = at(home.path().join("file")).keep(&mut report("2026-11-23T00:00:00Z")).await.unwrap_err();
    assert_eq!((error.what.id, error.hints[0].id), ("error-history-write", "hint-history-write"));
}
