//! `guardrail check`: compares the account with the profile, and verifies that warnings arrive.

use super::accounts::AccountArgs;
use super::delivery::deliver;
use super::exit::Exit;
use super::flags::Flags;
use super::fleet::Command;
use super::goal::to_check;
use super::session::{Session, connect};
use crate::aws::accounts::named;
use crate::error::{Error, Result};
use crate::model::{AccountId, Argument, SafeguardReport, Text};
use crate::ops::guard::{Reconciler, SUBJECT, Sent};
use crate::render::{Phase, Report};
use crate::safeguards;
use crate::state::{Memory, Remembered};
use crate::ui::Ui;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, conflicts_with = "organization")]
    send_test: bool,
    #[command(flatten)]
    accounts: AccountArgs,
}

pub async fn run(args: &Args, flags: &Flags, ui: &Ui) -> Result<Exit> {
    if args.send_test && flags.demo {
        return Err(Error::usage(Text::new("error-demo-reads")).hint(Text::new("hint-demo-check")));
    }
    let session = connect(flags).await?;
    let (inputs, remembered) = to_check(&session.account, flags, ui)?;
    if args.accounts.which.organization {
        return Command { args: &args.accounts, session, inputs, flags, ui }.check().await;
    }
    let Session { sdk, account } = session;
    let reconciler = Reconciler::new(&sdk, named(&sdk, account.clone()).await, inputs);
    let checked = reconciler.check().await;
    if !flags.demo {
        remember(&checked.report, &account, remembered, ui);
    }
    let exit = deliver(Report::Safeguards(&checked.report, Phase::Checked), flags, ui)?;
    if args.send_test {
        let sent = reconciler.send_test(&checked, &ui.speech.plain("send-test-message")).await?;
        announce(&sent, ui);
    }
    Ok(exit)
}

/// Remembers the state of the subscriptions. A config folder that cannot be written does not fail the check.
fn remember(report: &SafeguardReport, account: &AccountId, remembered: Remembered, ui: &Ui) {
    let history = safeguards::remembered(&remembered.history, report);
    if history == remembered.history {
        return;
    }
    let kept = Memory::open().and_then(|memory| memory.write(account, &Remembered { history, ..remembered }));
    if let Err(error) = kept {
        ui.warn(&error);
    }
}

/// Prints the messages that should now arrive.
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
