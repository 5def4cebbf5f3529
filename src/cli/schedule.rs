//! `guardrail schedule`: sets up, checks and removes the nightly run in AWS.

use std::path::PathBuf;
use std::time::Duration;

use super::accounts::{ROLE, Which};
use super::approve::{approve_removal, approve_schedule};
use super::delivery::deliver;
use super::exit::Exit;
use super::flags::Flags;
use super::goal::{limit, profile_in_force};
use super::places::region;
use super::session::{Session, connect};
use crate::aws::accounts::named;
use crate::aws::organization;
use crate::error::{Error, Result};
use crate::model::report::{Proof, State, Status};
use crate::model::{Region, Text};
use crate::ops::organization::chosen;
use crate::ops::permissions::UseCase;
use crate::ops::schedule::{At, EMAILS, Goal, Members, Program, Reports, Scheduler, Settings};
use crate::profile::{Profile, parse_email, parse_emails};
use crate::render::{Phase, Report};
use crate::resources;
use crate::state::Remembered;
use crate::ui::Ui;

/// Before people work, after the day's cost data is there.
const AT: &str = "03:00";
/// A run of some hundred accounts takes so long.
const PATIENCE: Duration = Duration::from_mins(20);

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "a flag each")]
pub struct Args {
    #[command(flatten)]
    which: Which,
    #[arg(long, value_name = "ADDRESS")]
    email: Vec<String>,
    #[arg(long, value_name = "ADDRESS")]
    ses_from: Option<String>,
    #[arg(long, value_name = "HH:MM", default_value = AT, hide_default_value = true)]
    at: String,
    #[arg(long, value_name = "ZONE", default_value = "UTC", hide_default_value = true)]
    time_zone: String,
    #[arg(long, value_name = "FILE")]
    function: Option<PathBuf>,
    #[arg(long, value_name = "DAYS", default_value_t = 400, hide_default_value = true, value_parser = clap::value_parser!(u16).range(1..))]
    keep_days: u16,
    #[arg(long, value_delimiter = ',', value_name = "REGION,…")]
    regions: Vec<String>,
    #[arg(long, value_delimiter = ',', value_name = "TYPE,…")]
    resources: Vec<String>,
    #[arg(long)]
    offline_prices: bool,
    #[arg(long)]
    no_bill: bool,
    #[arg(long)]
    no_run: bool,
    #[arg(long, conflicts_with_all = ["remove", "dry_run", "yes"])]
    check: bool,
    #[arg(long)]
    remove: bool,
    #[arg(long, requires = "remove")]
    delete_reports: bool,
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
    #[arg(short, long)]
    yes: bool,
}

pub async fn run(args: &Args, flags: &Flags, ui: &Ui) -> Result<Exit> {
    if flags.demo {
        return Err(Error::usage(Text::new("error-demo-schedule")));
    }
    if args.check || args.remove {
        let session = connect(flags).await?;
        let scheduler = scheduler(&session, flags).await;
        return if args.check { check(&scheduler, flags, ui).await } else { remove(args, &scheduler, flags, ui).await };
    }
    set_up(args, flags, ui).await
}

async fn scheduler(session: &Session, flags: &Flags) -> Scheduler {
    Scheduler::new(&session.sdk, named(&session.sdk, session.account.clone()).await, flags.now())
}

async fn set_up(args: &Args, flags: &Flags, ui: &Ui) -> Result<Exit> {
    // What needs no AWS is refused before AWS is asked.
    let at: At = args.at.parse().map_err(|()| Error::usage(Text::new("error-time-of-day").with("time", &args.at)))?;
    let time_zone = zone(&args.time_zone)?;
    let emails = parse_emails(&args.email)?;
    let sender = args.ses_from.as_deref().map(parse_email).transpose()?;
    if emails.len() > EMAILS {
        return Err(Error::usage(Text::new("error-emails-schedule").count("most", EMAILS)));
    }
    let program = program(args)?;
    let regions = args.regions.iter().map(|name| region(name)).collect::<Result<Vec<_>>>()?;
    let session = connect(flags).await?;
    let (profile, remembered) = profile_in_force(&session.account, flags, ui)?;
    let emails = if emails.is_empty() { known_emails(&profile, &remembered) } else { emails };
    if emails.is_empty() {
        let error = Error::usage(Text::new("error-not-chosen").with("option", "email"));
        return Err(error.hint(Text::new("hint-not-chosen").with("option", "email")));
    }
    let (settings, members, accounts) =
        Box::pin(scope(args, regions, &session, profile, &remembered, flags, ui)).await?;
    let keep_days = args.keep_days;
    let goal = Goal { settings, program, at, time_zone, emails, sender, keep_days, accounts, members };
    let scheduler = scheduler(&session, flags).await;
    let plan = Box::pin(scheduler.plan(goal)).await?;
    if args.dry_run || !plan.report.gaps.is_empty() {
        return deliver(Report::Schedule(&plan.report, Phase::Planned), flags, ui);
    }
    let changes = !plan.is_empty();
    let plan = approve_schedule(plan, args.yes, flags, ui)?;
    let bar = ui.progress();
    let applied = Box::pin(scheduler.apply(plan, |part| {
        bar.set_message(ui.speech.with("applying", &[("name", part.names.get(ui.speech.lang))]));
    }));
    let mut report = applied.await?;
    let complete = report.parts.iter().all(|it| it.state == State::Ok);
    if changes && complete && args.no_run {
        report.proof.push(Proof::new("nightly-run", Status::Waiting));
    }
    if changes && complete && !args.no_run {
        bar.set_message(ui.speech.plain("schedule-proving"));
        let proven = Box::pin(scheduler.prove(&mut report, flags.now(), PATIENCE, || bar.tick())).await;
        if let Err(error) = proven {
            ui.warn(&error);
            report.gaps.push(error.gap(&session.account, None, Some("nightly-run")));
        }
    }
    bar.finish_and_clear();
    deliver(Report::Schedule(&report, Phase::Applied), flags, ui)
}

fn known_emails(profile: &Profile, remembered: &Remembered) -> Vec<String> {
    let known = if profile.notify.emails.is_empty() { &remembered.choice.emails } else { &profile.notify.emails };
    known.iter().take(EMAILS).cloned().collect()
}

/// What is swept: the settings of the functions, the organisation, and how many accounts that is today.
async fn scope(
    args: &Args,
    regions: Vec<Region>,
    session: &Session,
    profile: Profile,
    remembered: &Remembered,
    flags: &Flags,
    ui: &Ui,
) -> Result<(Settings, Option<Members>, usize)> {
    let limit_usd = limit(&profile, &remembered.choice, flags);
    let wanted = resources::chosen(&args.resources)?;
    let mut settings = Settings {
        organization: args.which.organization,
        accounts: Vec::new(),
        ou: Vec::new(),
        exclude: Vec::new(),
        role: ROLE.to_owned(),
        external_id: None,
        regions: if regions.is_empty() { profile.sweep.regions } else { regions },
        resources: if wanted.is_empty() { profile.sweep.resources } else { wanted },
        keep: profile.sweep.keep,
        limit_usd,
        bill: !args.no_bill,
        live_prices: !args.offline_prices,
        lang: ui.speech.lang.code().to_owned(),
    };
    if !args.which.organization {
        return Ok((settings, None, 1));
    }
    let own_role = args.which.role.is_none() && profile.organization.role.is_none();
    let wanted = args.which.wanted(&profile.organization, UseCase::Sweep)?;
    let organization = organization::read(&session.sdk).await?;
    let accounts = chosen(&organization, &wanted.choice)?.iter().filter(|it| it.is_wanted()).count();
    let id = organization.id.clone().ok_or_else(|| Error::failed(Text::new("error-no-organization")))?;
    let units = organization.units.clone()?;
    let chosen = |it: &&organization::Unit| wanted.choice.units.iter().any(|unit| it.is_named(unit));
    let roots = units.iter().filter(|it| it.above.is_empty());
    let targets: Vec<String> = if wanted.choice.units.is_empty() || !wanted.choice.accounts.is_empty() {
        roots.map(|it| it.id.clone()).collect()
    } else {
        units.iter().filter(chosen).map(|it| it.id.clone()).collect()
    };
    settings = Settings {
        accounts: wanted.choice.accounts,
        ou: wanted.choice.units,
        exclude: wanted.choice.exclude,
        role: wanted.role.name,
        external_id: wanted.role.external_id,
        ..settings
    };
    let members = Members { organization: id, units: if own_role { targets } else { Vec::new() } };
    Ok((settings, Some(members), accounts))
}

/// The program for Lambda: a file, or this program where it is one for Linux.
fn program(args: &Args) -> Result<Program> {
    let own = || {
        if cfg!(target_os = "linux") {
            return std::env::current_exe().map_err(|error| Error::failed(Text::new("error-program")).detail(error));
        }
        Err(Error::usage(Text::new("error-program-here")).hint(Text::new("hint-program")))
    };
    let file = args.function.clone().map_or_else(own, Ok)?;
    let unreadable = |error| Error::usage(Text::new("error-program-file").with("file", file.display())).detail(error);
    let size = std::fs::metadata(&file).map_err(unreadable)?.len();
    Program::must_fit(size)?;
    Program::of(std::fs::read(&file).map_err(unreadable)?)
}

/// A name of the time zone database, which AWS has as well.
fn zone(name: &str) -> Result<String> {
    match jiff::tz::TimeZone::get(name) {
        Ok(zone) => Ok(zone.iana_name().unwrap_or("UTC").to_owned()),
        Err(_) => Err(Error::usage(Text::new("error-time-zone").with("zone", name))),
    }
}

async fn check(scheduler: &Scheduler, flags: &Flags, ui: &Ui) -> Result<Exit> {
    let report = Box::pin(scheduler.check(flags.now())).await?;
    deliver(Report::Schedule(&report, Phase::Checked), flags, ui)
}

async fn remove(args: &Args, scheduler: &Scheduler, flags: &Flags, ui: &Ui) -> Result<Exit> {
    let reports = if args.delete_reports { Reports::Delete } else { Reports::Keep };
    let removal = Box::pin(scheduler.plan_removal(reports)).await?;
    if args.dry_run || removal.report.parts.is_empty() {
        return deliver(Report::Schedule(&removal.report, Phase::PlannedRemoval), flags, ui);
    }
    let removal = approve_removal(removal, args.yes, flags, ui)?;
    let bar = ui.progress();
    let removed = Box::pin(scheduler.remove(removal, |part| {
        bar.set_message(ui.speech.with("removing", &[("name", part.names.get(ui.speech.lang))]));
    }));
    let report = removed.await?;
    bar.finish_and_clear();
    deliver(Report::Schedule(&report, Phase::Removed), flags, ui)
}
