//! The history on a terminal: a line for each sweep, with its cost a day as a bar.

use super::chart::{AMOUNT, Row, chart};
use crate::lang::Speech;
use crate::model::HistoryReport;
use crate::model::runs::Run;
use crate::render::facts::{Statement, history as facts};
use crate::render::layout::Layout;
use crate::render::terminal::{DIM, columns, padded, paragraph, styled};

/// The most sweeps of an account on one screen; `-v` shows all of them.
const MOST: usize = 30;

pub(super) fn history(report: &HistoryReport, speech: &Speech, layout: Layout) -> String {
    let mut out = String::new();
    let words =
        report.accounts.iter().flat_map(|it| &it.runs).map(|run| columns(&facts::verdict(run.verdict, speech).1));
    let widest = words.max().unwrap_or(0);
    for account in &report.accounts {
        Statement::write(&[facts::heading(account, speech)], layout, &mut out);
        out.push('\n');
        let shown = if layout.verbose { account.runs.len() } else { account.runs.len().min(MOST) };
        let rows: Vec<Row> = account.runs[..shown].iter().map(|run| row(run, widest, speech)).collect();
        let heading = speech.plain("column-per-day");
        let indent = AMOUNT.saturating_sub(columns(&heading));
        chart(&format!("{:indent$}{heading}", ""), &rows, layout, &mut out);
        if shown < account.runs.len() {
            out.pop();
            let more = speech.with("history-more", &[("count", account.runs.len() - shown)]);
            paragraph(&more, 0, DIM, layout, &mut out);
            out.push('\n');
        }
    }
    Statement::write(&facts::foot(report, speech), layout, &mut out);
    out
}

fn row(run: &Run, widest: usize, speech: &Speech) -> Row {
    let (style, verdict) = facts::verdict(run.verdict, speech);
    let at = run.made_at.strftime("%Y-%m-%d %H:%M");
    Row {
        usd: Some(run.usd_per_day),
        text: format!("{at}  {}", styled(style, &padded(&verdict, widest))),
        more: facts::in_short(run, speech),
    }
}
