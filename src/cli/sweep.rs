//! `guardrail sweep`

use std::sync::Arc;
use std::time::Duration;

use indicatif::ProgressBar;

use super::global::{Global, region};
use super::init::enter;
use super::{Exit, until_interrupted};
use crate::aws::limits::at_once;
use crate::error::Result;
use crate::model::SweepReport;
use crate::ops::keep::is_kept;
use crate::ops::sweep::{self, Options, Progress};
use crate::prices::{Cache, Lookup};
use crate::render::{Report, render};
use crate::ui::Ui;

/// Requests under way at once: more than enough to wait for a whole sweep together, far below AWS's limits.
const AT_ONCE: usize = 128;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, value_delimiter = ',', value_name = "REGION,…")]
    regions: Vec<String>,
    #[arg(long, value_delimiter = ',', value_name = "TYPE,…")]
    resources: Vec<String>,
    #[arg(long)]
    exit_zero: bool,
    #[arg(long)]
    offline_prices: bool,
    #[arg(long)]
    no_bill: bool,
    #[arg(long, value_name = "SECONDS", default_value_t = 60, hide_default_value = true, value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,
}

pub async fn run(args: &Args, global: &Global, ui: &Ui) -> Result<Exit> {
    let regions = args.regions.iter().map(|name| region(name)).collect::<Result<Vec<_>>>()?;
    let (sdk, account) = until_interrupted(Box::pin(enter(global))).await?;
    let (profile, remembered) = global.draft(&account, ui)?;
    let limit_usd = global.limit(&profile, &remembered.choice);
    let or = |asked: Vec<String>, profiled: Vec<String>| if asked.is_empty() { profiled } else { asked };
    let cache = Arc::new(Cache::open());
    let offline = args.offline_prices || global.demo;
    let options = Options {
        regions: if regions.is_empty() { profile.sweep.regions } else { regions },
        resources: or(args.resources.clone(), profile.sweep.resources),
        keep: profile.sweep.keep,
        at_once: at_once(AT_ONCE),
        timeout: Duration::from_secs(args.timeout),
        bill: !args.no_bill,
        limit_usd,
        made_at: global.now(),
        prices: if offline { Lookup::Snapshot } else { Lookup::Live(cache.clone()) },
    };
    let bar = ui.progress();
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let swept = sweep::sweep(&sdk, &account, &options, interrupted, |progress| show(&bar, progress, ui)).await;
    bar.finish_and_clear();
    cache.take_warnings().iter().for_each(|warning| ui.status(&ui.speech.say(warning)));
    let (report, interrupted) = swept?;
    let text = render(Report::Sweep(&report), global.format(), &ui.speech, global.layout(ui))?;
    ui.deliver(&text, global.output.as_deref())?;
    Ok(if interrupted { Exit::Interrupted } else { exit(&report, args.exit_zero) })
}

fn show(bar: &ProgressBar, progress: Progress, ui: &Ui) {
    let args = [
        ("done", progress.regions_done.to_string()),
        ("regions", progress.regions.to_string()),
        ("findings", progress.findings.to_string()),
    ];
    bar.set_message(ui.speech.with("sweep-progress", &args));
}

/// What is kept on purpose is no finding to act on. A sweep that could not look, or that leaves something of the bill
/// unexplained, is never "clean", whatever the user wants of findings.
fn exit(report: &SweepReport, exit_zero: bool) -> Exit {
    let explained = report.bill.as_ref().is_none_or(|bill| bill.unexplained().next().is_none());
    match (exit_zero || report.findings.iter().all(is_kept), report.gaps.is_empty() && explained) {
        (false, _) => Exit::Found,
        (true, false) => Exit::Incomplete,
        (true, true) => Exit::Done,
    }
}
