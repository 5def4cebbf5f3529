//! The targets of the budget action: the principals of the profile, else the caller of `init`.

use std::collections::BTreeSet;

use aws_sdk_budgets::types::{Action, Definition, IamActionDefinition};

use super::budget_action_role::policy_arn;
use super::inputs::Inputs;
use crate::aws::Cx;
use crate::aws::accounts::CALLER;
use crate::error::{Error, Result};
use crate::model::Text;

/// As in a report: `user hana`, `role Trainee`.
pub(super) fn targets(users: &[String], groups: &[String], roles: &[String]) -> impl Iterator<Item = String> {
    let kinds = [("user", users), ("group", groups), ("role", roles)];
    let named = kinds.map(|(kind, names)| names.iter().map(move |name| format!("{kind} {}", last(name))).collect());
    named.into_iter().flat_map(|names: Vec<String>| names)
}

/// The targets of an action.
pub(super) fn held(action: &Action) -> BTreeSet<String> {
    let iam = action.definition().and_then(Definition::iam_action_definition);
    iam.map(|it| targets(it.users(), it.groups(), it.roles()).collect()).unwrap_or_default()
}

/// A name without its path.
pub(super) fn last(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The targets of the profile; else those of the existing action; else the caller.
pub(super) async fn definition(cx: &Cx, inputs: &Inputs, there: Option<&Action>) -> Result<Definition> {
    let action = &inputs.goal.profile.budgets.action;
    let there = there.filter(|there| !held(there).is_empty()).and_then(|it| it.definition().cloned());
    if let Some(there) = there.filter(|_| action.names_no_target()) {
        return Ok(there);
    }
    let list = |names: &[String]| (!names.is_empty()).then(|| names.to_vec());
    let iam = IamActionDefinition::builder()
        .policy_arn(policy_arn(&inputs.account))
        .set_users(list(&action.users))
        .set_groups(list(&action.groups))
        .set_roles(list(&action.roles));
    let iam = if action.names_no_target() {
        match caller(cx).await? {
            Some(Caller::User(name)) => iam.users(name),
            Some(Caller::Role(name)) => iam.roles(name),
            None => return Err(Error::failed(Text::new("note-action-no-target"))),
        }
    } else {
        iam
    };
    Ok(Definition::builder().iam_action_definition(iam.build()?).build())
}

/// The caller, if a policy can be attached to it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Caller {
    User(String),
    Role(String),
}

/// # Errors
/// AWS does not answer.
pub(super) async fn caller(cx: &Cx) -> Result<Option<Caller>> {
    Ok(Caller::of(&cx.ask(&CALLER).one().await?.arn))
}

impl Caller {
    /// `None` for the root user and federated users, which have no policies, and for roles of IAM Identity Center, which cannot be
    /// changed.
    fn of(arn: &str) -> Option<Self> {
        let who = arn.splitn(6, ':').nth(5)?;
        let (kind, path) = who.split_once('/')?;
        match kind {
            "user" => Some(Self::User(last(path).to_owned())),
            "assumed-role" => Some(path.split('/').next()?.to_owned())
                .filter(|role| !role.starts_with("AWSReservedSSO_"))
                .map(Self::Role),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_principals_with_policies_are_targets() {
        let of = |who: &str| Caller::of(&format!("arn:aws:{who}"));
        assert_eq!(of("iam::123456789012:user/team/hana"), Some(Caller::User("hana".into())));
        assert_eq!(of("sts::123456789012:assumed-role/Trainee/me"), Some(Caller::Role("Trainee".into())));
        for without_policies in [
            "iam::123456789012:root",
            "sts::123456789012:federated-user/hana",
            "sts::123456789012:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/me@example.com",
        ] {
            assert_eq!(of(without_policies), None, "{without_policies}");
        }
    }

    #[test]
    fn targets_are_named_by_kind_and_without_path() {
        let names = |text: &str| vec![text.to_owned()];
        let told: Vec<String> = targets(&names("team/a"), &[], &names("b")).collect();
        assert_eq!(told, ["user a", "role b"]);
    }
}
