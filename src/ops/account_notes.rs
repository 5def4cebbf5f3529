//! Notes about the kind of account and about refused permissions, with who can change them.

use crate::aws::account_kind::{AccountKind, Organization, Plan};
use crate::model::report::{SafeguardRow, State};
use crate::model::{Cause, Gap, Note, Reason};
use crate::safeguards::{TOPIC, TRAIL};

/// Services that IAM users may use only after the root user has allowed it.
const BILLING: [&str; 4] = ["billing:", "budgets:", "ce:", "freetier:"];

/// The notes of a report, in the order in which a person needs them.
#[must_use]
pub fn notes(kind: &AccountKind, rows: &[SafeguardRow], gaps: &[Gap]) -> Vec<Note> {
    let project = is_project(kind, rows, gaps);
    let free = match &kind.plan {
        Plan::Free { ends } => Some(Note::with("free-plan", ends)),
        Plan::Paid | Plan::Unknown => None,
    };
    let member = kind.payer().map(|management| {
        if project { Note::with("project-account", management) } else { Note::with("member-of", management) }
    });
    let refused = [
        ("root-must-allow-billing", root_keeps_billing(kind, rows, gaps)),
        ("payer-must-enable-budgets", gaps.iter().any(waits_for_payer)),
        ("denied-by-organization", !project && gaps.iter().any(|gap| gap.reason == Reason::DeniedByOrganization)),
    ];
    let refused = refused.into_iter().filter(|(_, is_so)| *is_so).map(|(id, _)| Note::new(id));
    free.into_iter().chain(member).chain(refused).collect()
}

/// Whether this is an AWS "project": AWS's own organisation denies topics and trails in the region where alarms can still be read
/// (fact sheet, section 7.1).
fn is_project(kind: &AccountKind, rows: &[SafeguardRow], gaps: &[Gap]) -> bool {
    let denied = |service: &str, id: &str| {
        let of = |gap: &Gap| gap.action.as_deref().is_some_and(|action| action.starts_with(service));
        let moved = |row: &SafeguardRow| row.id == id && row.notes.iter().any(|note| note.id() == "elsewhere");
        rows.iter().any(moved) || gaps.iter().any(|gap| gap.reason == Reason::DeniedByOrganization && of(gap))
    };
    let alarms_seen = rows.iter().any(|row| row.id == "billing-alarm" && row.state != State::Unknown);
    kind.payer().is_some() && denied("sns:", TOPIC) && denied("cloudtrail:", TRAIL) && alarms_seen
}

/// Whether only billing is denied, and not by a policy: then the root user has not opened it to IAM users.
fn root_keeps_billing(kind: &AccountKind, rows: &[SafeguardRow], gaps: &[Gap]) -> bool {
    let own_payer = matches!(kind.organization, Organization::None | Organization::Management);
    let iam = !kind.caller.is_empty() && !kind.caller.ends_with(":root");
    let refused = |gap: &Gap| {
        let action = gap.action.as_deref().unwrap_or_default();
        gap.reason == Reason::Denied && BILLING.iter().any(|service| action.starts_with(service)) && gap.cause.is_none()
    };
    own_payer && iam && gaps.iter().any(refused) && rows.iter().any(|row| row.state != State::Unknown)
}

/// Whether this is a member account whose management account has never used budgets.
fn waits_for_payer(gap: &Gap) -> bool {
    gap.cause == Some(Cause::PayerFirst)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::report::SafeguardRow;
    use crate::model::{Action, Usd, words};

    const WHO: &str = "AccessDeniedException: User: arn:aws:iam::123456789012:user/hana is not authorized to perform:";

    fn kind(organization: Organization) -> AccountKind {
        let caller = "arn:aws:iam::123456789012:user/hana".to_owned();
        AccountKind { organization, plan: Plan::Unknown, caller }
    }

    fn member() -> AccountKind {
        kind(Organization::Member { management: "210987654321".parse().unwrap() })
    }

    fn gap(reason: Reason, action: &str, message: &str) -> Gap {
        Gap {
            account: "123456789012".parse().unwrap(),
            region: None,
            resource: None,
            reason,
            action: Some(action.to_owned()),
            message: message.to_owned(),
            cause: None,
        }
    }

    fn by_organization(action: &str) -> Gap {
        let why = "with an explicit deny in a service control policy";
        gap(Reason::DeniedByOrganization, action, &format!("{WHO} {action} {why}"))
    }

    fn row(id: &str, state: State) -> SafeguardRow {
        SafeguardRow {
            id: id.to_owned(),
            names: words("", ""),
            wanted: true,
            state,
            action: Action::None,
            result: None,
            changes: Vec::new(),
            headline: Vec::new(),
            proof: Vec::new(),
            usd_per_month: Usd::ZERO,
            notes: Vec::new(),
        }
    }

    fn told(kind: &AccountKind, gaps: &[Gap]) -> Vec<(String, Option<String>)> {
        let rows = [row("billing-alarm", State::Missing), row("monthly-budget", State::Unknown)];
        let notes = notes(kind, &rows, gaps);
        notes.iter().map(|note| (note.id().to_owned(), note.value().map(str::to_owned))).collect()
    }

    fn ids(kind: &AccountKind, gaps: &[Gap]) -> Vec<String> {
        told(kind, gaps).into_iter().map(|(id, _)| id).collect()
    }

    #[test]
    fn an_ordinary_account_needs_no_note() {
        assert_eq!(told(&kind(Organization::None), &[]), []);
        assert_eq!(told(&kind(Organization::Management), &[]), []);
        assert_eq!(told(&AccountKind::default(), &[gap(Reason::Timeout, "budgets:ViewBudget", "")]), []);
    }

    #[test]
    fn the_free_plan_says_when_it_ends() {
        let ends = "2027-02-01T00:00:00Z".parse().unwrap();
        let free = AccountKind { plan: Plan::Free { ends }, ..kind(Organization::None) };
        assert_eq!(told(&free, &[]), [("free-plan".to_owned(), Some("2027-02-01T00:00:00Z".to_owned()))]);
    }

    #[test]
    fn root_has_to_open_billing_only_where_nothing_else_explains_the_refusal() {
        let budgets = |cause: Option<Cause>| [Gap { cause, ..gap(Reason::Denied, "budgets:ViewBudget", WHO) }];
        let alone = kind(Organization::None);
        assert_eq!(ids(&alone, &budgets(None)), ["root-must-allow-billing"]);
        assert_eq!(ids(&alone, &budgets(Some(Cause::Policy))), [""; 0]);
        assert_eq!(ids(&alone, &[gap(Reason::Denied, "sns:GetTopicAttributes", WHO)]), [""; 0]);
        let root = AccountKind { caller: "arn:aws:iam::123456789012:root".to_owned(), ..alone };
        assert_eq!(ids(&root, &budgets(None)), [""; 0]);
        assert_eq!(ids(&member(), &budgets(None)), ["member-of"]);
        // Where everything is denied, the note about billing would be misleading.
        let unseen = notes(&kind(Organization::None), &[row("monthly-budget", State::Unknown)], &budgets(None));
        assert_eq!(unseen, []);
    }

    #[test]
    fn a_member_waits_for_its_payer() {
        let message = "AccessDeniedException: Account 123456789012 is a linked account. To enable budgets for your account, \
                       ask the payer account to enable budgets first.";
        let refused = Gap { cause: Some(Cause::PayerFirst), ..gap(Reason::Denied, "budgets:ModifyBudget", message) };
        let notes = told(&member(), &[refused]);
        let payer = Some("210987654321".to_owned());
        assert_eq!(notes, [("member-of".to_owned(), payer), ("payer-must-enable-budgets".to_owned(), None)]);
    }

    #[test]
    fn a_project_differs_from_another_organisation() {
        let (topic, trail) = (by_organization("sns:GetTopicAttributes"), by_organization("cloudtrail:DescribeTrails"));
        assert_eq!(ids(&member(), &[topic.clone(), trail.clone()]), ["project-account"]);
        assert_eq!(ids(&member(), std::slice::from_ref(&topic)), ["member-of", "denied-by-organization"]);
        assert_eq!(ids(&kind(Organization::None), &[topic.clone(), trail.clone()]), ["denied-by-organization"]);
        // A policy that denies the whole region denies alarms too.
        let notes = notes(&member(), &[row("billing-alarm", State::Unknown)], &[topic, trail]);
        assert_eq!(notes.iter().map(Note::id).collect::<Vec<_>>(), ["member-of", "denied-by-organization"]);
    }
}
