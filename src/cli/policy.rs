//! `guardrail policy`: the least that the named commands need, as an IAM policy.

use std::collections::BTreeSet;

use clap::ValueEnum;
use serde_json::json;

use super::Exit;
use super::global::Global;
use crate::aws::{accounts, bill, cost_explorer, regions};
use crate::error::{Error, Result};
use crate::model::Text;
use crate::ui::Ui;
use crate::{resources, safeguards};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_enum, value_name = "COMMAND")]
    commands: Vec<Command>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Command {
    Sweep,
    Bill,
    Init,
    Check,
    Remove,
}

pub fn run(args: &Args, global: &Global, ui: &Ui) -> Result<Exit> {
    let commands = if args.commands.is_empty() { Command::value_variants() } else { &args.commands };
    let statements: Vec<_> = commands
        .iter()
        .map(|command| {
            json!({ "Sid": format!("Guardrail{command:?}"), "Effect": "Allow", "Action": actions(*command), "Resource": "*" })
        })
        .collect();
    let policy = json!({ "Version": "2012-10-17", "Statement": statements });
    let text = serde_json::to_string_pretty(&policy)
        .map_err(|error| Error::failed(Text::new("error-render")).detail(error))?;
    ui.deliver(&format!("{text}\n"), global.output.as_deref())?;
    Ok(Exit::Done)
}

/// The IAM actions that a command needs, derived from what its parts declare.
#[must_use]
pub fn actions(command: Command) -> BTreeSet<&'static str> {
    let reads = || safeguards::ALL.iter().flat_map(|it| it.reads);
    let writes = || safeguards::ALL.iter().flat_map(|it| it.writes);
    let removes = || safeguards::ALL.iter().flat_map(|it| it.removes);
    let swept = || resources::ALL.iter().flat_map(|it| it.reads);
    let own: Vec<&&str> = match command {
        Command::Sweep => swept().chain(regions::READS).chain(bill::FIGURES).collect(),
        Command::Bill => {
            [bill::FIGURES, bill::READS, cost_explorer::READS, regions::READS].into_iter().flatten().collect()
        }
        Command::Check => reads().collect(),
        Command::Init => reads().chain(writes()).chain(removes()).collect(),
        Command::Remove => reads().chain(removes()).collect(),
    };
    own.into_iter().chain(accounts::READS).copied().collect()
}
