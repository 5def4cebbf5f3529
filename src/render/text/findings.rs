//! The findings on a terminal: the most expensive decisions on one screen, or every finding with its details.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::Style;

use super::entry::{Detail, Entry, INDENT, LABEL, Widths};
use crate::lang::Speech;
use crate::model::group::{Cause, groups};
use crate::model::{Argument, Cost, Finding, Group, Usd};
use crate::render::amount::month;
use crate::render::layout::Layout;
use crate::render::terminal::{DIM, YELLOW, columns, styled, wrapped};

/// The most decisions on one screen.
const MOST: usize = 10;
/// The minimum, however long they are.
const LEAST: usize = 3;
/// The lines for all of them together; a long command counts as one.
const ROOM: usize = 18;
/// The most decisions that are shown with their charges.
const FEW: usize = 5;
/// The most types that the line about the rest names.
const TYPES: usize = 6;

/// Adds the findings to end, the most expensive first, on one screen; the rest in a line. Exempt findings are left out.
pub(super) fn most_expensive(findings: &[Finding], speech: &Speech, layout: Layout, out: &mut String) {
    let findings: Vec<&Finding> = findings.iter().filter(|it| it.exempt.is_none()).collect();
    if findings.is_empty() {
        return;
    }
    let groups = groups(&findings);
    let detail = if groups.len() <= FEW { Detail::Short } else { Detail::Least };
    let entries: Vec<Entry<'_>> = groups.iter().take(MOST).map(|group| Entry::new(group, detail, speech)).collect();
    let widths = Widths::of(&entries, layout);
    heading(speech, out);
    let (mut used, mut shown, mut irrevocable) = (0, 0, false);
    for entry in &entries {
        let mut text = String::new();
        entry.write(widths, speech, layout, &mut text);
        used += text.lines().count();
        if shown >= LEAST && used > ROOM {
            break;
        }
        out.push_str(&text);
        shown += 1;
        irrevocable |= entry.is_irrevocable();
    }
    rest(&groups[shown..], speech, layout, out);
    legend(&groups, irrevocable, speech, layout, out);
    out.push('\n');
}

/// Adds every finding with all its details.
pub(super) fn all(findings: &[Finding], speech: &Speech, layout: Layout, out: &mut String) {
    if findings.is_empty() {
        return;
    }
    let groups: Vec<Group<'_>> = findings.iter().map(single).collect();
    let entries: Vec<Entry<'_>> = groups.iter().map(|group| Entry::new(group, Detail::Full, speech)).collect();
    let widths = Widths::of(&entries, layout);
    heading(speech, out);
    for entry in &entries {
        entry.write(widths, speech, layout, out);
    }
    legend(&groups, entries.iter().any(Entry::is_irrevocable), speech, layout, out);
    out.push('\n');
}

fn single(finding: &Finding) -> Group<'_> {
    Group { cause: finding.owner.as_ref().map_or(Cause::Itself, Cause::Owner), members: vec![finding] }
}

fn heading(speech: &Speech, out: &mut String) {
    let heading = speech.plain("column-usd-per-month");
    let indent = LABEL.saturating_sub(columns(&heading));
    let _ = writeln!(out, "{:indent$}{}", "", styled(DIM, &heading));
}

/// The number of all others by type, and their cost.
fn rest(groups: &[Group<'_>], speech: &Speech, layout: Layout, out: &mut String) {
    let members = || groups.iter().flat_map(|group| &group.members);
    let count = members().count();
    if count == 0 {
        return;
    }
    let mut types: BTreeMap<&str, (Cost, usize)> = BTreeMap::new();
    for finding in members() {
        let (cost, count) = types.entry(finding.names.get(speech.lang)).or_default();
        (*cost, *count) = (*cost + Cost::of(finding), *count + 1);
    }
    let mut types: Vec<_> = types.into_iter().collect();
    types.sort_by_key(|(_, (cost, _))| std::cmp::Reverse(cost.worth()));
    let first = types.iter().take(TYPES).map(|(name, (_, count))| format!("{name} × {count}"));
    let others: usize = types.iter().skip(TYPES).map(|(_, (_, count))| count).sum();
    let others = (others > 0).then(|| speech.with("and-more", &[("count", others)]));
    let names = first.chain(others).collect::<Vec<_>>().join(", ");
    let text = speech.with("rest-of-findings", &[("count", Argument::from(count)), ("names", names.into())]);
    let sum = month(members().map(|it| Cost::of(it)).sum());
    let mut sum = styled(YELLOW, &format!("{sum:>LABEL$}"));
    for line in wrapped(&text, layout.width.saturating_sub(INDENT)) {
        let _ = writeln!(out, "{}  {line}", std::mem::replace(&mut sum, " ".repeat(LABEL)));
    }
}

/// The marks in use, and the option that shows everything.
fn legend(groups: &[Group<'_>], irrevocable: bool, speech: &Speech, layout: Layout, out: &mut String) {
    let costs: Vec<Cost> = groups.iter().map(Group::cost).collect();
    let marks = [
        ("legend-irrevocable", irrevocable),
        ("legend-open", costs.iter().any(|it| it.open && it.exact.is_some())),
        ("legend-unknown", costs.iter().any(|it| it.open && it.exact.is_none())),
        ("legend-at-most", costs.iter().any(|it| it.at_most > Usd::ZERO && !it.open)),
        ("legend-verbose", !layout.verbose),
    ];
    let marks = marks.iter().filter(|(_, used)| *used).map(|(id, _)| speech.plain(id));
    let text = marks.collect::<Vec<_>>().join(" · ");
    for line in wrapped(&text, layout.width.saturating_sub(INDENT)) {
        let _ = writeln!(out, "{:INDENT$}{}", "", styled(if layout.verbose { DIM } else { Style::new() }, &line));
    }
}
