//! The report of `guardrail history`: the stored sweeps of each account in a line each.

use jiff::Timestamp;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::money::{HOURS_A_MONTH, Usd};
use super::place::Account;
use super::report::{SweepReport, Verdict};

pub const HISTORY_SCHEMA: &str = "guardrail/history/v1";

const HOURS_A_DAY: Decimal = Decimal::from_parts(24, 0, 0, false, 0);

/// The report of `guardrail history`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HistoryReport {
    pub schema: String,
    pub version: String,
    #[schemars(with = "String")]
    pub made_at: Timestamp,
    /// Where the history is stored.
    pub folder: String,
    /// In the order of their numbers.
    pub accounts: Vec<AccountHistory>,
    /// Files of the history that could not be read.
    pub unread: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AccountHistory {
    pub account: Account,
    /// The newest first.
    pub runs: Vec<Run>,
}

/// One stored sweep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    #[schemars(with = "String")]
    pub made_at: Timestamp,
    /// The sweep was narrowed with `--regions`, `--resources` or a profile.
    pub partial: bool,
    pub verdict: Verdict,
    pub findings: usize,
    pub usd_per_day: Usd,
    pub usd_per_month: Usd,
    /// The sums are lower bounds.
    pub at_least: bool,
    /// How many findings were new; `null` if the sweep was compared with nothing.
    pub new: Option<usize>,
    /// How many things were no longer charged; `null` if the sweep was compared with nothing.
    pub gone: Option<usize>,
    pub gaps: usize,
    /// The daily spend on the bill; `null` if it was not known.
    pub bill_usd_per_day: Option<Usd>,
}

impl Run {
    #[must_use]
    pub fn of(report: &SweepReport) -> Self {
        let totals = &report.totals;
        let changes = report.changes.as_ref();
        Self {
            made_at: report.made_at,
            partial: report.scope.partial,
            verdict: report.verdict,
            findings: totals.findings,
            usd_per_day: Usd(totals.usd_per_month.0 * HOURS_A_DAY / HOURS_A_MONTH).monthly(),
            usd_per_month: totals.usd_per_month,
            at_least: totals.at_least,
            new: changes.map(|it| it.new.len()),
            gone: changes.map(|it| it.gone.len()),
            gaps: report.gaps.len(),
            bill_usd_per_day: report.bill.as_ref().and_then(|bill| bill.usd_per_day),
        }
    }
}
