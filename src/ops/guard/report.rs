//! The report of a run, and the gaps in it.

use super::super::account_notes;
use super::reconciler::{Reconciler, region_of};
use crate::aws::account_kind::AccountKind;
use crate::error::Error;
use crate::model::report::{SAFEGUARDS_SCHEMA, SafeguardRow};
use crate::model::{Gap, SafeguardReport};
use crate::safeguards::Inputs;

impl Reconciler {
    pub(super) fn report(
        &self,
        (safeguards, gaps): (Vec<SafeguardRow>, Vec<Gap>),
        kind: &AccountKind,
    ) -> SafeguardReport {
        SafeguardReport {
            schema: SAFEGUARDS_SCHEMA.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            made_at: self.inputs.now,
            account: self.account.clone(),
            profile: self.inputs.goal.profile.name.clone(),
            notes: account_notes::notes(kind, &safeguards, &gaps),
            safeguards,
            gaps,
        }
    }

    pub(super) fn gap(&self, safeguard: &str, inputs: &Inputs, error: &Error) -> Gap {
        error.gap(&self.account.id, Some(&region_of(safeguard, inputs)), Some(safeguard))
    }
}
