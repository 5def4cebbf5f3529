//! A QuickSight subscription is charged for each user every month. It exists in one region, the account's identity region.

use std::collections::BTreeSet;

use futures::FutureExt;
use serde::Deserialize;

use super::quicksight_charges::{Edition, User, charges, some_users};
use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::aws::fault::found;
use crate::error::{Error, Result};
use crate::model::{Command, Listed, Loss, Note, Region, Scope, Takes, Verb, words};
use crate::resources::details::about_each;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "quicksight-subscription",
    names: words("QuickSight subscription", "QuickSight サブスクリプション"),
    bills: words("per user and month until it is ended", "解約するまでユーザーごとに月ごと"),
    scope: Scope::Global,
    small: false,
    billed_as: &["AmazonQuickSight"],
    asks: &[&SUBSCRIPTION, &NAMESPACES, &USERS],
    writes: &["quicksight:UpdateAccountSettings", "quicksight:DeleteAccountSubscription"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const SUBSCRIPTION: Operation<Subscription> = Operation::new("quicksight:DescribeAccountSubscription");
const NAMESPACES: Operation<Namespace> = Operation::new("quicksight:ListNamespaces").at("Namespaces");
const USERS: Operation<User> = Operation::new("quicksight:ListUsers").at("UserList");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Subscription {
    account_info: Option<Account>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Account {
    account_name: Option<String>,
    edition: Option<Edition>,
    account_subscription_status: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Namespace {
    name: Option<String>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let mut there = cx.clone();
    let mut answer = subscription(&there).await;
    if let Some(named) = answer.as_ref().err().and_then(identity_region) {
        there = cx.at(&named);
        answer = subscription(&there).await;
    }
    let Some(account) = answer?.filter(is_subscribed) else { return Ok(Listing::default()) };
    let (users, faults) = users(&there, account.edition.as_ref()).await;
    let mut found = finding(&account, &users, cx.place.account.as_str());
    if !faults.is_empty() && !users.is_empty() {
        found = found.charge(some_users());
    }
    let region = Some(there.place.region).filter(|region| *region != cx.place.region);
    Ok(Listing { findings: vec![Listed { region, ..found }], faults, ..Listing::default() })
}

async fn subscription(cx: &Cx) -> Result<Option<Account>> {
    let answer = cx.ask(&SUBSCRIPTION).with("AwsAccountId", cx.place.account.as_str()).one().await;
    Ok(found(answer, &["ResourceNotFoundException"])?.and_then(|answer| answer.account_info))
}

/// The users of all namespaces; the Standard edition has only one.
async fn users(cx: &Cx, edition: Option<&Edition>) -> (Vec<User>, Vec<Error>) {
    let account = cx.place.account.as_str();
    let (mut names, mut faults) = (BTreeSet::from(["default".to_owned()]), Vec::new());
    if edition != Some(&Edition::Standard) {
        match cx.ask(&NAMESPACES).with("AwsAccountId", account).all().await {
            Ok(others) => names.extend(others.into_iter().filter_map(|it| it.name)),
            Err(error) => faults.push(error),
        }
    }
    let ask = |name: &String| cx.ask(&USERS).with("AwsAccountId", account).with("Namespace", name.as_str()).all();
    let (answers, failed) = about_each(names.into_iter().collect(), ask).await;
    faults.extend(failed);
    (answers.into_iter().filter_map(|(_, users)| users).flatten().collect(), faults)
}

/// `Operation is being called from endpoint us-east-1, but your identity region is eu-west-1. Please use the …`
fn identity_region(error: &Error) -> Option<Region> {
    let (_, rest) = error.detail.as_deref()?.split_once("identity region is ")?;
    let name = rest.split(|letter: char| letter != '-' && !letter.is_ascii_alphanumeric()).next()?;
    Region::is_well_formed(name).then(|| Region::new(name))
}

fn is_subscribed(account: &Account) -> bool {
    !account.account_subscription_status.as_deref().is_some_and(|status| status.eq_ignore_ascii_case("UNSUBSCRIBED"))
}

fn finding(account: &Account, users: &[User], id: &str) -> Listed {
    let unprotect = "--default-namespace default --no-termination-protection-enabled";
    let unprotect = Command::aws("quicksight update-account-settings --aws-account-id").arg(id).words(unprotect);
    let command = unprotect.then(Command::aws("quicksight delete-account-subscription --aws-account-id").arg(id));
    let found = Listed {
        charges: charges(account.edition.as_ref(), users),
        ..Listed::new(account.account_name.as_deref().unwrap_or(id))
    };
    found
        .note(Note::new("delete-only"))
        .note(Note::new("usage-extra"))
        .loses(Loss::Data)
        .deleted_in(Takes::UpToAnHour)
        .can(Verb::Delete, command)
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
    fn only_an_ended_one_is_free() {
        let is = |status: &str| {
            is_subscribed(&Account { account_subscription_status: Some(status.into()), ..Account::default() })
        };
        assert_eq!(["ACCOUNT_CREATED", "FUTURE", "unsubscribed"].map(is), [true, true, false]);
        assert!(is_subscribed(&Account::default()));
    }
}
