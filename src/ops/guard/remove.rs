//! Plans and applies `remove`, in the reverse order of creation.

use super::compare::Purpose;
use super::placement::Placed;
use super::plan::{Plan, planned};
use super::reconciler::Reconciler;
use crate::aws::account_kind::AccountKind;
use crate::model::report::Outcome;
use crate::model::{Action, SafeguardReport};
use crate::ops::approved::Approved;
use crate::safeguards::{self, Entry, Logs};

impl Reconciler {
    /// The plan of `remove`.
    pub async fn plan_removal(&self) -> Plan {
        let (placed, current) = self.observe(Placed::first(&self.inputs)).await;
        let (rows, gaps) = self.rows(&placed, current, Purpose::Remove);
        let rows = rows.into_iter().map(|row| planned(row, false)).collect();
        Plan { report: self.report((rows, gaps), &AccountKind::default()), placed }
    }

    /// Applies the plan of a removal.
    pub async fn remove(&self, plan: Approved<Plan>, logs: Logs, mut step: impl FnMut(&Entry)) -> SafeguardReport {
        let Plan { report: SafeguardReport { safeguards: mut rows, mut gaps, .. }, placed } = plan.into_plan();
        let inputs = &placed.inputs;
        for (entry, row) in safeguards::ALL.iter().zip(&mut rows).rev().filter(|(_, row)| row.action == Action::Remove)
        {
            step(entry);
            match (entry.remove)(&self.cx_of(entry, inputs), inputs, logs).await {
                Ok(notes) => {
                    row.result = Some(Outcome::Done);
                    row.notes.extend(notes);
                }
                Err(error) => {
                    row.result = Some(Outcome::Failed);
                    gaps.push(self.gap(&row.id, inputs, &error));
                }
            }
        }
        self.report((rows, gaps), &AccountKind::default())
    }
}
