//! `guardrail check`: is everything as the profile wants it, and does the warning arrive?

use super::Exit;
use super::global::{Global, now};
use super::init::{deliver, enter};
use crate::aws::accounts::named;
use crate::error::{Error, Result};
use crate::model::report::{State, Status};
use crate::model::{AccountId, SafeguardReport, Text, Usd};
use crate::ops::guard::Guard;
use crate::ops::send_test::{SUBJECT, Sent, send};
use crate::profile::{Choice, Memory, Remembered, resolve};
use crate::render::Phase;
use crate::safeguards::{self, Wish};
use crate::ui::Ui;

/// Stands for a limit that nobody has chosen yet; only its being there matters, as nothing is compared with it.
const UNCHOSEN: Usd = Usd(rust_decimal::Decimal::TEN);

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long)]
    send_test: bool,
}

pub async fn run(args: &Args, global: &Global, ui: &Ui) -> Result<Exit> {
    if args.send_test && global.demo {
        return Err(Error::usage(Text::new("error-demo-reads")).hint(Text::new("hint-demo-check")));
    }
    let (sdk, account) = enter(global).await?;
    let (wish, remembered) = wish(account.clone(), global, ui)?;
    let mut guard = Guard::new(&sdk, named(&sdk, account).await, wish.clone());
    let report = guard.check().await;
    if !global.demo {
        remember(&report, &wish, remembered, ui);
    }
    deliver(&report, Phase::Checked, global, ui)?;
    if args.send_test {
        let sent = send(&guard.cx, &guard.wish, &report, &ui.speech.plain("send-test-message")).await?;
        tell(&sent, ui);
    }
    Ok(exit(&report))
}

/// What was chosen, as far as anything was: where `init` never ran, everything is missing and there is nothing to ask.
fn wish(account: AccountId, global: &Global, ui: &Ui) -> Result<(Wish, Remembered)> {
    let (draft, remembered) = global.draft(&account, ui)?;
    let flags = Choice { profile: global.config.clone(), ..Choice::default() };
    let choice = resolve(&flags, &draft, Some(&remembered.choice));
    let profile = draft.complete(choice.emails, choice.limit_usd.unwrap_or(UNCHOSEN));
    let wish = Wish { history: remembered.history.clone(), ..Wish::new(account, profile, now()) };
    Ok((wish, remembered))
}

/// Keeps what was seen of the subscriptions. A home that cannot be written to takes nothing from the check itself.
fn remember(report: &SafeguardReport, wish: &Wish, remembered: Remembered, ui: &Ui) {
    let history = safeguards::remembered(&wish.history, report);
    if history == wish.history {
        return;
    }
    let kept = Memory::open().and_then(|memory| memory.write(&wish.account, &Remembered { history, ..remembered }));
    if let Err(error) = kept {
        ui.status(&ui.speech.say(&error.what));
    }
}

/// Says what should now be in the inbox.
fn tell(sent: &Sent, ui: &Ui) {
    let args = [
        ("emails", sent.emails.join(", ")),
        ("subject", SUBJECT.to_owned()),
        ("count", sent.alarms.len().to_string()),
        ("alarms", sent.alarms.join(", ")),
    ];
    let id = match (sent.emails.is_empty(), sent.alarms.is_empty()) {
        (true, _) => "send-test-nobody",
        (false, true) => "send-test-sent",
        (false, false) => "send-test-rung",
    };
    ui.status(&ui.speech.with(id, &args));
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
