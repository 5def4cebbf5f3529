//! `guardrail check`: is everything as the profile wants it, and does the warning arrive?

use super::delivery::deliver;
use super::exit::Exit;
use super::flags::Flags;
use super::goal::to_check;
use super::session::{Session, connect};
use crate::aws::accounts::named;
use crate::error::{Error, Result};
use crate::model::{Argument, SafeguardReport, Text};
use crate::ops::guard::Guard;
use crate::ops::send_test::{SUBJECT, Sent, send};
use crate::profile::{Memory, Remembered};
use crate::render::{Phase, Report};
use crate::safeguards::{self, Wish};
use crate::ui::Ui;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long)]
    send_test: bool,
}

pub async fn run(args: &Args, flags: &Flags, ui: &Ui) -> Result<Exit> {
    if args.send_test && flags.demo {
        return Err(Error::usage(Text::new("error-demo-reads")).hint(Text::new("hint-demo-check")));
    }
    let Session { sdk, account } = connect(flags).await?;
    let (wish, remembered) = to_check(&account, flags, ui)?;
    let mut guard = Guard::new(&sdk, named(&sdk, account).await, wish.clone());
    let report = guard.check().await;
    if !flags.demo {
        remember(&report, &wish, remembered, ui);
    }
    let exit = deliver(Report::Safeguards(&report, Phase::Checked), flags, ui)?;
    if args.send_test {
        let sent = send(&guard.cx, &guard.wish, &report, &ui.speech.plain("send-test-message")).await?;
        announce(&sent, ui);
    }
    Ok(exit)
}

/// Remembers the state of the subscriptions. A config folder that cannot be written to does not fail the check.
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
fn announce(sent: &Sent, ui: &Ui) {
    let args = [
        ("emails", Argument::from(sent.emails.join(", "))),
        ("subject", SUBJECT.into()),
        ("count", sent.alarms.len().into()),
        ("alarms", sent.alarms.join(", ").into()),
    ];
    let id = match (sent.emails.is_empty(), sent.alarms.is_empty()) {
        (true, _) => "send-test-nobody",
        (false, true) => "send-test-sent",
        (false, false) => "send-test-rung",
    };
    ui.status(&ui.speech.with(id, &args));
}
