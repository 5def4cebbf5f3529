//! The IAM policy that the budget action attaches, and the role that attaches it. Both have the path `/guardrail/` and the tag.

use std::collections::BTreeMap;

use aws_sdk_iam::Client;
use aws_sdk_iam::types::Tag;
use futures::try_join;
use serde::Serialize;
use serde_json::Value;

use super::budget_action_policy::{decoded, denies, may, statements, trusts};
use super::safeguard::TAG;
use crate::aws::Cx;
use crate::aws::fault::{found, is_code};
use crate::error::Result;
use crate::model::{AccountId, Note};

pub const ROLE: &str = "guardrail-budget-action";
const POLICY: &str = "guardrail-deny-costly-starts";
const PATH: &str = "/guardrail/";
const GONE: &[&str] = &["NoSuchEntity"];
const THERE_ALREADY: &[&str] = &["EntityAlreadyExists"];
/// Something else is attached to it.
const IN_USE: &[&str] = &["DeleteConflict"];

type Statements = BTreeMap<String, Value>;

/// The policy that denies costly starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Policy {
    denies: Statements,
    pub(super) managed_by: Option<String>,
}

/// The role in which AWS Budgets attaches it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Role {
    trusts: Statements,
    may: Statements,
    pub(super) managed_by: Option<String>,
}

/// The policy's address, known before it exists.
pub(super) fn policy_arn(account: &AccountId) -> String {
    format!("arn:aws:iam::{account}:policy{PATH}{POLICY}")
}

impl Policy {
    pub(super) fn wanted() -> Self {
        Self { denies: statements(&denies()), managed_by: Some(TAG.1.to_owned()) }
    }

    pub(super) async fn read(cx: &Cx) -> Result<Option<Self>> {
        let (iam, arn) = (Client::new(&cx.sdk), policy_arn(&cx.place.account));
        let Some(policy) = found(iam.get_policy().policy_arn(&arn).send().await, GONE)?.and_then(|it| it.policy) else {
            return Ok(None);
        };
        let version = policy.default_version_id().unwrap_or_default();
        let version = found(iam.get_policy_version().policy_arn(&arn).version_id(version).send().await, GONE)?;
        let document = version.and_then(|it| it.policy_version?.document);
        let managed_by = tagged(policy.tags());
        Ok(Some(Self { denies: document.map(|text| statements(&decoded(&text))).unwrap_or_default(), managed_by }))
    }

    /// Creates the policy, or updates `there`.
    pub(super) async fn apply(cx: &Cx, there: Option<&Self>) -> Result<()> {
        let (iam, arn) = (Client::new(&cx.sdk), policy_arn(&cx.place.account));
        let Some(there) = there else {
            let new = iam.create_policy().policy_name(POLICY).path(PATH).policy_document(denies().to_string());
            let new = new.description("Attached by AWS Budgets when the month's limit is used up, made by guardrail");
            return match new.tags(tag()?).send().await {
                // Another run created it at the same time; a policy of that name on another path is not ours.
                Err(error) if is_code(&error, THERE_ALREADY) && Self::read(cx).await?.is_some() => Ok(()),
                answer => Ok(answer.map(drop)?),
            };
        };
        let want = Self::wanted();
        if there.denies != want.denies {
            // Five versions are all that AWS keeps.
            Self::delete_old_versions(&iam, &arn).await?;
            let version = iam.create_policy_version().policy_arn(&arn).set_as_default(true);
            version.policy_document(denies().to_string()).send().await?;
        }
        if there.managed_by != want.managed_by {
            iam.tag_policy().policy_arn(&arn).tags(tag()?).send().await?;
        }
        Ok(())
    }

    pub(super) async fn remove(self, cx: &Cx) -> Result<Option<Note>> {
        let (iam, arn) = (Client::new(&cx.sdk), policy_arn(&cx.place.account));
        if self.managed_by.as_deref() != Some(TAG.1) {
            return Ok(Some(Note::with("not-ours", POLICY)));
        }
        let mut pages = iam.list_entities_for_policy().policy_arn(&arn).into_paginator().send();
        let (mut users, mut groups, mut roles) = (Vec::new(), Vec::new(), Vec::new());
        while let Some(page) = pages.next().await {
            let page = page?;
            users.extend(page.policy_users.unwrap_or_default().into_iter().filter_map(|it| it.user_name));
            groups.extend(page.policy_groups.unwrap_or_default().into_iter().filter_map(|it| it.group_name));
            roles.extend(page.policy_roles.unwrap_or_default().into_iter().filter_map(|it| it.role_name));
        }
        for user in users {
            found(iam.detach_user_policy().user_name(user).policy_arn(&arn).send().await, GONE)?;
        }
        for group in groups {
            found(iam.detach_group_policy().group_name(group).policy_arn(&arn).send().await, GONE)?;
        }
        for role in roles {
            found(iam.detach_role_policy().role_name(role).policy_arn(&arn).send().await, GONE)?;
        }
        Self::delete_old_versions(&iam, &arn).await?;
        match iam.delete_policy().policy_arn(&arn).send().await {
            Err(error) if is_code(&error, IN_USE) => Ok(Some(Note::with("kept-in-use", POLICY))),
            answer => found(answer, GONE).map(|_| None),
        }
    }

    async fn delete_old_versions(iam: &Client, arn: &str) -> Result<()> {
        let versions = iam.list_policy_versions().policy_arn(arn).into_paginator().items().send();
        let versions = versions.try_collect().await?;
        for old in versions.into_iter().filter(|version| !version.is_default_version) {
            let version = old.version_id.unwrap_or_default();
            found(iam.delete_policy_version().policy_arn(arn).version_id(version).send().await, GONE)?;
        }
        Ok(())
    }
}

impl Role {
    pub(super) fn wanted(account: &AccountId) -> Self {
        Self {
            trusts: statements(&trusts(account)),
            may: statements(&may(&policy_arn(account))),
            managed_by: Some(TAG.1.to_owned()),
        }
    }

    /// The role and its address.
    pub(super) async fn read(cx: &Cx) -> Result<Option<(Self, String)>> {
        let iam = Client::new(&cx.sdk);
        let role = async { found(iam.get_role().role_name(ROLE).send().await, GONE) };
        let inline = async { found(iam.get_role_policy().role_name(ROLE).policy_name(ROLE).send().await, GONE) };
        let (role, inline) = try_join!(role, inline)?;
        let Some(role) = role.and_then(|it| it.role) else { return Ok(None) };
        let trusts = role.assume_role_policy_document().map(|text| statements(&decoded(text))).unwrap_or_default();
        let may = inline.map(|it| statements(&decoded(it.policy_document()))).unwrap_or_default();
        let managed_by = tagged(role.tags());
        Ok(Some((Self { trusts, may, managed_by }, role.arn)))
    }

    /// Creates or updates the role. Returns whether AWS Budgets may not see the change yet.
    pub(super) async fn apply(cx: &Cx, there: Option<&Self>) -> Result<bool> {
        let (iam, account) = (Client::new(&cx.sdk), &cx.place.account);
        let want = Self::wanted(account);
        let trust = trusts(account).to_string();
        if there.is_none() {
            let new = iam.create_role().role_name(ROLE).path(PATH).assume_role_policy_document(&trust);
            let new =
                new.description("In which AWS Budgets attaches the policy of the budget action, made by guardrail");
            found(new.tags(tag()?).send().await, THERE_ALREADY)?;
        }
        let differs = there.is_some_and(|there| there.trusts != want.trusts);
        if differs {
            iam.update_assume_role_policy().role_name(ROLE).policy_document(trust).send().await?;
        }
        let cannot = there.is_none_or(|there| there.may != want.may);
        if cannot {
            let document = may(&policy_arn(account)).to_string();
            iam.put_role_policy().role_name(ROLE).policy_name(ROLE).policy_document(document).send().await?;
        }
        if there.is_some_and(|there| there.managed_by != want.managed_by) {
            iam.tag_role().role_name(ROLE).tags(tag()?).send().await?;
        }
        Ok(differs || cannot)
    }

    pub(super) async fn remove(self, cx: &Cx) -> Result<Option<Note>> {
        let iam = Client::new(&cx.sdk);
        if self.managed_by.as_deref() != Some(TAG.1) {
            return Ok(Some(Note::with("not-ours", ROLE)));
        }
        found(iam.delete_role_policy().role_name(ROLE).policy_name(ROLE).send().await, GONE)?;
        match iam.delete_role().role_name(ROLE).send().await {
            Err(error) if is_code(&error, IN_USE) => Ok(Some(Note::with("kept-in-use", ROLE))),
            answer => found(answer, GONE).map(|_| None),
        }
    }
}

fn tag() -> Result<Tag> {
    Ok(Tag::builder().key(TAG.0).value(TAG.1).build()?)
}

fn tagged(tags: &[Tag]) -> Option<String> {
    tags.iter().find(|tag| tag.key() == TAG.0).map(|tag| tag.value().to_owned())
}
