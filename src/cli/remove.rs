//! `guardrail remove`: removes exactly what `init` created.

use super::accounts::AccountArgs;
use super::approve::{Approval, approve};
use super::delivery::deliver;
use super::exit::Exit;
use super::flags::Flags;
use super::fleet::Command;
use super::goal::to_remove;
use super::session::{Session, connect};
use crate::aws::accounts::named;
use crate::error::{Error, Result};
use crate::model::{Action, Text};
use crate::ops::guard::Reconciler;
use crate::render::{Phase, Report};
use crate::safeguards::Logs;
use crate::state::Memory;
use crate::ui::Ui;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
    #[arg(short, long)]
    yes: bool,
    #[arg(long)]
    delete_logs: bool,
    #[command(flatten)]
    accounts: AccountArgs,
}

pub async fn run(args: &Args, flags: &Flags, ui: &Ui) -> Result<Exit> {
    if flags.demo && !args.dry_run {
        return Err(Error::usage(Text::new("error-demo-reads")).hint(Text::new("hint-demo-dry-run")));
    }
    let session = connect(flags).await?;
    let inputs = to_remove(&session.account, flags, ui)?;
    let logs = if args.delete_logs { Logs::Delete } else { Logs::Keep };
    if args.accounts.which.organization {
        let approval = Approval { dry_run: args.dry_run, yes: args.yes };
        return Command { args: &args.accounts, session, inputs, flags, ui }.remove(logs, approval).await;
    }
    let Session { sdk, account } = session;
    let reconciler = Reconciler::new(&sdk, named(&sdk, account.clone()).await, inputs);
    let plan = reconciler.plan_removal().await;
    if args.dry_run || plan.report.safeguards.iter().all(|row| row.action == Action::None) {
        return deliver(Report::Safeguards(&plan.report, Phase::PlannedRemoval), flags, ui);
    }
    let plan = approve(plan, Phase::PlannedRemoval, args.yes, flags, ui)?;
    let bar = ui.progress();
    let report = reconciler.remove(plan, logs, |entry| {
        bar.set_message(ui.speech.with("removing", &[("name", entry.names.get(ui.speech.lang))]));
    });
    let report = report.await;
    bar.finish_and_clear();
    if report.gaps.is_empty() {
        let forgotten = Memory::open().and_then(|memory| memory.forget(&account));
        forgotten.unwrap_or_else(|error| ui.warn(&error));
    }
    deliver(Report::Safeguards(&report, Phase::Removed), flags, ui)
}
