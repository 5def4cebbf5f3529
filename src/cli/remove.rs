//! `guardrail remove`: takes away exactly what `init` made.

use super::Exit;
use super::global::{Global, now};
use super::init::{approve, deliver, enter};
use crate::aws::accounts::named;
use crate::error::{Error, Result};
use crate::model::{Action, Text, Usd};
use crate::ops::guard::{Approved, Guard};
use crate::profile::Memory;
use crate::render::{Phase, Report};
use crate::safeguards::{Logs, Wish};
use crate::ui::Ui;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
    #[arg(short, long)]
    yes: bool,
    #[arg(long)]
    delete_logs: bool,
}

pub async fn run(args: &Args, global: &Global, ui: &Ui) -> Result<Exit> {
    if global.demo && !args.dry_run {
        return Err(Error::usage(Text::new("error-demo-reads")).hint(Text::new("hint-demo-dry-run")));
    }
    let (sdk, account) = enter(global).await?;
    let (draft, _) = global.draft(&account, ui)?;
    // Nothing is wanted any more: neither an address nor a limit matters.
    let wish = Wish::new(account.clone(), draft.complete(Vec::new(), Usd::ZERO), now());
    let mut guard = Guard::new(&sdk, named(&sdk, account.clone()).await, wish);
    let plan = guard.plan_removal().await;
    if args.dry_run || plan.safeguards.iter().all(|row| row.action == Action::None) {
        deliver(&plan, Phase::PlannedRemoval, global, ui)?;
        return Ok(Exit::from(Report::Safeguards(&plan, Phase::PlannedRemoval)));
    }
    approve(&plan, Phase::PlannedRemoval, args.yes, global, ui)?;
    let logs = if args.delete_logs { Logs::Delete } else { Logs::Keep };
    let bar = ui.progress();
    let report = guard.remove(Approved::by_the_person(plan), logs, |entry| {
        bar.set_message(ui.speech.with("removing", &[("name", entry.names.get(ui.speech.lang).to_owned())]));
    });
    let report = report.await;
    bar.finish_and_clear();
    if report.gaps.is_empty() {
        Memory::open()?.forget(&account)?;
    }
    deliver(&report, Phase::Removed, global, ui)?;
    Ok(Exit::from(Report::Safeguards(&report, Phase::Removed)))
}
