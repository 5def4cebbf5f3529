//! Plan, apply, check and remove the safeguards. Nothing changes without an [`Approved`] plan.

use aws_config::SdkConfig;
use futures::future::join_all;
use serde_json::Value;

use super::{circumstances, homes};
use crate::aws::Cx;
use crate::aws::account_kind::AccountKind;
use crate::error::{Error, Result};
use crate::model::change::diff;
use crate::model::report::{Account, Outcome, Proof, SAFEGUARDS_SCHEMA, SafeguardRow, State};
use crate::model::{Action, Change, Gap, Note, Region, SafeguardReport, Usd};
use crate::safeguards::{self, Entry, Facts, Logs, Needs, Observed, Wish};

/// A plan that the person has seen and agreed to.
pub struct Approved<T>(T);

impl<T> Approved<T> {
    /// Only the door the person came through may say so: the terminal's after its prompt or `--yes`.
    pub fn by_the_person(plan: T) -> Self {
        Self(plan)
    }
}

/// Everything that the safeguards are asked about.
pub struct Guard {
    pub cx: Cx,
    pub wish: Wish,
    pub account: Account,
    /// Why the topic is not at home, if it is not.
    topic_refused: Option<Error>,
}

impl Guard {
    #[must_use]
    pub fn new(sdk: &SdkConfig, account: Account, wish: Wish) -> Self {
        Self { cx: Cx::home(&account.id, sdk), wish, account, topic_refused: None }
    }

    /// What `init` would do.
    pub async fn plan(&mut self) -> SafeguardReport {
        let cx = self.cx.clone();
        let ((rows, gaps), kind) = futures::join!(self.look(Purpose::Apply), AccountKind::of(&cx));
        let lost = lost(&rows);
        let rows = paired(&rows).map(|(entry, row)| planned(row.clone(), self.lacks(entry, &lost))).collect();
        self.report(rows, gaps, &kind)
    }

    /// What `remove` would do.
    pub async fn plan_removal(&mut self) -> SafeguardReport {
        let (rows, gaps) = self.look(Purpose::Remove).await;
        self.report(rows.into_iter().map(|row| planned(row, false)).collect(), gaps, &AccountKind::default())
    }

    /// Compares the account with the profile and looks at every link of the chain to a person.
    pub async fn check(&mut self) -> SafeguardReport {
        let (rows, gaps, kind) = self.verified(Purpose::Check).await;
        self.report(rows, gaps, &kind)
    }

    /// Does what the plan says, in order, and reads back. What lacks a safeguard that failed is skipped.
    pub async fn apply(
        &mut self,
        Approved(plan): Approved<SafeguardReport>,
        mut step: impl FnMut(&Entry),
    ) -> SafeguardReport {
        let mut failed: Vec<(&'static str, Error)> = Vec::new();
        let mut left: Vec<(&'static str, Vec<Note>)> = Vec::new();
        let mut lost = lost(&plan.safeguards);
        for (entry, row) in paired(&plan.safeguards).filter(|(_, row)| row.result == Some(Outcome::Planned)) {
            if row.action != Action::Remove && self.lacks(entry, &lost) {
                lost.push(entry.id);
                continue;
            }
            step(entry);
            let cx = self.cx_of(entry);
            let done = match row.action {
                Action::Remove => {
                    (entry.remove)(&cx, &self.wish, Logs::Keep).await.map(|notes| left.push((entry.id, notes)))
                }
                _ => (entry.apply)(&cx, &self.wish).await,
            };
            if let Err(error) = done {
                self.wish.homes.topic_lost |= entry.id == safeguards::TOPIC;
                lost.push(entry.id);
                failed.push((entry.id, error));
            }
        }
        let (seen, mut gaps, kind) = self.verified(Purpose::Apply).await;
        let mut rows = Vec::new();
        for (planned, now) in plan.safeguards.into_iter().zip(seen) {
            let failure = failed.iter().find(|(id, _)| *id == planned.id).map(|(_, error)| error);
            gaps.extend(failure.map(|error| self.gap(&planned.id, error)));
            // Not seen when it was planned, and so not done, though it can be seen now: why it could not is still the reason.
            if planned.state == State::Unknown && !matches!(now.state, State::Ok | State::Unknown) {
                gaps.extend(plan.gaps.iter().filter(|gap| gap.resource.as_ref() == Some(&planned.id)).cloned());
            }
            let left = left.iter().find(|(id, _)| *id == planned.id).map(|(_, notes)| notes.as_slice());
            rows.push(outcome(planned, now, failure, &lost, left.unwrap_or_default()));
        }
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
            match (entry.remove)(&self.cx_of(entry), &self.wish, logs).await {
                Ok(notes) => {
                    row.result = Some(Outcome::Done);
                    row.notes.extend(notes);
                }
                Err(error) => {
                    row.result = Some(Outcome::Failed);
                    gaps.push(self.gap(&row.id, &error));
                }
            }
        }
        self.report(rows, gaps, &AccountKind::default())
    }

    /// How everything is. What may not be looked at where it belongs is looked at again from where it may.
    async fn look(&mut self, purpose: Purpose) -> (Vec<SafeguardRow>, Vec<Gap>) {
        let mut seen = self.observe().await;
        if self.moves(&seen).await {
            seen = self.observe().await;
        }
        self.rows(seen, purpose)
    }

    /// The same, with the links of the chain to a person.
    async fn verified(&mut self, purpose: Purpose) -> (Vec<SafeguardRow>, Vec<Gap>, AccountKind) {
        let (mut seen, mut proofs, kind) = futures::join!(self.observe(), self.prove(), AccountKind::of(&self.cx));
        if self.moves(&seen).await {
            (seen, proofs) = futures::join!(self.observe(), self.prove());
        }
        let (mut rows, mut gaps) = self.rows(seen, purpose);
        for (row, proof) in rows.iter_mut().zip(proofs) {
            match proof {
                Ok(links) => row.proof = links,
                Err(error) if row.state != State::Unknown => gaps.push(self.gap(&row.id, &error)),
                Err(_) => {}
            }
        }
        (rows, gaps, kind)
    }

    /// Every safeguard at once.
    async fn observe(&self) -> Vec<Seen> {
        join_all(safeguards::ALL.iter().map(async |entry| (entry.observed)(&self.cx_of(entry), &self.wish).await)).await
    }

    async fn prove(&self) -> Vec<Result<Vec<Proof>>> {
        join_all(safeguards::ALL.iter().map(async |entry| (entry.proof)(&self.cx_of(entry), &self.wish).await)).await
    }

    /// Whether something lives elsewhere than was thought.
    async fn moves(&mut self, seen: &[Seen]) -> bool {
        let homes = homes::after(&self.cx, &self.wish, seen).await;
        if homes == self.wish.homes {
            return false;
        }
        let topic = safeguards::ALL.iter().zip(seen).find(|(entry, _)| entry.id == safeguards::TOPIC);
        if homes.topic != self.wish.homes.topic {
            self.topic_refused = topic.and_then(|(_, seen)| seen.as_ref().err().cloned());
        }
        self.wish.homes = homes;
        true
    }

    /// One that cannot be seen is `unknown` and a gap; the others are not held up by it.
    fn rows(&self, seen: Vec<Seen>, purpose: Purpose) -> (Vec<SafeguardRow>, Vec<Gap>) {
        let (mut rows, mut gaps) = (Vec::new(), Vec::new());
        for (entry, seen) in safeguards::ALL.iter().zip(seen) {
            let want = (entry.desired)(&self.wish).filter(|_| purpose != Purpose::Remove);
            let (usd, notes) = (entry.cost)(&self.wish);
            let notes = if purpose == Purpose::Apply { notes } else { Vec::new() };
            let mut row = match seen {
                Ok(Observed::Own(seen)) if purpose == Purpose::Remove && !seen.is_own() => {
                    let strangers = seen.objects.iter().filter(|object| !object.is_own());
                    let left = strangers.map(|object| Note::with("not-ours", &object.name)).collect();
                    row(entry, State::Ok, Action::None, Vec::new(), usd, left)
                }
                Ok(seen) => compared(entry, want.as_ref(), &seen, usd, notes),
                Err(error) => {
                    gaps.push(self.gap(entry.id, &error));
                    row(entry, State::Unknown, Action::None, Vec::new(), usd, error.note().into_iter().collect())
                }
            };
            let region = (entry.region)(&self.wish);
            if !region.is_home() {
                row.notes.insert(0, Note::with("elsewhere", region));
            }
            // What may not live here, its neighbour cannot do without.
            let alone = matches!(row.action, Action::Create | Action::Update) && self.lacks(entry, &[]);
            gaps.extend(self.topic_refused.as_ref().filter(|_| alone).map(|error| self.gap(entry.id, error)));
            rows.push(row);
        }
        (rows, gaps)
    }

    /// Whether a safeguard would warn nobody: what it needs is lost, or in another region than it has to be.
    fn lacks(&self, entry: &Entry, lost: &[&str]) -> bool {
        let is_away = |needed| self.region_of(needed) != (entry.region)(&self.wish);
        let beside = matches!(entry.needs, Needs::Beside(_));
        entry.needs.id().is_some_and(|needed| lost.contains(&needed) || (beside && is_away(needed)))
    }

    fn cx_of(&self, entry: &Entry) -> Cx {
        self.cx.at(&(entry.region)(&self.wish))
    }

    fn region_of(&self, safeguard: &str) -> Region {
        let entry = safeguards::ALL.iter().find(|entry| entry.id == safeguard);
        entry.map_or_else(Region::home, |entry| (entry.region)(&self.wish))
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
            region: Some(self.region_of(safeguard)),
            resource: Some(safeguard.to_owned()),
            reason: error.reason(),
            action: error.action.clone(),
            message: error.detail.clone().unwrap_or_default(),
        }
    }
}

/// How a safeguard is, if it can be seen.
type Seen = Result<Observed<Facts>>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Apply,
    Check,
    Remove,
}

fn paired(rows: &[SafeguardRow]) -> impl Iterator<Item = (&'static Entry, &SafeguardRow)> {
    safeguards::ALL.iter().zip(rows)
}

/// What cannot be counted on: it cannot be seen, or will not be set up.
fn lost(rows: &[SafeguardRow]) -> Vec<&'static str> {
    let lost = paired(rows).filter(|(_, row)| row.state == State::Unknown || row.result == Some(Outcome::Skipped));
    lost.map(|(entry, _)| entry.id).collect()
}

fn compared(entry: &Entry, want: Option<&Facts>, seen: &Observed<Facts>, usd: Usd, notes: Vec<Note>) -> SafeguardRow {
    let (state, action, changes, notes) = match (want, seen) {
        (None, Observed::Own(_)) if entry.stays.is_some() => {
            (State::Ok, Action::None, Vec::new(), entry.stays.map(Note::new).into_iter().collect())
        }
        (None, Observed::Kept(_, why)) => (State::Ok, Action::None, Vec::new(), why.clone()),
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
        (Some(want), Observed::Missing | Observed::Kept(None, _)) => {
            (State::Missing, Action::Create, diff(&Value::Null, &want.fields), notes)
        }
        (Some(want), Observed::Own(seen) | Observed::Kept(Some(seen), _)) => match diff(&seen.fields, &want.fields) {
            changes if changes.is_empty() => (State::Ok, Action::None, changes, Vec::new()),
            changes => (State::Drifted, Action::Update, changes, Vec::new()),
        },
    };
    let headline = want.filter(|_| action == Action::Create).map(|want| want.headline.clone()).unwrap_or_default();
    let wanted = want.is_some() || !matches!(seen, Observed::Missing | Observed::Impossible(_));
    SafeguardRow { wanted, headline, ..row(entry, state, action, changes, usd, notes) }
}

fn row(entry: &Entry, state: State, action: Action, changes: Vec<Change>, usd: Usd, notes: Vec<Note>) -> SafeguardRow {
    SafeguardRow {
        id: entry.id.to_owned(),
        names: entry.names.clone(),
        wanted: true,
        state,
        action,
        result: None,
        changes,
        headline: Vec::new(),
        proof: Vec::new(),
        usd_per_month: usd.monthly(),
        notes,
    }
}

/// With what is to become of it: nothing, if what it needs is lacking.
fn planned(row: SafeguardRow, lacking: bool) -> SafeguardRow {
    let result = match row.action {
        Action::None => None,
        Action::Create | Action::Update if lacking => Some(Outcome::Skipped),
        _ => Some(Outcome::Planned),
    };
    SafeguardRow { result, ..row }
}

/// What was planned, against what is there now.
fn outcome(
    planned: SafeguardRow,
    now: SafeguardRow,
    failure: Option<&Error>,
    lost: &[&str],
    left: &[Note],
) -> SafeguardRow {
    if planned.action == Action::None {
        let result = (now.action != Action::None).then_some(Outcome::Failed);
        return SafeguardRow { result, ..now };
    }
    let result = match now.state {
        _ if failure.is_some() => Outcome::Failed,
        _ if lost.contains(&&*planned.id) => Outcome::Skipped,
        State::Ok => Outcome::Done,
        // What was left on purpose is said, and is no failure.
        State::Unwanted if !left.is_empty() => Outcome::Done,
        _ => Outcome::Failed,
    };
    let mut now = now;
    now.notes.extend_from_slice(left);
    now.notes.extend(failure.and_then(Error::note));
    let changes = if result == Outcome::Done { planned.changes } else { now.changes };
    SafeguardRow { action: planned.action, result: Some(result), changes, ..now }
}
