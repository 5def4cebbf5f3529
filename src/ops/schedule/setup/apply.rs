//! Applies a plan: the bucket, the program and the settings in it, the roles, and the schedule; then reads it back.

use super::goal::Goal;
use super::plan::Plan;
use super::scheduler::Scheduler;
use crate::error::{Error, Result};
use crate::model::report::{Outcome, State};
use crate::model::schedule::SchedulePart;
use crate::model::{Action, ScheduleReport, Text};
use crate::ops::guard::Approved;

const ZIP: &str = "application/zip";
const JSON: &str = "application/json";

impl Scheduler {
    /// Applies the plan and reads the parts back. A part that fails ends the run: the next one continues where it stopped. `step` hears
    /// of each part before its turn.
    ///
    /// # Errors
    /// The parts cannot be read back.
    pub async fn apply(&self, plan: Approved<Plan>, mut step: impl FnMut(&SchedulePart)) -> Result<ScheduleReport> {
        let Plan { report, goal } = plan.into_plan();
        let mut failed: Option<(String, Error)> = None;
        for part in report.parts.iter().filter(|it| it.action != Action::None) {
            step(part);
            if let Err(error) = Box::pin(self.make(&part.id, &goal)).await {
                failed = Some((part.id.clone(), error));
                break;
            }
        }
        let observed = self.observe().await?;
        let now = self.rows(&goal, &observed);
        let mut gaps = report.gaps.clone();
        gaps.extend(failed.iter().map(|(id, error)| error.gap(self.id(), Some(&self.region), Some(id))));
        let of = |part: SchedulePart| {
            let after = now.iter().find(|it| it.id == part.id);
            outcome(part, after, failed.as_ref().map(|(id, _)| id.as_str()))
        };
        let parts = report.parts.into_iter().map(of).collect();
        let reports = observed.bucket().map(|name| format!("s3://{name}/runs/"));
        Ok(ScheduleReport { parts, reports, gaps, proof: report.proof, ..self.described(&goal) })
    }

    async fn make(&self, part: &str, goal: &Goal) -> Result<()> {
        match part {
            "reports" => self.stacks.apply(&goal.reports()).await.map(drop),
            "role" => self.stacks.apply(&goal.member(self.id())).await.map(drop),
            "roles" => match goal.members(self.id()) {
                Some(wanted) => self.sets.apply(&wanted).await.map(drop),
                None => Ok(()),
            },
            _ => self.make_schedule(goal).await,
        }
    }

    /// The program and the settings have names of their own content: a run that is under way keeps those that it began with.
    async fn make_schedule(&self, goal: &Goal) -> Result<()> {
        let observed = self.observe().await?;
        let no_bucket = || Error::failed(Text::new("error-stack").with("stack", super::goal::REPORTS));
        let name = observed.bucket().ok_or_else(no_bucket)?;
        let bucket = self.bucket(name);
        let program = goal.program.key();
        if !bucket.has(&program).await? {
            bucket.put(&program, ZIP, goal.program.zip.clone()).await?;
        }
        bucket.put(&goal.settings_key(), JSON, goal.settings_text()).await?;
        self.stacks.apply(&goal.schedule(name)).await.map(drop)
    }
}

/// The part after the run, compared with what was planned.
fn outcome(planned: SchedulePart, now: Option<&SchedulePart>, failed: Option<&str>) -> SchedulePart {
    if planned.action == Action::None {
        return planned;
    }
    let state = now.map_or(State::Unknown, |it| it.state);
    let result = match state {
        _ if failed == Some(&planned.id) => Outcome::Failed,
        State::Ok => Outcome::Done,
        _ if failed.is_some() => Outcome::Skipped,
        _ => Outcome::Failed,
    };
    SchedulePart { state, result: Some(result), ..planned }
}
