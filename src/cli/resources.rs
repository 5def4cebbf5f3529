//! `guardrail resources`: the catalogue.

use super::delivery::deliver;
use super::exit::Exit;
use super::flags::Flags;
use crate::error::Result;
use crate::model::{Catalogue, CatalogueRow, CatalogueScope, RESOURCES_SCHEMA, Scope};
use crate::render::Report;
use crate::resources;
use crate::ui::Ui;

#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, flags: &Flags, ui: &Ui) -> Result<Exit> {
    let rows = resources::ALL.iter().map(|resource| CatalogueRow {
        id: resource.id.to_owned(),
        names: resource.names.clone(),
        bills: resource.bills.clone(),
        scope: match resource.scope {
            Scope::Region => CatalogueScope::Region,
            Scope::Global | Scope::Only(_) => CatalogueScope::Global,
        },
        reads: resource.reads().iter().map(|&action| action.to_owned()).collect(),
        writes: resource.writes.iter().map(|&action| action.to_owned()).collect(),
    });
    let report = Catalogue {
        schema: RESOURCES_SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        resources: rows.collect(),
    };
    deliver(Report::Resources(&report), flags, ui)
}
