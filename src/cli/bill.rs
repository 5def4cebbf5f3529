//! `guardrail bill`: what the month has cost so far, how fast it grows, and where that leads.

use super::Exit;
use super::global::{Global, zone};
use super::init::enter;
use crate::aws::cost_explorer::USD_AT_LEAST;
use crate::error::{Error, Result};
use crate::model::Text;
use crate::ops::bill::{self, Options};
use crate::render::{Report, render};
use crate::ui::Ui;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long)]
    cost_explorer: bool,
    #[arg(short, long, requires = "cost_explorer")]
    yes: bool,
}

pub async fn run(args: &Args, global: &Global, ui: &Ui) -> Result<Exit> {
    if args.cost_explorer && !global.demo {
        agree(args.yes, ui)?;
    }
    let (sdk, account) = enter(global).await?;
    let (profile, remembered) = global.draft(&account, ui)?;
    let limit_usd = global.limit(&profile, &remembered.choice);
    let options = Options { limit_usd, cost_explorer: args.cost_explorer, made_at: global.now() };
    let report = Box::pin(bill::bill(&sdk, &account, &options)).await;
    let text = render(Report::Bill(&report, &zone()), global.format(), &ui.speech, global.layout(ui))?;
    ui.deliver(&text, global.output.as_deref())?;
    Ok(if report.gaps.is_empty() { Exit::Done } else { Exit::Incomplete })
}

/// Says what Cost Explorer costs, and spends nothing that nobody agreed to.
fn agree(yes: bool, ui: &Ui) -> Result<()> {
    let cost = Text::new("cost-explorer-costs").with("usd", USD_AT_LEAST);
    if !yes && !ui.can_ask() {
        return Err(Error::usage(cost).hint(Text::new("hint-cost-explorer")));
    }
    ui.status(&ui.speech.say(&cost));
    if yes || ui.confirm("ask-approve")? { Ok(()) } else { Err(Error::usage(Text::new("nothing-spent"))) }
}
