//! The findings of a sweep as rows that a script can sort and filter; by default the most expensive comes first.

use std::collections::BTreeSet;

use crate::lang::Speech;
use crate::model::{Cost, Finding, SweepReport, Verb};
use crate::render::amount::{amount, month};
use crate::render::sentence::{charge, note};
use crate::render::table::billing;

pub(super) struct Findings {
    pub rows: Vec<Row>,
    /// The filters of the rows.
    pub types: BTreeSet<String>,
    pub regions: BTreeSet<String>,
}

pub(super) struct Row {
    pub name: String,
    pub id: String,
    pub label: Option<String>,
    pub region: String,
    pub month: String,
    /// For sorting, as in the report.
    pub order: String,
    pub billing: String,
    pub charges: Vec<String>,
    pub notes: Vec<String>,
    pub owner: Option<String>,
    pub commands: Vec<Command>,
}

pub(super) struct Command {
    /// `stop`, `delete` or `owner`.
    pub class: &'static str,
    pub label: String,
    pub lines: Vec<String>,
}

impl Findings {
    pub fn of(report: &SweepReport, speech: &Speech) -> Self {
        let rows: Vec<Row> = report.findings.iter().map(|finding| Row::of(finding, speech)).collect();
        Self {
            types: rows.iter().map(|row| row.name.clone()).collect(),
            regions: rows.iter().map(|row| row.region.clone()).collect(),
            rows,
        }
    }

    /// Whether the list is long enough for search and filters.
    pub fn is_long(&self) -> bool {
        self.rows.len() > 3
    }
}

impl Row {
    fn of(finding: &Finding, speech: &Speech) -> Self {
        let created = finding.created_at.map(|at| at.strftime("%Y-%m-%d").to_string()).unwrap_or_default();
        let since = finding
            .usd_since_created
            .map(|usd| speech.with("usd-since-created", &[("usd", amount(usd)), ("date", created)]));
        Self {
            name: finding.names.get(speech.lang).to_owned(),
            id: finding.id.clone(),
            label: finding.name.clone().filter(|name| *name != finding.id),
            region: finding.region.to_string(),
            month: month(Cost::of(finding)),
            order: Cost::of(finding).worth().to_string(),
            billing: billing(finding.billing, speech),
            charges: finding.charges.iter().map(|it| charge(it, speech)).collect(),
            notes: since.into_iter().chain(finding.notes.iter().map(|it| note(it, speech))).collect(),
            owner: finding.owner.as_ref().map(|owner| {
                let name = owner.names.get(speech.lang).to_owned();
                speech.with("belongs-to", &[("name", name), ("id", owner.id.clone())])
            }),
            commands: commands(finding, speech),
        }
    }
}

/// The owner's command replaces the finding's own: the owner would recreate the finding, or AWS refuses the command.
fn commands(finding: &Finding, speech: &Speech) -> Vec<Command> {
    let command = |class, label: &str, command: &crate::model::Command| Command {
        class,
        label: speech.plain(label),
        lines: command.lines().collect(),
    };
    if let Some(of_owner) = finding.owner.as_ref().and_then(|owner| owner.command.as_ref()) {
        return vec![command("owner", "column-owner-command", of_owner)];
    }
    let look = finding.look.iter().map(|it| command("look", "column-look-command", it));
    let own = finding.commands.iter().map(|(verb, it)| match verb {
        Verb::Stop => command("stop", "column-stop-command", it),
        Verb::Delete => command("delete", "column-delete-command", it),
    });
    look.chain(own).collect()
}
