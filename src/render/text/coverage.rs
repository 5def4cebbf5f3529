//! The coverage matrix: a row for each type, a column for each region.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::lang::Speech;
use crate::model::{CheckOutcome, Coverage, Region};
use crate::render::layout::Layout;
use crate::render::terminal::{BOLD, DIM, RED, YELLOW, columns, padded, paragraph, styled};

/// Adds the matrix. Columns are numbered, a legend names their regions; disabled regions come last.
pub(super) fn write(coverage: &Coverage, disabled: &[Region], speech: &Speech, layout: Layout, out: &mut String) {
    let all: BTreeSet<&Region> = coverage.values().flat_map(|cells| cells.keys()).collect();
    let (off, mut regions): (Vec<&Region>, Vec<&Region>) =
        all.into_iter().partition(|region| disabled.contains(region));
    regions.extend(off);
    if regions.is_empty() {
        return;
    }
    paragraph(&speech.plain("coverage-heading"), 0, BOLD, layout, out);
    paragraph(&speech.plain("coverage-signs"), 0, DIM, layout, out);
    legend(&regions, layout, out);
    let names = coverage.keys().map(|id| columns(id)).max().unwrap_or(0);
    let digits = |of: &dyn Fn(usize) -> usize| (1..=regions.len()).map(|n| of(n).to_string()).collect::<String>();
    for row in [digits(&|n| n / 10), digits(&|n| n % 10)] {
        let _ = writeln!(out, "{}", styled(DIM, &format!("{:names$}  {row}", "")));
    }
    for (id, cells) in coverage {
        let signs: String =
            regions.iter().map(|region| cells.get(region).map_or(" ".to_owned(), |look| sign(*look))).collect();
        let _ = writeln!(out, "{}  {}", padded(id, names), signs.trim_end());
    }
    out.push('\n');
}

fn legend(regions: &[&Region], layout: Layout, out: &mut String) {
    let named: Vec<String> =
        regions.iter().enumerate().map(|(index, region)| format!("{:>2} {region}", index + 1)).collect();
    let width = named.iter().map(|name| columns(name)).max().unwrap_or(1) + 2;
    for line in named.chunks((layout.width / width).max(1)) {
        let line: String = line.iter().map(|name| padded(name, width)).collect();
        let _ = writeln!(out, "{}", styled(DIM, line.trim_end()));
    }
}

fn sign(outcome: CheckOutcome) -> String {
    match outcome {
        CheckOutcome::Found => styled(YELLOW, "#"),
        CheckOutcome::Empty => ".".to_owned(),
        CheckOutcome::NotOffered => styled(DIM, "-"),
        CheckOutcome::Denied => styled(RED, "!"),
        CheckOutcome::DeniedByOrganization => styled(RED, "O"),
        CheckOutcome::DisabledRegion => styled(RED, "x"),
        CheckOutcome::Failed => styled(RED, "?"),
    }
}
