//! The findings of a sweep by decision, as rows that a script can sort and filter; by default the most expensive comes first.

use std::collections::BTreeSet;

use crate::lang::Speech;
use crate::model::group::{Cause, Group, Step, groups};
use crate::model::{Cost, Finding, SweepReport};
use crate::render::amount::month;
use crate::render::decision::title;
use crate::render::sentence::{charge, creator, note, spent};
use crate::render::table::billing;

pub(super) struct Findings {
    pub decisions: Vec<Decision>,
    /// The filters of the rows.
    pub types: BTreeSet<String>,
    pub regions: BTreeSet<String>,
}

/// What ends together: a row for each thing, under a row for all of them if there are several.
pub(super) struct Decision {
    pub head: Option<Head>,
    pub rows: Vec<Row>,
}

pub(super) struct Head {
    pub name: String,
    pub id: String,
    pub region: String,
    pub month: String,
    /// For sorting, as in the report.
    pub order: String,
    pub together: String,
    pub commands: Vec<Command>,
}

pub(super) struct Row {
    pub name: String,
    pub id: String,
    pub label: Option<String>,
    pub region: String,
    pub month: String,
    pub order: String,
    pub billing: String,
    /// The earlier sweep did not find it.
    pub new: bool,
    pub charges: Vec<String>,
    pub notes: Vec<String>,
    pub owner: Option<String>,
    pub commands: Vec<Command>,
    /// The commands end this one and not what it is part of.
    pub alone: bool,
}

pub(super) struct Command {
    /// `look`, `stop`, `delete` or `owner`.
    pub class: &'static str,
    pub label: String,
    pub lines: Vec<String>,
}

impl Findings {
    /// What is kept on purpose stands by itself.
    pub fn of(report: &SweepReport, speech: &Speech) -> Self {
        let (kept, others): (Vec<&Finding>, Vec<&Finding>) = report.findings.iter().partition(|it| it.exempt.is_some());
        let kept = kept.into_iter().map(|it| Group { cause: Cause::Itself, members: vec![it] });
        let all: Vec<Group<'_>> = groups(&others).into_iter().chain(kept).collect();
        Self {
            decisions: all.iter().map(|group| Decision::of(group, speech)).collect(),
            types: report.findings.iter().map(|it| it.names.get(speech.lang).to_owned()).collect(),
            regions: report.findings.iter().map(|it| it.region.to_string()).collect(),
        }
    }

    /// A list too short to be searched has no tools.
    pub fn is_long(&self) -> bool {
        self.decisions.iter().map(|it| it.rows.len()).sum::<usize>() > 3
    }
}

impl Decision {
    fn of(group: &Group<'_>, speech: &Speech) -> Self {
        let first = group.members[0];
        let several = group.members.len() > 1;
        let title = title(group, speech);
        let own = || (first.names.get(speech.lang).to_owned(), first.id.clone());
        let title = title.or_else(|| several.then(own));
        let steps = commands(group.commands(), speech);
        let Some((name, id)) = title else {
            let row = Row { commands: steps, ..Row::of(first, speech) };
            return Self { head: None, rows: vec![row] };
        };
        let row = |finding: &&Finding| {
            let alone = Group { cause: Cause::Itself, members: vec![finding] };
            let commands = match group.cause {
                // The owner would make it again, or AWS refuses.
                Cause::Owner(owner) if owner.command.is_some() => Vec::new(),
                _ => commands(alone.commands(), speech),
            };
            Row { commands, alone: group.cause != Cause::Kind, ..Row::of(finding, speech) }
        };
        let head = Head {
            name,
            id,
            region: first.region.to_string(),
            month: month(group.cost()),
            order: group.cost().worth().to_string(),
            together: speech.with("page-together", &[("count", group.members.len())]),
            commands: steps,
        };
        Self { head: Some(head), rows: group.members.iter().map(row).collect() }
    }
}

impl Row {
    fn of(finding: &Finding, speech: &Speech) -> Self {
        Self {
            name: finding.names.get(speech.lang).to_owned(),
            id: finding.id.clone(),
            label: finding.name.clone().filter(|name| *name != finding.id),
            region: finding.region.to_string(),
            month: month(Cost::of(finding)),
            order: Cost::of(finding).worth().to_string(),
            billing: billing(finding.billing, speech),
            new: finding.new == Some(true),
            charges: finding.charges.iter().map(|it| charge(it, speech)).collect(),
            notes: [spent(finding, speech), creator(finding, speech)]
                .into_iter()
                .flatten()
                .chain(finding.notes.iter().map(|it| note(it, speech)))
                .collect(),
            owner: finding.owner.as_ref().map(|owner| {
                let name = owner.names.get(speech.lang).to_owned();
                speech.with("belongs-to", &[("name", name), ("id", owner.id.clone())])
            }),
            commands: Vec::new(),
            alone: false,
        }
    }
}

fn commands(steps: Vec<(Step, crate::model::Command)>, speech: &Speech) -> Vec<Command> {
    let command = |(step, command): (Step, crate::model::Command)| {
        let (class, label) = match step {
            Step::Look => ("look", "column-look-command"),
            Step::Stop => ("stop", "column-stop-command"),
            Step::Delete => ("delete", "column-delete-command"),
            Step::End => ("owner", "page-end-owner"),
            Step::Then => ("delete", "step-then"),
        };
        Command { class, label: speech.plain(label), lines: command.lines().collect() }
    };
    steps.into_iter().map(command).collect()
}
