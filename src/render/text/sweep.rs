//! The sweep on a terminal: the verdict and the costs, then what to end, the most expensive first, and how sure all of it is.

use super::{bill, coverage, findings, gaps};
use crate::lang::Speech;
use crate::model::SweepReport;
use crate::render::facts::{Statement, sweep as facts};
use crate::render::layout::Layout;

pub(super) fn sweep(report: &SweepReport, speech: &Speech, layout: Layout) -> String {
    let mut out = String::new();
    Statement::write_head(&facts::head(report, speech), layout, &mut out);
    if layout.verbose {
        findings::all(&report.findings, speech, layout, &mut out);
        bill::compared(report, speech, layout, &mut out);
        gaps::write(report, speech, layout, &mut out);
        coverage::write(&report.coverage, &report.scope.disabled_regions, speech, layout, &mut out);
    } else {
        findings::most_expensive(&report.findings, speech, layout, &mut out);
    }
    Statement::write(&facts::foot(report, speech), layout, &mut out);
    out
}
