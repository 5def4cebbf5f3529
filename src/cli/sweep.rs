//! `guardrail sweep`: lists what is charged, in every region; an interrupted sweep prints a partial report.

use std::sync::Arc;
use std::time::Duration;

use aws_config::SdkConfig;
use indicatif::ProgressBar;

use super::compared::{self, Compared};
use super::delivery::deliver;
use super::exit::Exit;
use super::flags::Flags;
use super::goal::{limit, profile_in_force};
use super::interruption::Interruption;
use super::notify::{self, Notifier};
use super::one_of::one_of;
use super::organization::{self, Around, Swept};
use super::places::region;
use super::session::{Session, connect};
use crate::aws::limits::at_once;
use crate::error::{Error, Result};
use crate::model::{SweepReport, Text};
use crate::ops::creators::name_creators;
use crate::ops::sweep::{self, Options, Progress};
use crate::prices::{Cache, Lookup};
use crate::render::Report;
use crate::resources::chosen;
use crate::ui::Ui;

/// Concurrent requests, of one account or of an organisation: far below AWS's limits, as they go to many services and regions.
const AT_ONCE: usize = 256;
/// The time limit of one account in seconds, and of an account among several that share the requests.
const TIMEOUT: u64 = 60;
const TIMEOUT_OF_EACH: u64 = 300;

/// The findings that decide the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FailOn {
    Any,
    New,
    Nothing,
}

const FAIL_ON: &[(&str, FailOn)] = &[("any", FailOn::Any), ("new", FailOn::New)];

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, value_delimiter = ',', value_name = "REGION,…")]
    regions: Vec<String>,
    #[arg(long, value_delimiter = ',', value_name = "TYPE,…")]
    resources: Vec<String>,
    #[arg(long)]
    exit_zero: bool,
    #[arg(long, value_parser = one_of(FAIL_ON), value_name = "WHAT", hide_possible_values = true, conflicts_with = "exit_zero")]
    fail_on: Option<FailOn>,
    #[command(flatten)]
    history: compared::Args,
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "10",
          value_parser = clap::value_parser!(u16).range(1..=100))]
    who: Option<u16>,
    #[command(flatten)]
    notify: notify::Args,
    #[arg(long)]
    offline_prices: bool,
    #[arg(long)]
    no_bill: bool,
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true, value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: Option<u64>,
    #[command(flatten)]
    organization: organization::Args,
}

pub async fn run(args: &Args, flags: &Flags, ui: &Ui, interruption: &Interruption) -> Result<Exit> {
    let regions = args.regions.iter().map(|name| region(name)).collect::<Result<Vec<_>>>()?;
    let resources = chosen(&args.resources)?;
    if let Some(region) = flags.region()?.filter(|_| regions.is_empty()) {
        ui.status(&ui.speech.with("hint-region-narrows-nothing", &[("region", region.to_string())]));
    }
    let session = interruption.ends(Box::pin(connect(flags))).await?;
    let Session { sdk, account } = &session;
    let compared = Compared::open(&args.history, &session, flags, ui).await?;
    let (profile, remembered) = profile_in_force(account, flags, ui)?;
    let limit_usd = limit(&profile, &remembered.choice, flags);
    if args.notify.notify && flags.demo {
        return Err(Error::usage(Text::new("error-demo-reads")));
    }
    let notifier = args.notify.notify.then(|| Notifier::open(profile.notify.webhook.as_ref())).transpose()?;
    let cache = Arc::new(Cache::open());
    let offline = args.offline_prices || flags.demo;
    let timeout = if args.organization.accounts.which.organization { TIMEOUT_OF_EACH } else { TIMEOUT };
    let options = Options {
        regions: if regions.is_empty() { profile.sweep.regions } else { regions },
        resources: if resources.is_empty() { chosen(&profile.sweep.resources)? } else { resources },
        keep: profile.sweep.keep,
        at_once: at_once(AT_ONCE),
        timeout: Duration::from_secs(args.timeout.unwrap_or(timeout)),
        bill: !args.no_bill,
        limit_usd,
        made_at: flags.now(),
        prices: if offline { Lookup::Snapshot } else { Lookup::Live(cache.clone()) },
    };
    if args.organization.accounts.which.organization {
        let wanted = profile.organization;
        let creators = args.who.map_or(0, usize::from);
        let around = Around { compared: &compared, notifier: notifier.as_ref(), creators, flags, ui, interruption };
        let swept = organization::run(&args.organization, &session, &wanted, options, around);
        let swept = Box::pin(swept).await;
        cache.take_warnings().iter().for_each(|warning| ui.status(&ui.speech.say(warning)));
        let Swept { report, exit, told } = swept?;
        let exit = match args.fail_on() {
            FailOn::Any => exit,
            FailOn::New => Exit::of_new_findings_of_all(&report),
            FailOn::Nothing => Exit::without_findings_of_all(&report),
        };
        return Ok(exit_with(told, exit, ui));
    }
    compared.must_reach(account).await?;
    let bar = ui.progress();
    let interrupted = interruption.interrupted();
    let swept = sweep::sweep(sdk, account, &options, interrupted, |progress| show(&bar, progress, ui)).await;
    bar.finish_and_clear();
    cache.take_warnings().iter().for_each(|warning| ui.status(&ui.speech.say(warning)));
    let mut report = swept?;
    compared.compare(&mut report, ui).await;
    if let Some(most) = args.who.filter(|_| !report.interrupted) {
        name(sdk, &mut report, most, interruption, ui).await;
    }
    compared.keep(&mut report, ui).await;
    let exit = deliver(Report::Sweep(&report), flags, ui)?;
    let told = match notifier.zip(compared.store()).filter(|_| !report.interrupted) {
        Some((notifier, store)) => notifier.tell(&session, &report, store, ui).await,
        None => Ok(()),
    };
    let exit = match args.fail_on() {
        FailOn::Any => exit,
        FailOn::New => Exit::of_new_findings(&report),
        FailOn::Nothing => Exit::without_findings(&report),
    };
    Ok(exit_with(told, exit, ui))
}

/// Without its notification a run that found nothing else is not complete.
fn exit_with(told: Result<()>, exit: Exit, ui: &Ui) -> Exit {
    match told {
        Err(error) => {
            ui.error(&error);
            if exit == Exit::Done { Exit::Incomplete } else { exit }
        }
        Ok(()) => exit,
    }
}

/// An interruption ends the look-up and not the report, which is complete without it.
async fn name(sdk: &SdkConfig, report: &mut SweepReport, most: u16, interruption: &Interruption, ui: &Ui) {
    let bar = ui.progress();
    bar.set_message(ui.speech.plain("who-progress"));
    tokio::select! {
        () = Box::pin(name_creators(sdk, report, usize::from(most))) => {}
        () = interruption.interrupted() => {}
    }
    bar.finish_and_clear();
}

impl Args {
    fn fail_on(&self) -> FailOn {
        if self.exit_zero { FailOn::Nothing } else { self.fail_on.unwrap_or(FailOn::Any) }
    }
}

pub(super) fn show(bar: &ProgressBar, progress: Progress, ui: &Ui) {
    let args = [("done", progress.answered), ("all", progress.questions), ("findings", progress.findings)];
    bar.set_message(ui.speech.with("sweep-progress", &args));
}
