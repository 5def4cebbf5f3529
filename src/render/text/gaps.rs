//! All gaps of a sweep, one line for all places that one step would close.

use anstyle::Style;

use crate::lang::Speech;
use crate::model::SweepReport;
use crate::render::facts::gaps::in_full;
use crate::render::layout::Layout;
use crate::render::terminal::{RED, paragraph};

pub(super) fn write(report: &SweepReport, speech: &Speech, layout: Layout, out: &mut String) {
    if report.gaps.is_empty() {
        return;
    }
    paragraph(&speech.with("gaps-heading", &[("count", report.gaps.len())]), 0, RED, layout, out);
    for text in in_full(report, speech) {
        paragraph(&text, 2, Style::new(), layout, out);
    }
    out.push('\n');
}
