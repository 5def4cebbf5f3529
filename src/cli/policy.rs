//! `guardrail policy`: the minimum permissions of the named commands, as an IAM policy.

use std::collections::BTreeSet;

use serde_json::Value;

use super::accounts::usual_role;
use super::exit::Exit;
use super::flags::Flags;
use super::one_of::one_of;
use crate::error::{Error, Result};
use crate::model::Text;
use crate::ops::permissions::{UseCase, document, of_history, of_organization, parts, statements};
use crate::profile::parse_role;
use crate::render::Format;
use crate::state::{Place, STATE_ENV, folder};
use crate::ui::Ui;

const COMMANDS: &[(&str, UseCase)] = &[
    ("sweep", UseCase::Sweep),
    ("bill", UseCase::Bill),
    ("appeal", UseCase::Appeal),
    ("advice", UseCase::Advice),
    ("init", UseCase::Init),
    ("check", UseCase::Check),
    ("remove", UseCase::Remove),
    ("send-test", UseCase::SendTest),
    ("stop", UseCase::Stop),
    ("delete", UseCase::Delete),
    ("who", UseCase::Who),
    ("notify", UseCase::Notify),
    ("schedule", UseCase::Schedule),
    ("history", UseCase::History),
];

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_parser = one_of(COMMANDS), value_name = "COMMAND", hide_possible_values = true)]
    commands: Vec<UseCase>,
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..))]
    part: Option<u16>,
    #[arg(long)]
    organization: bool,
    #[arg(long, requires = "organization", value_name = "NAME")]
    role: Option<String>,
}

pub fn run(args: &Args, flags: &Flags, ui: &Ui) -> Result<Exit> {
    flags.must_be(Format::Json, "guardrail policy")?;
    let harmless = UseCase::ALL.into_iter().filter(|use_case| !use_case.must_be_named());
    let use_cases = if args.commands.is_empty() { harmless.collect() } else { args.commands.clone() };
    let mut statements = use_cases.iter().map(|use_case| of(*use_case)).collect::<Result<Vec<_>>>()?.concat();
    if args.organization {
        let takes: Vec<UseCase> = use_cases.iter().copied().filter(|it| it.takes_organization()).collect();
        if takes.is_empty() {
            return Err(Error::usage(Text::new("error-policy-organization")));
        }
        let roles = match &args.role {
            Some(role) => BTreeSet::from([parse_role(role)?]),
            None => takes.iter().map(|use_case| usual_role(*use_case).to_owned()).collect(),
        };
        statements.extend(of_organization(&roles, &takes));
    }
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
    ui.deliver(&format!("{text}\n"), flags.output())?;
    Ok(Exit::Done)
}

/// That of the history is for the bucket it is in: for all buckets, it would allow to delete everything in them.
fn of(use_case: UseCase) -> Result<Vec<Value>> {
    if use_case != UseCase::History {
        return Ok(statements(use_case));
    }
    match folder::state()? {
        Place::Prefix(prefix) => Ok(of_history(&prefix.arns())),
        Place::Folder(_) => {
            let what = Text::new("error-policy-history").with("env", STATE_ENV);
            Err(Error::usage(what).hint(Text::new("hint-policy-history").with("env", STATE_ENV)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_use_case_can_be_named() {
        assert_eq!(COMMANDS.iter().map(|(_, use_case)| *use_case).collect::<Vec<_>>(), UseCase::ALL);
    }
}
