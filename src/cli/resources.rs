//! `guardrail resources`: the catalogue.

use super::exit::Exit;
use super::flags::Flags;
use crate::error::Result;
use crate::model::Scope;
use crate::render::catalogue::{Row, render};
use crate::resources;
use crate::ui::Ui;

#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, flags: &Flags, ui: &Ui) -> Result<Exit> {
    let rows: Vec<Row> = resources::ALL
        .iter()
        .map(|resource| Row {
            id: resource.id,
            names: resource.names.clone(),
            bills: resource.bills.clone(),
            scope: match resource.scope {
                Scope::Region => "region",
                Scope::Global | Scope::Only(_) => "global",
            },
            reads: resource.reads(),
            writes: resource.writes,
        })
        .collect();
    let text = render(&rows, flags.format, &ui.speech, flags.page(ui))?;
    ui.deliver(&text, flags.output.as_deref())?;
    Ok(Exit::Done)
}
