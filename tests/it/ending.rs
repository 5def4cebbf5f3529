//! `guardrail stop` and `guardrail delete` as a person runs them: choice, approval, log, two runs, the practice account.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};

use crate::emulators::run_script;
use crate::lab::{Lab, State, thing};
use crate::responder::Account;
use crate::server::Server;
use crate::world::{ACCOUNT, Screen, World};

const HERE: &str = "eu-west-1";
const YES: &str = "--yes --account 123456789012 --offline-prices";

fn lab() -> Lab {
    Lab::of(&[HERE], vec![thing("vol-one", HERE), thing("vol-two", HERE), thing("i-lab", HERE)])
}

fn serve(lab: &Lab) -> Server {
    Account::of(lab.clone()).start()
}

fn refused(world: &World, line: &str) -> String {
    world.run(line).exits(2).stderr
}

/// The folder of the action log.
fn log_of(world: &World) -> PathBuf {
    world.home().join(".local/state/guardrail/accounts").join(ACCOUNT).join("actions")
}

#[test]
fn a_plan_is_shown_and_nothing_is_done_without_approval() {
    let lab = lab();
    let server = serve(&lab);
    let world = World::narrow(&server.url);
    let screen = world.run("delete ec2-volume --offline-prices").exits(2);
    assert!(screen.stdout.contains("vol-one") && screen.stderr.contains("--yes"), "{screen}");
    let tried = world.run("delete ec2-volume --offline-prices --dry-run").exits(0);
    assert!(tried.stdout.contains("aws ec2 delete-volume --volume-id vol-two"), "{tried}");
    assert!(
        server
            .recording
            .calls()
            .iter()
            .filter(|it| it.action == "DeleteVolume")
            .all(|it| it.body.contains("DryRun=true"))
    );
    assert_eq!(server.recording.count("DeleteVolume"), 2);
    assert_eq!(lab.left().len(), 3);
    assert!(!log_of(&world).exists());
}

#[test]
fn wrong_use_ends_before_anything_is_done() {
    let lab = lab();
    let server = serve(&lab);
    let world = World::narrow(&server.url);
    for (line, said) in [
        ("delete", "nothing is chosen"),
        ("stop --regions eu-west-1", "nothing is chosen"),
        ("delete --all --yes", "--yes deletes only with --account"),
        ("delete --all --yes --account 999999999999", "another account"),
        ("delete ec2-volume:vol-three --offline-prices", "ec2-volume:vol-three is not among"),
        ("delete ec2-volum:x", "ec2-volume"),
        ("delete --from missing.json", "missing.json"),
    ] {
        let screen = refused(&world, line);
        assert!(screen.contains(said) || said == "another account" && screen.contains(ACCOUNT), "{line}: {screen}");
    }
    assert_eq!(lab.left().len(), 3);
}

#[test]
fn what_is_approved_is_done_verified_and_logged() {
    let lab = lab();
    let server = serve(&lab);
    let world = World::narrow(&server.url);
    let report = world.run(&format!("delete ec2-volume:vol-one {YES} --format json")).exits(0).json();
    assert_eq!(report["actions"][0]["verified"], "gone", "{report:#}");
    assert_eq!(lab.left(), ["vol-two", "i-lab"]);
    let screen = world.run("stop ec2-instance --yes --offline-prices").exits(0);
    assert!(screen.stdout.contains("stopped"), "{screen}");
    // An entry for each run, although both are of the same second.
    let files = ["20261123T000000Z.jsonl", "20261123T000000Z-2.jsonl"].map(|name| log_of(&world).join(name));
    assert_eq!(std::fs::read_dir(log_of(&world)).unwrap().count(), 2);
    let log = files.each_ref().map(|file| std::fs::read_to_string(file).unwrap()).concat();
    let entries: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let events: Vec<_> =
        entries.iter().map(|it| (it["verb"].as_str().unwrap(), it["event"].as_str().unwrap())).collect();
    let each = ["begun", "done", "verified"];
    assert_eq!(events, ["delete", "stop"].map(|verb| each.map(|event| (verb, event))).concat());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &PathBuf| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((files.each_ref().map(mode), mode(&log_of(&world))), ([0o600; 2], 0o700));
    }
    let shown = world.run("stop --log").exits(0).stdout;
    assert!(shown.contains("vol-one") && shown.contains("aws ec2 stop-instances --instance-ids i-lab"), "{shown}");
    // What guardrail ended is no mistake of the person who names it again.
    let again = world.run(&format!("delete ec2-volume:vol-one {YES}")).exits(0);
    assert!(again.stdout.contains("guardrail ended it"), "{again}");
}

#[test]
fn a_report_chooses_and_is_never_believed() {
    let lab = lab();
    let server = serve(&lab);
    let world = World::narrow(&server.url);
    let _ = world.run("sweep --no-bill --offline-prices --resources ec2-volume -o report.json").exits(10);
    let file = world.home().join("report.json");
    let mut report: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    // A report that lies about the command, and one that is older than the thing.
    report["findings"][0]["commands"]["delete"] = json!("aws ec2 delete-volume --volume-id vol-other");
    report["findings"][0]["remedies"][0]["steps"][0]["input"] = json!({ "VolumeId": "vol-two" });
    report["findings"][1]["created_at"] = json!("2020-01-01T00:00:00Z");
    let [one, two] = [0, 1].map(|at| report["findings"][at]["id"].as_str().unwrap().to_owned());
    std::fs::write(&file, report.to_string()).unwrap();
    let done = world.run(&format!("delete --from report.json {YES} --format json"));
    let done = done.exits(10).json();
    assert_eq!(done["actions"][0]["id"], one, "{done:#}");
    assert_eq!((done["refused"][0]["id"].as_str().unwrap(), &done["refused"][0]["why"]), (&*two, &json!("changed")));
    assert_eq!(lab.left(), [&*two, "i-lab"]);
    report["scope"]["accounts"][0]["id"] = json!("999999999999");
    std::fs::write(&file, report.to_string()).unwrap();
    assert!(refused(&world, "delete --from report.json --dry-run").contains("another account"));
}

/// `--region` is a limit here: to delete everywhere what was meant in one region would be worse.
#[test]
fn a_region_narrows_what_is_ended() {
    const THERE: &str = "us-west-2";
    let lab = Lab::of(&[HERE, THERE], vec![thing("vol-here", HERE), thing("vol-there", THERE)]);
    let server = serve(&lab);
    let world = World::narrow(&server.url);
    for (option, left) in [("--region", vec!["vol-there"]), ("--regions", vec!["vol-there"]), ("-q", vec![])] {
        let place = if option == "-q" { "" } else { HERE };
        let _ = world.run(&format!("delete ec2-volume {option} {place} {YES}")).exits(0);
        assert_eq!(lab.left(), left, "{option}");
    }
}

#[test]
fn a_thing_that_is_named_and_left_alone_is_no_success() {
    let lab = lab();
    lab.change("vol-one", |it| it.tags.push(("managed-by".to_owned(), "guardrail".to_owned())));
    let server = serve(&lab);
    let world = World::narrow(&server.url);
    let _ = world.run(&format!("delete ec2-volume:vol-one {YES}")).exits(10);
    let _ = world.run(&format!("delete ec2-volume {YES}")).exits(0);
    assert_eq!(lab.left(), ["vol-one", "i-lab"]);
}

#[test]
fn a_denied_call_is_said_and_the_rest_is_done() {
    let lab = lab();
    let server = Account::of(lab.clone()).deny("ec2", "DeleteVolume").start();
    let world = World::narrow(&server.url);
    let screen = world.run(&format!("delete ec2-volume ec2-instance {YES}")).exits(10);
    assert!(screen.stdout.contains("still there") && screen.stdout.contains("guardrail policy delete"), "{screen}");
    assert_eq!(lab.left(), ["vol-one", "vol-two"]);
}

#[test]
fn a_second_run_at_the_same_time_is_refused() {
    let lab = lab();
    let server = Account::of(lab.clone()).latency(Duration::from_millis(300)).start();
    let world = World::narrow(&server.url);
    let line = format!("delete ec2-volume ec2-instance {YES}");
    let screens = std::thread::scope(|scope| {
        let other = scope.spawn(|| world.run(&line));
        let own = world.run(&line);
        [own, other.join().unwrap()]
    });
    let codes: Vec<Option<i32>> = screens.iter().map(|it| it.code).collect();
    assert!(codes.contains(&Some(0)) && codes.iter().all(|code| [Some(0), Some(2)].contains(code)), "{screens:#?}");
    assert!(lab.things().iter().all(|it| it.acted == 1 && it.state != State::There));
    // The lock ends with its run.
    let _ = world.run(&format!("delete ec2-volume {YES}")).exits(0);
}

#[test]
fn a_log_that_cannot_be_written_allows_nothing() {
    let lab = lab();
    let server = serve(&lab);
    let world = World::narrow(&server.url);
    std::fs::create_dir_all(world.home().join(".local/state/guardrail/accounts")).unwrap();
    std::fs::write(world.home().join(".local/state/guardrail/accounts").join(ACCOUNT), "in the way").unwrap();
    let screen = world.run(&format!("delete ec2-volume {YES}")).exits(1);
    assert!(screen.stderr.contains("action log"), "{screen}");
    assert_eq!(lab.left().len(), 3);
}

/// What a person types in a terminal, by `tests/emulators/terminal.py`.
fn typed(world: &World, server: &Server, words: &[&str], keys: &[&str]) -> (i32, String) {
    let home = world.home().display().to_string();
    let env = json!({
        "HOME": home, "AWS_ENDPOINT_URL": server.url, "AWS_ACCESS_KEY_ID": ACCOUNT, "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true", "COLUMNS": "80", "LANG": "C", "TERM": "xterm",
        "GUARDRAIL_NOW": crate::world::NOW,
    });
    let words: Vec<&str> = [env!("CARGO_BIN_EXE_guardrail")].into_iter().chain(words.iter().copied()).collect();
    let seen = run_script("moto", "terminal.py", &json!({ "words": words, "env": env, "keys": keys }).to_string());
    (i32::try_from(seen["code"].as_i64().unwrap()).unwrap(), seen["screen"].as_str().unwrap().to_owned())
}

#[cfg(unix)]
#[test]
fn in_a_terminal_a_deletion_is_ticked_and_the_account_number_typed() {
    let lab = lab();
    let server = serve(&lab);
    let world = World::narrow(&server.url);
    let line = ["delete", "ec2-volume:vol-one", "--offline-prices"];
    let (code, screen) = typed(&world, &server, &line, &["type the account number", "123456789013\r"]);
    assert!(code == 2 && screen.contains("nothing was changed"), "{code} {screen}");
    assert_eq!(lab.left().len(), 3);
    let (code, screen) = typed(&world, &server, &line, &["type the account number", "123456789012\r"]);
    assert!(code == 0 && screen.contains("gone"), "{code} {screen}");
    assert_eq!(lab.left(), ["vol-two", "i-lab"]);
    let keys = ["What to stop?", " \r", "Proceed?", "y\r"];
    let (code, screen) = typed(&world, &server, &["stop", "--offline-prices", "--regions", HERE], &keys);
    assert!(code == 0 && screen.contains("stopped"), "{code} {screen}");
    let stopped = lab.things().into_iter().find(|it| it.id == "i-lab").unwrap();
    assert_eq!(stopped.state, State::Stopped);
}

#[test]
fn the_practice_account_goes_on_in_a_run_and_begins_again_in_the_next() {
    let world = World::new().env("COLUMNS", "80");
    let sweep = "sweep --demo --resources opensearch-domain --no-bill --format json";
    let before = world.run(sweep).stdout;
    let line = "delete opensearch-domain --demo --yes --account 123456789012 --format json";
    let done = world.run(line).exits(0).json();
    assert_eq!(done["actions"][0]["verified"], "gone", "{done:#}");
    assert_eq!(world.run(sweep).stdout, before);
    let all: Screen = world.run("delete --all --demo --yes --account 123456789012 --format json").exits(0);
    let all = all.json();
    let verified: Vec<&str> =
        all["actions"].as_array().unwrap().iter().map(|it| it["verified"].as_str().unwrap()).collect();
    assert_eq!(verified, ["gone"; 4], "{all:#}");
    assert!(!log_of(&world).exists());
}
