//! `guardrail check`: is everything as the profile wants it, and does the warning arrive?

use super::Exit;
use super::global::{Global, now};
use super::init::{deliver, enter};
use crate::aws::accounts::named;
use crate::error::Result;
use crate::model::report::{State, Status};
use crate::model::{AccountId, SafeguardReport, Usd};
use crate::ops::guard::Guard;
use crate::profile::{Choice, resolve};
use crate::render::Phase;
use crate::safeguards::Wish;
use crate::ui::Ui;

/// Stands for a limit that nobody has chosen yet; only its being there matters, as nothing is compared with it.
const UNCHOSEN: Usd = Usd(rust_decimal::Decimal::TEN);

#[derive(Debug, clap::Args)]
pub struct Args {}

pub async fn run(_args: &Args, global: &Global, ui: &Ui) -> Result<Exit> {
    let (sdk, account) = enter(global).await?;
    let wish = wish(account.clone(), global, ui)?;
    let guard = Guard::new(&sdk, named(&sdk, account).await, &wish, now());
    let report = guard.check().await;
    deliver(&report, Phase::Checked, global, ui)?;
    Ok(exit(&report))
}

/// What was chosen, as far as anything was: where `init` never ran, everything is missing and there is nothing to ask.
fn wish(account: AccountId, global: &Global, ui: &Ui) -> Result<Wish> {
    let (draft, remembered) = global.draft(&account, ui)?;
    let flags = Choice { profile: global.config.clone(), ..Choice::default() };
    let choice = resolve(&flags, &draft, remembered.as_ref());
    let profile = draft.complete(choice.emails, choice.limit_usd.unwrap_or(UNCHOSEN));
    Ok(Wish { account, profile })
}

fn exit(report: &SafeguardReport) -> Exit {
    let wrong =
        report.safeguards.iter().any(|row| matches!(row.state, State::Missing | State::Drifted | State::Unwanted));
    let link = |status: Status| report.safeguards.iter().flat_map(|row| &row.proof).any(|link| link.status == status);
    if wrong || link(Status::Broken) {
        Exit::Found
    } else if !report.gaps.is_empty() || link(Status::Waiting) || link(Status::Unknown) {
        Exit::Incomplete
    } else {
        Exit::Done
    }
}
