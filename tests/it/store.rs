//! The store of the history has one shape, in a folder and in a bucket of both emulators; and its locks in a bucket.

use std::time::Duration;

use futures::future::join_all;
use guardrail::aws::lease::Pace;
use guardrail::model::AccountId;
use guardrail::model::actions::LogEntry;
use guardrail::state::{ActionLog, Files, Objects, Place, Prefix, Store};
use jiff::Timestamp;
use serde_json::json;
use tokio::runtime::{Builder, Runtime};

use crate::account::block_on;
use crate::emulators::Emulator;
use crate::world::{ACCOUNT, sdk};

const BUCKET: &str = "guardrail-lab";
/// Fast, for locks that are left behind.
const FAST: Pace = Pace { renewed: Duration::from_millis(400), left: Duration::from_secs(2) };

fn account() -> AccountId {
    ACCOUNT.parse().unwrap()
}

/// The store below a prefix of the emulator's bucket.
async fn objects(emulator: &Emulator, path: &str) -> Objects {
    let Place::Prefix(prefix) = Place::parse(format!("s3://{BUCKET}/{path}").into()).unwrap() else {
        panic!("a folder")
    };
    Objects::open(prefix, &sdk(&emulator.url), &account()).await.unwrap()
}

fn emulators() -> [Emulator; 2] {
    let both = [Emulator::moto(), Emulator::ministack()];
    for emulator in &both {
        let _ = emulator.python("store.py", &["make", BUCKET, "eu-west-1"]);
    }
    both
}

async fn names(store: &Store, below: &str) -> Vec<(String, u64)> {
    let items = store.list(below).await.unwrap();
    items.into_iter().map(|it| (it.name, it.bytes)).collect()
}

/// What every store does.
async fn has_the_shape(store: &Store) {
    assert_eq!((names(store, "a").await, store.get("a/b").await.unwrap()), (vec![], None));
    store.delete("a/b").await.unwrap();
    store.put("a/b/c.json", b"one").await.unwrap();
    store.put("a/b/c.json", b"other").await.unwrap();
    assert!(!store.put_new("a/b/c.json", b"new").await.unwrap());
    assert!(store.put_new("a/b c.json", b"").await.unwrap());
    assert!(store.put_new("ab/c.json", b"").await.unwrap());
    assert_eq!(store.get("a/b/c.json").await.unwrap().as_deref(), Some(&b"other"[..]));
    let level: Vec<String> = names(store, "a").await.into_iter().map(|(name, _)| name).collect();
    assert_eq!((level, names(store, "a/b").await), (vec!["b".into(), "b c.json".into()], vec![("c.json".into(), 5)]));
    // A corrupt entry is moved.
    assert_eq!(store.set_aside("a/b/c.json", b"other").await.as_deref(), Some("a/b/c.corrupt"));
    assert_eq!(names(store, "a/b").await, [("c.corrupt".to_owned(), 5)]);
    // More than a page of a list, deleted at once.
    let keys: Vec<String> = (0..40).map(|number| format!("many/{number:02}")).collect();
    join_all(keys.iter().map(async |key| store.put(key, b"x").await.unwrap())).await;
    assert_eq!(names(store, "many").await.len(), 40);
    store.delete_all([&keys[..], &["many/none".to_owned()]].concat()).await.unwrap();
    assert_eq!(names(store, "many").await, []);
    // A lock has one owner at a time.
    let lock = store.lock("a/x.lock").await.unwrap().unwrap();
    assert!(lock.is_held() && store.lock("a/x.lock").await.unwrap().is_none());
    assert!(store.lock("a/y.lock").await.unwrap().is_some());
    lock.release().await;
    store.lock("a/x.lock").await.unwrap().unwrap().release().await;
}

#[test]
fn a_folder_and_a_bucket_have_one_shape() {
    let home = tempfile::tempdir().unwrap();
    let emulators = emulators();
    block_on(async {
        has_the_shape(&Store::Files(Files::at(home.path().join("not/yet")))).await;
        for emulator in &emulators {
            has_the_shape(&Store::Objects(objects(emulator, "").await)).await;
            has_the_shape(&Store::Objects(objects(emulator, "deep/prefix").await)).await;
        }
    });
    for emulator in &emulators {
        let read = emulator.python("store.py", &["read", BUCKET]);
        assert_eq!(read["deep/prefix/a/b/c.corrupt"], "other");
    }
}

#[test]
fn of_writers_at_once_one_is_the_first() {
    let stack = Emulator::ministack();
    let _ = stack.python("store.py", &["make", BUCKET, "eu-west-1"]);
    block_on(async {
        let store = Store::Objects(objects(&stack, "").await);
        let written = join_all((0..16).map(async |_| store.put_new("a", b"x").await.unwrap())).await;
        assert_eq!(written.iter().filter(|first| **first).count(), 1);
        let locks = join_all((0..16).map(async |_| store.lock("b").await.unwrap())).await;
        assert_eq!(locks.iter().flatten().count(), 1);
    });
}

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

#[test]
fn the_lock_of_a_run_that_was_cut_is_taken_over_by_one() {
    for emulator in emulators() {
        // A program that is killed.
        let cut = runtime();
        let lock = cut.block_on(async {
            let store = Store::Objects(objects(&emulator, "").await.at_pace(FAST));
            store.lock("x.lock").await.unwrap()
        });
        assert!(lock.is_some());
        cut.shutdown_background();
        block_on(async {
            let store = Store::Objects(objects(&emulator, "").await.at_pace(FAST));
            assert!(store.lock("x.lock").await.unwrap().is_none());
            tokio::time::sleep(FAST.left + Duration::from_millis(1500)).await;
            let taken = store.lock("x.lock").await.unwrap();
            assert!(taken.as_ref().is_some_and(guardrail::state::Lock::is_held));
            assert!(store.lock("x.lock").await.unwrap().is_none());
            taken.unwrap().release().await;
        });
    }
}

#[test]
fn a_lock_is_renewed_and_a_lost_one_is_known_as_lost() {
    for emulator in emulators() {
        block_on(async {
            let store = Store::Objects(objects(&emulator, "").await.at_pace(FAST));
            let lock = store.lock("x.lock").await.unwrap().unwrap();
            tokio::time::sleep(FAST.left + Duration::from_millis(1500)).await;
            assert!(lock.is_held() && store.lock("x.lock").await.unwrap().is_none());
            // Another run took it over, as after a computer slept.
            let other = br#"{"owner":"other","since":"2026-11-23T00:00:00Z","renewals":0}"#;
            store.put("x.lock", other).await.unwrap();
            tokio::time::sleep(FAST.renewed * 3).await;
            assert!(!lock.is_held());
            // Its owner leaves it alone.
            lock.release().await;
            assert_eq!(store.get("x.lock").await.unwrap().as_deref(), Some(&other[..]));
        });
    }
}

#[test]
fn without_its_lock_a_run_records_nothing() {
    let stack = Emulator::ministack();
    let _ = stack.python("store.py", &["make", BUCKET, "eu-west-1"]);
    block_on(async {
        let store = Store::Objects(objects(&stack, "").await.at_pace(FAST));
        let log = ActionLog::new(store.clone(), account());
        let now = Timestamp::now();
        let recorder = log.begin(now).await.unwrap();
        let entry: LogEntry = serde_json::from_value(json!({
            "at": now, "run": now, "key": "a", "verb": "delete", "step": 1, "of": 1, "command": "", "event": "begun",
        }))
        .unwrap();
        recorder.record(&entry).await.unwrap();
        store.delete(&format!("accounts/{ACCOUNT}/actions.lock")).await.unwrap();
        tokio::time::sleep(FAST.renewed * 3).await;
        assert_eq!(recorder.record(&entry).await.unwrap_err().what.id, "error-action-log-lost");
        recorder.end().await;
        assert_eq!(log.read().await.unwrap().len(), 1);
    });
}

#[test]
fn without_a_network_a_lock_is_lost() {
    let stack = Emulator::ministack();
    let _ = stack.python("store.py", &["make", BUCKET, "eu-west-1"]);
    let proxy = crate::proxy::before(&stack.url);
    block_on(async {
        let Place::Prefix(prefix) = Place::parse(format!("s3://{BUCKET}").into()).unwrap() else { panic!("a folder") };
        let objects = Objects::open(prefix, &sdk(&proxy.url), &account()).await.unwrap().at_pace(FAST);
        let lock = Store::Objects(objects).lock("x.lock").await.unwrap().unwrap();
        drop(proxy);
        tokio::time::sleep(FAST.left + Duration::from_millis(1500)).await;
        assert!(!lock.is_held());
    });
}

#[test]
fn a_bucket_that_is_not_there_is_said() {
    let stack = Emulator::ministack();
    let prefix = Prefix { bucket: "guardrail-none".into(), path: String::new() };
    let error = block_on(Objects::open(prefix, &sdk(&stack.url), &account())).unwrap_err();
    assert_eq!((error.what.id, error.hints[0].id), ("error-state-open", "hint-state-no-bucket"));
}
