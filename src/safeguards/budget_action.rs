//! The budget action: when the monthly limit is used up, AWS Budgets attaches a policy that denies starting costly resources.
//!
//! It belongs to the monthly budget and is recognised by its policy (fact sheet, section 2.4).

use std::collections::BTreeSet;

use aws_sdk_budgets::Client;
use aws_sdk_budgets::types::{
    Action, ActionStatus, ActionThreshold, ActionType, ApprovalModel, Definition, NotificationType, Subscriber,
    ThresholdType,
};
use futures::future::try_join_all;
use futures::join;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use serde::Serialize;

use super::budget::{self, recipients, subscribers};
use super::budget_action_role::{Policy, ROLE, Role, policy_arn};
use super::budget_action_target::{caller, definition, held, last, targets};
use super::inputs::Inputs;
use super::monthly_budget::{self, MonthlyBudget};
use super::safeguard::{Logs, Needs, Object, Observed, Safeguard, TAG};
use crate::aws::Cx;
use crate::aws::fault::{found, is_code};
use crate::aws::patience::retry_until_visible;
use crate::error::{Error, Result};
use crate::model::report::{Proof, Status};
use crate::model::{Note, Usd, Words, words};
use crate::profile::Approval;

const BUDGET: &str = monthly_budget::NAME;
const GONE: &[&str] = &["NotFoundException"];
const THERE_ALREADY: &[&str] = &["DuplicateRecordException"];
/// The answers of AWS Budgets while it cannot assume a newly created role.
const NOT_YET: &[&str] = &["AccessDeniedException", "InvalidParameterException"];
/// The caller of `init`, if the profile names no target.
const CALLER: &str = "caller";

pub(super) struct BudgetAction;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct State {
    policy: Option<Policy>,
    role: Option<Role>,
    /// The number of the budget's actions that attach our policy.
    actions: usize,
    action: Option<Settings>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Settings {
    at: String,
    approval: String,
    /// As `user hana`, `role Trainee`.
    targets: BTreeSet<String>,
    /// The wanted recipients that it has. Additional ones are ignored.
    recipients: BTreeSet<String>,
    role: String,
    managed_by: Option<String>,
}

impl Settings {
    fn wanted(inputs: &Inputs) -> Self {
        let action = &inputs.goal.profile.budgets.action;
        let caller = action.names_no_target().then(|| CALLER.to_owned());
        Self {
            at: "actual 100 %".to_owned(),
            approval: approval(inputs).as_str().to_lowercase(),
            targets: targets(&action.users, &action.groups, &action.roles).chain(caller).collect(),
            recipients: recipients(inputs),
            role: ROLE.to_owned(),
            managed_by: Some(TAG.1.to_owned()),
        }
    }
}

impl Safeguard for BudgetAction {
    const ID: &'static str = "budget-action";
    const NAMES: Words = words("Budget action", "予算アクション");
    const READS: &'static [&'static str] = &[
        "budgets:DescribeBudgetActionsForBudget",
        "budgets:ListTagsForResource",
        "iam:GetPolicy",
        "iam:GetPolicyVersion",
        "iam:GetRole",
        "iam:GetRolePolicy",
    ];
    const WRITES: &'static [&'static str] = &[
        "budgets:CreateBudgetAction",
        "budgets:DeleteBudgetAction",
        "budgets:TagResource",
        "budgets:UpdateBudgetAction",
        "iam:CreatePolicy",
        "iam:CreatePolicyVersion",
        "iam:CreateRole",
        "iam:DeletePolicyVersion",
        "iam:ListPolicyVersions",
        "iam:PassRole",
        "iam:PutRolePolicy",
        "iam:TagPolicy",
        "iam:TagRole",
        "iam:UpdateAssumeRolePolicy",
    ];
    const REMOVES: &'static [&'static str] = &[
        "budgets:DeleteBudgetAction",
        "iam:DeletePolicy",
        "iam:DeletePolicyVersion",
        "iam:DeleteRole",
        "iam:DeleteRolePolicy",
        "iam:DetachGroupPolicy",
        "iam:DetachRolePolicy",
        "iam:DetachUserPolicy",
        "iam:ListEntitiesForPolicy",
        "iam:ListPolicyVersions",
    ];
    const NEEDS: Needs = Needs::Anywhere(<MonthlyBudget as Safeguard>::ID);
    type State = State;

    /// `None` also without the monthly budget, to which an action belongs.
    fn desired(inputs: &Inputs) -> Option<State> {
        let budgets = &inputs.goal.profile.budgets;
        (budgets.action.enabled && budgets.monthly.enabled).then(|| State {
            policy: Some(Policy::wanted()),
            role: Some(Role::wanted(&inputs.account)),
            actions: 1,
            action: Some(Settings::wanted(inputs)),
        })
    }

    fn objects(state: &State) -> Vec<Object> {
        let policy = state.policy.iter().map(|it| Object::new("policy", it.managed_by.as_ref()));
        let role = state.role.iter().map(|it| Object::new("role", it.managed_by.as_ref()));
        let action = state.action.iter().map(|it| Object::new("action", it.managed_by.as_ref()));
        policy.chain(role).chain(action).collect()
    }

    fn headline(_state: &State) -> Vec<String> {
        ["action.approval", "action.targets"].map(str::to_owned).into()
    }

    fn cost(inputs: &Inputs) -> (Usd, Vec<Note>) {
        let caller = inputs.goal.profile.budgets.action.names_no_target().then(|| Note::new("action-caller"));
        (Usd::ZERO, [Note::new("action-cost")].into_iter().chain(caller).collect())
    }

    async fn observed(cx: &Cx, inputs: &Inputs) -> Result<Observed<State>> {
        let there = Current::read(cx).await?;
        if !there.is_nothing() {
            return Ok(Observed::Own(there.state(inputs)));
        }
        let anybody = inputs.goal.profile.budgets.action.names_no_target() && Self::desired(inputs).is_some();
        if anybody && caller(cx).await?.is_none() {
            return Ok(Observed::Impossible(Note::new("action-no-target")));
        }
        Ok(Observed::Missing)
    }

    async fn apply(cx: &Cx, inputs: &Inputs) -> Result<()> {
        let there = Current::read(cx).await?;
        let first = there.actions.first();
        let definition = definition(cx, inputs, first.map(|seen| &seen.action)).await?;
        Policy::apply(cx, there.policy.as_ref()).await?;
        let fresh = Role::apply(cx, there.role.as_ref().map(|(role, _)| role)).await?;
        let role = match there.role {
            Some((_, arn)) => Some(arn),
            None => Role::read(cx).await?.map(|(_, arn)| arn),
        };
        let api =
            ActionApi { inputs, budgets: Client::new(&cx.sdk), role: role.unwrap_or_default(), definition, fresh };
        if let Some(seen) = first {
            api.update(seen).await?;
        } else if actions(cx).await?.is_empty() {
            api.create().await?;
        }
        // Concurrent runs may each have created one: both keep the same one.
        let now = if first.is_some() { there.actions } else { actions(cx).await? };
        for surplus in now.iter().skip(1) {
            delete(cx, &surplus.action).await?;
        }
        Ok(())
    }

    async fn remove(cx: &Cx, _inputs: &Inputs, _logs: Logs) -> Result<Vec<Note>> {
        let there = Current::read(cx).await?;
        for seen in &there.actions {
            delete(cx, &seen.action).await?;
        }
        let mut notes = Vec::new();
        if let Some((role, _)) = there.role {
            notes.extend(role.remove(cx).await?);
        }
        if let Some(policy) = there.policy {
            notes.extend(policy.remove(cx).await?);
        }
        Ok(notes)
    }

    async fn proof(cx: &Cx, _inputs: &Inputs) -> Result<Vec<Proof>> {
        let there = Current::read(cx).await?;
        let link = |seen: &CurrentAction| {
            let status = match seen.action.status() {
                ActionStatus::ExecutionFailure | ActionStatus::ReverseFailure | ActionStatus::ResetFailure => {
                    Status::Broken
                }
                ActionStatus::Standby
                | ActionStatus::Pending
                | ActionStatus::ExecutionInProgress
                | ActionStatus::ExecutionSuccess
                | ActionStatus::ReverseInProgress
                | ActionStatus::ReverseSuccess
                | ActionStatus::ResetInProgress => Status::Ok,
                _ => Status::Unknown,
            };
            Proof::new("action-ready", status).of(BUDGET)
        };
        Ok(there.actions.iter().map(link).collect())
    }
}

/// The current objects of the account.
struct Current {
    policy: Option<Policy>,
    role: Option<(Role, String)>,
    /// The budget's actions that attach our policy, sorted, so that the same one is always used.
    actions: Vec<CurrentAction>,
}

struct CurrentAction {
    action: Action,
    managed_by: Option<String>,
}

impl Current {
    async fn read(cx: &Cx) -> Result<Self> {
        let (policy, role) = join!(Policy::read(cx), Role::read(cx));
        // One by one: of two that fail, a report always names the same.
        let (policy, role) = (policy?, role?);
        // The action is created last and deleted first.
        let none = policy.is_none() && role.is_none();
        let actions = if none { Vec::new() } else { actions(cx).await? };
        Ok(Self { policy, role, actions })
    }

    fn is_nothing(&self) -> bool {
        self.policy.is_none() && self.role.is_none() && self.actions.is_empty()
    }

    fn state(&self, inputs: &Inputs) -> State {
        State {
            policy: self.policy.clone(),
            role: self.role.as_ref().map(|(role, _)| role.clone()),
            actions: self.actions.len(),
            action: self.actions.first().map(|seen| seen.settings(inputs)),
        }
    }
}

impl CurrentAction {
    fn settings(&self, inputs: &Inputs) -> Settings {
        let action = &self.action;
        let held = held(action);
        let of_the_caller = inputs.goal.profile.budgets.action.names_no_target() && !held.is_empty();
        let there: BTreeSet<String> = action.subscribers().iter().map(|it| it.address().to_owned()).collect();
        Settings {
            at: at(action),
            approval: action.approval_model().as_str().to_lowercase(),
            targets: if of_the_caller { BTreeSet::from([CALLER.to_owned()]) } else { held },
            recipients: &there & &recipients(inputs),
            role: last(action.execution_role_arn()).to_owned(),
            managed_by: self.managed_by.clone(),
        }
    }
}

/// The inputs of every request about the action.
struct ActionApi<'a> {
    inputs: &'a Inputs,
    budgets: Client,
    role: String,
    definition: Definition,
    /// Whether the role may not be visible to AWS Budgets yet.
    fresh: bool,
}

impl ActionApi<'_> {
    async fn create(&self) -> Result<()> {
        let request = self.budgets.create_budget_action();
        let request = request
            .account_id(self.inputs.account.as_str())
            .budget_name(BUDGET)
            .notification_type(NotificationType::Actual)
            .action_type(ActionType::Iam)
            .action_threshold(threshold()?)
            .definition(self.definition.clone())
            .execution_role_arn(&self.role)
            .approval_model(approval(self.inputs))
            .set_subscribers(Some(subscribers(&recipients(self.inputs))?))
            .resource_tags(budget::tag()?);
        match retry_until_visible(self.not_yet(), || request.clone().send()).await {
            Err(error) if is_code(&error, THERE_ALREADY) => Ok(()),
            answer => Ok(answer.map(drop)?),
        }
    }

    async fn update(&self, seen: &CurrentAction) -> Result<()> {
        let (have, want) = (seen.settings(self.inputs), Settings::wanted(self.inputs));
        let itself = |settings: &Settings| Settings { managed_by: None, ..settings.clone() };
        if itself(&have) != itself(&want) {
            let request = self.budgets.update_budget_action();
            let request = request
                .account_id(self.inputs.account.as_str())
                .budget_name(BUDGET)
                .action_id(seen.action.action_id())
                .notification_type(NotificationType::Actual)
                .action_threshold(threshold()?)
                .definition(self.definition.clone())
                .execution_role_arn(&self.role)
                .approval_model(approval(self.inputs))
                .set_subscribers(Some(self.subscribers(seen)?));
            retry_until_visible(self.not_yet(), || request.clone().send()).await?;
        }
        if have.managed_by != want.managed_by {
            let arn = arn(self.inputs.account.as_str(), &seen.action);
            self.budgets.tag_resource().resource_arn(arn).resource_tags(budget::tag()?).send().await?;
        }
        Ok(())
    }

    /// The wanted recipients, and those that a person added.
    fn subscribers(&self, seen: &CurrentAction) -> Result<Vec<Subscriber>> {
        let wanted = recipients(self.inputs);
        let added = seen.action.subscribers().iter().filter(|it| !wanted.contains(it.address())).cloned();
        Ok(subscribers(&wanted)?.into_iter().chain(added).collect())
    }

    fn not_yet(&self) -> &'static [&'static str] {
        if self.fresh { NOT_YET } else { &[] }
    }
}

fn approval(inputs: &Inputs) -> ApprovalModel {
    match inputs.goal.profile.budgets.action.approval {
        Approval::Manual => ApprovalModel::Manual,
        Approval::Automatic => ApprovalModel::Auto,
    }
}

fn threshold() -> Result<ActionThreshold> {
    let threshold = ActionThreshold::builder().action_threshold_value(100.0);
    Ok(threshold.action_threshold_type(ThresholdType::Percentage).build()?)
}

/// The trigger of the action: `actual 100 %`.
fn at(action: &Action) -> String {
    let of = action.notification_type().as_str().to_lowercase();
    let Some(threshold) = action.action_threshold() else { return of };
    let value = Decimal::from_f64(threshold.action_threshold_value()).unwrap_or_default().normalize();
    let percent = if *threshold.action_threshold_type() == ThresholdType::Percentage { " %" } else { "" };
    format!("{of} {value}{percent}")
}

fn arn(account: &str, action: &Action) -> String {
    format!("arn:aws:budgets::{account}:budget/{BUDGET}/action/{}", action.action_id())
}

async fn actions(cx: &Cx) -> Result<Vec<CurrentAction>> {
    let (budgets, account) = (Client::new(&cx.sdk), &cx.place.account);
    let pages = budgets.describe_budget_actions_for_budget().account_id(account.as_str()).budget_name(BUDGET);
    let all = found(pages.into_paginator().items().send().try_collect().await, GONE)?.unwrap_or_default();
    let policy = policy_arn(account);
    let ours = |action: &Action| {
        let iam = action.definition().and_then(Definition::iam_action_definition);
        iam.is_some_and(|it| it.policy_arn() == policy)
    };
    let mut own: Vec<Action> = all.into_iter().filter(ours).collect();
    own.sort_by(|one, other| one.action_id().cmp(other.action_id()));
    let seen = try_join_all(own.into_iter().map(async |action| {
        let tags = budgets.list_tags_for_resource().resource_arn(arn(account.as_str(), &action)).send().await;
        let tags = found(tags, GONE)?.and_then(|tags| tags.resource_tags).unwrap_or_default();
        let managed_by = tags.into_iter().find(|tag| tag.key == TAG.0).map(|tag| tag.value);
        Ok::<_, Error>(CurrentAction { action, managed_by })
    }));
    seen.await
}

async fn delete(cx: &Cx, action: &Action) -> Result<()> {
    let request = Client::new(&cx.sdk).delete_budget_action().account_id(cx.place.account.as_str());
    found(request.budget_name(BUDGET).action_id(action.action_id()).send().await, GONE).map(drop)
}
