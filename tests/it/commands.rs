//! The commands in a report: each is a valid command of the AWS CLI, and names in it are only arguments.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use guardrail::model::{Owner, SweepReport, Verb};
use guardrail::resources::{self, Resource};
use serde_json::{Value, json};

use crate::emulators::run_script;
use crate::generated::holds;
use crate::responder::{Account, Fixtures};
use crate::sweeps::{self, only};
use crate::types::place;

/// A name that an attacker may choose. A shell that evaluates it would create the file.
const EVIL: &str = "a 'b' \"c\" $(touch evil) `touch evil`; touch evil && touch evil | x > evil #";

/// The AWS CLI takes the one for an option of its own, and reads the other.
const OPTION: &str = "--debug";
const FILE: &str = "file:///etc/hostname";

async fn swept(resource: &Resource, edit: impl Fn(&str) -> String + Send + Sync + 'static) -> SweepReport {
    let region = place(resource);
    let fixtures = Fixtures::of(&[resource.id]).regions(&[region.as_str()], &[]).edited(edit);
    let server = Account::of(fixtures).start();
    sweeps::swept(&server, &only(region, &[resource.id])).await
}

/// Every command of a report, also those of owners.
fn commands(report: &SweepReport) -> impl Iterator<Item = &guardrail::model::Command> {
    let owners = report.findings.iter().filter_map(|it| it.owner.as_ref()?.command.as_ref());
    report.findings.iter().flat_map(|it| it.look.iter().chain(it.commands.values())).chain(owners)
}

/// Every command of every fixture as it is printed, with its type and its use.
#[tokio::test]
async fn each_is_printed_as_before() {
    let mut lines = BTreeSet::new();
    for resource in resources::ALL.iter().copied() {
        for finding in swept(resource, str::to_owned).await.findings {
            let look = finding.look.iter().map(|command| ("look", command));
            let verbs = finding
                .commands
                .iter()
                .map(|(verb, command)| (if *verb == Verb::Stop { "stop" } else { "delete" }, command));
            lines.extend(look.chain(verbs).map(|(role, command)| format!("{} {role}: {command}\n", resource.id)));
            let of_owner = |owner: &Owner| Some(format!("{} owner: {}\n", owner.resource, owner.command.as_ref()?));
            lines.extend(finding.owner.as_ref().and_then(of_owner));
        }
    }
    holds("tests/it/commands.txt", &lines.into_iter().collect::<String>(), "UPDATE_COMMANDS");
}

#[tokio::test]
async fn each_is_a_command_of_the_aws_cli() {
    let mut steps = BTreeSet::new();
    for resource in resources::ALL.iter().copied() {
        let report = swept(resource, str::to_owned).await;
        let lines = commands(&report).flat_map(guardrail::model::Command::lines);
        steps.extend(lines.map(|line| line.trim_end_matches(" &&").to_owned()));
    }
    let lines: Vec<&str> = steps.iter().map(String::as_str).collect();
    assert_eq!(run_script("moto", "commands.py", &lines.join("\n")), json!({ "checked": steps.len(), "wrong": [] }));
}

#[test]
fn an_invalid_command_is_reported() {
    let wrong = [
        "aws ec2 delete-volume --volume vol-1",
        "aws ec2 delete-volumes --volume-id vol-1",
        "aws ec3 delete-volume --volume-id vol-1",
        "aws ec2 delete-volume",
        "aws ec2 delete-volume --volume-id vol-1 --force yes",
        "aws wafv2 delete-web-acl --name a --scope EVERYWHERE --id b --lock-token c",
        "rm -rf /",
    ];
    let said = run_script("moto", "commands.py", &wrong.join("\n"));
    assert_eq!(said["wrong"].as_array().unwrap().len(), wrong.len(), "{said:#}");
}

fn is_name(member: &str) -> bool {
    let member = member.to_lowercase();
    ["name", "id", "arn", "key", "identifier", "endpoint", "cluster", "group"].iter().any(|part| member.contains(part))
}

/// Replaces names and ids with the text, one member at a time, so that the other members still decide about the row.
fn renamed(text: &str, member: &str, to: &str) -> String {
    fn rename(value: &mut Value, member: &str, to: &str) {
        match value {
            Value::Object(members) => {
                for (name, value) in members.iter_mut() {
                    match value {
                        Value::String(text) if name == member => to.clone_into(text),
                        _ => rename(value, member, to),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| rename(item, member, to)),
            _ => {}
        }
    }
    let Ok(mut answer) = serde_json::from_str::<Value>(text) else { return renamed_xml(text, member, to) };
    rename(&mut answer, member, to);
    answer.to_string()
}

fn renamed_xml(text: &str, member: &str, to: &str) -> String {
    let (open, close) = (format!("<{member}>"), format!("</{member}>"));
    let evil = to.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut parts = text.split(&*open);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(&open);
        match part.split_once(&*close) {
            Some((inner, rest)) if !inner.contains('<') => out.extend([&*evil, &close, rest]),
            _ => out.push_str(part),
        }
    }
    out
}

#[tokio::test(flavor = "multi_thread")]
async fn every_name_is_one_argument() {
    let scripts = with_names(EVIL, "touch").await;
    assert!(scripts.len() > resources::ALL.len(), "only {} commands have a name in them", scripts.len());
    let words = words(&scripts);
    let torn: Vec<_> = words.iter().filter(|word| word.contains("touch") && !word.contains(EVIL)).collect();
    assert!(torn.is_empty(), "{torn:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_name_is_an_option_or_a_file() {
    let words = words(&with_names(OPTION, OPTION).await);
    assert!(words.iter().filter(|word| word.contains(&format!("={OPTION}"))).count() > 50);
    assert_eq!(words.iter().filter(|word| *word == OPTION).count(), 0);
    let words = self::words(&with_names(FILE, FILE).await);
    // `Name=file://…` within a structure is a value like any other.
    let reads = |word: &&String| {
        let option = word.strip_prefix("--").and_then(|word| word.split_once('='));
        option.map_or(word.as_str(), |(_, value)| value).starts_with(FILE)
    };
    assert_eq!(words.iter().filter(reads).collect::<Vec<_>>(), Vec::<&String>::new());
    assert!(words.iter().any(|word| *word == format!("[\"{FILE}\"]")));
}

/// The commands with this part of a name, each of the names and ids of every type being that name in turn.
async fn with_names(name: &'static str, part: &str) -> BTreeSet<String> {
    let mut scripts = BTreeSet::new();
    for resource in resources::ALL.iter().copied() {
        for member in crate::thinned::members(resource).into_iter().filter(|member| is_name(member)) {
            let report = swept(resource, move |text| renamed(text, &member, name)).await;
            scripts.extend(commands(&report).map(ToString::to_string).filter(|command| command.contains(part)));
        }
    }
    scripts
}

/// Every word that a shell makes of the commands, and nothing else done.
fn words(scripts: &BTreeSet<String>) -> Vec<String> {
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut script = "aws() { printf '%s\\n' \"$@\"; }\n".to_owned();
    script.extend(scripts.iter().map(|command| format!("{command}\n")));
    let file = elsewhere.path().join("script");
    std::fs::write(&file, script).unwrap();
    let mut shell = Command::new("bash");
    shell.args(["-euo", "pipefail"]).arg(file).current_dir(folder.path()).stdin(Stdio::null());
    let output = shell.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let made: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert!(made.is_empty(), "a name was run");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}
