//! Removes exactly what guardrail made for the nightly run. The reports stay, unless they are to go as well.

use super::goal::MEMBER;
use super::observe::Observed;
use super::rows::PARTS;
use super::scheduler::Scheduler;
use crate::aws::stack::Stack;
use crate::error::{Error, Result};
use crate::model::report::{Outcome, State};
use crate::model::schedule::SchedulePart;
use crate::model::{Action, Gap, ScheduleReport};
use crate::ops::guard::Approved;

/// What happens to the bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reports {
    Keep,
    Delete,
}

/// The parts that will be removed, the last one made first.
#[derive(Debug, Clone)]
pub struct Removal {
    pub report: ScheduleReport,
}

impl Scheduler {
    /// The plan of a removal.
    ///
    /// # Errors
    /// The stacks cannot be read, or one of guardrail's names belongs to somebody else.
    pub async fn plan_removal(&self, reports: Reports) -> Result<Removal> {
        let observed = self.observe().await?;
        observed.must_be_own()?;
        let parts = there(&observed).into_iter().filter(|(part, _)| *part != 0 || reports == Reports::Delete);
        let parts = parts.filter(|(_, there)| *there).map(|(part, _)| row(part)).collect();
        let kept = observed.bucket().filter(|_| reports == Reports::Keep).map(|it| format!("s3://{it}/runs/"));
        let report = ScheduleReport { parts, reports: kept, gaps: self.unseen(&observed), ..self.blank() };
        Ok(Removal { report })
    }

    /// Removes the parts and reads back that they are gone. One that cannot be removed holds up no other.
    ///
    /// # Errors
    /// The stacks cannot be read back.
    pub async fn remove(
        &self,
        removal: Approved<Removal>,
        mut step: impl FnMut(&SchedulePart),
    ) -> Result<ScheduleReport> {
        let Removal { report } = removal.into_plan();
        let mut failed: Vec<(String, Error)> = Vec::new();
        for part in &report.parts {
            step(part);
            if let Err(error) = Box::pin(self.take_away(part)).await {
                failed.push((part.id.clone(), error));
            }
        }
        let observed = self.observe().await?;
        let left = there(&observed);
        let is_left = |id: &str| left.iter().any(|(part, there)| PARTS[*part].0 == id && *there);
        let done = |part: SchedulePart| {
            let left = is_left(&part.id);
            let (state, result) = if left { (State::Ok, Outcome::Failed) } else { (State::Missing, Outcome::Done) };
            SchedulePart { state, result: Some(result), ..part }
        };
        let gap = |(id, error): &(String, Error)| error.gap(self.id(), Some(&self.region), Some(id));
        let gaps = report.gaps.iter().cloned().chain(failed.iter().map(gap)).collect();
        Ok(ScheduleReport {
            parts: report.parts.into_iter().map(done).collect(),
            gaps,
            reports: report.reports,
            ..self.blank()
        })
    }

    /// A `StackSet` that cannot be read may be there. Outside of an organisation there is none.
    fn unseen(&self, observed: &Observed) -> Vec<Gap> {
        let of_organization = |it: &Stack| it.parameters.get("OrganizationId").is_some_and(|id| !id.is_empty());
        let wanted = observed.member.as_ref().is_some_and(of_organization);
        let error = observed.members.as_ref().err().filter(|_| wanted);
        error.map(|error| error.gap(self.id(), Some(&self.region), Some("roles"))).into_iter().collect()
    }

    async fn take_away(&self, part: &SchedulePart) -> Result<()> {
        match part.id.as_str() {
            "roles" => self.sets.delete(MEMBER).await,
            "reports" => {
                let observed = self.observe().await?;
                if let Some(name) = observed.bucket() {
                    self.bucket(name).empty().await?;
                }
                self.stacks.delete(&part.name).await
            }
            _ => self.stacks.delete(&part.name).await,
        }
    }
}

/// The parts in the order of removal, by their place in [`PARTS`], and whether they are there.
fn there(observed: &Observed) -> [(usize, bool); 4] {
    let set = observed.members.as_ref().is_ok_and(Option::is_some);
    [(3, observed.schedule.is_some()), (2, set), (1, observed.member.is_some()), (0, observed.reports.is_some())]
}

fn row(part: usize) -> SchedulePart {
    let (id, names, name) = PARTS[part].clone();
    SchedulePart {
        id: id.to_owned(),
        names,
        name: name.to_owned(),
        state: State::Ok,
        action: Action::Remove,
        result: Some(Outcome::Planned),
        changes: Vec::new(),
    }
}
