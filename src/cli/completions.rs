//! `guardrail completions` and `guardrail man`: generated from the description of the commands that also makes the help.

use clap::Command;
use clap_complete::Shell;

use super::exit::Exit;
use super::flags::Flags;
use crate::error::{Error, Result};
use crate::model::Text;
use crate::ui::Ui;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_enum, value_name = "SHELL", hide_possible_values = true)]
    shell: Shell,
}

#[derive(Debug, clap::Args)]
pub struct ManArgs {}

pub fn run(args: &Args, mut command: Command, flags: &Flags, ui: &Ui) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "guardrail", &mut script);
    ui.deliver(&String::from_utf8_lossy(&script), flags.output())?;
    Ok(Exit::Done)
}

pub fn man(_args: &ManArgs, command: Command, flags: &Flags, ui: &Ui) -> Result<Exit> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut page)
        .map_err(|error| Error::failed(Text::new("error-render")).detail(error))?;
    ui.deliver(&String::from_utf8_lossy(&page), flags.output())?;
    Ok(Exit::Done)
}
