//! The report of `guardrail stop` and `guardrail delete` for an organisation: the actions in each account.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::actions::{ActionReport, Savings};
use super::entered::EnteredAccount;
use super::gap::Gap;
use super::organization::OrganizationName;
use super::report::is_false;

pub const ORGANIZATION_ACTIONS_SCHEMA: &str = "guardrail/organization-actions/v1";

/// The report of `guardrail stop|delete --organization`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OrganizationActions {
    pub schema: String,
    pub version: String,
    #[schemars(with = "String")]
    pub made_at: Timestamp,
    pub organization: OrganizationName,
    /// The role that was assumed in each account but the one of the credentials.
    pub role: String,
    /// Every account of the organisation, by number.
    pub accounts: Vec<EnteredAccount<ActionReport>>,
    pub totals: Savings,
    /// The accounts that could not be entered. What failed in an account is in its own report.
    pub gaps: Vec<Gap>,
    /// The user ended the run before everything was done.
    #[serde(default, skip_serializing_if = "is_false")]
    pub interrupted: bool,
}

impl OrganizationActions {
    /// The reports of the entered accounts.
    pub fn reports(&self) -> impl Iterator<Item = &ActionReport> {
        self.accounts.iter().filter_map(|it| it.report.as_deref())
    }

    /// The actions of all accounts as if they were of one; `None` if no account was entered.
    #[must_use]
    pub fn together(&self) -> Option<ActionReport> {
        let mut reports = self.reports();
        let mut all = reports.next()?.clone();
        for report in reports {
            all.actions.extend(report.actions.iter().cloned());
            all.refused.extend(report.refused.iter().cloned());
            all.gaps.extend(report.gaps.iter().cloned());
        }
        all.gaps.extend(self.gaps.iter().cloned());
        all.interrupted = self.interrupted;
        Some(all.summed())
    }

    /// The same with the sum of its accounts.
    #[must_use]
    pub fn summed(mut self) -> Self {
        self.interrupted = self.interrupted || self.reports().any(|it| it.interrupted);
        self.totals = self.together().map(|all| all.totals).unwrap_or_default();
        self
    }
}
