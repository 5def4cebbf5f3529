//! `guardrail delete`: ends charges for good.

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
    #[arg(long)]
    remove_protection: bool,
}

pub async fn run(args: &Args, flags: &Flags, ui: &Ui, interruption: &Interruption) -> Result<Exit> {
    act::run(&args.common, Verb::Delete, args.remove_protection, flags, ui, interruption).await
}
