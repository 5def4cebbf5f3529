//! All gaps of a sweep, one line for all places that one step would close.

use std::collections::BTreeMap;

use anstyle::Style;

use crate::lang::Speech;
use crate::model::{Gap, Reason, SweepReport};
use crate::render::facts::gaps::sentence;
use crate::render::layout::Layout;
use crate::render::terminal::{RED, paragraph};

pub(super) fn write(report: &SweepReport, speech: &Speech, layout: Layout, out: &mut String) {
    if report.gaps.is_empty() {
        return;
    }
    paragraph(&speech.with("gaps-heading", &[("count", report.gaps.len())]), 0, RED, layout, out);
    let mut alike: BTreeMap<_, Vec<&Gap>> = BTreeMap::new();
    for gap in &report.gaps {
        alike.entry(cause(gap)).or_default().push(gap);
    }
    for places in alike.values() {
        paragraph(&sentence(places, report.scope.resources.len(), speech), 2, Style::new(), layout, out);
    }
    out.push('\n');
}

/// Each missing permission is a line, all denials by the organisation are one.
fn cause(gap: &Gap) -> (Reason, &str, Option<&str>) {
    match gap.reason {
        Reason::Denied => (gap.reason, "", gap.action.as_deref()),
        Reason::Other | Reason::Unreachable => (gap.reason, &gap.message, gap.action.as_deref()),
        _ => (gap.reason, "", None),
    }
}
