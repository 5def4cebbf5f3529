//! What `stop` and `delete` have in common: choose, show the plan, approve, do, verify, report.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::accounts::AccountArgs;
use super::act_organization::Command;
use super::approve::{Approval, approve_actions};
use super::clock;
use super::delivery::deliver;
use super::exit::Exit;
use super::flags::Flags;
use super::goal::profile_in_force;
use super::interruption::Interruption;
use super::places::region;
use super::remembered::store;
use super::session::{Session, connect};
use super::sweep::show;
use crate::aws::accounts::named;
use crate::aws::limits::at_once;
use crate::error::{Error, Result};
use crate::model::actions::LogEntry;
use crate::model::organization::ORGANIZATION_SCHEMA;
use crate::model::{AccountId, AccountState, ActionRow, Finding, OrganizationReport, SweepReport, Text, Verb};
use crate::ops::act::{self, Choice, Journal, Name, Plan, Progress, Unrecorded, Wanted};
use crate::ops::sweep;
use crate::prices::{Cache, Lookup};
use crate::render::{Acting, Report, one_line};
use crate::state::ActionLog;
use crate::ui::Ui;

/// Concurrent requests that only read.
const READING: usize = 256;
/// Calls that change something at the same time. AWS limits those most: some to five a second in a region.
const CHANGING: usize = 16;
const TIMEOUT: Duration = Duration::from_mins(1);
const PACE: Duration = Duration::from_secs(2);
/// Within it, most things are gone or on their way.
const PATIENCE: Duration = Duration::from_mins(10);
/// A report that is older may name what has changed since.
const OLD: i64 = 60;

/// Findings by key, with their creation times.
type Named = BTreeMap<String, Option<Timestamp>>;

#[derive(Debug, clap::Args)]
#[group(skip)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Args {
    #[arg(value_name = "TYPE|TYPE:ID|ARN")]
    things: Vec<String>,
    #[arg(long)]
    all: bool,
    #[arg(long, value_delimiter = ',', value_name = "REGION,…")]
    regions: Vec<String>,
    #[arg(long, value_name = "KEY=VALUE")]
    tag: Vec<String>,
    #[arg(long, value_name = "REPORT.json", conflicts_with = "all")]
    from: Option<PathBuf>,
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
    #[arg(short, long)]
    yes: bool,
    #[arg(long, conflicts_with_all = ["things", "all", "regions", "tag", "from", "dry_run", "yes", "organization"])]
    log: bool,
    #[arg(long)]
    offline_prices: bool,
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: Option<u64>,
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(0..=86_400))]
    wait: Option<u64>,
    #[command(flatten)]
    accounts: AccountArgs,
}

/// # Errors
/// Nothing or nothing that exists is chosen; the account cannot be listed; the plan is not approved; the log cannot be written.
pub async fn run(
    args: &Args,
    verb: Verb,
    remove_protection: bool,
    flags: &Flags,
    ui: &Ui,
    interruption: &Interruption,
) -> Result<Exit> {
    let mut choice = choice(args, flags)?;
    let organization = args.accounts.which.organization;
    // The list to tick is of one account.
    if !args.log && args.from.is_none() && !choice.is_made() && (organization || !ui.can_ask()) {
        return Err(Error::usage(Text::new("error-nothing-chosen")).hint(Text::new("hint-nothing-chosen")));
    }
    if args.yes && verb == Verb::Delete && flags.account()?.is_none() {
        return Err(Error::usage(Text::new("error-yes-needs-account")).hint(Text::new("hint-yes-needs-account")));
    }
    let session = interruption.ends(Box::pin(connect(flags))).await?;
    let Session { sdk, account } = &session;
    let (profile, _) = profile_in_force(account, flags, ui)?;
    let cache = Arc::new(Cache::open());
    let offline = args.offline_prices || flags.demo;
    let options = |choice: &Choice| sweep::Options {
        regions: choice.places(),
        resources: choice.types(),
        keep: profile.sweep.keep.clone(),
        at_once: at_once(READING),
        timeout: args.timeout.map_or(TIMEOUT, Duration::from_secs),
        bill: false,
        limit_usd: None,
        made_at: flags.now(),
        prices: if offline { Lookup::Snapshot } else { Lookup::Live(cache.clone()) },
    };
    let acting = |sweep| act::Options {
        at_once: at_once(CHANGING),
        pace: PACE,
        patience: args.wait.map_or(PATIENCE, Duration::from_secs),
        sweep,
        now: if flags.demo { clock::practice } else { clock::now },
    };
    if organization {
        if let Some(file) = &args.from {
            choice.from = Some(read_all(file, flags, ui)?);
        }
        let options = acting(options(&choice));
        let wanted = Wanted { verb, choice, remove_protection };
        let approval = Approval { dry_run: args.dry_run, yes: args.yes };
        let command = Command { args: &args.accounts, profile: &profile.organization, wanted, options, approval };
        let exit = Box::pin(command.run(&session, flags, ui, interruption)).await;
        cache.take_warnings().iter().for_each(|warning| ui.status(&ui.speech.say(warning)));
        return exit;
    }
    let log = if flags.demo {
        None
    } else {
        Some(ActionLog::new(interruption.ends(store(&session)).await?, account.clone()))
    };
    let entries = match &log {
        Some(log) => interruption.ends(log.read()).await?,
        None => Vec::new(),
    };
    if args.log {
        let account = interruption.ends(async { Ok(named(sdk, account.clone()).await) }).await?;
        let report = act::logged(account, &entries, flags.now());
        return deliver(Report::Actions(&report, verb, Acting::Logged), flags, ui);
    }
    if let Some(file) = &args.from {
        choice.from = Some(read(file, account, flags, ui)?);
    }
    let options = options(&choice);
    let bar = ui.progress();
    let swept = sweep::sweep(sdk, account, &options, interruption.interrupted(), |it| show(&bar, it, ui)).await;
    bar.finish_and_clear();
    cache.take_warnings().iter().for_each(|warning| ui.status(&ui.speech.say(warning)));
    let swept = swept?;
    let wanted = Wanted { verb, choice, remove_protection };
    let (plan, refuses) = plan(&swept, wanted, &entries, ui)?;
    // What was named by itself and is left alone is still there.
    let exit = |exit| if refuses && exit == Exit::Done { Exit::Found } else { exit };
    let plan = if args.dry_run { act::rehearse(sdk, plan, at_once(CHANGING)).await } else { plan };
    let planned = Report::Actions(&plan.report, verb, Acting::Planned);
    if args.dry_run || swept.interrupted {
        return deliver(planned, flags, ui).map(exit);
    }
    if plan.does_nothing() {
        settle(&plan, log, flags).await?;
        return deliver(planned, flags, ui).map(exit);
    }
    let plan = approve_actions(plan, verb, args.yes, flags, ui)?;
    // Only now: who looks at a plan holds no other run up, and what that does is seen when things are listed again.
    let recorder = match log {
        Some(log) => Some(log.begin(flags.now()).await?),
        None => None,
    };
    let journal: &dyn Journal = recorder.as_ref().map_or(&Unrecorded, |recorder| recorder);
    let bar = ui.progress();
    let options = acting(options);
    let done = act::run(sdk, plan, &options, journal, interruption.interrupted(), |it| {
        bar.set_message(doing(&it, ui));
    });
    let done = done.await;
    bar.finish_and_clear();
    if let Some(recorder) = recorder {
        recorder.end().await;
    }
    let report = done?;
    deliver(Report::Actions(&report, verb, Acting::Done), flags, ui).map(exit)
}

/// Records what runs that were cut have ended. Another run that is at work does it by itself.
async fn settle(plan: &Plan, log: Option<ActionLog>, flags: &Flags) -> Result<()> {
    if let Some(log) = log.filter(|_| plan.is_unsettled())
        && let Ok(recorder) = log.begin(flags.now()).await
    {
        let settled = plan.settle(&recorder).await;
        recorder.end().await;
        settled?;
    }
    Ok(())
}

fn choice(args: &Args, flags: &Flags) -> Result<Choice> {
    let regions = args.regions.iter().map(|name| region(name)).collect::<Result<Vec<_>>>()?;
    // `--region` of these commands narrows them: to delete everywhere what was meant in one region would be worse.
    let regions = if regions.is_empty() { flags.region()?.into_iter().collect() } else { regions };
    Ok(Choice {
        names: args.things.iter().map(|word| Name::parse(word)).collect::<Result<Vec<_>>>()?,
        all: args.all,
        regions,
        tags: args.tag.iter().map(|text| Choice::tag(text)).collect(),
        from: None,
    })
}

/// The findings that a report names. Everything else of it is read again from AWS: a file is no proof of what there is.
fn read(file: &Path, account: &AccountId, flags: &Flags, ui: &Ui) -> Result<Named> {
    let failed = |id| Error::usage(Text::new(id).with("file", file.display()));
    let value = json(file)?;
    if value["schema"] == ORGANIZATION_SCHEMA {
        return Err(failed("error-report-organization"));
    }
    let report: SweepReport = parsed(file, value)?;
    let of = &report.scope.account.id;
    if of != account {
        let wrong = failed("error-report-account").hint(Text::new("hint-other-account"));
        return Err(wrong.detail(format!("{of}, {account}")));
    }
    say_if_old(report.made_at, flags, ui);
    Ok(named_by(report))
}

/// The findings that a report of an organisation, or of one of its accounts, names.
fn read_all(file: &Path, flags: &Flags, ui: &Ui) -> Result<Named> {
    let value = json(file)?;
    if value["schema"] != ORGANIZATION_SCHEMA {
        let report: SweepReport = parsed(file, value)?;
        say_if_old(report.made_at, flags, ui);
        return Ok(named_by(report));
    }
    let report: OrganizationReport = parsed(file, value)?;
    if report.accounts.iter().any(|it| it.state == AccountState::Swept && it.report.is_none()) {
        let elsewhere = Error::usage(Text::new("error-report-accounts").with("file", file.display()));
        return Err(elsewhere.hint(Text::new("hint-report-accounts")));
    }
    say_if_old(report.made_at, flags, ui);
    Ok(report.accounts.into_iter().filter_map(|it| it.report).flat_map(|it| named_by(*it)).collect())
}

fn named_by(report: SweepReport) -> Named {
    report.findings.into_iter().map(|it| (it.key, it.created_at)).collect()
}

fn json(file: &Path) -> Result<Value> {
    let failed = || Error::usage(Text::new("error-report-read").with("file", file.display()));
    let text = std::fs::read_to_string(file).map_err(|error| failed().detail(error))?;
    serde_json::from_str(&text).map_err(|error| failed().detail(error).hint(Text::new("hint-report-read")))
}

fn parsed<T: DeserializeOwned>(file: &Path, value: Value) -> Result<T> {
    let failed = || Error::usage(Text::new("error-report-read").with("file", file.display()));
    serde_json::from_value(value).map_err(|error| failed().detail(error).hint(Text::new("hint-report-read")))
}

fn say_if_old(made_at: Timestamp, flags: &Flags, ui: &Ui) {
    let minutes = flags.now().duration_since(made_at).as_mins();
    if minutes > OLD {
        let hours = usize::try_from(minutes / 60).unwrap_or_default();
        ui.status(&ui.speech.with("act-old-report", &[("hours", hours)]));
    }
}

/// The plan; and whether a thing that was named by itself is refused. Without a choice, the person ticks what to end.
fn plan(swept: &SweepReport, mut wanted: Wanted, log: &[LogEntry], ui: &Ui) -> Result<(Plan, bool)> {
    if !wanted.choice.is_made() {
        let all =
            act::plan(swept, &Wanted { choice: Choice { all: true, ..Choice::default() }, ..wanted.clone() }, log)?;
        let rows: Vec<_> = all.report.actions.iter().filter(|row| row.decision == row.key).collect();
        if rows.is_empty() {
            return Ok((all, false));
        }
        let of = |first: &ActionRow| {
            let others = all.report.actions.iter().filter(|row| row.decision == first.key && row.key != first.key);
            others.collect::<Vec<_>>()
        };
        let lines = rows.iter().map(|row| one_line(&[vec![*row], of(row)].concat(), &ui.speech));
        let lines: Vec<String> = lines.collect();
        let ticked =
            ui.pick(if wanted.verb == Verb::Stop { "ask-what-to-stop" } else { "ask-what-to-delete" }, &lines)?;
        let decisions: Vec<&str> = ticked.iter().filter_map(|at| Some(&*rows.get(*at)?.key)).collect();
        let members = all.report.actions.iter().filter(|row| decisions.contains(&&*row.decision));
        let created = |key: &String| all.thing(key).and_then(|it: &Finding| it.created_at);
        wanted.choice.from = Some(members.map(|row| (row.key.clone(), created(&row.key))).collect());
    }
    let plan = act::plan(swept, &wanted, log)?;
    let refuses = plan.leaves_a_named_one(swept, &wanted.choice);
    Ok((plan, refuses))
}

fn doing(progress: &Progress, ui: &Ui) -> String {
    let Progress { done, all, verb, names, id, region, waits } = progress;
    let id_of = match (waits, verb) {
        (true, _) => "act-progress-waits",
        (false, Verb::Stop) => "act-progress-stop",
        (false, Verb::Delete) => "act-progress-delete",
    };
    let thing = format!("{} {id} ({region})", names.get(ui.speech.lang));
    let args = [("done", done.to_string()), ("all", all.to_string()), ("thing", thing)];
    ui.speech.with(id_of, &args)
}
