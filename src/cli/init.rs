//! `guardrail init`: plan, show, approve, apply, read back.

use aws_config::SdkConfig;

use super::Exit;
use super::global::{Global, now};
use crate::aws::accounts::{identity, must_be, named};
use crate::error::{Error, Result};
use crate::model::report::{Outcome, SafeguardRow, State, Status};
use crate::model::{AccountId, SafeguardReport, Text};
use crate::ops::guard::{Approved, Guard};
use crate::profile::{Choice, Memory, Remembered, parse_email, parse_emails, parse_limit, resolve};
use crate::render::{Format, Phase, Report, render};
use crate::safeguards::{self, Wish};
use crate::ui::Ui;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, value_name = "ADDRESS")]
    email: Vec<String>,
    #[arg(long, value_name = "USD", allow_negative_numbers = true)]
    limit: Option<String>,
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
    #[arg(short, long)]
    yes: bool,
}

pub async fn run(args: &Args, global: &Global, ui: &Ui) -> Result<Exit> {
    let flags = Choice {
        profile: global.config.clone(),
        emails: parse_emails(&args.email)?,
        limit_usd: args.limit.as_deref().map(parse_limit).transpose()?,
    };
    if global.demo && !args.dry_run {
        return Err(Error::usage(Text::new("error-demo-reads")).hint(Text::new("hint-demo-dry-run")));
    }
    let (sdk, account) = enter(global).await?;
    let (wish, choice) = wish(&flags, &account, global, ui)?;
    let mut guard = Guard::new(&sdk, named(&sdk, account.clone()).await, wish);
    let plan = guard.plan().await;
    if args.dry_run || is_hopeless(&plan) {
        deliver(&plan, Phase::Planned, global, ui)?;
        return Ok(if plan.gaps.is_empty() { Exit::Done } else { Exit::Incomplete });
    }
    if plan.safeguards.iter().any(|row| row.result == Some(Outcome::Planned)) {
        approve(&plan, Phase::Planned, args.yes, global, ui)?;
    }
    let history = safeguards::subscribed(&guard.wish.history, &plan);
    let mut remembered = Remembered { choice, history: history.clone() };
    if history != guard.wish.history {
        // Whoever goes on after an interruption must know since when an address waits, and that nobody left.
        Memory::open()?.write(&account, &remembered)?;
    }
    guard.wish.history = history;
    let bar = ui.progress();
    let report = guard.apply(Approved::by_the_person(plan), |entry| {
        bar.set_message(ui.speech.with("applying", &[("name", entry.names.get(ui.speech.lang).to_owned())]));
    });
    let report = report.await;
    bar.finish_and_clear();
    remembered.history = safeguards::remembered(&guard.wish.history, &report);
    Memory::open()?.write(&account, &remembered)?;
    deliver(&report, Phase::Applied, global, ui)?;
    Ok(exit(&report))
}

/// Connects, and refuses any account but the wanted one before anything else is asked.
///
/// # Errors
/// No credentials, or those of another account.
pub async fn enter(global: &Global) -> Result<(SdkConfig, AccountId)> {
    let wanted = global.wanted_account()?;
    let sdk = global.connect().await?;
    let account = identity(&sdk).await?;
    must_be(&account, wanted.as_ref())?;
    Ok((sdk, account))
}

/// The profile with the two values that only the person can choose, asked for where they are missing.
///
/// # Errors
/// A profile with mistakes; nobody there to ask.
pub fn wish(flags: &Choice, account: &AccountId, global: &Global, ui: &Ui) -> Result<(Wish, Choice)> {
    let (draft, remembered) = global.draft(account, ui)?;
    let mut choice = resolve(flags, &draft, Some(&remembered.choice));
    if global.demo && choice.emails.is_empty() {
        choice.emails.push("hana@example.com".to_owned());
        choice.limit_usd = choice.limit_usd.or_else(|| parse_limit("10").ok());
    }
    if choice.emails.is_empty() {
        choice.emails.push(missing("email", ui, parse_email)?);
    }
    let limit = match choice.limit_usd {
        Some(limit) => limit,
        None => missing("limit", ui, parse_limit)?,
    };
    choice.limit_usd = Some(limit);
    let wish = Wish::new(account.clone(), draft.complete(choice.emails.clone(), limit), now());
    Ok((Wish { history: remembered.history, asked: flags.emails.clone(), ..wish }, choice))
}

fn missing<T>(option: &'static str, ui: &Ui, parse: fn(&str) -> Result<T>) -> Result<T> {
    if !ui.can_ask() {
        return Err(Error::usage(Text::new("error-not-chosen").with("option", option))
            .hint(Text::new("hint-not-chosen").with("option", option)));
    }
    ui.ask(if option == "email" { "ask-email" } else { "ask-limit" }, parse)
}

/// Shows the plan and has it approved: by `--yes`, or by a person at a terminal.
///
/// # Errors
/// Nobody there to approve, or they said no.
pub fn approve(plan: &SafeguardReport, phase: Phase, yes: bool, global: &Global, ui: &Ui) -> Result<()> {
    let text = render(Report::Safeguards(plan, phase), Format::Text, &ui.speech, global.layout(ui))?;
    let unapproved = || Error::usage(Text::new("error-not-approved")).hint(Text::new("hint-not-approved"));
    if !yes && !ui.can_ask() {
        deliver(plan, phase, global, ui)?;
        return Err(unapproved());
    }
    ui.show(&text);
    if yes || ui.confirm("ask-approve")? { Ok(()) } else { Err(Error::usage(Text::new("nothing-changed"))) }
}

/// The report, in the form and to the place the user wants.
///
/// # Errors
/// It cannot be written there.
pub fn deliver(report: &SafeguardReport, phase: Phase, global: &Global, ui: &Ui) -> Result<()> {
    let text = render(Report::Safeguards(report, phase), global.format(), &ui.speech, global.layout(ui))?;
    ui.deliver(&text, global.output.as_deref())
}

/// Nothing that is wanted can even be seen: there is nothing to approve, to do or to prove.
fn is_hopeless(plan: &SafeguardReport) -> bool {
    let unseen = |row: &SafeguardRow| row.state == State::Unknown || row.result == Some(Outcome::Skipped);
    plan.safeguards.iter().any(unseen) && plan.safeguards.iter().all(|row| unseen(row) || !row.is_wanted())
}

fn exit(report: &SafeguardReport) -> Exit {
    let failed = report.safeguards.iter().any(|row| matches!(row.result, Some(Outcome::Failed | Outcome::Skipped)));
    let links = || report.safeguards.iter().flat_map(|row| &row.proof);
    if !report.gaps.is_empty() || failed {
        Exit::Incomplete
    } else if links().any(|link| link.status == Status::Broken) {
        Exit::Found
    } else {
        Exit::Done
    }
}
