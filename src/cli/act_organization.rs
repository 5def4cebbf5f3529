//! `stop` and `delete` with `--organization`: one plan of all accounts, one approval, one report.

use indicatif::ProgressBar;

use super::accounts::{AccountArgs, Wanted as Accounts, read};
use super::approve::{Approval, approve_actions_of_all};
use super::delivery::deliver;
use super::exit::Exit;
use super::flags::Flags;
use super::interruption::Interruption;
use super::remembered::store;
use super::session::Session;
use crate::aws::limits::limited;
use crate::aws::role::Role;
use crate::error::Result;
use crate::model::{AccountId, Verb};
use crate::ops::act::{self, Wanted};
use crate::ops::organization::{Enders, Home, chosen, session_policy};
use crate::ops::permissions::UseCase;
use crate::profile::Organization;
use crate::render::{Acting, Report};
use crate::state::ActionLog;
use crate::ui::Ui;

/// What the command was asked for.
pub struct Command<'a> {
    pub args: &'a AccountArgs,
    pub profile: &'a Organization,
    pub wanted: Wanted,
    pub options: act::Options,
    pub approval: Approval,
}

impl Command<'_> {
    /// # Errors
    /// The organisation cannot be read, the choice is wrong, or the plan was not approved.
    pub async fn run(self, session: &Session, flags: &Flags, ui: &Ui, interruption: &Interruption) -> Result<Exit> {
        let Self { args, profile, wanted, options, approval } = self;
        let verb = wanted.verb;
        let use_case = if verb == Verb::Stop { UseCase::Stop } else { UseCase::Delete };
        let Accounts { choice, role } = args.which.wanted(profile, use_case)?;
        let organization = interruption.ends(read(&session.sdk, ui)).await?;
        let chosen = chosen(&organization, &choice)?;
        let enders = Enders {
            home: Home { sdk: &session.sdk, account: &session.account, organization: &organization },
            sdk: limited(&session.sdk, options.sweep.at_once),
            role: Role { beyond_read_only: session_policy(UseCase::Sweep), ..role },
            accounts_at_once: args.at_once(),
            made_at: options.sweep.made_at,
        };
        let all = chosen.iter().filter(|it| it.is_wanted()).count();
        let bar = ui.progress();
        let show = |bar: &ProgressBar, done: usize, all: usize| {
            bar.set_message(ui.speech.with("fleet-progress", &[("done", done), ("all", all)]));
        };
        let interrupted = || {
            let signal = interruption.clone();
            futures::FutureExt::shared(Box::pin(async move { signal.interrupted().await }))
        };
        let store = interruption.ends(store(session)).await?;
        let of = |account: &AccountId| ActionLog::new(store.clone(), account.clone());
        let log = async |account: &AccountId| of(account).read().await;
        let plans =
            enders.plan(&chosen, &wanted, &options.sweep, log, interrupted(), |done| show(&bar, done, all)).await;
        bar.finish_and_clear();
        let plans = plans?;
        let leaves_a_named_one = plans.leaves_a_named_one;
        // What was named by itself and is left alone is still there.
        let exit = |exit| if leaves_a_named_one && exit == Exit::Done { Exit::Found } else { exit };
        let plans = if approval.dry_run { enders.rehearse(&chosen, plans, options.at_once).await } else { plans };
        let journal = async |account: &AccountId| of(account).begin(flags.now()).await;
        if !approval.dry_run {
            plans.settle(journal).await?;
        }
        let planned = Report::OrganizationActions(&plans.report, verb, Acting::Planned);
        if approval.dry_run || plans.report.interrupted || plans.do_nothing() {
            return deliver(planned, flags, ui).map(exit);
        }
        let acting = plans.report.reports().filter(|own| !own.actions.is_empty()).count();
        let plans = approve_actions_of_all(plans, verb, approval.yes, flags, ui)?;
        let bar = ui.progress();
        let done = |done| show(&bar, done, acting);
        let report = enders.act(&chosen, plans, &options, journal, interrupted(), done).await;
        bar.finish_and_clear();
        deliver(Report::OrganizationActions(&report, verb, Acting::Done), flags, ui).map(exit)
    }
}
