//! Tests of the history: what is stored is read back, thinned and deleted, whatever happens to its files.

use serde_json::json;

use super::*;

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

fn times(reports: &Reports) -> Vec<String> {
    reports.entries(&account()).unwrap().iter().map(|it| it.at.to_string()).collect()
}

#[test]
fn a_report_is_read_back_without_its_coverage_the_newest_first() {
    let home = tempfile::tempdir().unwrap();
    let reports = Reports::at(home.path().join("not/yet/there"));
    assert_eq!((times(&reports), reports.accounts().unwrap()), (vec![], vec![]));
    for at in ["2026-11-22T03:00:00Z", "2026-11-23T00:00:00Z"] {
        reports.keep(&mut report(at)).unwrap();
    }
    assert_eq!(times(&reports), ["2026-11-23T00:00:00Z", "2026-11-22T03:00:00Z"]);
    assert_eq!(reports.accounts().unwrap(), [account()]);
    let entries = reports.entries(&account()).unwrap();
    let read = reports.read(&entries[1]).unwrap().unwrap();
    assert_eq!(read, SweepReport { coverage: crate::model::Coverage::new(), ..report("2026-11-22T03:00:00Z") });
    assert!(reports.bytes(&account()) > 100);
    reports.delete(&account()).unwrap();
    assert_eq!((times(&reports), reports.accounts().unwrap()), (vec![], vec![]));
    assert_eq!(reports.read(&entries[0]).unwrap(), None);
    reports.delete(&account()).unwrap();
}

#[cfg(unix)]
#[test]
fn only_its_owner_reads_the_history() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let reports = Reports::at(home.path().join("state"));
    reports.keep(&mut report("2026-11-23T00:00:00Z")).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&reports.entries(&account()).unwrap()[0].path), mode(reports.folder())), (0o600, 0o700));
}

#[test]
fn sweeps_of_the_same_second_are_all_kept_also_from_runs_at_once() {
    let home = tempfile::tempdir().unwrap();
    let reports = Reports::at(home.path());
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| reports.keep(&mut report("2026-11-23T00:00:00Z")).unwrap());
        }
    });
    assert_eq!(times(&reports), vec!["2026-11-23T00:00:00Z"; 8]);
    // No temporary file is left.
    assert_eq!(names(&reports.sweeps(&account())).unwrap().len(), 8);
}

#[test]
fn a_corrupt_file_is_set_aside_and_said_once() {
    let home = tempfile::tempdir().unwrap();
    let reports = Reports::at(home.path());
    reports.keep(&mut report("2026-11-22T00:00:00Z")).unwrap();
    for broken in [&b"{"[..], &b"\xff\xfe"[..], &b"{\"schema\": 1}"[..]] {
        let entry = reports.entries(&account()).unwrap().remove(0);
        fs::write(&entry.path, broken).unwrap();
        let error = reports.read(&entry).unwrap_err();
        assert_eq!((error.what.id, error.hints[0].id), ("error-history-corrupt", "hint-history-corrupt"));
        assert_eq!(times(&reports), Vec::<String>::new());
        reports.keep(&mut report("2026-11-22T00:00:00Z")).unwrap();
    }
    // It ages like any other.
    reports.keep(&mut report("2028-11-22T00:00:00Z")).unwrap();
    assert_eq!(names(&reports.sweeps(&account())).unwrap(), ["20281122T000000Z.all.json"]);
}

#[test]
fn old_sweeps_are_thinned_whatever_their_scope() {
    let home = tempfile::tempdir().unwrap();
    let reports = Reports::at(home.path());
    for hour in 0..5 {
        reports.keep(&mut report(&format!("2026-10-01T0{hour}:00:00Z"))).unwrap();
    }
    let mut narrowed = report("2025-01-01T00:00:00Z");
    narrowed.scope.partial = true;
    reports.keep(&mut narrowed).unwrap();
    fs::write(reports.sweeps(&account()).join("mine.txt"), b"").unwrap();
    reports.keep(&mut report("2026-11-23T00:00:00Z")).unwrap();
    assert_eq!(times(&reports), ["2026-11-23T00:00:00Z", "2026-10-01T04:00:00Z"]);
    assert!(reports.sweeps(&account()).join("mine.txt").exists());
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

#[test]
fn a_folder_that_cannot_be_written_is_an_error_that_names_it() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("file"), b"").unwrap();
    let error = Reports::at(home.path().join("file")).keep(&mut report("2026-11-23T00:00:00Z")).unwrap_err();
    assert_eq!((error.what.id, error.hints[0].id), ("error-history-write", "hint-history-write"));
}
