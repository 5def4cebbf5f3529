//! `guardrail policy`: the least that the named commands need, as an IAM policy.

use std::collections::BTreeSet;

use clap::ValueEnum;
use serde_json::{Value, json};

use super::Exit;
use super::global::Global;
use crate::aws::{account_kind, accounts, bill, cost_explorer, regions};
use crate::error::{Error, Result};
use crate::model::Text;
use crate::ui::Ui;
use crate::{prices, resources, safeguards};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_enum, value_name = "COMMAND", hide_possible_values = true)]
    commands: Vec<Command>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    part: Option<u16>,
}

/// The most characters of a managed policy, white space not counted (IAM and STS quotas).
const MOST: usize = 6144;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Command {
    Sweep,
    Bill,
    Init,
    Check,
    Remove,
    // `check --send-test`, apart from the others: `check` itself stays a policy that only reads.
    SendTest,
}

pub fn run(args: &Args, global: &Global, ui: &Ui) -> Result<Exit> {
    let commands = if args.commands.is_empty() { Command::value_variants() } else { &args.commands };
    let statements: Vec<_> = commands.iter().flat_map(|command| statements(*command)).collect();
    let parts = parts(&statements);
    let statements = match args.part {
        None => statements,
        Some(part) => match parts.get(usize::from(part) - 1) {
            Some(statements) => statements.clone(),
            None => return Err(Error::usage(Text::new("error-policy-part").count("count", parts.len()))),
        },
    };
    let policy = document(&statements);
    if args.part.is_none() && parts.len() > 1 {
        ui.status(&ui.speech.with("policy-in-parts", &[("count", parts.len())]));
    }
    let text = serde_json::to_string_pretty(&policy)
        .map_err(|error| Error::failed(Text::new("error-render")).detail(error))?;
    ui.deliver(&format!("{text}\n"), global.output.as_deref())?;
    Ok(Exit::Done)
}

fn document(statements: &[Value]) -> Value {
    json!({ "Version": "2012-10-17", "Statement": statements })
}

/// The statements as policies that AWS takes, each as full as it may be.
fn parts(statements: &[Value]) -> Vec<Vec<Value>> {
    let fits = |statements: &[Value]| document(statements).to_string().len() <= MOST;
    let mut parts: Vec<Vec<Value>> = vec![Vec::new()];
    for statement in statements {
        let actions = statement["Action"].as_array().cloned().unwrap_or_default();
        let mut rest = actions.as_slice();
        while !rest.is_empty() {
            let full: &[Value] = parts.last().map_or(&[], Vec::as_slice);
            let with = |count: usize| {
                let mut piece = statement.clone();
                piece["Action"] = json!(rest[..count]);
                [full, &[piece]].concat()
            };
            match (1..=rest.len()).rev().find(|count| fits(&with(*count))) {
                Some(count) => {
                    let more = with(count);
                    rest = &rest[count..];
                    let last = parts.len() - 1;
                    parts[last] = more;
                }
                None => parts.push(Vec::new()),
            }
        }
    }
    parts
}

/// What a command needs. What changes roles and policies is held to guardrail's own: anywhere else it would be the way to
/// every other permission.
fn statements(command: Command) -> Vec<Value> {
    let changes = |action: &&str| {
        action.strip_prefix("iam:").is_some_and(|name| !name.starts_with("Get") && !name.starts_with("List"))
    };
    let (changing, plain): (BTreeSet<_>, BTreeSet<_>) = actions(command).into_iter().partition(changes);
    let (detaching, changing): (BTreeSet<_>, BTreeSet<_>) =
        changing.into_iter().partition(|action| action.starts_with("iam:Detach"));
    let own = ["policy", "role"].map(|kind| format!("arn:aws:iam::*:{kind}/guardrail/*"));
    let sid = |part: &str| format!("Guardrail{command:?}{part}");
    let attached = json!({ "ArnLike": { "iam:PolicyARN": own[0] } });
    let all = [
        json!({ "Sid": sid(""), "Effect": "Allow", "Action": plain, "Resource": "*" }),
        json!({ "Sid": sid("OwnRole"), "Effect": "Allow", "Action": changing, "Resource": own }),
        json!({ "Sid": sid("Detach"), "Effect": "Allow", "Action": detaching, "Resource": "*", "Condition": attached }),
    ];
    let needed = all.into_iter().filter(|it| it["Action"].as_array().is_some_and(|actions| !actions.is_empty()));
    needed.collect()
}

/// The IAM actions that a command needs, derived from what its parts declare.
#[must_use]
pub fn actions(command: Command) -> BTreeSet<&'static str> {
    let reads = || safeguards::ALL.iter().flat_map(|it| it.reads);
    let proves = || safeguards::ALL.iter().flat_map(|it| it.reads.iter().chain(it.proves));
    let writes = || safeguards::ALL.iter().flat_map(|it| it.writes);
    let removes = || safeguards::ALL.iter().flat_map(|it| it.removes);
    let unwanted = || safeguards::ALL.iter().flat_map(|it| it.unwanted);
    let swept = || resources::ALL.iter().flat_map(|it| it.reads());
    let own: Vec<&&str> = match command {
        Command::Sweep => swept().chain(regions::READS).chain(prices::READS).chain(bill::FIGURES).collect(),
        Command::Bill => {
            [bill::FIGURES, bill::READS, cost_explorer::READS, regions::READS].into_iter().flatten().collect()
        }
        Command::Check => proves().chain(account_kind::READS).chain(regions::READS).collect(),
        Command::Init => {
            let own = account_kind::READS.iter().chain(regions::READS);
            proves().chain(writes()).chain(unwanted()).chain(own).collect()
        }
        Command::Remove => reads().chain(removes()).chain(regions::READS).collect(),
        Command::SendTest => proves().chain(safeguards::RINGS).collect(),
    };
    own.into_iter().chain(accounts::READS).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_policy_is_parts_that_aws_takes() {
        let actions: Vec<String> = (0..400).map(|number| format!("service:DescribeThingNumber{number}")).collect();
        let long = json!({ "Sid": "A", "Effect": "Allow", "Action": actions, "Resource": "*" });
        let short = json!({ "Sid": "B", "Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": "*" });
        let parts = parts(&[long, short]);
        assert_eq!(parts.len(), 3);
        assert!(parts.iter().all(|part| document(part).to_string().len() <= MOST));
        let told = parts.iter().flatten().flat_map(|it| it["Action"].as_array().unwrap());
        let told: Vec<&str> = told.map(|action| action.as_str().unwrap()).collect();
        let all = actions.iter().map(String::as_str).chain(["s3:ListBucket"]);
        assert_eq!(told, all.collect::<Vec<_>>());
    }

    #[test]
    fn only_guardrails_own_roles_and_policies_may_be_changed() {
        let open = |command| {
            let all = statements(command).into_iter().filter(|it| it["Resource"] == "*" && it["Condition"].is_null());
            all.flat_map(|it| it["Action"].as_array().unwrap().clone()).collect::<Vec<_>>()
        };
        for command in Command::value_variants() {
            for action in ["CreateRole", "PutRolePolicy", "PassRole", "CreatePolicyVersion", "DetachUserPolicy"] {
                assert!(!open(*command).contains(&json!(format!("iam:{action}"))), "{command:?} {action}");
            }
            let told: BTreeSet<String> = statements(*command)
                .iter()
                .flat_map(|it| {
                    it["Action"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|it| it.as_str().unwrap().to_owned())
                        .collect::<Vec<_>>()
                })
                .collect();
            assert_eq!(told, actions(*command).into_iter().map(str::to_owned).collect());
        }
        assert_eq!((statements(Command::Sweep).len(), statements(Command::Init).len()), (1, 3));
    }
}
