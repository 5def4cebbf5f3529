//! AWS's recommendations on a terminal: who could be asked, then the things, the highest savings first.

use std::fmt::Write as _;

use anstyle::Style;

use super::gaps::unread;
use crate::lang::Speech;
use crate::model::AdviceReport;
use crate::render::amount::amount;
use crate::render::facts::{Statement, advice as facts};
use crate::render::layout::Layout;
use crate::render::terminal::{BOLD, DIM, YELLOW, hanging, padded, paragraph, styled};

/// Amounts are aligned to end at this column; text begins two columns later.
const AMOUNT: usize = 10;

pub(super) fn advice(report: &AdviceReport, speech: &Speech, layout: Layout) -> String {
    let mut out = String::new();
    Statement::write(&[facts::heading(report, speech)], layout, &mut out);
    out.push('\n');
    Statement::write(&[facts::total(report, speech)], layout, &mut out);
    out.push('\n');
    let widest = report.sources.iter().map(|it| it.id.name().len()).max().unwrap_or(0);
    for it in &report.sources {
        let Statement { text, style, .. } = facts::source(it, speech);
        let command = facts::turned_on_by(it);
        let text = if command.is_some() { format!("{text}:") } else { text };
        hanging(&padded(it.id.name(), widest + 2), &text, 0, style, layout, &mut out);
        // In one line, to be copied.
        out.extend(command.map(|command| format!("    {command}\n")));
    }
    out.push('\n');
    if !report.advice.is_empty() {
        paragraph(&format!("{:>AMOUNT$}", speech.plain("advice-saves")), 0, DIM, layout, &mut out);
    }
    for it in &report.advice {
        let usd = it.usd_per_month_saved.map_or_else(|| "?".to_owned(), amount);
        let place = it.region.as_ref().map(|region| format!("  {region}")).unwrap_or_default();
        let _ = writeln!(out, "{}  {}{place}", styled(YELLOW, &format!("{usd:>AMOUNT$}")), styled(BOLD, &it.id));
        paragraph(&facts::advice(it, speech), AMOUNT + 2, Style::new(), layout, &mut out);
        if let Some(found) = facts::found(it, speech) {
            paragraph(&found, AMOUNT + 2, DIM, layout, &mut out);
        }
    }
    if !report.advice.is_empty() {
        out.push('\n');
    }
    unread(&report.gaps, "advice", speech, layout, &mut out);
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}
