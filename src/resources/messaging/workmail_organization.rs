//! `WorkMail` bills for every month and user who has a mailbox; an organisation without users bills nothing.

use aws_sdk_workmail::Client;
use aws_sdk_workmail::operation::list_organizations::ListOrganizationsOutput;
use aws_sdk_workmail::operation::list_users::ListUsersOutput;
use aws_sdk_workmail::types::{EntityState, OrganizationSummary, User, UserRole};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::lifecycle::billing;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "workmail-organization",
    names: words("WorkMail organization", "WorkMail 組織"),
    bills: words("per month and user with a mailbox", "メールボックスのあるユーザーごと・月ごと"),
    scope: Scope::Region,
    endpoint: "workmail",
    small: false,
    billed_as: &["AmazonWorkMail"],
    reads: &["workmail:ListOrganizations", "workmail:ListUsers"],
    writes: &["workmail:DeleteOrganization"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let pages = client.list_organizations().max_results(100).into_paginator().send();
    let pages: Vec<ListOrganizationsOutput> = pages.try_collect().await?;
    let organizations = pages.into_iter().flat_map(|page| page.organization_summaries.unwrap_or_default());
    let there = organizations.filter(|it| billing(it.state()).is_some()).collect();
    let ask = |it: &OrganizationSummary| users(client.clone(), it.organization_id.clone());
    Ok(detailed(there, ask, |it, users| finding(it, users.map(Vec::as_slice))).await)
}

async fn users(client: Client, organization: Option<String>) -> Result<Vec<User>> {
    let pages = client.list_users().set_organization_id(organization).max_results(100).into_paginator().send();
    let pages: Vec<ListUsersOutput> = pages.try_collect().await?;
    Ok(pages.into_iter().flat_map(|page| page.users.unwrap_or_default()).collect())
}

/// `None` means it is gone, or nobody has a mailbox in it.
fn finding(organization: &OrganizationSummary, users: Option<&[User]>) -> Option<Listed> {
    let billing = billing(organization.state())?;
    let sku = Sku::new("AmazonWorkMail").with("item", "user").with("unit", "month");
    let charge = match users.map(|users| users.iter().filter(|it| bills(it)).count()) {
        Some(0) => return None,
        Some(count) => Charge::each_month("user", sku, count),
        None => Charge::metered("users", sku, Unit::Month),
    };
    let id = organization.organization_id().unwrap_or_default();
    let found = Listed { billing, ..Listed::new(id) }.named(organization.alias.clone()).charge(charge);
    // Its directory may be older than it, and serve others.
    let command = "workmail delete-organization --no-delete-directory --force-delete --organization-id";
    Some(found.note(Note::new("delete-only")).can(Verb::Delete, Command::aws(command).arg(id)))
}

/// Rooms, equipment and `WorkMail`'s own users have mailboxes for nothing.
fn bills(user: &User) -> bool {
    let gone = matches!(user.state(), Some(EntityState::Disabled | EntityState::Deleted));
    !gone && !matches!(user.user_role(), Some(UserRole::Resource | UserRole::SystemUser))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(state: &str, role: &str) -> User {
        User::builder().state(state.into()).user_role(role.into()).build()
    }

    #[test]
    fn those_with_a_mailbox_bill() {
        let states = ["ENABLED", "DISABLED", "DELETED", "DREAMING"].map(|state| bills(&user(state, "USER")));
        assert_eq!(states, [true, false, false, true]);
        let roles = ["USER", "REMOTE_USER", "RESOURCE", "SYSTEM_USER", "NEW"].map(|role| bills(&user("ENABLED", role)));
        assert_eq!(roles, [true, true, false, false, true]);
        assert!(bills(&User::builder().build()));
    }

    #[test]
    fn an_organisation_bills_for_its_users() {
        let organization = |state: &str| OrganizationSummary::builder().state(state).build();
        let count = |users: Option<&[User]>| finding(&organization("Active"), users).map(|it| it.charges[0].quantity);
        assert_eq!(count(Some(&[user("ENABLED", "USER"), user("DISABLED", "USER")])), Some(Some(1.into())));
        assert_eq!((count(Some(&[])), count(None)), (None, Some(None)));
        assert_eq!(finding(&organization("Deleted"), None), None);
    }
}
