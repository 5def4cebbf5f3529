//! `guardrail completions` and `guardrail man`: made from the same description of the commands as the help.

use clap_complete::Shell;

use super::global::Global;
use super::{Exit, command};
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

pub fn run(args: &Args, global: &Global, ui: &Ui) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(&ui.speech), "guardrail", &mut script);
    ui.deliver(&String::from_utf8_lossy(&script), global.output.as_deref())?;
    Ok(Exit::Done)
}

pub fn man(_args: &ManArgs, global: &Global, ui: &Ui) -> Result<Exit> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command(&ui.speech))
        .render(&mut page)
        .map_err(|error| Error::failed(Text::new("error-render")).detail(error))?;
    ui.deliver(&String::from_utf8_lossy(&page), global.output.as_deref())?;
    Ok(Exit::Done)
}
