//! The IAM policy that the budget action attaches, and the role that attaches it. Both have the path `/guardrail/` and the tag.

use std::collections::BTreeMap;

use futures::join;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::budget_action_policy::{decoded, denies, may, statements, trusts};
use super::safeguard::TAG;
use crate::aws::Cx;
use crate::aws::api::{Asks, Nothing, Operation};
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{AccountId, Note};

pub const ROLE: &str = "guardrail-budget-action";
const POLICY: &str = "guardrail-deny-costly-starts";
const PATH: &str = "/guardrail/";
const GONE: &[&str] = &["NoSuchEntity"];
const THERE_ALREADY: &str = "EntityAlreadyExists";
/// It is attached to something else, or has other policies.
const IN_USE: &str = "DeleteConflict";

pub(super) static ASKS: &[&dyn Asks] = &[
    &POLICY_READ,
    &POLICY_VERSION,
    &POLICY_CREATE,
    &POLICY_VERSION_CREATE,
    &POLICY_TAG,
    &POLICY_VERSIONS,
    &POLICY_VERSION_DELETE,
    &POLICY_DELETE,
    &ENTITIES,
    &USER_DETACH,
    &GROUP_DETACH,
    &ROLE_DETACH,
    &ROLE_READ,
    &ROLE_POLICY,
    &ROLE_CREATE,
    &ROLE_TRUST,
    &ROLE_POLICY_PUT,
    &ROLE_TAG,
    &ROLE_POLICY_DELETE,
    &ROLE_DELETE,
];

const POLICY_READ: Operation<PolicyAnswer> = Operation::new("iam:GetPolicy");
const POLICY_VERSION: Operation<Version> = Operation::new("iam:GetPolicyVersion").at("PolicyVersion");
const POLICY_CREATE: Operation<Nothing> = Operation::new("iam:CreatePolicy");
const POLICY_VERSION_CREATE: Operation<Nothing> = Operation::new("iam:CreatePolicyVersion");
const POLICY_TAG: Operation<Nothing> = Operation::new("iam:TagPolicy");
const POLICY_VERSIONS: Operation<ListedVersion> = Operation::new("iam:ListPolicyVersions").at("Versions");
const POLICY_VERSION_DELETE: Operation<Nothing> = Operation::new("iam:DeletePolicyVersion");
const POLICY_DELETE: Operation<Nothing> = Operation::new("iam:DeletePolicy");
const ENTITIES: Operation<Entities> = Operation::new("iam:ListEntitiesForPolicy");
const USER_DETACH: Operation<Nothing> = Operation::new("iam:DetachUserPolicy");
const GROUP_DETACH: Operation<Nothing> = Operation::new("iam:DetachGroupPolicy");
const ROLE_DETACH: Operation<Nothing> = Operation::new("iam:DetachRolePolicy");
const ROLE_READ: Operation<RoleAnswer> = Operation::new("iam:GetRole");
const ROLE_POLICY: Operation<RolePolicy> = Operation::new("iam:GetRolePolicy");
const ROLE_CREATE: Operation<Nothing> = Operation::new("iam:CreateRole");
const ROLE_TRUST: Operation<Nothing> = Operation::new("iam:UpdateAssumeRolePolicy");
const ROLE_POLICY_PUT: Operation<Nothing> = Operation::new("iam:PutRolePolicy");
const ROLE_TAG: Operation<Nothing> = Operation::new("iam:TagRole");
const ROLE_POLICY_DELETE: Operation<Nothing> = Operation::new("iam:DeleteRolePolicy");
const ROLE_DELETE: Operation<Nothing> = Operation::new("iam:DeleteRole");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct PolicyAnswer {
    policy: Option<IamPolicy>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct IamPolicy {
    default_version_id: String,
    tags: Vec<Tag>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Version {
    document: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct ListedVersion {
    version_id: String,
    is_default_version: bool,
}

/// The principals with the policy.
#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Entities {
    policy_users: Vec<User>,
    policy_groups: Vec<Group>,
    policy_roles: Vec<NamedRole>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct User {
    user_name: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Group {
    group_name: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct NamedRole {
    role_name: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct RoleAnswer {
    role: Option<IamRole>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct IamRole {
    arn: String,
    assume_role_policy_document: Option<String>,
    tags: Vec<Tag>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct RolePolicy {
    policy_document: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Tag {
    key: String,
    value: String,
}

type Statements = BTreeMap<String, Value>;

/// The policy that denies costly starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Policy {
    denies: Statements,
    pub(super) managed_by: Option<String>,
}

/// The role that AWS Budgets assumes to attach it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Role {
    trusts: Statements,
    may: Statements,
    pub(super) managed_by: Option<String>,
}

/// The policy's ARN, known before it exists.
pub(super) fn policy_arn(account: &AccountId) -> String {
    format!("arn:aws:iam::{account}:policy{PATH}{POLICY}")
}

impl Policy {
    pub(super) fn wanted() -> Self {
        Self { denies: statements(&denies()), managed_by: Some(TAG.1.to_owned()) }
    }

    pub(super) async fn read(cx: &Cx) -> Result<Option<Self>> {
        let arn = policy_arn(&cx.place.account);
        let answer = cx.ask(&POLICY_READ).with("PolicyArn", arn.as_str()).one().await;
        let Some(policy) = found(answer, GONE)?.and_then(|it| it.policy) else { return Ok(None) };
        let version = cx.ask(&POLICY_VERSION).with("PolicyArn", arn).with("VersionId", policy.default_version_id);
        let document = found(version.one().await, GONE)?.and_then(|version| version.document);
        let managed_by = tagged(&policy.tags);
        Ok(Some(Self { denies: document.map(|text| statements(&decoded(&text))).unwrap_or_default(), managed_by }))
    }

    /// Creates the policy, or updates `there`.
    pub(super) async fn apply(cx: &Cx, there: Option<&Self>) -> Result<()> {
        let arn = policy_arn(&cx.place.account);
        let Some(there) = there else {
            let new = cx.ask(&POLICY_CREATE).with("PolicyName", POLICY).with("Path", PATH).with("Tags", tags());
            let new = new.with("PolicyDocument", denies().to_string());
            let what = "Attached by AWS Budgets when the month's limit is used up, made by guardrail";
            return match new.with("Description", what).one().await {
                // Another run created it at the same time; a policy of that name on another path is not ours.
                Err(error) if error.says(THERE_ALREADY, "") && Self::read(cx).await?.is_some() => Ok(()),
                answer => answer.map(|Nothing {}| ()),
            };
        };
        let want = Self::wanted();
        if there.denies != want.denies {
            // AWS keeps at most five versions.
            Self::delete_old_versions(cx, &arn).await?;
            let version = cx.ask(&POLICY_VERSION_CREATE).with("PolicyArn", arn.as_str()).with("SetAsDefault", true);
            version.with("PolicyDocument", denies().to_string()).one().await?;
        }
        if there.managed_by != want.managed_by {
            cx.ask(&POLICY_TAG).with("PolicyArn", arn).with("Tags", tags()).one().await?;
        }
        Ok(())
    }

    pub(super) async fn remove(self, cx: &Cx) -> Result<Option<Note>> {
        let arn = policy_arn(&cx.place.account);
        let arn = arn.as_str();
        if self.managed_by.as_deref() != Some(TAG.1) {
            return Ok(Some(Note::with("not-ours", POLICY)));
        }
        let pages = cx.ask(&ENTITIES).with("PolicyArn", arn).pages().await?;
        for user in pages.iter().flat_map(|page| &page.policy_users) {
            let detach = cx.ask(&USER_DETACH).with("UserName", user.user_name.as_str());
            found(detach.with("PolicyArn", arn).one().await, GONE)?;
        }
        for group in pages.iter().flat_map(|page| &page.policy_groups) {
            let detach = cx.ask(&GROUP_DETACH).with("GroupName", group.group_name.as_str());
            found(detach.with("PolicyArn", arn).one().await, GONE)?;
        }
        for role in pages.iter().flat_map(|page| &page.policy_roles) {
            let detach = cx.ask(&ROLE_DETACH).with("RoleName", role.role_name.as_str());
            found(detach.with("PolicyArn", arn).one().await, GONE)?;
        }
        Self::delete_old_versions(cx, arn).await?;
        deleted(cx.ask(&POLICY_DELETE).with("PolicyArn", arn).one().await, POLICY)
    }

    async fn delete_old_versions(cx: &Cx, arn: &str) -> Result<()> {
        let versions = cx.ask(&POLICY_VERSIONS).with("PolicyArn", arn).all().await?;
        for old in versions.into_iter().filter(|version| !version.is_default_version) {
            let delete = cx.ask(&POLICY_VERSION_DELETE).with("PolicyArn", arn).with("VersionId", old.version_id);
            found(delete.one().await, GONE)?;
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

    /// The role and its ARN.
    pub(super) async fn read(cx: &Cx) -> Result<Option<(Self, String)>> {
        let role = async { found(cx.ask(&ROLE_READ).with("RoleName", ROLE).one().await, GONE) };
        let inline = cx.ask(&ROLE_POLICY).with("RoleName", ROLE).with("PolicyName", ROLE);
        let inline = async { found(inline.one().await, GONE) };
        let (role, inline) = join!(role, inline);
        let (role, inline) = (role?, inline?);
        let Some(role) = role.and_then(|it| it.role) else { return Ok(None) };
        let trusts = role.assume_role_policy_document.map(|text| statements(&decoded(&text))).unwrap_or_default();
        let may = inline.map(|it| statements(&decoded(&it.policy_document))).unwrap_or_default();
        let managed_by = tagged(&role.tags);
        Ok(Some((Self { trusts, may, managed_by }, role.arn)))
    }

    /// Creates or updates the role. Returns whether the change may not be visible to AWS Budgets yet.
    pub(super) async fn apply(cx: &Cx, there: Option<&Self>) -> Result<bool> {
        let account = &cx.place.account;
        let want = Self::wanted(account);
        let trust = trusts(account).to_string();
        if there.is_none() {
            let new = cx.ask(&ROLE_CREATE).with("RoleName", ROLE).with("Path", PATH).with("Tags", tags());
            let new = new.with("AssumeRolePolicyDocument", trust.as_str());
            let what = "In which AWS Budgets attaches the policy of the budget action, made by guardrail";
            found(new.with("Description", what).one().await, &[THERE_ALREADY])?;
        }
        let differs = there.is_some_and(|there| there.trusts != want.trusts);
        if differs {
            cx.ask(&ROLE_TRUST).with("RoleName", ROLE).with("PolicyDocument", trust).one().await?;
        }
        let cannot = there.is_none_or(|there| there.may != want.may);
        if cannot {
            let put = cx.ask(&ROLE_POLICY_PUT).with("RoleName", ROLE).with("PolicyName", ROLE);
            put.with("PolicyDocument", may(&policy_arn(account)).to_string()).one().await?;
        }
        if there.is_some_and(|there| there.managed_by != want.managed_by) {
            cx.ask(&ROLE_TAG).with("RoleName", ROLE).with("Tags", tags()).one().await?;
        }
        Ok(differs || cannot)
    }

    pub(super) async fn remove(self, cx: &Cx) -> Result<Option<Note>> {
        if self.managed_by.as_deref() != Some(TAG.1) {
            return Ok(Some(Note::with("not-ours", ROLE)));
        }
        let inline = cx.ask(&ROLE_POLICY_DELETE).with("RoleName", ROLE).with("PolicyName", ROLE);
        found(inline.one().await, GONE)?;
        deleted(cx.ask(&ROLE_DELETE).with("RoleName", ROLE).one().await, ROLE)
    }
}

/// The note about an object that is still in use elsewhere.
fn deleted(answer: Result<Nothing>, what: &str) -> Result<Option<Note>> {
    match answer {
        Err(error) if error.says(IN_USE, "") => Ok(Some(Note::with("kept-in-use", what))),
        answer => found(answer, GONE).map(|_| None),
    }
}

fn tags() -> Value {
    json!([{ "Key": TAG.0, "Value": TAG.1 }])
}

fn tagged(tags: &[Tag]) -> Option<String> {
    tags.iter().find(|tag| tag.key == TAG.0).map(|tag| tag.value.clone())
}
