//! Reads all safeguards concurrently, and again if one turns out to be in another region.

use futures::future::join_all;

use super::placement::{Current, Placed};
use super::reconciler::Reconciler;
use crate::aws::account_kind::AccountKind;
use crate::error::Result;
use crate::model::report::Proof;
use crate::safeguards::{self, Inputs};

/// The links of one safeguard's alert chain.
pub(super) type Links = Result<Vec<Proof>>;

/// All safeguards with their links, and the kind of the account.
pub(super) struct Verified {
    pub placed: Placed,
    pub current: Vec<Current>,
    pub links: Vec<Links>,
    pub kind: AccountKind,
}

impl Reconciler {
    pub(super) async fn observe(&self, placed: Placed) -> (Placed, Vec<Current>) {
        let current = self.observe_at(&placed.inputs).await;
        match placed.after(&self.cx, &current).await {
            None => (placed, current),
            Some(placed) => {
                let current = self.observe_at(&placed.inputs).await;
                (placed, current)
            }
        }
    }

    /// The same, with the links of the alert chain.
    pub(super) async fn verify(&self, placed: Placed) -> Verified {
        let (current, links, kind) =
            futures::join!(self.observe_at(&placed.inputs), self.prove_at(&placed.inputs), AccountKind::of(&self.cx));
        match placed.after(&self.cx, &current).await {
            None => Verified { placed, current, links, kind },
            Some(placed) => {
                let (current, links) = futures::join!(self.observe_at(&placed.inputs), self.prove_at(&placed.inputs));
                Verified { placed, current, links, kind }
            }
        }
    }

    async fn observe_at(&self, inputs: &Inputs) -> Vec<Current> {
        let all = safeguards::ALL.iter();
        join_all(all.map(async |entry| (entry.observed)(&self.cx_of(entry, inputs), inputs).await)).await
    }

    async fn prove_at(&self, inputs: &Inputs) -> Vec<Links> {
        let all = safeguards::ALL.iter();
        join_all(all.map(async |entry| (entry.proof)(&self.cx_of(entry, inputs), inputs).await)).await
    }
}
