//! The e-mail subscriptions of the topic: which are confirmed, which wait, which are gone and why.
//!
//! AWS deletes what nobody confirms within 48 hours without a word (fact sheet, section 5); what is remembered tells it from
//! a subscription that its reader ended, who must not be sent mail again unasked.

use jiff::{SignedDuration, Timestamp};

use super::{Safeguard, Wish, topic};
use crate::model::SafeguardReport;
use crate::model::report::{Proof, State, Status};
use crate::profile::{History, Subscription};

pub const CONFIRMED: &str = "subscription-confirmed";
const EXPIRED: &str = "subscription-expired";
const LEFT: &str = "subscription-left";

const MAY_BE_CONFIRMED: SignedDuration = SignedDuration::from_hours(48);

/// How AWS lists a subscription. One address can be listed several times: the best counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Listed {
    /// Ended, and still to be seen for a while.
    Ended,
    Waiting,
    Confirmed,
}

impl Listed {
    /// What stands in the place of the ARN says how it is.
    pub(super) fn of(arn: &str) -> Self {
        match arn {
            "Deleted" => Self::Ended,
            "PendingConfirmation" => Self::Waiting,
            _ => Self::Confirmed,
        }
    }
}

/// Nothing is to be done for the address: it is subscribed, or its reader left, which only they or whoever names the address
/// on the command line can undo.
pub(super) fn settled(email: &str, listed: Option<Listed>, wish: &Wish) -> bool {
    listed >= Some(Listed::Waiting) || left(email, listed, wish)
}

fn left(email: &str, listed: Option<Listed>, wish: &Wish) -> bool {
    let was_confirmed = || wish.history.get(email).is_some_and(|it| it.confirmed_at.is_some());
    let gone = listed == Some(Listed::Ended) || (listed.is_none() && was_confirmed());
    gone && !wish.asked.iter().any(|asked| asked == email)
}

pub(super) fn link(email: &str, listed: Option<Listed>, wish: &Wish) -> Proof {
    let known = wish.history.get(email).copied().unwrap_or_default();
    let expires = known.subscribed_at.and_then(|at| at.checked_add(MAY_BE_CONFIRMED).ok());
    let expired = expires.is_some_and(|at| at <= wish.now);
    let link = match listed {
        Some(Listed::Confirmed) => Proof::new(CONFIRMED, Status::Ok),
        Some(Listed::Waiting) => Proof {
            value: expires.filter(|_| !expired).map(|at| at.to_string()),
            ..Proof::new(CONFIRMED, Status::Waiting)
        },
        _ if left(email, listed, wish) => Proof::new(LEFT, Status::Broken),
        _ if expired && known.confirmed_at.is_none() => Proof::new(EXPIRED, Status::Broken),
        _ => Proof::new(CONFIRMED, Status::Broken),
    };
    link.of(email)
}

/// Where it could not be seen; says which call failed.
pub(super) fn unseen(email: &str, action: Option<String>) -> Proof {
    Proof { value: action, ..Proof::new(CONFIRMED, Status::Unknown) }.of(email)
}

/// The addresses that a plan subscribes.
#[must_use]
pub fn subscribing(plan: &SafeguardReport) -> Vec<String> {
    let row = plan.safeguards.iter().find(|row| row.id == topic::Topic::ID);
    let change = row.and_then(|row| row.changes.iter().find(|change| change.field == "emails"));
    let side = |side: &Option<String>| -> Vec<String> {
        side.as_deref().unwrap_or_default().split(", ").filter(|it| !it.is_empty()).map(str::to_owned).collect()
    };
    let Some(change) = change else { return Vec::new() };
    let there = side(&change.from);
    side(&change.to).into_iter().filter(|email| !there.contains(email)).collect()
}

/// What is to be remembered after a report, of which these addresses were subscribed on the way.
#[must_use]
pub fn remembered(history: &History, report: &SafeguardReport, subscribed: &[String]) -> History {
    let Some(row) = report.safeguards.iter().find(|row| row.id == topic::Topic::ID) else { return history.clone() };
    if row.state == State::Missing {
        // Its subscriptions went with it, and nobody left.
        return History::new();
    }
    let mut history = history.clone();
    for link in row.proof.iter().filter(|link| link.step == CONFIRMED) {
        let Some(email) = &link.subject else { continue };
        let before = history.get(email).copied().unwrap_or_default();
        let now = subscribed.contains(email).then_some(report.made_at);
        if let Some(after) = after(before, link.status, now, report.made_at) {
            history.insert(email.clone(), after);
        }
    }
    history
}

/// `None`: nothing to remember.
fn after(before: Subscription, status: Status, subscribed: Option<Timestamp>, seen: Timestamp) -> Option<Subscription> {
    let before = match subscribed {
        Some(at) => Subscription { subscribed_at: Some(at), confirmed_at: None },
        None => before,
    };
    match status {
        Status::Ok => Some(Subscription { confirmed_at: before.confirmed_at.or(Some(seen)), ..before }),
        // Somebody else subscribed the address anew, and when is not known.
        Status::Waiting if before.confirmed_at.is_some() => Some(Subscription::default()),
        Status::Waiting => Some(before).filter(|it| *it != Subscription::default()),
        Status::Broken | Status::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::report::{Account, SAFEGUARDS_SCHEMA, SafeguardRow};
    use crate::model::{Action, Change, Usd};
    use crate::profile::load;

    const EMAIL: &str = "a@example.com";

    fn at(text: &str) -> Timestamp {
        format!("2026-11-{text}Z").parse().unwrap()
    }

    fn known(subscribed: Option<&str>, confirmed: Option<&str>) -> History {
        let it = Subscription { subscribed_at: subscribed.map(at), confirmed_at: confirmed.map(at) };
        History::from([(EMAIL.to_owned(), it)])
    }

    fn wish(history: History) -> Wish {
        let profile = load("personal", &|text| text.id.to_owned()).unwrap();
        let profile = profile.complete(vec![EMAIL.to_owned()], Usd::ZERO);
        let account = "123456789012".parse().unwrap();
        Wish { history, ..Wish::new(account, profile, at("23T12:00:00")) }
    }

    fn told(listed: Option<Listed>, wish: &Wish) -> (String, Status, Option<String>) {
        let link = link(EMAIL, listed, wish);
        assert_eq!(link.subject.as_deref(), Some(EMAIL));
        (link.step, link.status, link.value)
    }

    fn step(id: &str, status: Status) -> (String, Status, Option<String>) {
        (id.to_owned(), status, None)
    }

    fn report(state: State, changes: Vec<Change>, proof: Vec<Proof>) -> SafeguardReport {
        let row = SafeguardRow {
            id: topic::Topic::ID.to_owned(),
            names: topic::Topic::NAMES,
            state,
            action: Action::None,
            result: None,
            changes,
            proof,
            usd_per_month: Usd::ZERO,
            notes: Vec::new(),
        };
        SafeguardReport {
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
    fn who_waits_is_told_until_when() {
        let waiting = told(Some(Listed::Waiting), &wish(known(Some("22T13:00:00"), None)));
        assert_eq!(waiting, (CONFIRMED.to_owned(), Status::Waiting, Some("2026-11-24T13:00:00Z".to_owned())));
        // An hour that is over is not this subscription's.
        for history in [History::new(), known(Some("21T11:00:00"), None)] {
            assert_eq!(told(Some(Listed::Waiting), &wish(history)), step(CONFIRMED, Status::Waiting));
        }
    }

    #[test]
    fn what_is_gone_is_told_apart() {
        let gone = |history| told(None, &wish(history));
        assert_eq!(gone(History::new()), step(CONFIRMED, Status::Broken));
        assert_eq!(gone(known(Some("21T12:00:01"), None)), step(CONFIRMED, Status::Broken));
        assert_eq!(gone(known(Some("21T12:00:00"), None)), step(EXPIRED, Status::Broken));
        assert_eq!(gone(known(Some("01T00:00:00"), Some("01T01:00:00"))), step(LEFT, Status::Broken));
        assert_eq!(gone(known(None, Some("01T01:00:00"))), step(LEFT, Status::Broken));
        assert_eq!(told(Some(Listed::Ended), &wish(History::new())), step(LEFT, Status::Broken));
    }

    #[test]
    fn who_left_is_subscribed_again_only_if_asked_for_by_name() {
        let mut wish = wish(known(None, Some("01T01:00:00")));
        assert!(settled(EMAIL, None, &wish) && settled(EMAIL, Some(Listed::Ended), &wish));
        assert!(!settled("b@example.com", None, &wish));
        wish.asked = vec![EMAIL.to_owned()];
        assert!(!settled(EMAIL, None, &wish) && !settled(EMAIL, Some(Listed::Ended), &wish));
        assert!(settled(EMAIL, Some(Listed::Waiting), &wish));
        wish.asked.clear();
        wish.history = known(Some("01T00:00:00"), None);
        assert!(!settled(EMAIL, None, &wish), "what expired is subscribed again");
    }

    #[test]
    fn the_best_of_several_listings_counts() {
        let listed = ["Deleted", "arn:aws:sns:us-east-1:1:t:x", "PendingConfirmation"].map(Listed::of);
        assert_eq!(listed.into_iter().max(), Some(Listed::Confirmed));
        assert_eq!(listed, [Listed::Ended, Listed::Confirmed, Listed::Waiting]);
    }

    #[test]
    fn a_plan_says_whom_it_subscribes() {
        let change = |from: Option<&str>, to: &str| {
            let change = Change {
                field: "emails".to_owned(),
                from: from.map(str::to_owned),
                to: Some(to.to_owned()).filter(|it| !it.is_empty()),
            };
            subscribing(&report(State::Drifted, vec![change], Vec::new()))
        };
        assert_eq!(change(None, "a@x.y, b@x.y"), ["a@x.y", "b@x.y"]);
        assert_eq!(change(Some("b@x.y"), "a@x.y, b@x.y"), ["a@x.y"]);
        assert_eq!(change(Some(""), ""), Vec::<String>::new());
        assert_eq!(subscribing(&report(State::Ok, Vec::new(), Vec::new())), Vec::<String>::new());
    }

    #[test]
    fn what_is_seen_is_remembered() {
        let link = |step: &str, status| vec![Proof::new(step, status).of(EMAIL)];
        let after = |history: &History, status, subscribed: &[String]| {
            remembered(history, &report(State::Ok, Vec::new(), link(CONFIRMED, status)), subscribed)
        };
        let (us, now, nobody) = ([EMAIL.to_owned()], Some("23T12:00:00"), []);
        let waiting = after(&History::new(), Status::Waiting, &us);
        assert_eq!(waiting, known(now, None));
        assert_eq!(
            after(&known(Some("22T00:00:00"), None), Status::Waiting, &nobody),
            known(Some("22T00:00:00"), None)
        );
        assert_eq!(after(&waiting, Status::Ok, &nobody), known(now, now));
        assert_eq!(after(&known(None, Some("01T00:00:00")), Status::Ok, &nobody), known(None, Some("01T00:00:00")));
        assert_eq!(after(&known(None, Some("01T00:00:00")), Status::Waiting, &us), known(now, None));
        assert_eq!(after(&known(now, now), Status::Waiting, &nobody), known(None, None));
        // It was to be subscribed, and was not.
        assert_eq!(after(&History::new(), Status::Broken, &us), History::new());
        assert_eq!(after(&History::new(), Status::Waiting, &nobody), History::new());

        let left = report(State::Ok, Vec::new(), link(LEFT, Status::Broken));
        assert_eq!(remembered(&known(now, now), &left, &nobody), known(now, now));
        let missing = report(State::Missing, Vec::new(), Vec::new());
        assert_eq!(remembered(&known(now, now), &missing, &nobody), History::new());
    }
}
