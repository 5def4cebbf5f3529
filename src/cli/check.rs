//! `guardrail check`: is everything as the profile wants it, and does the warning arrive?

use super::Exit;
use super::global::{Global, now};
use super::init::{deliver, enter, wish};
use crate::aws::accounts::named;
use crate::error::Result;
use crate::model::SafeguardReport;
use crate::model::report::{State, Status};
use crate::ops::guard::Guard;
use crate::profile::Choice;
use crate::render::Phase;
use crate::ui::Ui;

#[derive(Debug, clap::Args)]
pub struct Args {}

pub async fn run(_args: &Args, global: &Global, ui: &Ui) -> Result<Exit> {
    let (sdk, account) = enter(global).await?;
    let flags = Choice { profile: global.config.clone(), ..Choice::default() };
    let (wish, _) = wish(&flags, &account, global, ui)?;
    let guard = Guard::new(&sdk, named(&sdk, account).await, &wish, now());
    let report = guard.check().await;
    deliver(&report, Phase::Checked, global, ui)?;
    Ok(exit(&report))
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
