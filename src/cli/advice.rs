//! `guardrail advice`: AWS's own cost recommendations, merged with what a sweep finds.

use super::appeal::sweep_now;
use super::delivery::deliver;
use super::exit::Exit;
use super::flags::Flags;
use super::goal::profile_in_force;
use super::session::{Session, connect};
use crate::error::Result;
use crate::ops::advice;
use crate::render::Report;
use crate::ui::Ui;

#[derive(Debug, clap::Args)]
pub struct Args {}

pub async fn run(_: &Args, flags: &Flags, ui: &Ui) -> Result<Exit> {
    let Session { sdk, account } = connect(flags).await?;
    let (profile, _) = profile_in_force(&account, flags, ui)?;
    let sweep = sweep_now(&sdk, &account, &profile, flags.now(), flags, ui).await?;
    let report = advice::advice(&sdk, &sweep).await;
    deliver(Report::Advice(&report), flags, ui)
}
