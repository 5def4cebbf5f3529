//! `guardrail appeal`: the request to AWS Support for a billing adjustment, written from facts.

use std::sync::Arc;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use jiff::Timestamp;

use super::approve::approve_case;
use super::clock::zone;
use super::delivery::deliver;
use super::exit::Exit;
use super::flags::Flags;
use super::goal::{limit, profile_in_force, to_check};
use super::one_of::one_of;
use super::remembered::store;
use super::session::{Session, connect};
use crate::aws::accounts::named;
use crate::aws::connect::{self as aws, ConnectOptions};
use crate::aws::cost_explorer::USD_OF_MONTHS;
use crate::aws::limits::at_once;
use crate::demo;
use crate::error::{Error, Result};
use crate::model::actions::{LogEntry, Verified};
use crate::model::{AccountId, AppealReport, Lang, SafeguardReport, SweepReport, Text, Verb, Words};
use crate::ops::appeal::case::{self, Codes, Wanted};
use crate::ops::appeal::{self, Moment, Now, Options, Past, SaidEnd, without_secrets};
use crate::ops::guard::Reconciler;
use crate::ops::sweep;
use crate::prices::{Cache, Lookup};
use crate::profile::Profile;
use crate::render::Report;
use crate::safeguards::Inputs;
use crate::state::{ActionLog, Memory, Remembered, Reports, Store};
use crate::ui::Ui;

const AT_ONCE: usize = 256;
const TIMEOUT: Duration = Duration::from_mins(1);
/// The current month and the two before.
const MONTHS: u8 = 3;

/// The languages of the letter.
const LANGS: &[(&str, &[Lang])] = &[("en", &[Lang::En]), ("ja", &[Lang::Ja]), ("both", &[Lang::Ja, Lang::En])];

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "options of the command line")]
pub struct Args {
    #[arg(value_name = "THING")]
    things: Vec<String>,
    #[arg(long, value_parser = one_of(LANGS), value_name = "LANG", hide_possible_values = true)]
    letter: Option<&'static [Lang]>,
    #[arg(long)]
    unauthorized: bool,
    #[arg(long, value_name = "THING DATE")]
    ended: Vec<String>,
    #[arg(long, value_name = "DATE")]
    noticed: Option<String>,
    #[arg(long, value_name = "TEXT")]
    cause: Option<String>,
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[arg(long, conflicts_with = "asked_before")]
    first_time: bool,
    #[arg(long)]
    asked_before: bool,
    #[arg(long, value_name = "SERVICE")]
    service: Vec<String>,
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u8).range(1..=11))]
    months: Option<u8>,
    #[arg(long)]
    cost_explorer: bool,
    #[arg(long)]
    send: bool,
    #[arg(long, requires = "send", conflicts_with = "yes")]
    dry_run: bool,
    #[arg(long, value_name = "ID", requires = "send")]
    case_service: Option<String>,
    #[arg(long, value_name = "ID", requires = "send")]
    case_category: Option<String>,
    #[arg(long, conflicts_with_all = ["send", "unauthorized", "cost_explorer"])]
    status: bool,
    #[arg(long, value_name = "ID", requires = "status")]
    case: Option<String>,
    #[arg(short, long)]
    yes: bool,
}

pub async fn run(args: &Args, flags: &Flags, ui: &Ui) -> Result<Exit> {
    if flags.demo && (args.status || args.send) {
        return Err(Error::usage(Text::new("error-demo-reads")).hint(Text::new("hint-demo-appeal")));
    }
    let said = said(args, flags, ui)?;
    if args.cost_explorer {
        agree(args.yes || flags.demo, ui)?;
    }
    let session = connect(flags).await?;
    let Session { sdk, account } = &session;
    if args.status {
        return status(args, sdk, account, &said, flags, ui).await;
    }
    let store = if flags.demo { None } else { Some(store(&session).await?) };
    let (profile, remembered) = profile_in_force(account, flags, ui)?;
    let options = Options { limit_usd: limit(&profile, &remembered.choice, flags), ..said };
    let sdk = if flags.demo { practice(demo::practice_account_afterwards()).await? } else { sdk.clone() };
    let (swept, checked) = futures::join!(
        sweep_now(&sdk, account, &profile, options.made_at, flags, ui),
        check_now(&sdk, account, options.made_at, flags, ui)
    );
    let (sweep, check) = (swept?, checked?);
    let past = match store {
        Some(store) => remembered_sweeps(store, account, options.since(), ui).await?,
        None => practised(account, flags).await?,
    };
    let report = appeal::appeal(&sdk, Now { sweep: &sweep, check: &check }, &past, &options).await?;
    if args.send {
        return send(args, report, &sdk, account, flags, ui).await;
    }
    deliver(Report::Appeal(&report), flags, ui)
}

/// Opens a case with the letter, after approval. The letter is shown in any case: it can be pasted in the console.
async fn send(
    args: &Args,
    mut report: AppealReport,
    sdk: &SdkConfig,
    account: &AccountId,
    flags: &Flags,
    ui: &Ui,
) -> Result<Exit> {
    let codes = Codes { service: args.case_service.clone(), category: args.case_category.clone() };
    let plan = match case::plan(sdk, &report, &codes).await {
        Ok(plan) => plan,
        Err(error) => {
            deliver(Report::Appeal(&report), flags, ui)?;
            return Err(error);
        }
    };
    report.case = Some(plan.case());
    if args.dry_run {
        return deliver(Report::Appeal(&report), flags, ui);
    }
    let plan = approve_case(plan, Report::Appeal(&report), args.yes, flags, ui)?;
    let case = case::open(sdk, account, plan).await?;
    let opened = |it| Remembered { case: case.id.clone(), ..it };
    if let Err(error) = Memory::open().and_then(|memory| memory.update(account, opened)) {
        ui.warn(&error);
    }
    deliver(Report::Appeal(&AppealReport { case: Some(case), ..report }), flags, ui)
}

/// Shows what AWS answered.
async fn status(
    args: &Args,
    sdk: &SdkConfig,
    account: &AccountId,
    options: &Options,
    flags: &Flags,
    ui: &Ui,
) -> Result<Exit> {
    let remembered = Memory::open().and_then(|memory| memory.read(account)).unwrap_or_else(|error| {
        ui.warn(&error);
        Remembered::default()
    });
    let wanted = match &args.case {
        Some(id) => Wanted::Named(id),
        None => Wanted::Newest { remembered: remembered.case.as_deref() },
    };
    let case = case::status(sdk, account, ui.speech.lang, wanted).await?;
    let account = named(sdk, account.clone()).await;
    deliver(Report::Appeal(&AppealReport::of_case(account, options.made_at, case)), flags, ui)
}

/// The configuration for a story of the practice account.
async fn practice(client: SharedHttpClient) -> Result<SdkConfig> {
    aws::connect(&ConnectOptions { practice: Some(client), ..ConnectOptions::default() }).await
}

/// What the person says.
fn said(args: &Args, flags: &Flags, ui: &Ui) -> Result<Options> {
    let person = flags.demo.then(demo::person);
    let zone = person.as_ref().map_or_else(zone, |person| person.zone.clone());
    let date = |text: &str| Error::usage(Text::new("error-appeal-date").with("date", text));
    let noticed = args.noticed.as_ref().map(|text| Moment::parse(text, &zone).ok_or_else(|| date(text))).transpose()?;
    let ended = args.ended.iter().map(|text| {
        let said = SaidEnd::parse(&without_secrets(text)?, &zone);
        said.ok_or_else(|| Error::usage(Text::new("error-appeal-ended").with("text", text)))
    });
    let both = |text: &String| -> Result<Words> {
        let text = without_secrets(text)?;
        Ok(Words { en: text.clone().into(), ja: text.into() })
    };
    let first_time = match (args.first_time, args.asked_before) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => flags.demo.then_some(true),
    };
    let options = Options {
        made_at: person.as_ref().map_or_else(|| flags.now(), |person| person.at),
        langs: args.letter.map_or_else(|| vec![ui.speech.lang], <[Lang]>::to_vec),
        unauthorized: args.unauthorized,
        months: args.months.unwrap_or(MONTHS),
        cost_explorer: args.cost_explorer,
        limit_usd: None,
        about: args.things.clone(),
        services: args.service.clone(),
        ended: ended.collect::<Result<_>>()?,
        noticed,
        name: args.name.as_ref().map(both).transpose()?,
        cause: args.cause.as_ref().map(both).transpose()?,
        first_time,
        zone,
    };
    let Some(person) = person else { return Ok(options) };
    // It was the person's own mistake: for the other letter only the name is known.
    let cause = options.cause.or_else(|| (!args.unauthorized).then_some(person.cause));
    Ok(Options { name: options.name.or(Some(person.name)), cause, ..options })
}

/// Shows the charge for Cost Explorer, and asks for consent before it is spent.
fn agree(yes: bool, ui: &Ui) -> Result<()> {
    let cost = Text::new("cost-explorer-costs-once").with("usd", USD_OF_MONTHS);
    if !yes && !ui.can_ask() {
        return Err(Error::usage(cost).hint(Text::new("hint-cost-explorer")));
    }
    ui.status(&ui.speech.say(&cost));
    if yes || ui.confirm("ask-approve")? { Ok(()) } else { Err(Error::usage(Text::new("nothing-spent"))) }
}

/// Everything that is charged now, and the bill beside it.
pub(super) async fn sweep_now(
    sdk: &SdkConfig,
    account: &AccountId,
    profile: &Profile,
    now: Timestamp,
    flags: &Flags,
    ui: &Ui,
) -> Result<SweepReport> {
    let cache = Arc::new(Cache::open());
    let options = sweep::Options {
        keep: profile.sweep.keep.clone(),
        bill: true,
        prices: if flags.demo { Lookup::Snapshot } else { Lookup::Live(cache.clone()) },
        ..everything(now)
    };
    let bar = ui.progress();
    let swept = sweep::sweep(sdk, account, &options, std::future::pending(), |progress| {
        let args = [("done", progress.answered), ("all", progress.questions), ("findings", progress.findings)];
        bar.set_message(ui.speech.with("sweep-progress", &args));
    });
    let swept = swept.await;
    bar.finish_and_clear();
    cache.take_warnings().iter().for_each(|warning| ui.status(&ui.speech.say(warning)));
    swept
}

fn everything(now: Timestamp) -> sweep::Options {
    sweep::Options {
        regions: Vec::new(),
        resources: Vec::new(),
        keep: Vec::new(),
        at_once: at_once(AT_ONCE),
        timeout: TIMEOUT,
        bill: false,
        limit_usd: None,
        made_at: now,
        prices: Lookup::Snapshot,
    }
}

/// Which safeguards stand now.
async fn check_now(
    sdk: &SdkConfig,
    account: &AccountId,
    now: Timestamp,
    flags: &Flags,
    ui: &Ui,
) -> Result<SafeguardReport> {
    let inputs = Inputs { now, ..to_check(account, flags, ui)?.0 };
    Ok(Reconciler::new(sdk, named(sdk, account.clone()).await, inputs).check().await.report)
}

/// The practice account's sweep of two days before, and what its person deleted then.
async fn practised(account: &AccountId, flags: &Flags) -> Result<Past> {
    let sdk = practice(demo::practice_account()).await?;
    let options = everything(flags.now());
    let sweep = sweep::sweep(&sdk, account, &options, std::future::pending(), |_| {}).await?;
    let acts = demo::person().deleted.into_iter().map(|(key, at)| appeal::Act { key, verb: Verb::Delete, at });
    Ok(Past { sweeps: vec![sweep], acts: acts.collect() })
}

/// The sweeps of the letter's months, and what the action log says was ended. One that cannot be read is reported, and the others count.
async fn remembered_sweeps(store: Store, account: &AccountId, since: Timestamp, ui: &Ui) -> Result<Past> {
    let reports = Reports::new(store.clone());
    let mut past = Past::default();
    let mut entries = reports.entries(account).await?;
    entries.retain(|entry| entry.at >= since);
    entries.reverse();
    for read in reports.read_all(&entries).await {
        match read {
            Ok(report) => past.sweeps.extend(report),
            Err(error) => ui.warn(&error),
        }
    }
    let proven = |it: &LogEntry| it.verified.is_some_and(Verified::is_proof);
    let act = |it: LogEntry| appeal::Act { key: it.key, verb: it.verb, at: it.at };
    match ActionLog::new(store, account.clone()).read().await {
        Ok(entries) => past.acts.extend(entries.into_iter().filter(proven).map(act)),
        Err(error) => ui.warn(&error),
    }
    Ok(past)
}
