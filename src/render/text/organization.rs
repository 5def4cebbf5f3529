//! The organisation on a terminal: the verdict, a line for each account that costs money, and how sure all of it is.

use std::fmt::Write as _;

use crate::lang::Speech;
use crate::model::organization::cost;
use crate::model::{AccountReport, OrganizationReport, Verdict};
use crate::render::amount::month;
use crate::render::facts::{Statement, organization as facts};
use crate::render::layout::Layout;
use crate::render::terminal::{DIM, columns, padded, paragraph, styled};

/// The most accounts on one screen; `-v` shows all of them.
const MOST: usize = 20;
/// The most columns of a name and of an organisational unit.
const NAME: usize = 20;
const UNIT: usize = 24;
/// From this width on there is room for organisational units.
const WIDE: usize = 100;
const NUMBER: usize = 12;
const BETWEEN: &str = "  ";

pub(super) fn organization(report: &OrganizationReport, speech: &Speech, layout: Layout) -> String {
    let mut out = String::new();
    Statement::write_head(&facts::head(report, speech), layout, &mut out);
    let all: Vec<&AccountReport> =
        if layout.verbose { report.accounts.iter().collect() } else { report.judged(Verdict::NotSafe).collect() };
    let shown = if layout.verbose { all.len() } else { all.len().min(MOST) };
    lines(&all[..shown], speech, layout, &mut out);
    if shown < all.len() {
        let more = speech.with("organization-more", &[("count", all.len() - shown)]);
        paragraph(&more, 0, DIM, layout, &mut out);
    }
    if shown > 0 {
        out.push('\n');
    }
    Statement::write(&facts::foot(report, speech), layout, &mut out);
    out
}

/// A line for each account. What does not fit is cut: the account's own report has it.
fn lines(accounts: &[&AccountReport], speech: &Speech, layout: Layout, out: &mut String) {
    if accounts.is_empty() {
        return;
    }
    let of = |text: fn(&AccountReport) -> Option<&String>, most: usize| {
        accounts.iter().filter_map(|it| text(it)).map(|it| columns(it)).max().unwrap_or(0).min(most)
    };
    let names = of(|it| it.name.as_ref(), NAME);
    let units = if layout.width >= WIDE { of(|it| it.ou.as_ref(), UNIT) } else { 0 };
    let heading = speech.plain("column-usd-per-month");
    let months: Vec<String> = accounts.iter().map(|it| of_account(it)).collect();
    let width = months.iter().chain([&heading]).map(|it| columns(it)).max().unwrap_or(0);
    let _ = writeln!(out, "{}", styled(DIM, &heading));
    for (account, month) in accounts.iter().zip(&months) {
        let mut line = format!("{}{month}", " ".repeat(width - columns(month)));
        let _ = write!(line, "{BETWEEN}{}", padded(account.id.as_str(), NUMBER));
        for (text, width) in [(&account.name, names), (&account.ou, units)] {
            if width > 0 {
                let text = cut(text.as_deref().unwrap_or_default(), width);
                let _ = write!(line, "{BETWEEN}{}", padded(&text, width));
            }
        }
        let room = layout.width.saturating_sub(columns(&line) + BETWEEN.len());
        let _ = writeln!(out, "{line}{BETWEEN}{}", cut(&facts::in_short(account, speech), room));
    }
}

fn of_account(account: &AccountReport) -> String {
    let costs = account.totals.as_ref().is_some_and(|totals| totals.findings > 0);
    if costs { month(cost(account)) } else { "-".to_owned() }
}

/// At most `width` columns of a text.
fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut short = String::new();
    for letter in text.chars() {
        if columns(&short) + columns(letter.encode_utf8(&mut [0; 4])) + 1 > width {
            break;
        }
        short.push(letter);
    }
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_to_columns() {
        assert_eq!(cut("OpenSearch domain", 17), "OpenSearch domain");
        assert_eq!(cut("OpenSearch domain", 12), "OpenSearch…");
        assert_eq!(cut("検索ドメイン", 7), "検索ド…");
        assert_eq!(columns(&cut("検索ドメイン", 8)), 7);
        assert_eq!(cut("abc", 0), "…");
    }
}
