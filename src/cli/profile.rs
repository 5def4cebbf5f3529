//! `guardrail profile`: the shipped profiles, and the user's own.

use anstyle::Style;
use clap::Subcommand;

use super::exit::Exit;
use super::flags::Flags;
use super::goal::must_name_known_types;
use crate::error::{Error, Result};
use crate::model::Text;
use crate::profile::{load, masked, shipped};
use crate::render::{Format, terms};
use crate::ui::Ui;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List,
    Show {
        #[arg(value_name = "NAME|FILE")]
        name: String,
    },
    Check {
        #[arg(value_name = "NAME|FILE")]
        name: String,
    },
}

pub fn run(args: &Args, flags: &Flags, ui: &Ui) -> Result<Exit> {
    flags.must_be(Format::Text, "guardrail profile")?;
    let say = |text: &Text| ui.speech.say(text);
    let text = match &args.command {
        Command::List => {
            let about = |name| load(name, &say).map(|draft| draft.description.get(ui.speech.lang).to_owned());
            let rows = shipped().iter().map(|&(name, _)| Ok((name, vec![(Style::new(), about(name)?)])));
            terms(&rows.collect::<Result<Vec<_>>>()?, flags.layout(ui))
        }
        Command::Show { name } => {
            load(name, &say)?;
            let unreadable = |error: std::io::Error| {
                Error::usage(Text::new("error-profile-unreadable").with("file", name)).detail(error)
            };
            let own = shipped().iter().find(|(shipped, _)| shipped == name).map(|(_, source)| (*source).to_owned());
            own.map_or_else(|| std::fs::read_to_string(name).map(|source| masked(&source)).map_err(unreadable), Ok)?
        }
        Command::Check { name } => {
            let draft = load(name, &say)?;
            must_name_known_types(&draft)?;
            format!("{}\n", ui.speech.with("profile-good", &[("name", draft.name)]))
        }
    };
    ui.deliver(&text, flags.output())?;
    Ok(Exit::Done)
}
