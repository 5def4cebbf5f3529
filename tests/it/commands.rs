//! The commands in a report: each is a valid command of the AWS CLI, and names in it are only arguments.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use guardrail::model::SweepReport;
use guardrail::resources::{self, Resource};
use serde_json::{Value, json};

use crate::emulators::run_script;
use crate::responder::{Account, Fixtures};
use crate::sweeps::{self, only};
use crate::types::place;

/// A name that an attacker may choose. A shell that evaluates it would create the file.
const EVIL: &str = "a 'b' \"c\" $(touch evil) `touch evil`; touch evil && touch evil | x > evil #";

async fn swept(resource: &Resource, edit: impl Fn(&str) -> String + Send + Sync + 'static) -> SweepReport {
    let region = place(resource);
    let fixtures = Fixtures::of(&[resource.id]).regions(&[region.as_str()], &[]).edited(edit);
    let server = Account::of(fixtures).start();
    sweeps::swept(&server, &only(region, &[resource.id])).await
}

/// Every command of a report, also those of owners.
fn commands(report: &SweepReport) -> impl Iterator<Item = &guardrail::model::Command> {
    let owners = report.findings.iter().filter_map(|it| it.owner.as_ref()?.command.as_ref());
    report.findings.iter().flat_map(|it| it.commands.values()).chain(owners)
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

/// Replaces names and ids with the evil text, one member at a time, so that the other members still decide about the row.
fn renamed(text: &str, member: &str) -> String {
    fn rename(value: &mut Value, member: &str) {
        match value {
            Value::Object(members) => {
                for (name, value) in members.iter_mut() {
                    match value {
                        Value::String(text) if name == member => EVIL.clone_into(text),
                        _ => rename(value, member),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| rename(item, member)),
            _ => {}
        }
    }
    let Ok(mut answer) = serde_json::from_str::<Value>(text) else { return renamed_xml(text, member) };
    rename(&mut answer, member);
    answer.to_string()
}

fn renamed_xml(text: &str, member: &str) -> String {
    let (open, close) = (format!("<{member}>"), format!("</{member}>"));
    let evil = EVIL.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
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
    let mut scripts = BTreeSet::new();
    for resource in resources::ALL.iter().copied() {
        for member in crate::thinned::members(resource).into_iter().filter(|member| is_name(member)) {
            let report = swept(resource, move |text| renamed(text, &member)).await;
            scripts.extend(commands(&report).map(ToString::to_string).filter(|command| command.contains("touch")));
        }
    }
    assert!(scripts.len() > resources::ALL.len(), "only {} commands have a name in them", scripts.len());
    let folder = tempfile::tempdir().unwrap();
    // Prints every word as the shell parses it, and runs nothing else.
    let mut script = "aws() { printf '%s\\n' \"$@\"; }\n".to_owned();
    script.extend(scripts.iter().map(|command| format!("{command}\n")));
    let mut shell = Command::new("bash");
    shell.args(["-euo", "pipefail", "-c", &script]).current_dir(folder.path()).stdin(Stdio::null());
    let output = shell.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let made: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert!(made.is_empty(), "a name was run");
    let words = String::from_utf8(output.stdout).unwrap();
    let torn: Vec<_> = words.lines().filter(|word| word.contains("touch") && !word.contains(EVIL)).collect();
    assert!(torn.is_empty(), "{torn:#?}");
}
