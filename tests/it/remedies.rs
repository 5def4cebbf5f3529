//! Remedies: the call of each printed command is that of the AWS CLI, and what is sent is that call.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use guardrail::aws::Cx;
use guardrail::aws::remedy::{Done, Dry, actions, of_type, run, steps};
use guardrail::aws::trouble::{Trouble, trouble};
use guardrail::demo::{Answer, Call, Story};
use guardrail::model::{Command, Region, Step, Verb};
use guardrail::resources;
use serde_json::{Value, json};

use crate::emulators::run_lines;
use crate::recording::Recorded;
use crate::responder::{Account, Fixtures};
use crate::sweeps::only;
use crate::world::{ACCOUNT, sdk};

/// The commands of every fixture: `ec2-volume delete: aws …`.
fn printed() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/commands.txt")).unwrap()
}

/// Commands that no fixture prints, an example of each.
const FURTHER: &str = include_str!("further_commands.txt");

/// Every command of one step that the program can print, but for those that only show something: `ec2-volume delete: aws …`.
#[must_use]
pub fn lines() -> BTreeSet<String> {
    let of = |line: &str| {
        let (head, command) = line.split_once(": ").unwrap();
        command.split(" && ").map(|step| format!("{head}: {step}")).collect::<Vec<_>>()
    };
    let all = printed() + FURTHER;
    all.lines().filter(|line| !line.contains(" look: ")).flat_map(of).collect()
}

fn commands() -> BTreeSet<String> {
    lines().iter().map(|line| line.split_once(": ").unwrap().1.to_owned()).collect()
}

fn step(command: &str) -> Step {
    let read = steps(&Command::from(command.to_owned()));
    let mut read = read.unwrap_or_else(|| panic!("not in commands.json: {command}"));
    assert_eq!((read.len(), &*read[0].command), (1, command));
    read.remove(0)
}

fn cx(url: &str) -> Cx {
    Cx::new(&ACCOUNT.parse().unwrap(), &Region::home(), &sdk(url))
}

/// Each text in quotes of the source of the resource types, without their tests and comments.
fn literals() -> Vec<(String, String)> {
    fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() { files(&entry, found) } else { found.push(entry) }
        }
    }
    let mut sources = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/resources"), &mut sources);
    let rust = sources.into_iter().filter(|path| path.extension().is_some_and(|it| it == "rs"));
    let of = |path: std::path::PathBuf| {
        let source = std::fs::read_to_string(&path).unwrap();
        let code = source.split("#[cfg(test)]").next().unwrap().lines();
        let code: Vec<String> = code.filter(|line| !line.trim_start().starts_with("//")).map(str::to_owned).collect();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let quoted = move |line: String| line.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        code.into_iter().flat_map(quoted).map(move |literal| (name.clone(), literal)).collect::<Vec<_>>()
    };
    rust.flat_map(of).collect()
}

/// Verbs of AWS's operations that a command of these types may begin with.
const VERBS: [&str; 16] = [
    "cancel",
    "delete",
    "deregister",
    "detach",
    "disable",
    "disassociate",
    "disconnect",
    "modify",
    "pause",
    "release",
    "remove",
    "schedule",
    "stop",
    "terminate",
    "update",
    "put",
];

/// Texts that begin like a command and are a note or a state.
const NO_COMMANDS: [&str; 8] = [
    "delete-first",
    "delete-only",
    "delete-precheck",
    "detach-first",
    "stop-first",
    "stop-loses-backups",
    "stop-saves-nothing",
    "update-failed",
];

/// A command of the source that is in neither list would have no call.
#[test]
fn every_command_of_the_source_is_among_them() {
    let commands = commands();
    let all: Vec<Vec<&str>> = commands.iter().map(|command| command.split(' ').collect()).collect();
    let words: BTreeSet<&str> =
        all.iter().flatten().copied().chain(["--recursive", "--summarize", "--human-readable"]).collect();
    let pairs: BTreeSet<(&str, &str)> = all.iter().map(|words| (words[1], words[2])).collect();
    let mut missing = Vec::new();
    for (file, literal) in literals() {
        let parts: Vec<&str> = literal.split(' ').collect();
        if let [service, command, option, ..] = *parts
            && (option.starts_with("--") || command == "wait")
            && !service.starts_with("--")
            && !literal.contains('{')
            && !VERBS.iter().any(|verb| service.starts_with(&format!("{verb}-")))
            && !pairs.contains(&(service, command))
        {
            missing.push(format!("{file}: {literal}"));
        }
        let is_option =
            |part: &&&str| part.starts_with("--") && part.len() > 2 && !part.contains(['{', '=']) && **part != "--x-s3";
        missing.extend(
            parts.iter().filter(is_option).filter(|part| !words.contains(**part)).map(|part| format!("{file}: {part}")),
        );
        let is_verb = VERBS.iter().any(|verb| parts[0].starts_with(&format!("{verb}-")))
            && !parts[0].contains(['{', '_', ',', '.']);
        if is_verb && !NO_COMMANDS.contains(&parts[0]) && !words.contains(parts[0]) {
            missing.push(format!("{file}: {literal}"));
        }
    }
    assert!(missing.is_empty(), "add an example to further_commands.txt: {missing:#?}");
    assert!(pairs.len() > 250);
}

/// `writes` of a type and the policies of `stop` and `delete` are what its steps require, and no more. What its list requires already
/// is not repeated.
#[test]
fn a_type_declares_what_its_steps_require() {
    let mut required: BTreeMap<String, [BTreeSet<&str>; 2]> = BTreeMap::new();
    for line in lines() {
        let (head, command) = line.split_once(": ").unwrap();
        let (resource, used) = head.split_once(' ').unwrap();
        let by_verb = required.entry(resource.to_owned()).or_default();
        by_verb[usize::from(used != "stop")].extend(actions(&step(command)));
    }
    let mut wrong = Vec::new();
    for resource in resources::ALL.iter().copied() {
        let [stops, deletes] = required.remove(resource.id).unwrap_or_default();
        let policy = |verb| of_type(resource.id, verb).into_iter().collect::<BTreeSet<_>>();
        assert_eq!((policy(Verb::Stop), policy(Verb::Delete)), (stops.clone(), deletes.clone()), "{}", resource.id);
        let reads: BTreeSet<&str> = resource.reads().iter().copied().collect();
        let wanted: BTreeSet<&str> = stops.union(&deletes).copied().filter(|action| !reads.contains(action)).collect();
        let declared: BTreeSet<&str> = resource.writes.iter().copied().collect();
        if declared != wanted {
            wrong.push(format!("{}: declares {declared:?}, and its steps require {wanted:?}", resource.id));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(required.into_keys().collect::<Vec<_>>(), ["cloudformation-stack"]);
}

/// Each finding of a fixture has a remedy for each of its commands, whose steps are printed as they are.
#[tokio::test]
async fn every_command_of_a_finding_is_a_remedy() {
    let (mut remedies, mut without) = (0, Vec::new());
    for resource in resources::ALL.iter().copied() {
        let region = crate::types::place(resource);
        let fixtures = Fixtures::of(&[resource.id]).regions(&[region.as_str()], &[]);
        let report = crate::sweeps::swept(&Account::of(fixtures).start(), &only(region, &[resource.id])).await;
        for finding in &report.findings {
            let of = |steps: &[Step]| steps.iter().map(|step| &*step.command).collect::<Vec<_>>().join(" && ");
            let made: Vec<_> = finding.remedies.iter().map(|it| (it.verb, of(&it.steps))).collect();
            let printed: Vec<_> = finding.can.iter().map(|verb| (*verb, finding.commands[verb].to_string())).collect();
            assert_eq!(made, printed, "{}", finding.key);
            let owner = finding.owner.as_ref().map(|it| (it.command.as_ref().map(ToString::to_string), &it.remedy));
            let owner = owner.map(|(command, remedy)| (command, remedy.as_ref().map(|it| of(&it.steps))));
            assert!(owner.is_none_or(|(command, steps)| command == steps), "{}", finding.key);
            for remedy in &finding.remedies {
                assert!(remedy.usd_per_month_saved <= finding.usd_per_month, "{}: {remedy:?}", finding.key);
            }
            remedies += finding.remedies.len();
        }
        if !report.findings.is_empty() && report.findings.iter().all(|it| it.remedies.is_empty() && it.owner.is_none())
        {
            without.push(resource.id);
        }
    }
    assert_eq!(without, WITHOUT.map(|(id, _)| id));
    println!("{remedies} remedies");
}

/// Types without a remedy, and why.
const WITHOUT: [(&str, &str); 5] = [
    ("ec2-recycle-bin", "AWS deletes what is in it when its retention is over"),
    ("ec2-reserved-instance", "a commitment, unless it is queued"),
    ("sagemaker-training-plan", "a commitment, paid upfront"),
    ("mediaconvert-queue", "a commitment"),
    ("support-plan", "changed in the console only"),
];

/// What the AWS CLI itself calls, and what botocore reads of the request that was made instead.
fn told(commands: &[(String, Option<Recorded>)]) -> Vec<Value> {
    let line = |(command, request): &(String, Option<Recorded>)| {
        let request = request.as_ref().map(|it| serde_json::from_str::<Value>(&it.json_line("")).unwrap());
        format!("{}\n", json!({ "command": command, "request": request }))
    };
    run_lines("awscli", "calls.py", &commands.iter().map(line).collect::<String>())
}

/// Buckets are emptied by calls that the AWS CLI makes otherwise.
fn is_of_bucket(command: &str) -> bool {
    command.starts_with("aws s3 ")
}

#[test]
fn a_step_is_the_call_that_the_aws_cli_makes_of_its_command() {
    let asked = commands().into_iter().filter(|command| !is_of_bucket(command));
    let asked: Vec<_> = asked.map(|command| (command, None)).collect();
    for ((command, _), told) in asked.iter().zip(told(&asked)) {
        let Step { service, operation, input, until, .. } = step(command);
        let ours = json!({ "service": service, "operation": operation, "input": input, "until": until });
        let theirs = json!({
            "service": told["service"], "operation": told["operation"], "input": told["input"], "until": told["until"]
        });
        assert_eq!(ours, theirs, "{command}");
    }
}

#[tokio::test]
async fn what_is_sent_is_the_call_of_the_command() {
    let server = Account::of(Fixtures::of(&[])).start();
    let cx = cx(&server.url);
    let mut sent = Vec::new();
    for command in commands().into_iter().filter(|command| !is_of_bucket(command) && !command.contains(" wait ")) {
        let step = step(&command);
        server.recording.clear();
        assert_eq!(run(&cx, &step, Dry::No).await.unwrap(), Done::Done, "{command}");
        let requests = server.recording.all();
        // Timestream is asked for the account's cell first, and S3 Express for a session where the host is not AWS's.
        let express = command.contains("--x-s3");
        assert_eq!(requests.len(), 1 + usize::from(step.service == "timestream-write" || express), "{command}");
        let request = requests.last().unwrap();
        // Some operations require further actions.
        let named =
            if express { "s3express:DeleteBucket".to_owned() } else { crate::recording::iam_action(&request.call) };
        assert_eq!(actions(&step)[0], named, "{command}");
        sent.push((command, Some(request.clone())));
    }
    let (mut wrong, mut tokens) = (Vec::new(), 0);
    for ((command, _), told) in sent.iter().zip(told(&sent)) {
        tokens += told["tokens"].as_array().unwrap().len();
        if told["errors"] != json!([]) || told["sent"] != told["input"] {
            wrong.push(format!("{command}: {told:#}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tokens > 10, "{tokens} idempotency tokens");
    println!("{} calls are those of their commands", sent.len());
}

/// An account in which every thing is in this state.
struct Says(&'static str);

impl Story for Says {
    fn answer(&self, call: &Call) -> Option<Answer> {
        let state = self.0;
        if state.ends_with("Exception") {
            return Some(Answer::error(call, 404, state, "gone"));
        }
        let body = match &*call.action {
            "DescribeInstances" => format!(
                "<DescribeInstancesResponse><reservationSet><item><instancesSet><item><instanceState><name>{state}</name>\
                 </instanceState></item></instancesSet></item></reservationSet></DescribeInstancesResponse>"
            ),
            "DescribeVolumes" => format!(
                "<DescribeVolumesResponse><volumeSet><item><status>{state}</status></item></volumeSet></DescribeVolumesResponse>"
            ),
            "DescribeNodegroup" => json!({ "nodegroup": { "status": state } }).to_string(),
            "DescribeFargateProfile" => json!({ "fargateProfile": { "status": state } }).to_string(),
            "DescribeCluster" => json!({ "cluster": { "status": state } }).to_string(),
            "DescribeTable" => json!({ "Table": { "TableStatus": state } }).to_string(),
            "DescribeFleets" => json!({ "Fleets": [{ "State": state }] }).to_string(),
            "DescribeFlow" => json!({ "flow": { "status": state } }).to_string(),
            "DescribeChannel" => json!({ "state": state }).to_string(),
            "DescribeNotebookInstance" => json!({ "NotebookInstanceStatus": state }).to_string(),
            _ => return None,
        };
        Some(Answer::ok(call, &body))
    }
}

/// Each waiter, the state that it waits for and, where it has one, a state from which that is never reached.
const WAITERS: [(&str, &str, &str); 11] = [
    ("appstream wait fleet-stopped", "STOPPED", "RUNNING"),
    ("dynamodb wait table-exists", "ACTIVE", ""),
    ("ec2 wait instance-stopped", "stopped", "terminated"),
    ("ec2 wait instance-terminated", "terminated", "pending"),
    ("ec2 wait volume-available", "available", "deleted"),
    ("eks wait cluster-active", "ACTIVE", "FAILED"),
    ("eks wait fargate-profile-deleted", "ResourceNotFoundException", "DELETE_FAILED"),
    ("eks wait nodegroup-deleted", "ResourceNotFoundException", "DELETE_FAILED"),
    ("mediaconnect wait flow-standby", "STANDBY", "ERROR"),
    ("medialive wait channel-stopped", "IDLE", ""),
    ("sagemaker wait notebook-instance-stopped", "Stopped", "Failed"),
];

#[tokio::test]
async fn a_wait_ends_with_its_state_or_with_one_that_never_becomes_it() {
    let waits = commands().into_iter().filter(|command| command.contains(" wait "));
    let kinds: BTreeMap<String, String> =
        waits.map(|it| (it.split(' ').skip(1).take(3).collect::<Vec<_>>().join(" "), it)).collect();
    assert_eq!(kinds.keys().map(String::as_str).collect::<Vec<_>>(), WAITERS.map(|(kind, ..)| kind));
    for (kind, reached, never) in WAITERS {
        let step = step(&kinds[kind]);
        let server = Account::of(Says(reached)).start();
        assert_eq!(run(&cx(&server.url), &step, Dry::No).await.unwrap(), Done::Done, "{kind}");
        crate::validity::prove(&server.recording);
        assert_eq!(run(&cx(&server.url), &step, Dry::Yes).await.unwrap(), Done::NotTried, "{kind}");
        if !never.is_empty() {
            let server = Account::of(Says(never)).start();
            let error = run(&cx(&server.url), &step, Dry::No).await.unwrap_err();
            assert_eq!((error.what.id, server.recording.all().len()), ("error-wait-failed", 1), "{kind}: {error:?}");
        }
    }
}

/// An account that refuses everything with this code.
struct Refuses(u16, &'static str);

impl Story for Refuses {
    fn answer(&self, call: &Call) -> Option<Answer> {
        Some(Answer::error(call, self.0, self.1, "refused"))
    }
}

/// A dry run asks EC2 only, and changes nothing.
#[tokio::test]
async fn a_dry_run_sends_nothing_but_the_dry_run_of_ec2() {
    let server = Account::of(Refuses(412, "DryRunOperation")).start();
    for command in commands() {
        let step = step(&command);
        server.recording.clear();
        let done = run(&cx(&server.url), &step, Dry::Yes).await.unwrap();
        let sent = server.recording.all();
        let tries = step.service == "ec2" && step.until.is_none() && step.operation != "ReleaseHosts";
        assert_eq!((done, sent.len()), if tries { (Done::WouldWork, 1) } else { (Done::NotTried, 0) }, "{command}");
        assert!(sent.iter().all(|it| it.call.body.contains("DryRun=true")), "{command}");
    }
}

/// What is gone already is done, and what AWS refuses says why.
#[tokio::test]
async fn a_refusal_says_whether_to_try_again() {
    let cases = [
        ("InvalidVolume.NotFound", None),
        ("VolumeInUse", Some(Trouble::InUse)),
        ("IncorrectState", Some(Trouble::Busy)),
        ("UnauthorizedOperation", Some(Trouble::Denied)),
        ("OperationNotPermitted", Some(Trouble::Protected)),
        ("InternalError", Some(Trouble::Temporary)),
    ];
    let step = step("aws ec2 delete-volume --volume-id vol-0123456789abcdef0");
    for (code, expected) in cases {
        let server = Account::of(Refuses(400, code)).start();
        match (run(&cx(&server.url), &step, Dry::No).await, expected) {
            (Ok(done), None) => assert_eq!(done, Done::GoneAlready),
            (Err(error), Some(expected)) => {
                assert_eq!((trouble(&error), error.action.as_deref()), (expected, Some("ec2:DeleteVolume")), "{code}");
            }
            (done, _) => panic!("{code}: {done:?}"),
        }
    }
}
