//! The sweep of an organisation against a responder that answers by access key.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::{Value, json};

use crate::organization_story::{Organization, Refusal, access_key, number, of_role, volume};
use crate::server::Server;
use crate::world::{ACCOUNT, Screen, World};

const SWEEP: &str = "sweep --organization --resources ec2-volume --no-bill --offline-prices";

fn run(server: &Server, more: &str) -> Screen {
    World::narrow(&server.url).run(&format!("{SWEEP} {more}"))
}

fn report(server: &Server, more: &str) -> Value {
    run(server, &format!("--format json {more}")).json()
}

/// Account → its part of the report.
fn accounts(report: &Value) -> BTreeMap<String, Value> {
    let all = report["accounts"].as_array().unwrap();
    let by_id: BTreeMap<_, _> = all.iter().map(|it| (it["id"].as_str().unwrap().to_owned(), it.clone())).collect();
    assert_eq!(by_id.len(), all.len(), "an account is there twice");
    by_id
}

/// The state of each account, by its index.
fn states(report: &Value, size: usize) -> Vec<String> {
    let accounts = accounts(report);
    (0..size).map(|index| accounts[&number(index)]["state"].as_str().unwrap().to_owned()).collect()
}

/// Nothing of one account's answers appears under another.
fn isolated(report: &Value) {
    for (id, account) in accounts(report) {
        let text = account["report"].to_string();
        for other in (0..200).map(number).filter(|other| *other != id) {
            assert!(!text.contains(&other), "the report of {id} has {other}");
        }
        for finding in account["report"]["findings"].as_array().into_iter().flatten() {
            assert_eq!((&finding["account"], &finding["id"]), (&json!(id), &json!(volume(&id))));
        }
    }
}

#[test]
fn every_account_of_120_has_its_own_report_and_no_other() {
    let organization = Organization {
        with_volume: (0..120).filter(|index| index % 3 == 0).collect(),
        states: [(7, "SUSPENDED"), (8, "PENDING_CLOSURE"), (9, "CLOSED"), (10, "PENDING_ACTIVATION")].into(),
        refusals: [(21, Refusal::Role), (22, Refusal::Liar)].into(),
        latency: Duration::from_millis(5),
        ..Organization::of(120)
    };
    let server = organization.start();
    let screen = run(&server, "--format json --parallel 16").exits(10);
    let report = screen.json();
    isolated(&report);
    let states = states(&report, 120);
    let of =
        |state: &str| states.iter().enumerate().filter(|(_, it)| *it == state).map(|(at, _)| at).collect::<Vec<_>>();
    assert_eq!((of("suspended"), of("closing"), of("closed")), (vec![7], vec![8], vec![9]));
    assert_eq!((of("unreachable"), of("swept").len()), (vec![21, 22], 115));
    let accounts = accounts(&report);
    for index in (0..120).filter(|index| states[*index] == "swept") {
        let found = accounts[&number(index)]["totals"]["findings"].as_u64().unwrap();
        assert_eq!(found, u64::from(index % 3 == 0), "{}", number(index));
    }
    let gaps: BTreeMap<&str, &Value> = report["gaps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|gap| (gap["account"].as_str().unwrap(), &gap["cause"]))
        .collect();
    let cause = |index: usize| gaps[&*number(index)].as_str().unwrap().to_owned();
    assert_eq!([7, 8, 9, 21, 22].map(cause), ["suspended", "closing", "closed", "role", "other-account"]);
    assert_eq!(gaps.len(), 5);

    // Six pages with accounts, five empty ones between them; two calls for each of four units.
    assert_eq!((server.recording.count("ListAccounts"), server.recording.count("ListAccountsForParent")), (11, 4));
    assert_eq!(server.recording.mutating(), BTreeSet::from(["sts:AssumeRole".to_owned()]));
    assert_eq!(server.recording.undeclared(), BTreeSet::new());
    // The account of the credentials is not assumed, and one that lied was asked nothing.
    let assumed: BTreeSet<String> =
        server.recording.calls().iter().filter(|call| call.action == "AssumeRole").map(of_role).collect();
    assert!(!assumed.contains(ACCOUNT) && !assumed.contains(&number(7)) && assumed.len() == 116, "{assumed:?}");
    let asked: BTreeMap<String, usize> =
        server.recording.all().iter().filter(|it| it.call.action == "DescribeVolumes").fold(
            BTreeMap::new(),
            |mut all, it| {
                *all.entry(access_key(it)).or_default() += 1;
                all
            },
        );
    assert_eq!(asked.len(), 115);
    assert!(asked.values().all(|count| *count == 2), "each region of each account once: {asked:?}");
    crate::validity::prove(&server.recording);
}

#[test]
fn a_session_only_reads_and_has_the_external_id() {
    let server = Organization::of(3).start();
    let _ = run(&server, "--external-id two-words --role team/sweep").exits(0);
    let assumed: Vec<String> =
        server.recording.calls().into_iter().filter(|it| it.action == "AssumeRole").map(|it| it.body).collect();
    assert_eq!(assumed.len(), 2);
    for body in &assumed {
        for part in [
            "%3Arole%2Fteam%2Fsweep",
            "ExternalId=two-words",
            "policy%2FReadOnlyAccess",
            "&Policy=",
            "DurationSeconds=3600",
        ] {
            assert!(body.contains(part), "{part} is not in {body}");
        }
    }
    let server = Organization::of(2).start();
    let _ = run(&server, "").exits(0);
    let plain = server.recording.calls().into_iter().find(|it| it.action == "AssumeRole").unwrap();
    assert!(!plain.body.contains("ExternalId") && plain.body.contains("role%2Fguardrail-sweep"), "{}", plain.body);
}

#[test]
fn an_account_that_cannot_be_entered_holds_up_no_other() {
    for (refusal, reason, cause) in [
        (Refusal::Role, "denied", json!("role")),
        (Refusal::Caller, "denied", json!("policy")),
        (Refusal::ByOrganization, "denied-by-organization", Value::Null),
        (Refusal::Throttled, "throttled", Value::Null),
        (Refusal::Liar, "other", json!("other-account")),
    ] {
        let server = Organization { refusals: [(2, refusal)].into(), ..Organization::of(4) }.start();
        let report = run(&server, "--format json").exits(3).json();
        assert_eq!(states(&report, 4), ["swept", "swept", "unreachable", "swept"]);
        let [gap] = &report["gaps"].as_array().unwrap()[..] else { panic!("{:#}", report["gaps"]) };
        assert_eq!((&gap["account"], &gap["reason"]), (&json!(number(2)), &json!(reason)));
        assert_eq!(gap.get("cause").unwrap_or(&Value::Null), &cause, "{gap}");
        assert_eq!((&report["verdict"], &report["totals"]["at_least"]), (&json!("not-sure"), &json!(true)));
    }
}

#[test]
fn the_exit_code_is_the_worst_of_the_accounts() {
    let code = |organization: Organization, more: &str| run(&organization.start(), more).code.unwrap();
    let all = || Organization::of(4);
    let found = || Organization { with_volume: vec![3], ..all() };
    let denied = || Organization { denied: vec![2], ..all() };
    assert_eq!(code(all(), ""), 0);
    assert_eq!(code(found(), ""), 10);
    assert_eq!(code(found(), "--exit-zero"), 0);
    assert_eq!(code(denied(), ""), 3);
    assert_eq!(code(denied(), "--exit-zero"), 3);
    assert_eq!(code(Organization { denied: vec![2], ..found() }, ""), 10);
    assert_eq!(code(Organization { denied: vec![2], ..found() }, "--exit-zero"), 3);
    let closed = || Organization { states: [(1, "SUSPENDED")].into(), ..all() };
    assert_eq!(code(closed(), ""), 3);
    assert_eq!(code(closed(), &format!("--exclude {}", number(1))), 0);
}

#[test]
fn the_chosen_accounts_are_swept() {
    let swept = |more: &str| {
        let server = Organization { states: [(3, "SUSPENDED")].into(), ..Organization::of(6) }.start();
        let states = states(&report(&server, more), 6);
        states.iter().map(|state| state.chars().next().unwrap()).collect::<String>()
    };
    let [one, four] = [number(1), number(4)];
    assert_eq!(swept(""), "ssssss");
    assert_eq!(swept(&format!("--accounts {one},{four}")), "eseese");
    assert_eq!(swept("--ou Training"), "eseses");
    assert_eq!(swept(&format!("--ou ou-ab12-2026 --exclude {one}")), "eeeses");
    assert_eq!(swept("--ou Labs,Training/2026 --exclude Labs"), "eseses");
    let server = Organization::of(6).start();
    let refused = |more: &str| run(&server, more).exits(2).stderr;
    assert!(refused("--ou Trainig").contains("→ Did you mean Training?"), "{}", refused("--ou Trainig"));
    assert!(refused("--accounts 999999999999").contains("not in the organisation"));
    assert!(refused(&format!("--accounts {one} --exclude {one}")).contains("No account is left"));
    let alone = World::narrow(&server.url).run("sweep --accounts 1").exits(2);
    assert!(alone.stderr.contains("--organization"), "{alone}");
}

#[test]
fn without_the_right_to_read_units_only_their_names_are_missing() {
    let server = Organization { units: false, ..Organization::of(3) }.start();
    let screen = run(&server, "--format json").exits(0);
    assert!(screen.stderr.contains("organisational units could not be read"), "{screen}");
    assert!(accounts(&screen.json()).values().all(|it| it["ou"].is_null() && it["state"] == "swept"));
    let refused = run(&server, "--ou Labs").exits(1);
    assert!(refused.stderr.contains("organisational units cannot be read"), "{refused}");
}

#[test]
fn a_profile_chooses_as_well() {
    let server = Organization::of(6).start();
    let world = World::narrow(&server.url);
    let text = "[organization]\nou = [\"Training\"]\nexclude = [\"000000000003\"]\nrole = \"theirs\"\n";
    std::fs::write(world.home().join("mine.toml"), text).unwrap();
    let report = world.run(&format!("{SWEEP} -c mine.toml --format json")).exits(0).json();
    assert_eq!(states(&report, 6), ["excluded", "swept", "excluded", "excluded", "excluded", "swept"]);
    assert_eq!(report["role"], "theirs");
    std::fs::write(world.home().join("mine.toml"), "[organization]\naccounts = [\"12\"]\nrole = \"a b\"\n").unwrap();
    let wrong = world.run("profile check mine.toml").exits(2).stderr;
    assert!(wrong.contains("12 digits") && wrong.contains("not the name of a role"), "{wrong}");
}

#[test]
#[cfg(unix)]
fn an_interrupted_sweep_says_which_accounts_are_missing() {
    let organization =
        Organization { refusals: [(2, Refusal::Silent)].into(), with_volume: vec![1], ..Organization::of(5) };
    let server = organization.start();
    let world = World::narrow(&server.url);
    let recording = server.recording.clone();
    let screen = world.run_while(&format!("{SWEEP} --format json --parallel 1"), |child| {
        let waiting = || recording.calls().iter().any(|it| it.action == "AssumeRole" && of_role(it) == number(2));
        while !waiting() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(10));
        }
        let pid = i32::try_from(child.id()).unwrap();
        let killed = std::process::Command::new("kill").arg(pid.to_string()).status().unwrap();
        assert!(killed.success());
    });
    let report = screen.exits(130).json();
    assert_eq!(report["interrupted"], true);
    let states = states(&report, 5);
    assert_eq!((&*states[1], &*states[2], &*states[3]), ("swept", "unreachable", "unreachable"));
    let causes: BTreeSet<&str> =
        report["gaps"].as_array().unwrap().iter().map(|gap| gap["cause"].as_str().unwrap()).collect();
    assert_eq!(causes, BTreeSet::from(["interrupted"]));
}

#[test]
fn without_an_organisation_it_says_so() {
    let screen = World::new().run("sweep --organization --demo").exits(1);
    assert!(screen.stderr.contains("not in an organisation"), "{screen}");
    let server = Organization::of(2).start();
    let world = World::narrow(&server.url).env("AWS_ACCESS_KEY_ID", &format!("ASIA{}", number(1)));
    let screen = world.run(SWEEP).exits(1);
    assert!(screen.stderr.contains("delegated administrator"), "{screen}");
}
