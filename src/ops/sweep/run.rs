//! Runs a sweep: determines the scope, sends all requests, waits for prices and the bill.

use std::pin::Pin;
use std::time::Duration;

use aws_config::SdkConfig;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::collect::{Collector, Ended};
use super::found::Found;
use super::free_tier::FreeTierUsage;
use super::options::Options;
use super::price::wanted;
use super::progress::Progress;
use super::report::{Known, report};
use super::scope::scope;
use super::task::{Task, tasks};
use crate::aws::accounts;
use crate::aws::limits::limited;
use crate::aws::regions::{READS, regions};
use crate::error::{Error, Kind, Result};
use crate::model::{Account, AccountId, Reason, SweepReport, Text};
use crate::ops::bill::{self, Payer, Pending};
use crate::prices::{self, Book, Lookup};

/// Sweeps one account. `interrupted` ends it early: each request without an answer by then is a gap, and the report is marked as
/// incomplete.
///
/// # Errors
/// The regions cannot be read, or a region or type in the options does not exist.
pub async fn sweep(
    sdk: &SdkConfig,
    account: &AccountId,
    options: &Options,
    interrupted: impl Future<Output = ()>,
    progress: impl FnMut(Progress),
) -> Result<SweepReport> {
    let known = Box::pin(sweep_alone(sdk, account, options, interrupted, progress)).await?;
    Ok(report(known, options, &mut FreeTierUsage::new()))
}

/// The same without its report, which comes later.
///
/// # Errors
/// As for [`sweep`].
pub(in crate::ops) async fn sweep_alone(
    sdk: &SdkConfig,
    account: &AccountId,
    options: &Options,
    interrupted: impl Future<Output = ()>,
    progress: impl FnMut(Progress),
) -> Result<Known> {
    let sdk = &limited(sdk, options.at_once);
    let bill = options.bill.then(|| Pending::begin(sdk, account, &of_bill(options), deadline(options)));
    Box::pin(look(sdk, account, options, bill, interrupted, progress)).await
}

/// The same for a linked account of an organisation, whose figures its payer has. The report comes later: the accounts share the
/// free allowances.
///
/// # Errors
/// As for [`sweep`].
pub(in crate::ops) async fn sweep_linked(
    sdk: &SdkConfig,
    account: &AccountId,
    options: &Options,
    payer: Option<Payer>,
    interrupted: impl Future<Output = ()>,
) -> Result<Known> {
    let bill = payer.map(|payer| Pending::linked(payer, account, &of_bill(options), deadline(options)));
    Box::pin(look(&limited(sdk, options.at_once), account, options, bill, interrupted, |_| {})).await
}

/// Asks for everything in scope, for its prices and for the bill.
async fn look(
    sdk: &SdkConfig,
    account: &AccountId,
    options: &Options,
    bill: Option<Pending>,
    interrupted: impl Future<Output = ()>,
    progress: impl FnMut(Progress),
) -> Result<Known> {
    let late = tokio::time::sleep(options.timeout);
    futures::pin_mut!(interrupted, late);
    let known = async { futures::join!(regions(sdk, account), name(sdk, account, options.timeout)) };
    let (regions, account) = tokio::select! {
        known = known => known,
        () = &mut interrupted => return Err(Error::new(Kind::Interrupted, Text::new("error-interrupted"))),
        () = &mut late => return Err(no_regions()),
    };
    let mut regions = regions?;
    let first_gap = regions.gap.take();
    let scope = scope(options, account, regions)?;
    let tasks = tasks(sdk, &scope, &options.regions);
    let mut collector = Collector::new(&tasks, &scope, first_gap);
    let ended = ask(tasks, options.at_once, &mut collector, interrupted.as_mut(), late, progress).await;
    let mut seen = collector.end(ended);
    let mut stop = Stop { interrupted, done: ended == Ended::Interrupted };
    let book = stop.or(book(sdk, options, &seen.found)).await.unwrap_or_default();
    seen.found = seen.found.into_iter().map(|it| it.priced(&book, options.made_at)).collect();
    let mut figures = None;
    if let Some(mut bill) = bill {
        if stop.or(bill.arrive()).await.is_none() {
            bill.hurry();
        }
        let (known, gaps) = bill.end(stop.done);
        seen.gaps.extend(gaps);
        figures = known;
    }
    let (live_prices_failed, late) = (book.failure, ended == Ended::Late);
    Ok(Known { scope, seen, live_prices_failed, bill: figures, interrupted: stop.done, late })
}

/// The person's interruption, which can come at any time, once.
struct Stop<'a, I> {
    interrupted: Pin<&'a mut I>,
    done: bool,
}

impl<I: Future<Output = ()>> Stop<'_, I> {
    /// The answer; `None` if the person interrupts first.
    async fn or<T>(&mut self, answer: impl Future<Output = T>) -> Option<T> {
        if self.done {
            return None;
        }
        tokio::select! {
            biased;
            () = &mut self.interrupted => {
                self.done = true;
                None
            }
            answer = answer => Some(answer),
        }
    }
}

/// Runs the tasks on all cores, at most `at_once` at a time. Returning early cancels the running ones.
async fn ask(
    tasks: Vec<Task>,
    at_once: usize,
    collector: &mut Collector,
    mut interrupted: Pin<&mut impl Future<Output = ()>>,
    mut late: Pin<&mut tokio::time::Sleep>,
    mut progress: impl FnMut(Progress),
) -> Ended {
    let mut tasks = tasks.into_iter();
    let mut running = JoinSet::new();
    for task in tasks.by_ref().take(at_once.max(1)) {
        running.spawn(task.run());
    }
    progress(collector.progress());
    loop {
        tokio::select! {
            biased;
            () = &mut interrupted => return Ended::Interrupted,
            () = &mut late => return Ended::Late,
            answer = running.join_next() => match answer {
                None => return Ended::Complete,
                // The collector turns a task without an answer into a gap.
                Some(Err(_)) => {}
                Some(Ok((task, listing))) => {
                    collector.add(&task, listing);
                    progress(collector.progress());
                }
            },
        }
        if let Some(task) = tasks.next() {
            running.spawn(task.run());
        }
    }
}

fn of_bill(options: &Options) -> bill::Options {
    bill::Options { limit_usd: options.limit_usd, cost_explorer: false, made_at: options.made_at }
}

fn deadline(options: &Options) -> Instant {
    Instant::now() + options.timeout
}

/// The prices of the findings.
async fn book(sdk: &SdkConfig, options: &Options, found: &[Found]) -> Book {
    match &options.prices {
        Lookup::Live(cache) => prices::read(sdk, &wanted(found), cache, options.made_at).await,
        Lookup::Snapshot => Book::default(),
    }
}

/// The account's name is for display only, so the sweep does not wait long for it.
const NAME: Duration = Duration::from_secs(3);

async fn name(sdk: &SdkConfig, id: &AccountId, timeout: Duration) -> Account {
    let named = tokio::time::timeout(NAME.min(timeout / 2), accounts::named(sdk, id.clone()));
    named.await.unwrap_or_else(|_| Account { id: id.clone(), alias: None })
}

fn no_regions() -> Error {
    let what = Text::new("error-timeout").with("action", READS.join(" "));
    Error::new(Kind::Cloud(Reason::Timeout), what).hint(Text::new("hint-network"))
}
