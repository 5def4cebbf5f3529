//! `WorkMail` is charged every month for each user with a mailbox; an organisation without users is free.

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::lifecycle::billing;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "workmail-organization",
    names: words("WorkMail organization", "WorkMail 組織"),
    bills: words("per month and user with a mailbox", "メールボックスのあるユーザーごと・月ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonWorkMail"],
    asks: &[&ORGANIZATIONS, &USERS],
    writes: &["workmail:DeleteOrganization"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const ORGANIZATIONS: Operation<Organization> = Operation::new("workmail:ListOrganizations").at("OrganizationSummaries");
const USERS: Operation<User> = Operation::new("workmail:ListUsers").at("Users");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Organization {
    organization_id: String,
    alias: Option<String>,
    state: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct User {
    state: Option<State>,
    user_role: Option<Role>,
}

values! { enum State { Disabled = "DISABLED", Deleted = "DELETED" } }
values! { enum Role { Resource = "RESOURCE", System = "SYSTEM_USER" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let mut organizations = cx.ask(&ORGANIZATIONS).all().await?;
    organizations.retain(|it| billing(it.state.as_deref()).is_some());
    let ask = |it: &Organization| cx.ask(&USERS).with("OrganizationId", it.organization_id.as_str()).all();
    Ok(detailed(organizations, ask, |it, users| finding(it, users.map(Vec::as_slice))).await)
}

/// `None` means it is deleted, or has no user with a mailbox.
fn finding(organization: &Organization, users: Option<&[User]>) -> Option<Listed> {
    let billing = billing(organization.state.as_deref())?;
    let sku = Sku::new("AmazonWorkMail").with("item", "user").with("unit", "month");
    let charge = match users.map(|users| users.iter().filter(|it| bills(it)).count()) {
        Some(0) => return None,
        Some(count) => Charge::each_month("user", sku, count),
        None => Charge::metered("users", sku, Unit::Month),
    };
    let id = organization.organization_id.as_str();
    let found = Listed { billing, ..Listed::new(id) }.named(organization.alias.clone()).charge(charge);
    // Its directory may be older and serve other things.
    let command = "workmail delete-organization --no-delete-directory --force-delete --organization-id";
    Some(found.note(Note::new("delete-only")).loses(Loss::Data).can(Verb::Delete, Command::aws(command).arg(id)))
}

/// The mailboxes of rooms, equipment and `WorkMail`'s system users are free.
fn bills(user: &User) -> bool {
    let gone = matches!(user.state, Some(State::Disabled | State::Deleted));
    !gone && !matches!(user.user_role, Some(Role::Resource | Role::System))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(state: &str, role: &str) -> User {
        User { state: Some(state.into()), user_role: Some(role.into()) }
    }

    #[test]
    fn those_with_a_mailbox_bill() {
        let states = ["ENABLED", "DISABLED", "DELETED", "FUTURE"].map(|state| bills(&user(state, "USER")));
        assert_eq!(states, [true, false, false, true]);
        let roles = ["USER", "REMOTE_USER", "RESOURCE", "SYSTEM_USER", "NEW"].map(|role| bills(&user("ENABLED", role)));
        assert_eq!(roles, [true, true, false, false, true]);
        assert!(bills(&User::default()));
    }

    #[test]
    fn an_organisation_is_charged_for_its_users() {
        let organization = |state: &str| Organization { state: Some(state.into()), ..Organization::default() };
        let count = |users: Option<&[User]>| finding(&organization("Active"), users).map(|it| it.charges[0].quantity);
        assert_eq!(count(Some(&[user("ENABLED", "USER"), user("DISABLED", "USER")])), Some(Some(1.into())));
        assert_eq!((count(Some(&[])), count(None)), (None, Some(None)));
        assert_eq!(finding(&organization("Deleted"), None), None);
    }
}
