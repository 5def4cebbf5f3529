//! Every enabled region × every resource type, at once: what still bills, and what could not be looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use aws_config::SdkConfig;
use futures::stream::{self, StreamExt};
use jiff::Timestamp;
use tokio::time::Instant;

use super::bill::{self, Pending};
use super::keep::mark;
use super::price::{price, wanted};
use super::silence::Silence;
use super::tally::{Ended, Seen, Tally};
use crate::aws::limits::limited;
use crate::aws::regions::{READS, Regions, regions};
use crate::aws::{Cx, accounts};
use crate::error::{Error, Kind, Result};
use crate::model::report::{Account, SWEEP_SCHEMA, SweepScope, Totals};
use crate::model::{AccountId, Finding, Gap, Reason, Region, SweepReport, Text, Usd};
use crate::prices::{self, Book, Lookup};
use crate::profile::Keep;
use crate::resources::{self, Listing, Resource};

/// What to look at. Empty lists mean everything.
#[derive(Debug, Clone)]
pub struct Options {
    pub regions: Vec<Region>,
    pub resources: Vec<String>,
    /// What is meant to be there.
    pub keep: Vec<Keep>,
    /// The most requests under way at once.
    pub at_once: usize,
    /// When to stop waiting; what has not answered by then is a gap.
    pub timeout: Duration,
    /// Whether to hold what is found against the bill.
    pub bill: bool,
    /// The most a month should cost, if anybody said.
    pub limit_usd: Option<Usd>,
    pub made_at: Timestamp,
    pub prices: Lookup,
}

/// How far a sweep is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub regions: usize,
    pub regions_done: usize,
    pub findings: usize,
}

/// Sweeps one account. `interrupted` ends it early: what has not answered by then is a gap, and the second value is true.
///
/// # Errors
/// No region could be asked for at all, or a region or type in the options does not exist.
pub async fn sweep(
    sdk: &SdkConfig,
    account: &AccountId,
    options: &Options,
    interrupted: impl Future<Output = ()>,
    mut progress: impl FnMut(Progress),
) -> Result<(SweepReport, bool)> {
    let sdk = &limited(sdk, options.at_once);
    let bill = options.bill.then(|| pending(sdk, account, options));
    let late = tokio::time::sleep(options.timeout);
    futures::pin_mut!(interrupted, late);
    let known = async { futures::join!(regions(sdk, account), name(sdk, account, options.timeout)) };
    let (regions, account) = tokio::select! {
        known = known => known,
        () = &mut interrupted => return Err(Error::new(Kind::Interrupted, Text::new("error-interrupted"))),
        () = &mut late => return Err(no_regions()),
    };
    let scope = scope(options, account, regions?)?;
    let units = units(sdk, &scope.scope);
    let mut tally = Tally::new(&units, &scope.scope, scope.first_gap);
    let mut answers = stream::iter(units.iter().map(ask)).buffer_unordered(options.at_once.max(1));
    let mut ended = Ended::Complete;
    progress(tally.progress());
    loop {
        tokio::select! {
            biased;
            () = &mut interrupted => { ended = Ended::Interrupted; break }
            () = &mut late => { ended = Ended::Late; break }
            answer = answers.next() => match answer {
                Some((unit, listing)) => { tally.add(unit, listing); progress(tally.progress()) }
                None => break,
            },
        }
    }
    drop(answers);
    let mut seen = tally.end(ended);
    let book = match ended {
        Ended::Interrupted => None,
        _ => book(sdk, options, &seen.findings, &mut interrupted).await,
    };
    let mut stopped = book.is_none();
    let book = book.unwrap_or_default();
    for finding in &mut seen.findings {
        price(finding, &book, options.made_at);
        mark(finding, &options.keep, options.made_at);
    }
    let mut report = report(scope.scope, seen, &book, options.made_at);
    let Some(mut bill) = bill else { return Ok((report, stopped)) };
    if !stopped {
        tokio::select! {
            biased;
            () = &mut interrupted => stopped = true,
            () = bill.arrive() => (),
        }
    }
    if stopped {
        bill.hurry();
    }
    bill.hold(&mut report, stopped);
    Ok((report, stopped))
}

fn pending(sdk: &SdkConfig, account: &AccountId, options: &Options) -> Pending {
    let asked = bill::Options { limit_usd: options.limit_usd, cost_explorer: false, made_at: options.made_at };
    Pending::begin(sdk, account, &asked, Instant::now() + options.timeout)
}

/// The prices of what was found; `None` if somebody would not wait for them.
async fn book(
    sdk: &SdkConfig,
    options: &Options,
    findings: &[Finding],
    interrupted: impl Future<Output = ()>,
) -> Option<Book> {
    let Lookup::Live(cache) = &options.prices else { return Some(Book::default()) };
    let wanted = wanted(findings);
    tokio::select! {
        biased;
        () = interrupted => None,
        book = prices::read(sdk, &wanted, cache, options.made_at) => Some(book),
    }
}

/// The account's name is for reading only: nothing waits long for it.
const NAME: Duration = Duration::from_secs(3);

async fn name(sdk: &SdkConfig, id: &AccountId, timeout: Duration) -> Account {
    let named = tokio::time::timeout(NAME.min(timeout / 2), accounts::named(sdk, id.clone()));
    named.await.unwrap_or_else(|_| Account { id: id.clone(), alias: None })
}

fn no_regions() -> Error {
    let what = Text::new("error-timeout").with("action", READS.join(" "));
    Error::new(Kind::Cloud(Reason::Timeout), what).hint(Text::new("hint-network"))
}

/// One question: one resource type in one place.
pub(super) struct Unit {
    pub cx: Cx,
    pub resource: &'static Resource,
    /// That of the place, which its questions share.
    silence: Arc<Silence>,
}

async fn ask(unit: &Unit) -> (&Unit, Result<Listing>) {
    if let Some(silent) = unit.silence.kept() {
        return (unit, Err(silent));
    }
    let answer = (unit.resource.list)(&unit.cx).await;
    unit.silence.heed(&answer);
    (unit, answer)
}

struct Scoped {
    scope: SweepScope,
    first_gap: Option<Gap>,
}

fn scope(options: &Options, account: Account, known: Regions) -> Result<Scoped> {
    for region in &options.regions {
        if known.disabled.contains(region) {
            return Err(Error::usage(Text::new("error-region-disabled").with("region", region))
                .hint(Text::new("hint-region-disabled").with("region", region)));
        }
        if !known.enabled.contains(region) {
            return Err(Error::usage(Text::new("error-region-unknown").with("region", region))
                .hint(Text::new("hint-regions").with("regions", join(&known.enabled))));
        }
    }
    for id in &options.resources {
        if resources::find(id).is_none() {
            return Err(Error::usage(Text::new("error-resource-unknown").with("resource", id))
                .hint(Text::new("hint-resources")));
        }
    }
    let chosen = |id: &str| options.resources.is_empty() || options.resources.iter().any(|wanted| wanted == id);
    let partial = !options.regions.is_empty() || !options.resources.is_empty();
    let wanted: BTreeSet<Region> = options.regions.iter().cloned().collect();
    Ok(Scoped {
        scope: SweepScope {
            accounts: vec![account],
            regions: known.enabled.into_iter().filter(|region| wanted.is_empty() || wanted.contains(region)).collect(),
            disabled_regions: known.disabled,
            resources: resources::ALL
                .iter()
                .map(|resource| resource.id)
                .filter(|id| chosen(id))
                .map(str::to_owned)
                .collect(),
            partial,
        },
        first_gap: known.gap,
    })
}

fn join(regions: &[Region]) -> String {
    regions.iter().map(Region::as_str).collect::<Vec<_>>().join(", ")
}

fn units(sdk: &SdkConfig, scope: &SweepScope) -> Vec<Unit> {
    let account = &scope.accounts[0].id;
    let chosen: Vec<&'static Resource> = scope.resources.iter().filter_map(|id| resources::find(id)).collect();
    let mut places: BTreeMap<Region, (Cx, Arc<Silence>)> = BTreeMap::new();
    let mut units = Vec::new();
    for resource in chosen {
        for region in resource.asked_in(&scope.regions) {
            let new = |region: &Region| (Cx::new(account, region, sdk), Arc::default());
            let (cx, silence) = places.entry(region).or_insert_with_key(new).clone();
            units.push(Unit { cx, resource, silence });
        }
    }
    // Type by type: a region that never answers takes no more places than the others while they are busy.
    units
}

fn report(scope: SweepScope, seen: Seen, book: &Book, made_at: Timestamp) -> SweepReport {
    let Seen { mut findings, mut gaps, coverage } = seen;
    findings.sort_by(|a, b| {
        let place = |it: &Finding| (it.region.clone(), it.resource.clone(), it.id.clone());
        b.usd_per_month.cmp(&a.usd_per_month).then_with(|| place(a).cmp(&place(b)))
    });
    gaps.sort();
    SweepReport {
        schema: SWEEP_SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at,
        scope,
        totals: Totals::of(&findings, &gaps),
        bill: None,
        findings,
        gaps,
        coverage,
        live_prices_failed: book.failure,
    }
}
