//! The findings on a terminal: the most expensive first, each with its commands; small things of a type and region are
//! grouped.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::Style;

use crate::lang::Speech;
use crate::model::{Billing, Finding, Owner, Usd};
use crate::render::amount::{amount, at_most};
use crate::render::layout::Layout;
use crate::render::sentence::{charge, note};
use crate::render::terminal::{BOLD, CYAN, DIM, YELLOW, columns, padded, paragraph, styled};

/// The indent of the details of a finding.
const INDENT: usize = 12;

/// One line of the report with its details.
struct Entry<'a> {
    /// All have one type and region.
    of: Vec<&'a Finding>,
}

/// Adds every finding; small ones are grouped unless the layout is verbose.
pub(super) fn write(findings: &[Finding], speech: &Speech, layout: Layout, out: &mut String) {
    let entries = entries(findings, layout);
    let widest = |text: &dyn Fn(&Finding) -> String| findings.iter().map(|it| columns(&text(it))).max().unwrap_or(0);
    let name = |finding: &Finding| finding.names.get(speech.lang).to_owned();
    // Otherwise one long name would push the ids of all rows onto lines of their own.
    let names = widest(&name).min(layout.width * 2 / 5);
    let regions = widest(&|finding| finding.region.to_string());
    let _ = writeln!(out, "{}", styled(DIM, format!("{:>10}", speech.plain("column-usd-per-month")).trim_end()));
    for entry in &entries {
        let first = entry.of[0];
        let region = padded(first.region.as_str(), regions);
        let month = styled(YELLOW, &format!("{:>10}", entry.month()));
        let title = format!("{month}  {}  {region}", styled(BOLD, &padded(&name(first), names)));
        let label = entry.label(speech);
        if columns(&title) + 2 + columns(&label) <= layout.width {
            let _ = writeln!(out, "{title}  {label}");
        } else {
            let _ = writeln!(out, "{}", title.trim_end());
            paragraph(&label, INDENT, Style::new(), layout, out);
        }
        match entry.of.as_slice() {
            [one] => details(one, speech, layout, out),
            many => together(many, speech, layout, out),
        }
    }
    out.push('\n');
}

/// Groups are sorted by their sum, like single findings.
fn entries(findings: &[Finding], layout: Layout) -> Vec<Entry<'_>> {
    let mut groups: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for finding in findings {
        let key = (finding.account.as_str(), finding.resource.as_str(), finding.region.as_str());
        match groups.get(&key) {
            Some(&index) if finding.small && !layout.verbose => entries[index].of.push(finding),
            _ => {
                groups.insert(key, entries.len());
                entries.push(Entry { of: vec![finding] });
            }
        }
    }
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.sum()));
    entries
}

impl Entry<'_> {
    /// `None` if no part of it has a price.
    fn sum(&self) -> Option<Usd> {
        let known: Vec<Usd> = self.of.iter().filter_map(|finding| finding.usd_per_month).collect();
        (!known.is_empty()).then(|| known.into_iter().sum())
    }

    /// `490.56`; `490.56+` if a part has no price; `?` if no part has one.
    fn month(&self) -> String {
        let open = self.of.iter().flat_map(|finding| &finding.charges).any(|charge| charge.usd_per_month.is_none());
        match self.sum() {
            Some(usd) if open => format!("{}+", amount(usd)),
            Some(usd) => amount(usd),
            None => "?".to_owned(),
        }
    }

    fn label(&self, speech: &Speech) -> String {
        match self.of.as_slice() {
            [one] => format!("{}{}", label(one), billing(one.billing, speech)),
            many => speech.with("group-count", &[("count", many.len())]),
        }
    }
}

fn label(finding: &Finding) -> String {
    match &finding.name {
        Some(name) if *name != finding.id => format!("{} ({name})", finding.id),
        _ => finding.id.clone(),
    }
}

fn billing(billing: Billing, speech: &Speech) -> String {
    match billing {
        Billing::Running => String::new(),
        Billing::Stopped => format!("  {}", styled(DIM, &speech.plain("billing-stopped"))),
        Billing::Ending => format!("  {}", styled(DIM, &speech.plain("billing-ending"))),
    }
}

/// The details of a group: its upper bound, and how to list its members.
fn together(group: &[&Finding], speech: &Speech, layout: Layout, out: &mut String) {
    let charges = group.iter().flat_map(|finding| &finding.charges);
    let most: Usd = charges.filter_map(at_most).sum();
    let most = (most > Usd::ZERO).then(|| speech.with("group-at-most", &[("usd", amount(most.monthly()))]));
    let each = speech.plain("group-each");
    let text = most.into_iter().chain([each]).collect::<Vec<_>>().join(" · ");
    paragraph(&text, INDENT, DIM, layout, out);
}

fn details(finding: &Finding, speech: &Speech, layout: Layout, out: &mut String) {
    let charges: Vec<String> = finding.charges.iter().map(|it| charge(it, speech)).collect();
    let notes: Vec<String> = finding.notes.iter().map(|it| note(it, speech)).collect();
    let first: Vec<String> = [charges.join(" + ")].into_iter().chain(since(finding, speech)).collect();
    let owner = finding.owner.as_ref().map(|owner| belongs(owner, speech)).unwrap_or_default();
    for text in [first.join(" · "), notes.join(" · "), owner] {
        if !text.is_empty() {
            paragraph(&text, INDENT, DIM, layout, out);
        }
    }
    let of_owner = finding.owner.as_ref().and_then(|owner| owner.command.as_ref());
    let own = finding.commands.values().filter(|_| of_owner.is_none());
    for command in of_owner.into_iter().chain(own) {
        for line in command.lines() {
            let _ = writeln!(out, "{:INDENT$}{}", "", styled(CYAN, &line));
        }
    }
}

/// The owner, which would make the finding again if it alone were ended.
fn belongs(owner: &Owner, speech: &Speech) -> String {
    speech.with("belongs-to", &[("name", owner.names.get(speech.lang).to_owned()), ("id", owner.id.clone())])
}

/// Its cost since it was created.
fn since(finding: &Finding, speech: &Speech) -> Option<String> {
    let (usd, created) = (finding.usd_since_created?, finding.created_at?);
    let args = [("usd", amount(usd)), ("date", created.strftime("%Y-%m-%d").to_string())];
    Some(speech.with("usd-since-created", &args))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Region, words};

    fn finding(resource: &str, id: &str, usd: Option<&str>, small: bool) -> Finding {
        Finding {
            resource: resource.to_owned(),
            names: words("thing", "もの"),
            region: Region::home(),
            usd_per_month: usd.map(|usd| usd.parse().unwrap()),
            small,
            ..Finding::new(id)
        }
    }

    fn shown(findings: &[Finding], verbose: bool) -> Vec<(String, usize)> {
        let layout = Layout { width: 80, verbose, charts: false };
        entries(findings, layout).iter().map(|entry| (entry.month(), entry.of.len())).collect()
    }

    #[test]
    fn small_things_stand_together_where_their_sum_puts_them() {
        let findings = [
            finding("nat", "n", Some("45.00"), false),
            finding("nat", "m", Some("5.00"), false),
            finding("key", "k1", Some("3.00"), true),
            finding("key", "k2", Some("3.00"), true),
            finding("odd", "o", None, false),
        ];
        let rows = |rows: &[(&str, usize)]| rows.iter().map(|(usd, n)| ((*usd).to_owned(), *n)).collect::<Vec<_>>();
        assert_eq!(shown(&findings, false), rows(&[("45.00", 1), ("6.00", 2), ("5.00", 1), ("?", 1)]));
        assert_eq!(shown(&findings, true).len(), 5);
    }
}
