//! The sweep of an organisation against emulators: ministack decides who may assume which role, moto pages the accounts.

use std::collections::{BTreeMap, BTreeSet};

use guardrail::ops::organization::{BEYOND_READ_ONLY, only_reads};
use guardrail::ops::permissions::{UseCase, actions};
use serde_json::{Value, json};

use crate::emulators::{ENFORCING, Emulator};
use crate::proxy;
use crate::world::{ACCOUNT, World};

const ROLE: &str = "guardrail-sweep";
const SWEEP: &str =
    "sweep --organization --resources ec2-volume --regions us-east-1 --no-bill --offline-prices --format json";

fn made(emulator: &Emulator, kind: &str) -> Value {
    let made = emulator.python("organization.py", &[kind, ROLE]);
    assert_eq!(made["accounts"].as_array().unwrap().len(), 21);
    made
}

/// Account → its findings.
fn found(report: &Value) -> BTreeMap<String, Vec<String>> {
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let found = |account: &Value| -> Vec<String> {
        let findings: Vec<Value> = account["report"]["findings"].as_array().cloned().unwrap_or_default();
        assert!(findings.iter().all(|it| it["account"] == account["id"]), "{findings:#?}");
        findings.iter().map(|it| word(&it["id"])).collect()
    };
    let accounts = report["accounts"].as_array().unwrap().iter();
    accounts.map(|it| (word(&it["id"]), found(it))).filter(|(_, ids)| !ids.is_empty()).collect()
}

fn volumes(made: &Value, but: &[&Value]) -> BTreeMap<String, Vec<String>> {
    let out: Vec<&str> = but.iter().flat_map(|it| it.as_array().unwrap()).map(|it| it.as_str().unwrap()).collect();
    let volumes = made["volumes"].as_object().unwrap().iter().filter(|(id, _)| !out.contains(&id.as_str()));
    volumes.map(|(id, volume)| (id.clone(), vec![volume.as_str().unwrap().to_owned()])).collect()
}

#[test]
fn who_may_not_enter_is_named_and_the_others_are_swept() {
    let stack = Emulator::start(ENFORCING);
    let made = made(&stack, "ministack");
    let report = World::new().endpoint(&stack.url).run(SWEEP).exits(10).json();
    let refused: BTreeMap<&str, &Value> = report["gaps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|gap| (gap["account"].as_str().unwrap(), &gap["cause"]))
        .collect();
    let expected: Vec<&Value> =
        ["without_role", "distrustful"].iter().flat_map(|kind| made[kind].as_array().unwrap()).collect();
    assert_eq!(refused.len(), expected.len(), "{refused:?}");
    for account in expected {
        assert_eq!(refused.get(account.as_str().unwrap()), Some(&&json!("role")), "{:#}", report["gaps"]);
    }
    let swept = report["accounts"].as_array().unwrap().iter().filter(|it| it["state"] == "swept");
    assert_eq!(swept.count(), 18);
    // Its role lacks the permission: a gap of its own report.
    let powerless = report["accounts"].as_array().unwrap().iter().find(|it| it["id"] == made["powerless"][0]).unwrap();
    assert_eq!((&powerless["incomplete"], &powerless["report"]["gaps"][0]["reason"]), (&json!(true), &json!("denied")));
    let unseen = [&made["without_role"], &made["distrustful"], &made["powerless"]];
    assert_eq!(found(&report), volumes(&made, &unseen));
}

#[test]
fn all_pages_of_an_organisation_are_read() {
    let moto = Emulator::moto();
    let made = made(&moto, "moto");
    let proxy = proxy::before(&moto.url);
    let report = World::new().endpoint(&proxy.url).run(SWEEP).exits(10).json();
    assert_eq!(report["gaps"], json!([]));
    assert_eq!(found(&report), volumes(&made, &[]));
    let listed = report["accounts"].as_array().unwrap();
    assert_eq!(listed.len(), 21);
    assert!(listed.iter().all(|it| it["state"] == "swept" && it["ou"] == "/"), "{listed:#?}");
    assert_eq!(report["organization"]["management_account"], ACCOUNT);
    assert_eq!(proxy.recording.count("ListAccounts"), 2, "pages of 20");
    assert_eq!(proxy.recording.count("AssumeRole"), 20);
    assert_eq!(proxy.recording.undeclared(), BTreeSet::new());
}

/// AWS's `ReadOnlyAccess` and the few permissions beside it are all that the sweep needs, and nothing beside it is superfluous.
#[test]
fn a_session_policy_has_every_permission_of_its_use_case() {
    let moto = Emulator::moto();
    let policy = moto.python("read_only.py", &[]);
    let patterns: Vec<String> =
        policy["actions"].as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_lowercase()).collect();
    assert!(patterns.len() > 500, "{}", patterns.len());
    let allowed = |action: &str| {
        let action = action.to_lowercase();
        patterns.iter().any(|pattern| match pattern.split_once('*') {
            None => *pattern == action,
            Some((start, rest)) => {
                let middle = rest.split('*').all(|part| action.contains(part));
                action.starts_with(start)
                    && middle
                    && (rest.is_empty() || rest.ends_with('*') || action.ends_with(rest))
            }
        })
    };
    let all = UseCase::ALL.into_iter().filter(|it| it.takes_organization()).flat_map(actions);
    let reads = all.filter(|action| only_reads(action) || actions(UseCase::Sweep).contains(action));
    let beyond: BTreeSet<&str> = reads.filter(|action| !allowed(action)).collect();
    let written = BEYOND_READ_ONLY.iter().copied().collect();
    assert_eq!(beyond, written);
}
