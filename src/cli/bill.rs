//! `guardrail bill`: the month's cost so far, how fast it grows, and its forecast.

use super::clock::zone;
use super::delivery::deliver;
use super::exit::Exit;
use super::flags::Flags;
use super::goal::{limit, profile_in_force};
use super::session::{Session, connect};
use crate::aws::cost_explorer::USD_AT_LEAST;
use crate::error::{Error, Result};
use crate::model::Text;
use crate::ops::bill::{self, Options};
use crate::render::Report;
use crate::ui::Ui;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long)]
    cost_explorer: bool,
    #[arg(short, long, requires = "cost_explorer")]
    yes: bool,
}

pub async fn run(args: &Args, flags: &Flags, ui: &Ui) -> Result<Exit> {
    match (args.cost_explorer, flags.demo) {
        (true, false) => agree(args.yes, ui)?,
        // The practice account costs nothing; the question is shown all the same.
        (true, true) => ui.status(&ui.speech.say(&cost())),
        (false, _) => {}
    }
    let Session { sdk, account } = connect(flags).await?;
    let (profile, remembered) = profile_in_force(&account, flags, ui)?;
    let limit_usd = limit(&profile, &remembered.choice, flags);
    let options = Options { limit_usd, cost_explorer: args.cost_explorer, made_at: flags.now() };
    let report = Box::pin(bill::bill(&sdk, &account, &options)).await;
    deliver(Report::Bill(&report, &zone()), flags, ui)
}

/// Shows the charge for Cost Explorer, and asks for consent before it is spent.
fn agree(yes: bool, ui: &Ui) -> Result<()> {
    let cost = cost();
    if !yes && !ui.can_ask() {
        return Err(Error::usage(cost).hint(Text::new("hint-cost-explorer")));
    }
    ui.status(&ui.speech.say(&cost));
    if yes || ui.confirm("ask-approve")? { Ok(()) } else { Err(Error::usage(Text::new("nothing-spent"))) }
}

fn cost() -> Text {
    Text::new("cost-explorer-costs").with("usd", USD_AT_LEAST)
}
