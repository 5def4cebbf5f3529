//! The matrix of resource types and regions.

use std::collections::BTreeSet;

use crate::lang::Speech;
use crate::model::{CheckOutcome, Region, SweepReport};

pub(super) struct Matrix {
    pub regions: Vec<String>,
    pub rows: Vec<Row>,
    /// Every sign with its meaning.
    pub legend: Vec<(Sign, String)>,
    pub checked: String,
}

pub(super) struct Row {
    pub id: String,
    pub cells: Vec<Option<Sign>>,
}

/// A mark and the class of its colour.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sign {
    pub class: &'static str,
    pub mark: &'static str,
}

const OUTCOMES: [(CheckOutcome, &str); 7] = [
    (CheckOutcome::Found, "page-sign-found"),
    (CheckOutcome::Empty, "page-sign-empty"),
    (CheckOutcome::NotOffered, "page-sign-not-offered"),
    (CheckOutcome::Denied, "page-sign-denied"),
    (CheckOutcome::DeniedByOrganization, "page-sign-denied-by-organization"),
    (CheckOutcome::DisabledRegion, "page-sign-disabled-region"),
    (CheckOutcome::Failed, "page-sign-failed"),
];

impl Matrix {
    /// `None` if the report has no matrix. Disabled regions come last.
    pub fn of(report: &SweepReport, speech: &Speech) -> Option<Self> {
        let coverage = &report.coverage;
        let all: BTreeSet<&Region> = coverage.values().flat_map(|cells| cells.keys()).collect();
        let (off, mut regions): (Vec<&Region>, Vec<&Region>) =
            all.into_iter().partition(|region| report.scope.disabled_regions.contains(region));
        regions.extend(off);
        if regions.is_empty() {
            return None;
        }
        let row = |(id, cells): (&String, &std::collections::BTreeMap<Region, CheckOutcome>)| Row {
            id: id.clone(),
            cells: regions.iter().map(|region| cells.get(*region).map(|outcome| sign(*outcome))).collect(),
        };
        let used: BTreeSet<CheckOutcome> = coverage.values().flat_map(|cells| cells.values().copied()).collect();
        let legend = OUTCOMES.iter().filter(|(outcome, _)| used.contains(outcome));
        let asked = |outcome: &&CheckOutcome| matches!(outcome, CheckOutcome::Found | CheckOutcome::Empty);
        let checked = coverage.values().flat_map(|cells| cells.values()).filter(asked).count();
        Some(Self {
            rows: coverage.iter().map(row).collect(),
            legend: legend.map(|(outcome, id)| (sign(*outcome), speech.plain(id))).collect(),
            checked: speech.with("page-coverage-count", &[("count", checked)]),
            regions: regions.into_iter().map(ToString::to_string).collect(),
        })
    }
}

fn sign(outcome: CheckOutcome) -> Sign {
    let (class, mark) = match outcome {
        CheckOutcome::Found => ("f", "●"),
        CheckOutcome::Empty => ("e", "✓"),
        CheckOutcome::NotOffered => ("n", "–"),
        CheckOutcome::Denied => ("d", "!"),
        CheckOutcome::DeniedByOrganization => ("d", "O"),
        CheckOutcome::DisabledRegion => ("d", "×"),
        CheckOutcome::Failed => ("d", "?"),
    };
    Sign { class, mark }
}
