//! The report of `guardrail appeal`: gathers the facts, and has the letters written.

use aws_config::SdkConfig;
use jiff::ToSpan;
use jiff::tz::TimeZone;

use super::creator::{caller, name_creators};
use super::known::{Facts, Safeguard};
use super::letter::letter;
use super::months::{Cost, costs, costs_of_cost_explorer, first, first_charge};
use super::options::{Options, Past};
use super::things::{Still, Thing, things};
use crate::aws::billing_metric::{Period, series};
use crate::aws::{Cx, cost_explorer, keys};
use crate::error::Result;
use crate::lang::Speech;
use crate::model::appeal::{APPEAL_SCHEMA, NotEnded};
use crate::model::report::{SafeguardRow, State, Status};
use crate::model::{AppealReport, Gap, Note, SafeguardReport, SweepReport, Verdict, Words};
use crate::ops::bill::Gaps;

/// What was looked at just now.
#[derive(Debug, Clone, Copy)]
pub struct Now<'a> {
    pub sweep: &'a SweepReport,
    pub check: &'a SafeguardReport,
}

/// The appeal of one account.
///
/// # Errors
/// The person names a thing that no sweep has seen.
pub async fn appeal(sdk: &SdkConfig, now: Now<'_>, past: &Past, options: &Options) -> Result<AppealReport> {
    let account = &now.sweep.scope.account;
    let mut things = things(now.sweep, past, options)?;
    let cx = Cx::home(&account.id, sdk);
    let mut gaps = Gaps::of(account.id.clone());
    let mut notes = Vec::new();
    let from = first(options.made_at, options.months);
    let period = Period { from: options.since(), until: options.made_at };
    let figures = async { Ok(series(&cx).await?.own(period).await) };
    let (figures, keys, caller, ()) = futures::join!(
        figures,
        keys_of(&cx, options.unauthorized),
        caller(&cx),
        name_creators(sdk, &mut things, now.sweep, past)
    );
    let figures = gaps.figures(figures);
    let keys = gaps.unless(keys).flatten();
    let mut costs = of_letter(costs(&figures, from, options.made_at), &things, options);
    if options.cost_explorer {
        let tomorrow = options.made_at.to_zoned(TimeZone::UTC).date().saturating_add(1.day());
        let exact = gaps.unless(cost_explorer::months(&cx, from, tomorrow).await).unwrap_or_default();
        let exact = costs_of_cost_explorer(&exact, &services(&things, options), options.made_at);
        if exact.is_empty() {
            notes.push(Note::new("appeal-not-in-cost-explorer"));
        } else {
            costs = exact;
        }
    }
    let first_charges = services(&things, options)
        .into_iter()
        .filter_map(|service| Some((service.to_owned(), first_charge(&figures, service)?)))
        .collect();
    gaps.gaps.extend(now.sweep.gaps.iter().filter(|gap| hides(gap, &things)).cloned());
    gaps.gaps.extend(now.check.gaps.iter().cloned());
    gaps.gaps.sort();
    gaps.gaps.dedup();
    let facts = Facts {
        account: account.clone(),
        now: options.made_at,
        caller,
        zone: options.zone.clone(),
        unauthorized: options.unauthorized,
        name: options.name.clone(),
        cause: options.cause.clone(),
        first_time: options.first_time.filter(|_| !options.unauthorized),
        things,
        costs,
        first_charges,
        clean: clean(now.sweep),
        safeguards: now.check.safeguards.iter().filter(|row| stands(row)).map(safeguard).collect(),
        keys,
    };
    Ok(AppealReport {
        schema: APPEAL_SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: options.made_at,
        account: account.clone(),
        unauthorized: options.unauthorized,
        not_ended: facts.things.iter().filter_map(not_ended).collect(),
        letters: options.langs.iter().map(|lang| letter(&facts, &Speech::new(*lang))).collect(),
        facts: facts.list(&options.langs),
        case: None,
        notes,
        gaps: gaps.gaps,
    })
}

async fn keys_of(cx: &Cx, unauthorized: bool) -> Result<Option<keys::Keys>> {
    if unauthorized { keys::keys(cx).await.map(Some) } else { Ok(None) }
}

/// The services of the letter.
fn services<'a>(things: &'a [Thing], options: &'a Options) -> Vec<&'a str> {
    let of_things = things.iter().flat_map(|thing| &thing.services);
    let named = if options.services.is_empty() { None } else { Some(&options.services) };
    let mut all: Vec<&str> = match named {
        Some(named) => named.iter().map(String::as_str).collect(),
        None => of_things.map(String::as_str).collect(),
    };
    all.sort_unstable();
    all.dedup();
    all
}

fn of_letter(costs: Vec<Cost>, things: &[Thing], options: &Options) -> Vec<Cost> {
    let services = services(things, options);
    costs.into_iter().filter(|cost| services.contains(&cost.service.as_str())).collect()
}

/// The enabled regions of a sweep that looked everywhere and found only what is kept on purpose.
fn clean(sweep: &SweepReport) -> Option<usize> {
    let safe = sweep.verdict == Verdict::Safe && !sweep.scope.partial;
    safe.then_some(sweep.scope.regions.len())
}

fn safeguard(row: &SafeguardRow) -> Safeguard {
    Safeguard { id: row.id.clone(), names: row.names.clone() }
}

/// A safeguard that is as the profile wants it, and whose warnings are not known to get lost.
fn stands(row: &SafeguardRow) -> bool {
    row.wanted && row.state == State::Ok && row.proof.iter().all(|link| link.status != Status::Broken)
}

fn not_ended(thing: &Thing) -> Option<NotEnded> {
    let unknown = match thing.still {
        Still::Gone => return None,
        Still::Charged => false,
        Still::Unknown => true,
    };
    let names = thing.names.clone().unwrap_or_else(|| Words { en: "".into(), ja: "".into() });
    Some(NotEnded { key: thing.key.clone(), names, id: thing.id.clone(), unknown })
}

/// Whether the gap may hide that a thing of the letter is still charged.
fn hides(gap: &Gap, things: &[Thing]) -> bool {
    let region = |thing: &Thing| gap.region.is_none() || gap.region == thing.region;
    let of_type = |thing: &Thing| {
        let parts: Vec<&str> = thing.key.splitn(4, '/').collect();
        gap.resource.is_none() || parts.get(2).copied() == gap.resource.as_deref()
    };
    things.iter().any(|thing| thing.still == Still::Unknown && region(thing) && of_type(thing))
}
