//! Applies a plan in order and verifies it. Skips safeguards whose dependency failed.

use super::compare::{Purpose, is_blocked, paired, unavailable};
use super::placement::Placed;
use super::plan::Plan;
use super::reconciler::Reconciler;
use crate::error::Error;
use crate::model::report::{Outcome, SafeguardRow, State};
use crate::model::{Action, Note, SafeguardReport};
use crate::ops::approved::Approved;
use crate::safeguards::{self, Entry, Inputs, Logs};

/// The results of a run so far.
struct Results {
    failed: Vec<(&'static str, Error)>,
    /// The notes about objects that a removal kept on purpose.
    left: Vec<(&'static str, Vec<Note>)>,
    /// Safeguards on which others cannot depend.
    unavailable: Vec<&'static str>,
}

impl Results {
    fn failure(&self, id: &str) -> Option<&Error> {
        self.failed.iter().find(|(failed, _)| *failed == id).map(|(_, error)| error)
    }

    fn left(&self, id: &str) -> &[Note] {
        self.left.iter().find(|(left, _)| *left == id).map(|(_, notes)| notes.as_slice()).unwrap_or_default()
    }

    /// The inputs for the next safeguard: without the topic if creating it failed.
    fn inputs<'a>(&self, with_topic: &'a Inputs, without_topic: &'a Inputs) -> &'a Inputs {
        if self.failure(safeguards::TOPIC).is_some() { without_topic } else { with_topic }
    }
}

impl Reconciler {
    /// Applies the plan and reads the result back.
    pub async fn apply(&self, plan: Approved<Plan>, step: impl FnMut(&Entry)) -> SafeguardReport {
        let plan = plan.into_plan();
        let with_topic = Inputs { history: plan.history(), ..plan.placed.inputs.clone() };
        let without_topic = with_topic.without_topic();
        let Plan { report: plan, placed } = plan;
        let results = self.carry_out(&plan, [&with_topic, &without_topic], step).await;
        let inputs = results.inputs(&with_topic, &without_topic).clone();
        let verified = self.verify(Placed { inputs, ..placed }).await;
        let (kind, inputs) = (verified.kind.clone(), verified.placed.inputs.clone());
        let (current, mut gaps) = self.verified_rows(verified, Purpose::Apply);
        let mut rows = Vec::new();
        for (planned, now) in plan.safeguards.into_iter().zip(current) {
            gaps.extend(results.failure(&planned.id).map(|error| self.gap(&planned.id, &inputs, error)));
            // The safeguard could not be read for the plan, and so was not changed: the original reason still holds.
            if planned.state == State::Unknown && !matches!(now.state, State::Ok | State::Unknown) {
                gaps.extend(plan.gaps.iter().filter(|gap| gap.resource.as_ref() == Some(&planned.id)).cloned());
            }
            rows.push(outcome(planned, now, &results));
        }
        self.report((rows, gaps), &kind)
    }

    async fn carry_out(
        &self,
        plan: &SafeguardReport,
        [with_topic, without_topic]: [&Inputs; 2],
        mut step: impl FnMut(&Entry),
    ) -> Results {
        let mut results = Results { failed: Vec::new(), left: Vec::new(), unavailable: unavailable(&plan.safeguards) };
        for (entry, row) in paired(&plan.safeguards).filter(|(_, row)| row.result == Some(Outcome::Planned)) {
            let inputs = results.inputs(with_topic, without_topic);
            if row.action != Action::Remove && is_blocked(entry, inputs, &results.unavailable) {
                results.unavailable.push(entry.id);
                continue;
            }
            step(entry);
            let cx = self.cx_of(entry, inputs);
            let done = match row.action {
                Action::Remove => {
                    (entry.remove)(&cx, inputs, Logs::Keep).await.map(|notes| results.left.push((entry.id, notes)))
                }
                _ => (entry.apply)(&cx, inputs).await,
            };
            if let Err(error) = done {
                results.unavailable.push(entry.id);
                results.failed.push((entry.id, error));
            }
        }
        results
    }
}

/// The row after the run: the planned row compared with the current state.
fn outcome(planned: SafeguardRow, now: SafeguardRow, results: &Results) -> SafeguardRow {
    if planned.action == Action::None {
        let result = (now.action != Action::None).then_some(Outcome::Failed);
        return SafeguardRow { result, ..now };
    }
    let (failure, left) = (results.failure(&planned.id), results.left(&planned.id));
    let result = match now.state {
        _ if failure.is_some() => Outcome::Failed,
        _ if results.unavailable.contains(&&*planned.id) => Outcome::Skipped,
        State::Ok => Outcome::Done,
        // An object kept on purpose has a note, and is no failure.
        State::Unwanted if !left.is_empty() => Outcome::Done,
        _ => Outcome::Failed,
    };
    let mut now = now;
    now.notes.extend_from_slice(left);
    now.notes.extend(failure.and_then(Error::note));
    let changes = if result == Outcome::Done { planned.changes } else { now.changes };
    SafeguardRow { action: planned.action, result: Some(result), changes, ..now }
}
