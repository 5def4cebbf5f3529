//! `guardrail stop`: ends charges in a way that can be undone.

use super::act;
use super::exit::Exit;
use super::flags::Flags;
use super::interruption::Interruption;
use crate::error::Result;
use crate::model::Verb;
use crate::ui::Ui;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    common: act::Args,
}

pub async fn run(args: &Args, flags: &Flags, ui: &Ui, interruption: &Interruption) -> Result<Exit> {
    act::run(&args.common, Verb::Stop, false, flags, ui, interruption).await
}
