//! The safeguards of an organisation: those of each account by itself, several at a time.

use std::cell::RefCell;
use std::collections::BTreeMap;

use aws_config::SdkConfig;

use super::choose::{Choice, Chosen, chosen};
use super::entering::{entered, in_each, name, wanted};
use super::run::Home;
use crate::aws::accounts::named;
use crate::aws::organization::{Member, Organization};
use crate::aws::role::Role;
use crate::error::{Error, Result};
use crate::model::organization_safeguards::ORGANIZATION_SAFEGUARDS_SCHEMA;
use crate::model::{AccountId, OrganizationSafeguards, SafeguardReport, Usd};
use crate::ops::guard::{Approved, Plan, Reconciler};
use crate::safeguards::{Inputs, Logs, Payer};

/// How the accounts are entered.
pub struct Fleet<'a> {
    pub home: Home<'a>,
    /// The configuration of the account of the credentials, with the limit of the requests.
    pub sdk: SdkConfig,
    pub role: Role,
    pub accounts_at_once: usize,
    /// The name of the profile.
    pub profile: String,
    pub made_at: jiff::Timestamp,
}

/// The plans of all accounts.
pub struct Plans {
    pub report: OrganizationSafeguards,
    plans: Vec<(Member, Plan)>,
    /// The accounts that could not be planned.
    failed: BTreeMap<AccountId, Error>,
}

impl Plans {
    /// The plan of each account that was entered.
    pub fn each(&self) -> impl Iterator<Item = (&AccountId, &Plan)> {
        self.plans.iter().map(|(member, plan)| (&member.id, plan))
    }
}

/// What the management account has for the organisation, by the profile and not by the accounts of one run.
///
/// # Errors
/// The profile names an account or a unit that does not exist.
pub fn payer(organization: &Organization, profile: &crate::profile::Organization, limit: Option<Usd>) -> Result<Payer> {
    let profile = profile.clone();
    let choice = Choice { accounts: profile.accounts, units: profile.ou, exclude: profile.exclude };
    let accounts = wanted(&chosen(organization, &choice)?).into_iter().map(|it| it.id).collect();
    Ok(Payer { organization: organization.id.clone(), accounts, limit_usd: limit })
}

/// The change that a plan is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    SetUp,
    Remove(Logs),
}

impl Fleet<'_> {
    /// Plans the change in each account. `inputs` are those of an account; `finished` counts the accounts.
    pub async fn plan(
        &self,
        chosen: &[Chosen],
        change: Change,
        inputs: impl Fn(&AccountId) -> Result<Inputs>,
        finished: impl FnMut(usize),
    ) -> Plans {
        let work = async |sdk: SdkConfig, member: Member| {
            let account = named(&sdk, member.id.clone()).await;
            let reconciler = Reconciler::new(&sdk, account, inputs(&member.id)?);
            Ok(match change {
                Change::SetUp => reconciler.plan().await,
                Change::Remove(_) => reconciler.plan_removal().await,
            })
        };
        let mut results = self.run(wanted(chosen), work, finished).await;
        let copied = |it: &Result<Plan>| it.as_ref().map(|plan| plan.report.clone()).map_err(Clone::clone);
        let reports = results.iter().map(|(id, result)| (id.clone(), copied(result))).collect();
        let mut plans = Plans { report: self.report(chosen, reports), plans: Vec::new(), failed: BTreeMap::new() };
        for member in wanted(chosen) {
            match results.remove(&member.id) {
                Some(Ok(plan)) => plans.plans.push((member, plan)),
                Some(Err(error)) => drop(plans.failed.insert(member.id, error)),
                None => {}
            }
        }
        plans
    }

    /// Compares each account with the profile, and verifies that its warnings arrive.
    pub async fn check(
        &self,
        chosen: &[Chosen],
        inputs: impl Fn(&AccountId) -> Result<Inputs>,
        finished: impl FnMut(usize),
    ) -> OrganizationSafeguards {
        let work = async |sdk: SdkConfig, member: Member| {
            let account = named(&sdk, member.id.clone()).await;
            Ok(Reconciler::new(&sdk, account, inputs(&member.id)?).check().await.report)
        };
        let results = self.run(wanted(chosen), work, finished).await;
        self.report(chosen, results)
    }

    /// Applies the plans. The management account comes first: what it has for the organisation, the others find.
    pub async fn apply(
        &self,
        chosen: &[Chosen],
        plans: Approved<Plans>,
        change: Change,
        mut finished: impl FnMut(usize),
    ) -> OrganizationSafeguards {
        let management = self.home.organization.management.as_ref();
        let mut results: BTreeMap<AccountId, Result<SafeguardReport>> =
            plans.about().failed.iter().map(|(id, error)| (id.clone(), Err(error.clone()))).collect();
        let (first, others): (Vec<_>, Vec<_>) =
            plans.each(|plans| plans.plans).into_iter().partition(|it| Some(&it.about().0.id) == management);
        let mut done = 0;
        for turn in [first, others] {
            let members: Vec<Member> = turn.iter().map(|it| it.about().0.clone()).collect();
            let plans = turn.into_iter().map(|it| (it.about().0.id.clone(), it)).collect();
            let plans: RefCell<BTreeMap<AccountId, Approved<(Member, Plan)>>> = RefCell::new(plans);
            let work = async |sdk: SdkConfig, member: Member| {
                let plan = plans.borrow_mut().remove(&member.id).ok_or_else(Error::mistake)?.map(|(_, plan)| plan);
                let reconciler = Reconciler::for_plan(&sdk, plan.about());
                Ok(match change {
                    Change::SetUp => reconciler.apply(plan, |_| {}).await,
                    Change::Remove(logs) => reconciler.remove(plan, logs, |_| {}).await,
                })
            };
            let count = members.len();
            results.extend(self.run(members, work, |so_far| finished(done + so_far)).await);
            done += count;
        }
        self.report(chosen, results)
    }

    /// Runs `work` in each account with its credentials.
    async fn run<R>(
        &self,
        members: Vec<Member>,
        work: impl AsyncFn(SdkConfig, Member) -> Result<R>,
        finished: impl FnMut(usize),
    ) -> BTreeMap<AccountId, Result<R>> {
        let role = |_: &AccountId| self.role.clone();
        in_each(&self.sdk, self.home.account, role, self.accounts_at_once, members, work, finished).await
    }

    /// The report of every account of the organisation; one that is wanted and has no result was not entered before.
    fn report(
        &self,
        chosen: &[Chosen],
        results: BTreeMap<AccountId, Result<SafeguardReport>>,
    ) -> OrganizationSafeguards {
        let (accounts, gaps) = entered(chosen, results);
        let organization = self.home.organization;
        OrganizationSafeguards {
            schema: ORGANIZATION_SAFEGUARDS_SCHEMA.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            made_at: self.made_at,
            organization: name(organization),
            role: self.role.name.clone(),
            profile: self.profile.clone(),
            accounts,
            gaps,
        }
    }
}
