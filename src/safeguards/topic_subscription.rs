//! The e-mail subscriptions of the topic: confirmed, pending, or deleted and why.
//!
//! AWS silently deletes a subscription that is not confirmed within 48 hours (fact sheet, section 5). Only the history
//! distinguishes it from one that its reader ended; that reader must not be sent mail again unasked.

use jiff::SignedDuration;

use super::inputs::Inputs;
use super::topic_name::ID;
use crate::model::report::{Proof, SafeguardRow, State, Status};
use crate::model::{History, SafeguardReport, Subscription};

pub const CONFIRMED: &str = "subscription-confirmed";
const EXPIRED: &str = "subscription-expired";
const LEFT: &str = "subscription-left";

const MAY_BE_CONFIRMED: SignedDuration = SignedDuration::from_hours(48);

/// The listed state of a subscription. An address can be listed several times: the best state counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Listed {
    /// Deleted, and still listed for a while.
    Ended,
    Waiting,
    Confirmed,
}

impl Listed {
    /// AWS writes the state in the place of the ARN.
    pub(super) fn of(arn: &str) -> Self {
        match arn {
            "Deleted" => Self::Ended,
            "PendingConfirmation" => Self::Waiting,
            _ => Self::Confirmed,
        }
    }
}

/// Whether the address needs no change: it is subscribed, or its reader unsubscribed, which only the reader, or naming the address
/// on the command line, can undo.
pub(super) fn settled(email: &str, listed: Option<Listed>, inputs: &Inputs) -> bool {
    listed >= Some(Listed::Waiting) || left(email, listed, inputs)
}

fn left(email: &str, listed: Option<Listed>, inputs: &Inputs) -> bool {
    let was_confirmed = || inputs.history.get(email).is_some_and(|it| it.confirmed_at.is_some());
    let gone = listed == Some(Listed::Ended) || (listed.is_none() && was_confirmed());
    gone && !inputs.goal.resubscribe.iter().any(|asked| asked == email)
}

pub(super) fn link(email: &str, listed: Option<Listed>, inputs: &Inputs) -> Proof {
    let known = inputs.history.get(email).copied().unwrap_or_default();
    let expires = known.subscribed_at.and_then(|at| at.checked_add(MAY_BE_CONFIRMED).ok());
    let over = expires.is_some_and(|at| at <= inputs.now);
    let link = match listed {
        Some(Listed::Confirmed) => Proof::new(CONFIRMED, Status::Ok),
        Some(Listed::Waiting) => Proof {
            value: expires.filter(|_| !over).map(|at| at.to_string()),
            ..Proof::new(CONFIRMED, Status::Waiting)
        },
        _ if left(email, listed, inputs) => Proof::new(LEFT, Status::Broken),
        _ if over && known.confirmed_at.is_none() => Proof::new(EXPIRED, Status::Broken),
        _ => Proof::new(CONFIRMED, Status::Broken),
    };
    link.of(email)
}

/// The link of an address that could not be read, with the failed call.
pub(super) fn unseen(email: &str, action: Option<String>) -> Proof {
    Proof { value: action, ..Proof::new(CONFIRMED, Status::Unknown) }.of(email)
}

/// The history after a plan is applied, before any confirmation.
#[must_use]
pub fn subscribed(history: &History, plan: &SafeguardReport) -> History {
    let Some(row) = plan.safeguards.iter().find(|row| row.id == ID) else { return history.clone() };
    // A deleted topic takes its subscriptions with it: its readers did not unsubscribe.
    let mut history = if row.state == State::Missing { History::new() } else { history.clone() };
    let now = Subscription { subscribed_at: Some(plan.made_at), confirmed_at: None };
    history.extend(subscribing(row).into_iter().map(|email| (email, now)));
    history
}

/// The addresses that a plan subscribes.
fn subscribing(row: &SafeguardRow) -> Vec<String> {
    let change = row.changes.iter().find(|change| change.field == "emails");
    let added = change.map(|change| change.to.iter().filter(|email| !change.from.contains(email)).cloned().collect());
    added.unwrap_or_default()
}

/// The history after reading the links.
#[must_use]
pub fn remembered(history: &History, report: &SafeguardReport) -> History {
    let Some(row) = report.safeguards.iter().find(|row| row.id == ID) else { return history.clone() };
    if row.state == State::Missing {
        return History::new();
    }
    let mut history = history.clone();
    for link in row.proof.iter().filter(|link| link.step == CONFIRMED) {
        let Some(email) = &link.subject else { continue };
        let before = history.remove(email).unwrap_or_default();
        let after = match link.status {
            Status::Ok => Subscription { confirmed_at: before.confirmed_at.or(Some(report.made_at)), ..before },
            // It was subscribed again elsewhere, at an unknown time.
            Status::Waiting if before.confirmed_at.is_some() => Subscription::default(),
            Status::Waiting | Status::Unknown => before,
            Status::Broken => Subscription::default(),
        };
        if after != Subscription::default() {
            history.insert(email.clone(), after);
        }
    }
    history
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::model::report::SAFEGUARDS_SCHEMA;
    use crate::model::{Account, Action, Change, Choice, Usd, words};
    use crate::profile::load;
    use crate::safeguards::Goal;

    const EMAIL: &str = "a@example.com";

    fn at(text: &str) -> Timestamp {
        format!("2026-11-{text}Z").parse().unwrap()
    }

    fn known(subscribed: Option<&str>, confirmed: Option<&str>) -> History {
        let it = Subscription { subscribed_at: subscribed.map(at), confirmed_at: confirmed.map(at) };
        History::from([(EMAIL.to_owned(), it)])
    }

    fn inputs(history: History) -> Inputs {
        let profile = load("personal", &|text| text.id.to_owned()).unwrap();
        let profile = profile.chosen(&Choice { emails: vec![EMAIL.to_owned()], ..Choice::default() });
        let account = "123456789012".parse().unwrap();
        Inputs::new(account, Goal { profile, resubscribe: Vec::new() }, history, at("23T12:00:00"))
    }

    fn told(listed: Option<Listed>, inputs: &Inputs) -> (String, Status, Option<String>) {
        let link = link(EMAIL, listed, inputs);
        assert_eq!(link.subject.as_deref(), Some(EMAIL));
        (link.step, link.status, link.value)
    }

    fn step(id: &str, status: Status) -> (String, Status, Option<String>) {
        (id.to_owned(), status, None)
    }

    fn report(state: State, changes: Vec<Change>, proof: Vec<Proof>) -> SafeguardReport {
        let row = SafeguardRow {
            id: ID.to_owned(),
            names: words("", ""),
            wanted: true,
            state,
            action: Action::None,
            result: None,
            changes,
            headline: Vec::new(),
            proof,
            usd_per_month: Usd::ZERO,
            notes: Vec::new(),
        };
        SafeguardReport {
            notes: Vec::new(),
            schema: SAFEGUARDS_SCHEMA.to_owned(),
            version: String::new(),
            made_at: at("23T12:00:00"),
            account: Account { id: "123456789012".parse().unwrap(), alias: None },
            profile: String::new(),
            safeguards: vec![row],
            gaps: Vec::new(),
        }
    }

    #[test]
    fn a_pending_subscription_says_when_it_expires() {
        let waiting = told(Some(Listed::Waiting), &inputs(known(Some("22T13:00:00"), None)));
        assert_eq!(waiting, (CONFIRMED.to_owned(), Status::Waiting, Some("2026-11-24T13:00:00Z".to_owned())));
        // An expired hour belongs to an earlier subscription.
        for history in [History::new(), known(Some("21T11:00:00"), None)] {
            assert_eq!(told(Some(Listed::Waiting), &inputs(history)), step(CONFIRMED, Status::Waiting));
        }
    }

    #[test]
    fn an_expired_subscription_differs_from_an_ended_one() {
        let gone = |history| told(None, &inputs(history));
        assert_eq!(gone(History::new()), step(CONFIRMED, Status::Broken));
        assert_eq!(gone(known(Some("21T12:00:01"), None)), step(CONFIRMED, Status::Broken));
        assert_eq!(gone(known(Some("21T12:00:00"), None)), step(EXPIRED, Status::Broken));
        assert_eq!(gone(known(Some("01T00:00:00"), Some("01T01:00:00"))), step(LEFT, Status::Broken));
        assert_eq!(gone(known(None, Some("01T01:00:00"))), step(LEFT, Status::Broken));
        assert_eq!(told(Some(Listed::Ended), &inputs(History::new())), step(LEFT, Status::Broken));
    }

    #[test]
    fn an_unsubscribed_address_is_subscribed_again_only_if_named() {
        let mut inputs = inputs(known(None, Some("01T01:00:00")));
        assert!(settled(EMAIL, None, &inputs) && settled(EMAIL, Some(Listed::Ended), &inputs));
        assert!(!settled("b@example.com", None, &inputs));
        inputs.goal.resubscribe = vec![EMAIL.to_owned()];
        assert!(!settled(EMAIL, None, &inputs) && !settled(EMAIL, Some(Listed::Ended), &inputs));
        assert!(settled(EMAIL, Some(Listed::Waiting), &inputs));
        inputs.goal.resubscribe.clear();
        inputs.history = known(Some("01T00:00:00"), None);
        assert!(!settled(EMAIL, None, &inputs), "what expired is subscribed again");
    }

    #[test]
    fn the_best_of_several_listings_counts() {
        let listed = ["Deleted", "arn:aws:sns:us-east-1:1:t:x", "PendingConfirmation"].map(Listed::of);
        assert_eq!(listed.into_iter().max(), Some(Listed::Confirmed));
        assert_eq!(listed, [Listed::Ended, Listed::Confirmed, Listed::Waiting]);
    }

    #[test]
    fn a_planned_subscription_is_remembered_with_its_time() {
        let planned = |state, history: &History, from: &[&str], to: &[&str]| {
            let side = |emails: &[&str]| emails.iter().map(|&email| email.to_owned()).collect();
            let change = Change { field: "emails".to_owned(), from: side(from), to: side(to) };
            subscribed(history, &report(state, vec![change], Vec::new()))
        };
        let (now, earlier) = (known(Some("23T12:00:00"), None), known(None, Some("01T00:00:00")));
        let keys = |history: &History| history.keys().cloned().collect::<Vec<_>>().join(" ");
        assert_eq!(planned(State::Drifted, &earlier, &[], &[EMAIL]), now);
        assert_eq!(planned(State::Drifted, &earlier, &[EMAIL], &[EMAIL, "b@x.y"])[EMAIL], earlier[EMAIL]);
        assert_eq!(keys(&planned(State::Drifted, &earlier, &[], &["b@x.y", "c@x.y"])), "a@example.com b@x.y c@x.y");
        assert_eq!(keys(&planned(State::Missing, &earlier, &[], &["b@x.y"])), "b@x.y");
        assert_eq!(subscribed(&earlier, &report(State::Ok, Vec::new(), Vec::new())), earlier);
        assert_eq!(subscribed(&earlier, &report(State::Missing, Vec::new(), Vec::new())), History::new());
    }

    #[test]
    fn the_observed_state_is_remembered() {
        let after = |history: &History, step: &str, status| {
            remembered(history, &report(State::Ok, Vec::new(), vec![Proof::new(step, status).of(EMAIL)]))
        };
        let (then, now) = (Some("22T00:00:00"), Some("23T12:00:00"));
        let cases = [
            (known(then, None), Status::Waiting, known(then, None)),
            (known(then, None), Status::Ok, known(then, now)),
            (known(None, then), Status::Ok, known(None, then)),
            (History::new(), Status::Ok, known(None, now)),
            (known(then, then), Status::Waiting, History::new()),
            (History::new(), Status::Waiting, History::new()),
            (known(then, then), Status::Unknown, known(then, then)),
            // Subscribing it failed.
            (known(then, None), Status::Broken, History::new()),
        ];
        for (before, status, expected) in cases {
            assert_eq!(after(&before, CONFIRMED, status), expected, "{status:?} after {before:?}");
        }
        for step in [LEFT, EXPIRED] {
            assert_eq!(after(&known(then, then), step, Status::Broken), known(then, then));
        }
        let missing = report(State::Missing, Vec::new(), Vec::new());
        assert_eq!(remembered(&known(then, then), &missing), History::new());
    }
}
