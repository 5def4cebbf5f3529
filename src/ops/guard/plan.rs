//! The plan of `init`.

use aws_config::SdkConfig;

use super::compare::{Purpose, is_blocked, paired, unavailable};
use super::placement::Placed;
use super::reconciler::Reconciler;
use crate::aws::account_kind::AccountKind;
use crate::model::report::{Outcome, SafeguardRow};
use crate::model::{Action, History, SafeguardReport};
use crate::safeguards;

/// The changes of a run, and their regions.
#[derive(Debug, Clone)]
pub struct Plan {
    pub report: SafeguardReport,
    pub(super) placed: Placed,
}

impl Plan {
    /// The history of the subscriptions after the plan is applied.
    #[must_use]
    pub fn history(&self) -> History {
        safeguards::subscribed(&self.placed.inputs.history, &self.report)
    }
}

impl Reconciler {
    /// The account of a plan, perhaps with newer credentials.
    #[must_use]
    pub fn for_plan(sdk: &SdkConfig, plan: &Plan) -> Self {
        Self::new(sdk, plan.report.account.clone(), plan.placed.inputs.clone())
    }

    /// The plan of `init`.
    pub async fn plan(&self) -> Plan {
        let observed = self.observe(Placed::first(&self.inputs));
        let ((placed, current), kind) = futures::join!(observed, AccountKind::of(&self.cx));
        let (rows, gaps) = self.rows(&placed, current, Purpose::Apply);
        let unavailable = unavailable(&rows);
        let blocked = |entry| is_blocked(entry, &placed.inputs, &unavailable);
        let rows = paired(&rows).map(|(entry, row)| planned(row.clone(), blocked(entry))).collect();
        Plan { report: self.report((rows, gaps), &kind), placed }
    }
}

/// The row with the planned action: none if the dependency is unavailable.
pub(super) fn planned(row: SafeguardRow, blocked: bool) -> SafeguardRow {
    let result = match row.action {
        Action::None => None,
        Action::Create | Action::Update if blocked => Some(Outcome::Skipped),
        _ => Some(Outcome::Planned),
    };
    SafeguardRow { result, ..row }
}
