//! Stops and deletes what a person chose in the accounts of an organisation: one plan, and each account by itself.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use aws_config::SdkConfig;

use super::choose::Chosen;
use super::entering::{entered, in_each, name, wanted};
use super::run::Home;
use super::session_policy::session_policy_of;
use crate::aws::organization::Member;
use crate::aws::role::Role;
use crate::error::{Error, Result};
use crate::model::actions::{LogEntry, Savings};
use crate::model::organization_actions::ORGANIZATION_ACTIONS_SCHEMA;
use crate::model::{AccountId, ActionReport, OrganizationActions};
use crate::ops::act::{self, Journal, Plan, Wanted};
use crate::ops::approved::Approved;
use crate::ops::sweep;

/// How the accounts are entered.
pub struct Enders<'a> {
    pub home: Home<'a>,
    /// The configuration of the account of the credentials, with the limit of the requests.
    pub sdk: SdkConfig,
    /// The role for the plan, whose session only reads. That of an action has the permissions of the account's plan, too.
    pub role: Role,
    pub accounts_at_once: usize,
    pub made_at: jiff::Timestamp,
}

/// The plans of all accounts.
pub struct ActionPlans {
    pub report: OrganizationActions,
    /// Or why there is none.
    plans: BTreeMap<AccountId, Result<Plan>>,
    /// Whether a thing that was named by itself is left alone.
    pub leaves_a_named_one: bool,
}

/// What is planned in one account, and the words that name nothing in it.
struct Planned {
    plan: Plan,
    absent: BTreeSet<String>,
    leaves_a_named_one: bool,
}

impl ActionPlans {
    /// Whether there is anything to do in any account.
    #[must_use]
    pub fn do_nothing(&self) -> bool {
        self.each().all(|(_, plan)| plan.does_nothing())
    }

    fn each(&self) -> impl Iterator<Item = (&AccountId, &Plan)> {
        self.plans.iter().filter_map(|(account, plan)| Some((account, plan.as_ref().ok()?)))
    }

    fn of(&self, account: &AccountId) -> Option<&Plan> {
        self.plans.get(account)?.as_ref().ok()
    }

    /// Records what runs that were cut have ended, in the accounts with nothing to do. An account in which another run acts has its
    /// own record.
    ///
    /// # Errors
    /// It cannot be recorded.
    pub async fn settle<J: Journal>(&self, journal: impl AsyncFn(&AccountId) -> Result<J>) -> Result<()> {
        for (account, plan) in self.each().filter(|(_, plan)| plan.does_nothing() && plan.is_unsettled()) {
            if let Ok(journal) = journal(account).await {
                let settled = plan.settle(&journal).await;
                journal.end().await;
                settled?;
            }
        }
        Ok(())
    }
}

impl Enders<'_> {
    /// Lists and plans in each account. `log` has what earlier runs did in an account; `finished` counts the accounts.
    ///
    /// # Errors
    /// A word names nothing in any account, and all accounts could be listed.
    pub async fn plan(
        &self,
        chosen: &[Chosen],
        what: &Wanted,
        options: &sweep::Options,
        log: impl AsyncFn(&AccountId) -> Result<Vec<LogEntry>>,
        interrupted: impl Future<Output = ()> + Clone,
        finished: impl FnMut(usize),
    ) -> Result<ActionPlans> {
        let work = async |sdk: SdkConfig, member: Member| {
            let entries = log(&member.id).await?;
            let swept = sweep::sweep(&sdk, &member.id, options, interrupted.clone(), |_| {});
            let swept = Box::pin(swept).await?;
            let (plan, absent) = act::plan_among(&swept, what, &entries);
            let leaves_a_named_one = plan.leaves_a_named_one(&swept, &what.choice);
            let absent = absent.into_iter().map(|name| name.word.clone()).collect();
            Ok(Planned { plan, absent, leaves_a_named_one })
        };
        let role = |_: &AccountId| self.role.clone();
        let results = self.in_each(wanted(chosen), role, work, finished).await;
        let complete = results.values().all(Result::is_ok);
        let mut plans = BTreeMap::new();
        let mut absent: Option<BTreeSet<String>> = None;
        let mut leaves_a_named_one = false;
        for (id, result) in results {
            let plan = result.map(|planned| {
                leaves_a_named_one |= planned.leaves_a_named_one;
                absent = Some(match absent.take() {
                    Some(all) => &all & &planned.absent,
                    None => planned.absent,
                });
                planned.plan
            });
            plans.insert(id, plan);
        }
        if let Some(word) = absent.filter(|_| complete).and_then(|it| it.into_iter().next()) {
            return Err(act::nowhere(&word));
        }
        Ok(self.reported(chosen, plans, leaves_a_named_one))
    }

    /// The plans with AWS's objections to them, where AWS says beforehand what it would refuse.
    pub async fn rehearse(&self, chosen: &[Chosen], mut plans: ActionPlans, at_once: usize) -> ActionPlans {
        let work = async |sdk: SdkConfig, member: Member| {
            let plan = plans.of(&member.id).ok_or_else(Error::mistake)?;
            Ok(act::rehearse(&sdk, plan.clone(), at_once).await)
        };
        let role = |id: &AccountId| self.role_for(id, &plans);
        let rehearsed = self.in_each(acting(chosen, &plans), role, work, |_| {}).await;
        plans.plans.extend(rehearsed);
        self.reported(chosen, plans.plans, plans.leaves_a_named_one)
    }

    /// Does the plans. `journal` opens the record of an account, and keeps other runs out of it while it lives.
    pub async fn act<J: Journal>(
        &self,
        chosen: &[Chosen],
        plans: Approved<ActionPlans>,
        options: &act::Options,
        journal: impl AsyncFn(&AccountId) -> Result<J>,
        interrupted: impl Future<Output = ()> + Clone,
        finished: impl FnMut(usize),
    ) -> OrganizationActions {
        let about = plans.about();
        let members = acting(chosen, about);
        let roles: BTreeMap<AccountId, Role> =
            members.iter().map(|it| (it.id.clone(), self.role_for(&it.id, about))).collect();
        // Where nothing is done, the plan is the result.
        let mut results = reports(&about.plans);
        let acts = |(id, plan): (AccountId, Result<Plan>)| Some((id, plan.ok().filter(|plan| !plan.does_nothing())?));
        let approved = plans.each(|plans| plans.plans.into_iter().filter_map(acts).collect());
        let open = approved.into_iter().map(|it| (it.about().0.clone(), it.map(|(_, plan)| plan)));
        let open: RefCell<BTreeMap<AccountId, Approved<Plan>>> = RefCell::new(open.collect());
        let work = async |sdk: SdkConfig, member: Member| {
            let plan = open.borrow_mut().remove(&member.id).ok_or_else(Error::mistake)?;
            let journal = journal(&member.id).await?;
            let done = Box::pin(act::run(&sdk, plan, options, &journal, interrupted.clone(), |_| {})).await;
            journal.end().await;
            done
        };
        let role = |id: &AccountId| roles.get(id).unwrap_or(&self.role).clone();
        results.extend(self.in_each(members, role, work, finished).await);
        self.report(chosen, results)
    }

    async fn in_each<R>(
        &self,
        members: Vec<Member>,
        role: impl Fn(&AccountId) -> Role,
        work: impl AsyncFn(SdkConfig, Member) -> Result<R>,
        finished: impl FnMut(usize),
    ) -> BTreeMap<AccountId, Result<R>> {
        in_each(&self.sdk, self.home.account, role, self.accounts_at_once, members, work, finished).await
    }

    /// The role with the permissions of the account's plan.
    fn role_for(&self, account: &AccountId, plans: &ActionPlans) -> Role {
        let permissions = plans.of(account).map(Plan::permissions).unwrap_or_default();
        Role { beyond_read_only: Some(session_policy_of(&permissions)), ..self.role.clone() }
    }

    fn reported(
        &self,
        chosen: &[Chosen],
        plans: BTreeMap<AccountId, Result<Plan>>,
        leaves_a_named_one: bool,
    ) -> ActionPlans {
        ActionPlans { report: self.report(chosen, reports(&plans)), plans, leaves_a_named_one }
    }

    fn report(&self, chosen: &[Chosen], results: BTreeMap<AccountId, Result<ActionReport>>) -> OrganizationActions {
        let (accounts, gaps) = entered(chosen, results);
        let report = OrganizationActions {
            schema: ORGANIZATION_ACTIONS_SCHEMA.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            made_at: self.made_at,
            organization: name(self.home.organization),
            role: self.role.name.clone(),
            accounts,
            totals: Savings::default(),
            gaps,
            interrupted: false,
        };
        report.summed()
    }
}

/// The accounts in which something is done.
fn acting(chosen: &[Chosen], plans: &ActionPlans) -> Vec<Member> {
    let acts = |it: &Member| plans.of(&it.id).is_some_and(|plan| !plan.does_nothing());
    wanted(chosen).into_iter().filter(acts).collect()
}

fn reports(plans: &BTreeMap<AccountId, Result<Plan>>) -> BTreeMap<AccountId, Result<ActionReport>> {
    let report = |plan: &Result<Plan>| plan.as_ref().map(|plan| plan.report.clone()).map_err(Clone::clone);
    plans.iter().map(|(account, plan)| (account.clone(), report(plan))).collect()
}
