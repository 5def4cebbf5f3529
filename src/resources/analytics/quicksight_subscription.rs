//! A QuickSight subscription bills for each of its users every month. It lives in one region, the account's identity region.

use std::collections::BTreeSet;

use aws_sdk_quicksight::Client;
use aws_sdk_quicksight::types::{AccountInfo, Edition, User};
use futures::FutureExt;

use super::quicksight_charges::{charges, some_users};
use crate::aws::Cx;
use crate::aws::fault::found;
use crate::error::{Error, Result};
use crate::model::{Command, Listed, Note, Region, Scope, Verb, words};
use crate::resources::details::about_each;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "quicksight-subscription",
    names: words("QuickSight subscription", "QuickSight サブスクリプション"),
    bills: words("per user and month until it is ended", "解約するまでユーザーごとに月ごと"),
    scope: Scope::Global,
    endpoint: "quicksight",
    small: false,
    billed_as: &["AmazonQuickSight"],
    reads: &["quicksight:DescribeAccountSubscription", "quicksight:ListNamespaces", "quicksight:ListUsers"],
    writes: &["quicksight:UpdateAccountSettings", "quicksight:DeleteAccountSubscription"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let mut region = cx.place.region.clone();
    let mut answer = subscription(cx, &region).await;
    if let Some(named) = answer.as_ref().err().and_then(identity_region) {
        (answer, region) = (subscription(cx, &named).await, named);
    }
    let Some(account) = answer?.filter(is_subscribed) else { return Ok(Listing::default()) };
    let (users, faults) = users(cx, &region, account.edition()).await;
    let mut found = finding(&account, &users, cx.place.account.as_str());
    if !faults.is_empty() && !users.is_empty() {
        found = found.charge(some_users());
    }
    Ok(Listing { findings: vec![Listed { region: Some(region), ..found }], faults, ..Listing::default() })
}

fn client(cx: &Cx, region: &Region) -> Client {
    Client::new(&Cx::new(&cx.place.account, region, &cx.sdk).sdk)
}

async fn subscription(cx: &Cx, region: &Region) -> Result<Option<AccountInfo>> {
    let asked = client(cx, region).describe_account_subscription().aws_account_id(cx.place.account.as_str());
    let answer = found(asked.send().await, &["ResourceNotFoundException"])?;
    Ok(answer.and_then(|answer| answer.account_info))
}

/// Those of every namespace; the Standard edition has one alone.
async fn users(cx: &Cx, region: &Region, edition: Option<&Edition>) -> (Vec<User>, Vec<Error>) {
    let (client, account) = (client(cx, region), cx.place.account.as_str());
    let (mut names, mut faults) = (BTreeSet::from(["default".to_owned()]), Vec::new());
    if edition != Some(&Edition::Standard) {
        let others = client.list_namespaces().aws_account_id(account).max_results(100).into_paginator().items().send();
        match others.try_collect().await {
            Ok(others) => names.extend(others.into_iter().filter_map(|it| it.name)),
            Err(error) => faults.push(error.into()),
        }
    }
    let ask = |name: &String| {
        let asked = client.list_users().aws_account_id(account).namespace(name).max_results(100);
        asked.into_paginator().items().send().try_collect()
    };
    let (told, failed) = about_each(names.into_iter().collect(), ask).await;
    faults.extend(failed);
    (told.into_iter().filter_map(|(_, users)| users).flatten().collect(), faults)
}

/// `Operation is being called from endpoint us-east-1, but your identity region is eu-west-1. Please use the …`
fn identity_region(error: &Error) -> Option<Region> {
    let (_, rest) = error.detail.as_deref()?.split_once("identity region is ")?;
    let name = rest.split(|letter: char| letter != '-' && !letter.is_ascii_alphanumeric()).next()?;
    Region::is_well_formed(name).then(|| Region::new(name))
}

fn is_subscribed(account: &AccountInfo) -> bool {
    !account.account_subscription_status().is_some_and(|status| status.eq_ignore_ascii_case("UNSUBSCRIBED"))
}

fn finding(account: &AccountInfo, users: &[User], id: &str) -> Listed {
    let unprotect = "--default-namespace default --no-termination-protection-enabled";
    let unprotect = Command::aws("quicksight update-account-settings --aws-account-id").arg(id).words(unprotect);
    let command = unprotect.then(Command::aws("quicksight delete-account-subscription --aws-account-id").arg(id));
    let found = Listed { charges: charges(account, users), ..Listed::new(account.account_name().unwrap_or(id)) };
    found.note(Note::new("delete-only")).note(Note::new("usage-extra")).can(Verb::Delete, command)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;

    #[test]
    fn an_error_names_the_right_region() {
        let named = |detail: &str| identity_region(&Error::failed(Text::new("error-denied")).detail(detail));
        let said = "AccessDeniedException: Operation is being called from endpoint us-east-1, but your identity region is eu-west-1. Please use the eu-west-1 endpoint.";
        assert_eq!(named(said), Some(Region::new("eu-west-1")));
        assert_eq!(named("AccessDeniedException: User is not authorized"), None);
        assert_eq!(named("your identity region is evil.example.com/"), None);
    }

    #[test]
    fn only_what_has_ended_is_free() {
        let is = |status: &str| is_subscribed(&AccountInfo::builder().account_subscription_status(status).build());
        assert_eq!(["ACCOUNT_CREATED", "DREAMING", "unsubscribed"].map(is), [true, true, false]);
        assert!(is_subscribed(&AccountInfo::builder().build()));
    }
}
