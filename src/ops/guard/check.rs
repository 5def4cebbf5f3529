//! Compares the account with the profile and checks every link of the alert chain.

use super::compare::Purpose;
use super::placement::Placed;
use super::reconciler::Reconciler;
use crate::model::SafeguardReport;

/// The comparison, and the placement of the safeguards.
#[derive(Debug, Clone)]
pub struct Checked {
    pub report: SafeguardReport,
    pub(super) placed: Placed,
}

impl Reconciler {
    pub async fn check(&self) -> Checked {
        let verified = self.verify(Placed::first(&self.inputs)).await;
        let (kind, placed) = (verified.kind.clone(), verified.placed.clone());
        Checked { report: self.report(self.verified_rows(verified, Purpose::Check), &kind), placed }
    }
}
