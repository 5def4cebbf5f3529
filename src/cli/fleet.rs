//! `init`, `check` and `remove` with `--organization`: one plan of all accounts, one approval, one report.

use super::accounts::{AccountArgs, read};
use super::approve::{Approval, approve_all};
use super::delivery::deliver;
use super::exit::Exit;
use super::flags::Flags;
use super::session::Session;
use crate::aws::limits::{at_once, limited};
use crate::aws::organization::Organization;
use crate::error::Result;
use crate::model::{AccountId, Choice, History, OrganizationSafeguards, SafeguardReport};
use crate::ops::guard::Approved;
use crate::ops::organization::{Change, Chosen, Fleet, Home, Plans, chosen, payer};
use crate::ops::permissions::UseCase;
use crate::render::{Phase, Report};
use crate::safeguards::{self, Inputs, Logs};
use crate::state::{Memory, Remembered};
use crate::ui::Ui;

/// Requests under way, of all accounts together.
const AT_ONCE: usize = 128;

/// A command for an organisation. `inputs` are those of the account of the credentials.
pub struct Command<'a> {
    pub args: &'a AccountArgs,
    pub session: Session,
    pub inputs: Inputs,
    pub flags: &'a Flags,
    pub ui: &'a Ui,
}

impl Command<'_> {
    /// Sets up the safeguards.
    ///
    /// # Errors
    /// The organisation cannot be read, the choice is wrong, or the plan was not approved.
    pub async fn init(self, choice: &Choice, approval: Approval) -> Result<Exit> {
        let organization = read(&self.session.sdk, self.ui).await?;
        let (fleet, chosen) = self.fleet(&organization, UseCase::Init)?;
        let plans = self.plan(&fleet, &chosen, Change::SetUp).await;
        if approval.dry_run || plans.report.reports().next().is_none() {
            return self.deliver(&plans.report, Phase::Planned);
        }
        let history: Vec<(AccountId, History)> =
            plans.each().map(|(account, plan)| (account.clone(), plan.history())).collect();
        let plans = approve_all(plans, Phase::Planned, approval.yes, self.flags, self.ui)?;
        for (account, history) in &history {
            self.remember(account, choice, history.clone());
        }
        let report = self.apply(&fleet, &chosen, plans, Change::SetUp).await;
        for (account, before) in history {
            let own = report.accounts.iter().find(|it| it.id == account).and_then(|it| it.report.as_deref());
            let Some(own) = own else { continue };
            self.remember(&account, choice, safeguards::remembered(&before, own));
        }
        self.deliver(&report, Phase::Applied)
    }

    /// Compares the accounts with the profile.
    ///
    /// # Errors
    /// The organisation cannot be read, or the choice is wrong.
    pub async fn check(self) -> Result<Exit> {
        let organization = read(&self.session.sdk, self.ui).await?;
        let (fleet, chosen) = self.fleet(&organization, UseCase::Check)?;
        let inputs = |account: &AccountId| self.inputs_of(account, history(account)?, &fleet);
        let bar = self.ui.progress();
        let all = chosen.iter().filter(|it| it.is_wanted()).count();
        let report = fleet.check(&chosen, inputs, |done| bar.set_message(self.progress(done, all))).await;
        bar.finish_and_clear();
        for own in report.reports() {
            self.remember_subscriptions(own);
        }
        self.deliver(&report, Phase::Checked)
    }

    /// Removes what `init` created.
    ///
    /// # Errors
    /// As for [`Self::init`].
    pub async fn remove(self, logs: Logs, approval: Approval) -> Result<Exit> {
        let organization = read(&self.session.sdk, self.ui).await?;
        let (fleet, chosen) = self.fleet(&organization, UseCase::Remove)?;
        let plans = self.plan(&fleet, &chosen, Change::Remove(logs)).await;
        if approval.dry_run || !plans.report.changes() {
            return self.deliver(&plans.report, Phase::PlannedRemoval);
        }
        let plans = approve_all(plans, Phase::PlannedRemoval, approval.yes, self.flags, self.ui)?;
        let report = self.apply(&fleet, &chosen, plans, Change::Remove(logs)).await;
        for own in report.reports().filter(|it| it.gaps.is_empty()) {
            let forgotten = Memory::open().and_then(|memory| memory.forget(&own.account.id));
            forgotten.unwrap_or_else(|error| self.ui.warn(&error));
        }
        self.deliver(&report, Phase::Removed)
    }

    fn fleet<'a>(&'a self, organization: &'a Organization, use_case: UseCase) -> Result<(Fleet<'a>, Vec<Chosen>)> {
        let profile = &self.inputs.goal.profile;
        let wanted = self.args.which.wanted(&profile.organization, use_case)?;
        let chosen = chosen(organization, &wanted.choice)?;
        let fleet = Fleet {
            home: Home { sdk: &self.session.sdk, account: &self.session.account, organization },
            sdk: limited(&self.session.sdk, at_once(AT_ONCE)),
            role: wanted.role,
            accounts_at_once: self.args.at_once(),
            profile: profile.name.clone(),
            made_at: self.inputs.now,
        };
        Ok((fleet, chosen))
    }

    /// The inputs of one account: its own history, and in the management account the organisation.
    fn inputs_of(&self, account: &AccountId, history: History, fleet: &Fleet<'_>) -> Result<Inputs> {
        let organization = fleet.home.organization;
        let mut inputs = Inputs { account: account.clone(), history, payer: None, ..self.inputs.clone() };
        if organization.management.as_ref() == Some(account) {
            let profile = &mut inputs.goal.profile;
            inputs.payer = Some(payer(organization, &profile.organization, profile.limit_usd)?);
            // Its own alarms and budget see the charges of all accounts.
            profile.limit_usd = profile.organization.management.limit_usd.or(profile.limit_usd);
        }
        Ok(inputs)
    }

    async fn plan(&self, fleet: &Fleet<'_>, chosen: &[Chosen], change: Change) -> Plans {
        let bar = self.ui.progress();
        let all = chosen.iter().filter(|it| it.is_wanted()).count();
        let inputs = |account: &AccountId| {
            // What is removed is known by its tags.
            let history = if change == Change::SetUp { history(account)? } else { History::new() };
            self.inputs_of(account, history, fleet)
        };
        let plans = fleet.plan(chosen, change, inputs, |done| bar.set_message(self.progress(done, all))).await;
        bar.finish_and_clear();
        plans
    }

    async fn apply(
        &self,
        fleet: &Fleet<'_>,
        chosen: &[Chosen],
        plans: Approved<Plans>,
        change: Change,
    ) -> OrganizationSafeguards {
        let bar = self.ui.progress();
        let all = chosen.iter().filter(|it| it.is_wanted()).count();
        let report = fleet.apply(chosen, plans, change, |done| bar.set_message(self.progress(done, all))).await;
        bar.finish_and_clear();
        report
    }

    fn progress(&self, done: usize, all: usize) -> String {
        self.ui.speech.with("fleet-progress", &[("done", done), ("all", all)])
    }

    /// Saves the settings of one account. A read-only config folder, as in a container, is only a warning.
    fn remember(&self, account: &AccountId, choice: &Choice, history: History) {
        let chosen = |it| Remembered { choice: choice.clone(), history, ..it };
        if let Err(error) = Memory::open().and_then(|memory| memory.update(account, chosen)) {
            self.ui.warn(&error);
        }
    }

    /// Remembers the state of an account's subscriptions. A config folder that cannot be written does not fail the check.
    fn remember_subscriptions(&self, own: &SafeguardReport) {
        let id = &own.account.id;
        let kept = Memory::open().and_then(|memory| {
            let before = memory.read(id)?;
            let history = safeguards::remembered(&before.history, own);
            if history == before.history { Ok(()) } else { memory.write(id, &Remembered { history, ..before }) }
        });
        kept.unwrap_or_else(|error| self.ui.warn(&error));
    }

    fn deliver(&self, report: &OrganizationSafeguards, phase: Phase) -> Result<Exit> {
        deliver(Report::OrganizationSafeguards(report, phase), self.flags, self.ui)
    }
}

fn history(account: &AccountId) -> Result<History> {
    Ok(Memory::open()?.read(account)?.history)
}
