//! Compares the current with the desired state: a row for each safeguard, and a gap for each that cannot be read.

use super::observe::Verified;
use super::placement::{Current, Placed};
use super::reconciler::{Reconciler, region_of};
use crate::model::change::diff;
use crate::model::report::{Outcome, SafeguardRow, State};
use crate::model::{Action, Change, Gap, Note, Usd};
use crate::safeguards::{self, Entry, Facts, Inputs, Needs, Observed};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Apply,
    Check,
    Remove,
}

impl Reconciler {
    /// A safeguard that cannot be read is `unknown` and a gap; the others continue.
    pub(super) fn rows(
        &self,
        placed: &Placed,
        current: Vec<Current>,
        purpose: Purpose,
    ) -> (Vec<SafeguardRow>, Vec<Gap>) {
        let inputs = &placed.inputs;
        let (mut rows, mut gaps) = (Vec::new(), Vec::new());
        for (entry, current) in safeguards::ALL.iter().zip(current) {
            let want = (entry.desired)(inputs).filter(|_| purpose != Purpose::Remove);
            let (usd, notes) = (entry.cost)(inputs);
            let notes = if purpose == Purpose::Apply { notes } else { Vec::new() };
            let mut row = match current {
                Ok(Observed::Own(current)) if purpose == Purpose::Remove && !current.is_own() => {
                    let strangers = current.objects.iter().filter(|object| !object.is_own());
                    let left = strangers.map(|object| Note::with("not-ours", &object.name)).collect();
                    row(entry, State::Ok, Action::None, Vec::new(), usd, left)
                }
                Ok(current) => compared(entry, want.as_ref(), &current, usd, notes),
                Err(error) => {
                    gaps.push(self.gap(entry.id, inputs, &error));
                    row(entry, State::Unknown, Action::None, Vec::new(), usd, error.note().into_iter().collect())
                }
            };
            if purpose != Purpose::Apply {
                row.headline = Vec::new();
            }
            let region = (entry.region)(inputs);
            if !region.is_home() {
                row.notes.insert(0, Note::with("elsewhere", region));
            }
            // A policy that denies the topic in its region also blocks the safeguards that need it there.
            let blocked = matches!(row.action, Action::Create | Action::Update) && is_blocked(entry, inputs, &[]);
            let refused = placed.topic_refused.as_ref().filter(|_| blocked);
            gaps.extend(refused.map(|error| self.gap(entry.id, inputs, error)));
            rows.push(row);
        }
        (rows, gaps)
    }

    /// The same, with the links of the alert chain.
    pub(super) fn verified_rows(&self, verified: Verified, purpose: Purpose) -> (Vec<SafeguardRow>, Vec<Gap>) {
        let Verified { placed, current, links, .. } = verified;
        let (mut rows, mut gaps) = self.rows(&placed, current, purpose);
        for (row, links) in rows.iter_mut().zip(links) {
            match links {
                Ok(links) => row.proof = links,
                Err(error) if row.state != State::Unknown => gaps.push(self.gap(&row.id, &placed.inputs, &error)),
                Err(_) => {}
            }
        }
        (rows, gaps)
    }
}

pub(super) fn paired(rows: &[SafeguardRow]) -> impl Iterator<Item = (&'static Entry, &SafeguardRow)> {
    safeguards::ALL.iter().zip(rows)
}

/// The safeguards on which others cannot depend: they cannot be read, or will not be created.
pub(super) fn unavailable(rows: &[SafeguardRow]) -> Vec<&'static str> {
    let is_so = |row: &SafeguardRow| row.state == State::Unknown || row.result == Some(Outcome::Skipped);
    paired(rows).filter(|(_, row)| is_so(row)).map(|(entry, _)| entry.id).collect()
}

/// Whether the dependency of this safeguard is unavailable or in the wrong region.
pub(super) fn is_blocked(entry: &Entry, inputs: &Inputs, unavailable: &[&str]) -> bool {
    let is_away = |needed| region_of(needed, inputs) != (entry.region)(inputs);
    let beside = matches!(entry.needs, Needs::Beside(_));
    entry.needs.id().is_some_and(|needed| unavailable.contains(&needed) || (beside && is_away(needed)))
}

fn compared(
    entry: &Entry,
    want: Option<&Facts>,
    current: &Observed<Facts>,
    usd: Usd,
    notes: Vec<Note>,
) -> SafeguardRow {
    let (state, action, changes, notes) = match (want, current) {
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
            (State::Missing, Action::Create, diff(&serde_json::Value::Null, &want.fields), notes)
        }
        (Some(want), Observed::Own(current) | Observed::Kept(Some(current), _)) => {
            match diff(&current.fields, &want.fields) {
                changes if changes.is_empty() => (State::Ok, Action::None, changes, Vec::new()),
                changes => (State::Drifted, Action::Update, changes, Vec::new()),
            }
        }
    };
    let wanted = want.is_some() || !matches!(current, Observed::Missing | Observed::Impossible(_));
    let headline = want.filter(|_| action == Action::Create).map(|want| want.headline.clone()).unwrap_or_default();
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
