//! `guardrail init`: plan, show, approve, apply, read back.

use super::accounts::AccountArgs;
use super::approve::{Approval, approve};
use super::delivery::deliver;
use super::exit::Exit;
use super::flags::Flags;
use super::fleet::Command;
use super::goal::to_set_up;
use super::session::{Session, connect};
use crate::aws::accounts::named;
use crate::error::{Error, Result};
use crate::model::report::{Outcome, SafeguardRow, State};
use crate::model::{AccountId, Choice, History, SafeguardReport, Text};
use crate::ops::guard::Reconciler;
use crate::profile::{parse_emails, parse_limit};
use crate::render::{Phase, Report};
use crate::safeguards;
use crate::state::folder::CONFIG_ENV;
use crate::state::{Memory, Remembered};
use crate::ui::Ui;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, value_name = "ADDRESS")]
    email: Vec<String>,
    #[arg(long, value_name = "USD", allow_negative_numbers = true)]
    limit: Option<String>,
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
    #[arg(short, long)]
    yes: bool,
    #[command(flatten)]
    accounts: AccountArgs,
}

pub async fn run(args: &Args, flags: &Flags, ui: &Ui) -> Result<Exit> {
    let chosen = Choice {
        profile: flags.config.clone(),
        emails: parse_emails(&args.email)?,
        limit_usd: args.limit.as_deref().map(parse_limit).transpose()?,
    };
    if flags.demo && !args.dry_run {
        return Err(Error::usage(Text::new("error-demo-reads")).hint(Text::new("hint-demo-dry-run")));
    }
    let session = connect(flags).await?;
    let (inputs, choice) = to_set_up(&chosen, &session.account, flags, ui)?;
    if args.accounts.which.organization {
        let approval = Approval { dry_run: args.dry_run, yes: args.yes };
        return Command { args: &args.accounts, session, inputs, flags, ui }.init(&choice, approval).await;
    }
    let Session { sdk, account } = session;
    let before = inputs.history.clone();
    let reconciler = Reconciler::new(&sdk, named(&sdk, account.clone()).await, inputs);
    let plan = reconciler.plan().await;
    if args.dry_run || is_hopeless(&plan.report) {
        return deliver(Report::Safeguards(&plan.report, Phase::Planned), flags, ui);
    }
    let mut history = plan.history();
    let plan = approve(plan, Phase::Planned, args.yes, flags, ui)?;
    if history != before {
        // A run after an interruption must know when an address was subscribed, so that it is not taken for unsubscribed.
        remember(&account, &choice, &history, ui);
    }
    let bar = ui.progress();
    let report = reconciler.apply(plan, |entry| {
        bar.set_message(ui.speech.with("applying", &[("name", entry.names.get(ui.speech.lang))]));
    });
    let report = report.await;
    bar.finish_and_clear();
    history = safeguards::remembered(&history, &report);
    remember(&account, &choice, &history, ui);
    deliver(Report::Safeguards(&report, Phase::Applied), flags, ui)
}

/// Saves the settings. A read-only config folder, as in a container, is only a warning.
fn remember(account: &AccountId, choice: &Choice, history: &History, ui: &Ui) {
    let chosen = |it| Remembered { choice: choice.clone(), history: history.clone(), ..it };
    if let Err(error) = Memory::open().and_then(|memory| memory.update(account, chosen)) {
        ui.warn(&error.hint(Text::new("hint-memory-write").with("env", CONFIG_ENV)));
    }
}

/// Whether no wanted safeguard could be read: then there is nothing to approve, apply or verify.
fn is_hopeless(plan: &SafeguardReport) -> bool {
    let unseen = |row: &SafeguardRow| row.state == State::Unknown || row.result == Some(Outcome::Skipped);
    plan.safeguards.iter().any(unseen) && plan.safeguards.iter().all(|row| unseen(row) || !row.wanted)
}
