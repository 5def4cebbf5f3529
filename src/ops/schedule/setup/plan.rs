//! The plan of the nightly run: its parts, their changes, and what it costs.

use super::cost;
use super::goal::Goal;
use super::scheduler::Scheduler;
use crate::error::Result;
use crate::model::report::Outcome;
use crate::model::schedule::SchedulePart;
use crate::model::{Action, ScheduleReport};

/// The changes of a run of `guardrail schedule`.
#[derive(Debug, Clone)]
pub struct Plan {
    pub report: ScheduleReport,
    pub(super) goal: Goal,
}

impl Plan {
    /// Whether everything is as wanted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.report.parts.iter().all(|it| it.action == Action::None)
    }
}

impl Scheduler {
    /// Compares the account with the goal.
    ///
    /// # Errors
    /// The stacks cannot be read, or one of guardrail's names belongs to somebody else.
    pub async fn plan(&self, goal: Goal) -> Result<Plan> {
        let observed = self.observe().await?;
        observed.must_be_own()?;
        let mut gaps = Vec::new();
        if goal.members(self.id()).is_some()
            && let Err(error) = &observed.members
        {
            gaps.push(error.gap(self.id(), Some(&self.region), Some("roles")));
        }
        let mut proof = Vec::new();
        if let Some(sender) = &goal.sender {
            self.must_send(sender).await?;
            proof = self.of_sender(sender, &goal.emails).await;
        }
        let parts = self.rows(&goal, &observed).into_iter().map(planned).collect();
        let report = ScheduleReport { parts, proof, gaps, ..self.described(&goal) };
        Ok(Plan { report, goal })
    }

    /// The report of a goal, without its parts.
    pub(super) fn described(&self, goal: &Goal) -> ScheduleReport {
        ScheduleReport {
            organization: goal.members.as_ref().map(|it| it.organization.clone()),
            partial: !goal.settings.regions.is_empty() || !goal.settings.resources.is_empty(),
            accounts: Some(goal.accounts),
            at: Some(goal.at.to_string()),
            time_zone: Some(goal.time_zone.clone()),
            emails: goal.emails.clone(),
            sender: goal.sender.clone(),
            usd_per_run: cost::of_run(goal.accounts),
            usd_per_month: cost::of_month(goal.accounts),
            ..self.blank()
        }
    }
}

fn planned(part: SchedulePart) -> SchedulePart {
    let result = (part.action != Action::None).then_some(Outcome::Planned);
    SchedulePart { result, ..part }
}
