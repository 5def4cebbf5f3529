//! Plan, apply, check and remove the safeguards. Nothing changes without an [`Approved`] plan.

use aws_config::SdkConfig;
use futures::future::join_all;
use serde_json::Value;

use super::circumstances;
use crate::aws::Cx;
use crate::aws::account_kind::AccountKind;
use crate::error::{Error, Result};
use crate::model::change::diff;
use crate::model::report::{Account, Outcome, Proof, SAFEGUARDS_SCHEMA, SafeguardRow, State};
use crate::model::{Action, Change, Gap, Note, Region, SafeguardReport, Usd};
use crate::safeguards::{self, Entry, Logs, Observed, TAG, Wish};

/// A plan that the person has seen and agreed to.
pub struct Approved<T>(T);

impl<T> Approved<T> {
    /// Only the door the person came through may say so: the terminal's after its prompt or `--yes`.
    pub fn by_the_person(plan: T) -> Self {
        Self(plan)
    }
}

/// Everything that the safeguards are asked about.
pub struct Guard<'a> {
    pub cx: Cx,
    pub wish: &'a Wish,
    pub account: Account,
}

impl<'a> Guard<'a> {
    #[must_use]
    pub fn new(sdk: &SdkConfig, account: Account, wish: &'a Wish) -> Self {
        Self { cx: Cx::home(&account.id, sdk), wish, account }
    }

    /// What `init` would do.
    pub async fn plan(&self) -> SafeguardReport {
        let ((rows, gaps), kind) = futures::join!(self.observe(Purpose::Apply), AccountKind::of(&self.cx));
        self.report(rows.into_iter().map(planned).collect(), gaps, &kind)
    }

    /// What `remove` would do.
    pub async fn plan_removal(&self) -> SafeguardReport {
        let (rows, gaps) = self.observe(Purpose::Remove).await;
        self.report(rows.into_iter().map(planned).collect(), gaps, &AccountKind::default())
    }

    /// Compares the account with the profile and looks at every link of the chain to a person.
    pub async fn check(&self) -> SafeguardReport {
        let ((rows, mut gaps), proofs, kind) =
            futures::join!(self.observe(Purpose::Check), self.prove(), AccountKind::of(&self.cx));
        let rows = self.with_proofs(rows, proofs, &mut gaps);
        self.report(rows, gaps, &kind)
    }

    /// Does what the plan says, in order, and reads back. What needs a safeguard that failed is skipped.
    pub async fn apply(
        &self,
        Approved(plan): Approved<SafeguardReport>,
        mut step: impl FnMut(&Entry),
    ) -> SafeguardReport {
        let mut failed: Vec<(&'static str, Error)> = Vec::new();
        let mut skipped = Vec::new();
        let mut left: Vec<(&'static str, Vec<Note>)> = Vec::new();
        for (entry, row) in paired(&plan).filter(|(_, row)| row.action != Action::None) {
            if entry.needs.is_some_and(|needed| failed.iter().any(|(id, _)| *id == needed)) {
                skipped.push(entry.id);
                continue;
            }
            step(entry);
            let done = match row.action {
                Action::Remove => {
                    (entry.remove)(&self.cx, self.wish, Logs::Keep).await.map(|notes| left.push((entry.id, notes)))
                }
                _ => (entry.apply)(&self.cx, self.wish).await,
            };
            if let Err(error) = done {
                failed.push((entry.id, error));
            }
        }
        let ((seen, mut gaps), proofs, kind) =
            futures::join!(self.observe(Purpose::Apply), self.prove(), AccountKind::of(&self.cx));
        let mut rows = Vec::new();
        for (planned, now) in plan.safeguards.into_iter().zip(seen) {
            let failure = failed.iter().find(|(id, _)| *id == planned.id).map(|(_, error)| error);
            gaps.extend(failure.map(|error| self.gap(&planned.id, error)));
            // Not seen when it was planned, and so not done, though it can be seen now: why it could not is still the reason.
            if planned.state == State::Unknown && !matches!(now.state, State::Ok | State::Unknown) {
                gaps.extend(plan.gaps.iter().filter(|gap| gap.resource.as_ref() == Some(&planned.id)).cloned());
            }
            let left = left.iter().find(|(id, _)| *id == planned.id).map(|(_, notes)| notes.as_slice());
            rows.push(outcome(planned, now, failure.is_some(), skipped.as_slice(), left.unwrap_or_default()));
        }
        let rows = self.with_proofs(rows, proofs, &mut gaps);
        self.report(rows, gaps, &kind)
    }

    /// Takes away what the plan says, last made first.
    pub async fn remove(
        &self,
        Approved(plan): Approved<SafeguardReport>,
        logs: Logs,
        mut step: impl FnMut(&Entry),
    ) -> SafeguardReport {
        let mut gaps = plan.gaps.clone();
        let mut rows = plan.safeguards.clone();
        for (entry, row) in safeguards::ALL.iter().zip(&mut rows).rev().filter(|(_, row)| row.action == Action::Remove)
        {
            step(entry);
            match (entry.remove)(&self.cx, self.wish, logs).await {
                Ok(notes) => {
                    row.result = Some(Outcome::Done);
                    row.notes = notes;
                }
                Err(error) => {
                    row.result = Some(Outcome::Failed);
                    gaps.push(self.gap(&row.id, &error));
                }
            }
        }
        self.report(rows, gaps, &AccountKind::default())
    }

    /// Every safeguard at once. One that cannot be seen is `unknown` and a gap; the others are not held up by it.
    async fn observe(&self, purpose: Purpose) -> (Vec<SafeguardRow>, Vec<Gap>) {
        let seen = join_all(safeguards::ALL.iter().map(|entry| (entry.observed)(&self.cx, self.wish))).await;
        let mut gaps = Vec::new();
        let mut rows = Vec::new();
        for (entry, seen) in safeguards::ALL.iter().zip(seen) {
            let want = (entry.desired)(self.wish).filter(|_| purpose != Purpose::Remove);
            let (usd, notes) = (entry.cost)(self.wish);
            let notes = if purpose == Purpose::Apply { notes } else { Vec::new() };
            rows.push(match seen {
                Ok(Observed::Own(seen)) if purpose == Purpose::Remove && !is_ours(&seen) => {
                    let left = strangers(&seen, "").into_iter().map(|name| Note::with("not-ours", name)).collect();
                    row(entry, State::Ok, Action::None, Vec::new(), usd, left)
                }
                Ok(seen) => compared(entry, want.as_ref(), &seen, usd, notes),
                Err(error) => {
                    gaps.push(self.gap(entry.id, &error));
                    row(entry, State::Unknown, Action::None, Vec::new(), usd, Vec::new())
                }
            });
        }
        (rows, gaps)
    }

    async fn prove(&self) -> Vec<Result<Vec<Proof>>> {
        join_all(safeguards::ALL.iter().map(|entry| (entry.proof)(&self.cx, self.wish))).await
    }

    fn with_proofs(
        &self,
        mut rows: Vec<SafeguardRow>,
        proofs: Vec<Result<Vec<Proof>>>,
        gaps: &mut Vec<Gap>,
    ) -> Vec<SafeguardRow> {
        for (row, proof) in rows.iter_mut().zip(proofs) {
            match proof {
                Ok(links) => row.proof = links,
                Err(error) if row.state != State::Unknown => gaps.push(self.gap(&row.id, &error)),
                Err(_) => {}
            }
        }
        rows
    }

    fn report(&self, safeguards: Vec<SafeguardRow>, gaps: Vec<Gap>, kind: &AccountKind) -> SafeguardReport {
        SafeguardReport {
            schema: SAFEGUARDS_SCHEMA.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            made_at: self.wish.now,
            account: self.account.clone(),
            profile: self.wish.profile.name.clone(),
            notes: circumstances::notes(kind, &safeguards, &gaps),
            safeguards,
            gaps,
        }
    }

    fn gap(&self, safeguard: &str, error: &Error) -> Gap {
        Gap {
            account: self.account.id.clone(),
            region: Some(Region::home()),
            resource: Some(safeguard.to_owned()),
            reason: error.reason(),
            action: error.action.clone(),
            message: error.detail.clone().unwrap_or_default(),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Apply,
    Check,
    Remove,
}

/// The field in which a state says whose an object is.
const OWNER: &str = "managed_by";

/// Whether anything of it is guardrail's; what AWS cannot tag is.
fn is_ours(state: &Value) -> bool {
    let owners = owners(state);
    owners.is_empty() || owners.iter().any(|owner| owner.as_str() == Some(TAG.1))
}

fn owners(state: &Value) -> Vec<&Value> {
    let fields = state.as_object().into_iter().flatten();
    fields.flat_map(|(name, value)| if name == OWNER { vec![value] } else { owners(value) }).collect()
}

/// The names of the objects that are not guardrail's: an object's own, else that under which it is listed.
fn strangers(state: &Value, listed: &str) -> Vec<String> {
    let Some(fields) = state.as_object() else { return Vec::new() };
    let is_stranger = fields.get(OWNER).is_some_and(|owner| owner.as_str() != Some(TAG.1));
    let own = ["name", "topic"].iter().find_map(|name| fields.get(*name)?.as_str()).unwrap_or(listed);
    let here = is_stranger.then(|| own.to_owned());
    here.into_iter().chain(fields.iter().flat_map(|(name, value)| strangers(value, name))).collect()
}

fn paired(plan: &SafeguardReport) -> impl Iterator<Item = (&'static Entry, &SafeguardRow)> {
    safeguards::ALL.iter().zip(&plan.safeguards)
}

fn compared(entry: &Entry, want: Option<&Value>, seen: &Observed<Value>, usd: Usd, notes: Vec<Note>) -> SafeguardRow {
    let (state, action, changes, notes) = match (want, seen) {
        (None, Observed::Own(_)) if entry.stays.is_some() => {
            (State::Ok, Action::None, Vec::new(), entry.stays.map(Note::new).into_iter().collect())
        }
        (None, Observed::Missing | Observed::Impossible(_)) => {
            (State::Ok, Action::None, Vec::new(), vec![Note::new("not-wanted")])
        }
        (Some(_), Observed::Impossible(why)) => (State::Ok, Action::None, Vec::new(), vec![why.clone()]),
        (_, Observed::Adopted(which)) | (Some(_), Observed::Superseded { by: which, .. }) => {
            (State::Ok, Action::None, Vec::new(), vec![Note::with("adopted", which)])
        }
        (None, Observed::Own(_) | Observed::Superseded { .. }) => {
            (State::Unwanted, Action::Remove, Vec::new(), Vec::new())
        }
        (Some(want), Observed::Missing) => (State::Missing, Action::Create, diff(&Value::Null, want), notes),
        (Some(want), Observed::Own(seen)) => match diff(seen, want) {
            changes if changes.is_empty() => (State::Ok, Action::None, changes, Vec::new()),
            changes => (State::Drifted, Action::Update, changes, Vec::new()),
        },
    };
    row(entry, state, action, changes, usd, notes)
}

fn row(entry: &Entry, state: State, action: Action, changes: Vec<Change>, usd: Usd, notes: Vec<Note>) -> SafeguardRow {
    SafeguardRow {
        id: entry.id.to_owned(),
        names: entry.names.clone(),
        state,
        action,
        result: None,
        changes,
        proof: Vec::new(),
        usd_per_month: usd.monthly(),
        notes,
    }
}

fn planned(row: SafeguardRow) -> SafeguardRow {
    let result = (row.action != Action::None).then_some(Outcome::Planned);
    SafeguardRow { result, ..row }
}

/// What was planned, against what is there now.
fn outcome(planned: SafeguardRow, now: SafeguardRow, failed: bool, skipped: &[&str], left: &[Note]) -> SafeguardRow {
    if planned.action == Action::None {
        let result = (now.action != Action::None).then_some(Outcome::Failed);
        return SafeguardRow { result, ..now };
    }
    let result = match now.state {
        _ if failed => Outcome::Failed,
        _ if skipped.contains(&&*planned.id) => Outcome::Skipped,
        State::Ok => Outcome::Done,
        // What was left on purpose is said, and is no failure.
        State::Unwanted if !left.is_empty() => Outcome::Done,
        _ => Outcome::Failed,
    };
    let mut now = now;
    now.notes.extend_from_slice(left);
    let changes = if result == Outcome::Done { planned.changes } else { now.changes };
    SafeguardRow { action: planned.action, result: Some(result), changes, ..now }
}
