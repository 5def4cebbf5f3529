//! The sweep as rows: one for each finding.

use super::shape::{Cell, Column, Table, code, gap_line, heads, joined, number, text};
use crate::lang::Speech;
use crate::model::{Bill, Billing, Command, Cost, Finding, SweepReport, Verb};
use crate::render::amount::month;
use crate::render::facts::gaps::in_full;
use crate::render::facts::sweep as facts;
use crate::render::sentence::{charge, creator, note, unexplained};

pub(super) const COLUMNS: &[Column] = &[
    text("account").for_programs(),
    text("region"),
    text("resource"),
    code("id"),
    code("name"),
    text("billing"),
    text("charges"),
    number("usd_per_hour").for_programs(),
    number("usd_per_month"),
    text("created_at"),
    text("notes"),
    code("commands").for_programs(),
    code("stop_command").added(),
    code("delete_command").added(),
    text("owner").added(),
    code("owner_command").added(),
    text("at_least").for_programs().added(),
    code("look_command").added(),
    text("new").added(),
    text("first_seen").for_programs().added(),
    number("spent_usd").for_programs().added(),
    text("spent_kind").for_programs().added(),
    text("created_by").added(),
];

pub(super) fn table(report: &SweepReport, speech: &Speech) -> Table {
    Table {
        title: speech.plain("title-sweep"),
        head: [facts::head(report, speech), facts::scope(report, speech)].concat(),
        kind: "finding",
        columns: COLUMNS,
        heads: heads(COLUMNS, speech),
        rows: report.findings.iter().map(|finding| finding_row(finding, speech)).collect(),
        gaps: report.gaps.iter().map(|gap| gap_line(gap, speech)).collect(),
        alike: in_full(report, speech),
        unexplained: report.bill.iter().flat_map(Bill::unexplained).map(|it| unexplained(it, speech)).collect(),
        foot: facts::foot(report, speech),
    }
}

pub(super) fn finding_row(finding: &Finding, speech: &Speech) -> Vec<Cell> {
    let created = |form: &str| finding.created_at.map(|at| at.strftime(form).to_string()).unwrap_or_default();
    let of_owner = finding.owner.as_ref().and_then(|owner| owner.command.as_ref());
    let command = |verb: Verb| {
        let own = finding.commands.get(&verb).map(ToString::to_string).unwrap_or_default();
        // The owner would recreate it, or AWS refuses: people see the command that ends the charge.
        let shown = if of_owner.is_some() { String::new() } else { own.clone() };
        Cell::shown_as(own, shown)
    };
    let owner = finding.owner.as_ref().map(|owner| format!("{} {}", owner.names.get(speech.lang), owner.id));
    vec![
        finding.account.to_string().into(),
        finding.region.to_string().into(),
        Cell::shown_as(&finding.resource, finding.names.get(speech.lang)),
        finding.id.clone().into(),
        Cell::shown_as(finding.name.clone().unwrap_or_default(), other_name(finding)),
        Cell::shown_as(word(finding.billing), billing(finding.billing, speech)),
        joined(finding.charges.iter().map(|it| charge(it, speech))).into(),
        finding.usd_per_hour.map(|usd| usd.to_string()).into(),
        Cell::shown_as(finding.usd_per_month.map(|usd| usd.to_string()).unwrap_or_default(), month(Cost::of(finding))),
        Cell::shown_as(finding.created_at.map(|at| at.to_string()).unwrap_or_default(), created("%Y-%m-%d")),
        joined(finding.notes.iter().map(|it| note(it, speech))).into(),
        first(finding, of_owner).map(ToString::to_string).into(),
        command(Verb::Stop),
        command(Verb::Delete),
        owner.into(),
        of_owner.map(ToString::to_string).into(),
        Cost::of(finding).open.to_string().into(),
        finding.look.as_ref().map(ToString::to_string).into(),
        Cell::shown_as(finding.new.map(|new| new.to_string()).unwrap_or_default(), new(finding, speech)),
        finding.first_seen.map(|at| at.to_string()).into(),
        finding.spent.as_ref().map(|spent| spent.usd.to_string()).into(),
        finding.spent.as_ref().map(|spent| word(spent.kind)).into(),
        Cell::shown_as(
            finding.created_by.as_ref().and_then(|by| by.who.clone()).unwrap_or_default(),
            creator(finding, speech).unwrap_or_default(),
        ),
    ]
}

/// The first command: a cell that is pasted into a shell never both stops and deletes.
fn first<'a>(finding: &'a Finding, of_owner: Option<&'a Command>) -> Option<&'a Command> {
    let own = |verb| finding.commands.get(&verb);
    of_owner.or_else(|| own(Verb::Stop)).or(finding.look.as_ref()).or_else(|| own(Verb::Delete))
}

/// The word of the JSON report.
fn word(value: impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).ok();
    value.as_ref().and_then(|it| it.as_str()).unwrap_or_default().to_owned()
}

fn new(finding: &Finding, speech: &Speech) -> String {
    if finding.new == Some(true) { speech.plain("finding-new") } else { String::new() }
}

/// The name, if it differs from the id.
fn other_name(finding: &Finding) -> &str {
    finding.name.as_deref().filter(|name| *name != finding.id).unwrap_or_default()
}

pub fn billing(billing: Billing, speech: &Speech) -> String {
    match billing {
        Billing::Running => String::new(),
        Billing::Stopped => speech.plain("billing-stopped"),
        Billing::Ending => speech.plain("billing-ending"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Lang, Owner, words};

    fn cells(finding: &Finding) -> impl Fn(&str) -> (String, String) + use<> {
        let row = finding_row(finding, &Speech::new(Lang::En));
        move |key| {
            let at = COLUMNS.iter().position(|column| column.key == key).unwrap();
            (row[at].value.clone(), row[at].shown().to_owned())
        }
    }

    fn both(owner: Option<Owner>) -> Finding {
        let commands = [(Verb::Stop, Command::aws("x stop")), (Verb::Delete, Command::aws("x delete"))];
        Finding { owner, commands: commands.into(), ..Finding::new("i-1") }
    }

    #[test]
    fn no_cell_both_stops_and_deletes() {
        let at = cells(&both(None));
        assert_eq!(at("commands").0, "aws x stop");
        assert_eq!(at("stop_command"), ("aws x stop".into(), "aws x stop".into()));
        assert_eq!(at("delete_command"), ("aws x delete".into(), "aws x delete".into()));
        assert_eq!((at("owner").0, at("owner_command").0), (String::new(), String::new()));
    }

    #[test]
    fn the_command_of_the_owner_comes_first() {
        let command = Some(Command::aws("x end"));
        let (resource, id) = ("auto-scaling-group".to_owned(), "web".to_owned());
        let at = cells(&both(Some(Owner {
            resource,
            names: words("Auto Scaling group", "グループ"),
            id,
            command,
            remedy: None,
        })));
        assert_eq!((at("commands").0, at("owner_command").0), ("aws x end".into(), "aws x end".into()));
        assert_eq!(at("owner").0, "Auto Scaling group web");
        assert_eq!(at("delete_command"), ("aws x delete".into(), String::new()));
    }
}
