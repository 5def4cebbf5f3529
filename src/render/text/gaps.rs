//! Gaps on a terminal: those of a sweep, one line for all places that one step would close, and those of a command that reads figures.

use std::collections::BTreeSet;

use anstyle::Style;

use crate::lang::Speech;
use crate::model::{Gap, SweepReport};
use crate::render::facts::Statement;
use crate::render::facts::bill::permissions_of;
use crate::render::facts::gaps::in_full;
use crate::render::layout::Layout;
use crate::render::sentence::reason;
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

/// What a command could not read, each reason once, and how it gets the missing permissions.
pub(super) fn unread(gaps: &[Gap], command: &str, speech: &Speech, layout: Layout, out: &mut String) {
    if gaps.is_empty() {
        return;
    }
    paragraph(&speech.plain("bill-gaps"), 0, RED, layout, out);
    let why: BTreeSet<String> = gaps.iter().map(|gap| reason(gap, speech)).collect();
    for text in why {
        paragraph(&text, 2, Style::new(), layout, out);
    }
    Statement::write(permissions_of(command, gaps, speech).as_slice(), layout, out);
    out.push('\n');
}
