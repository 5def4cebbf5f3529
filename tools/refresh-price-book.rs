//! Reads every price of `src/prices/book.txt` again from AWS's price list: `cargo run --example refresh-price-book`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use guardrail::aws::connect::{ConnectOptions, connect};
use guardrail::model::{Region, Unit, Usd};
use guardrail::prices::{Answer, Entry, entries, sku, survey};

#[path = "build-price-book.rs"]
#[expect(dead_code, reason = "the book is written as its builder writes it, and not read from tables")]
mod builder;

use builder::{Prices, Result, unit_of};

/// The list's answer for each key, by region.
pub type Answers = BTreeMap<String, BTreeMap<Region, Answer>>;

/// The refreshed book, and what happened to its old prices.
#[derive(Default)]
pub struct Refreshed {
    pub prices: Prices,
    pub read: usize,
    pub changed: usize,
    pub new: usize,
    /// By key, the regions for which the list has no price (any more): they keep the old price and day.
    pub kept: BTreeMap<&'static str, Vec<Region>>,
}

/// Replaces each price for which the list has one.
///
/// # Errors
/// A price that cannot be in the book.
pub fn refreshed(book: impl Iterator<Item = Entry>, answers: &Answers, today: &str) -> Result<Refreshed> {
    let mut book_of_today = Refreshed::default();
    for Entry { key, prices } in book {
        let nothing = BTreeMap::new();
        let said = answers.get(key).unwrap_or(&nothing);
        let old = |region: &Region| prices.iter().find(|(known, ..)| known == region);
        let regions: BTreeSet<&Region> = prices.iter().map(|(region, ..)| region).chain(said.keys()).collect();
        for region in regions {
            match (said.get(region).and_then(one_price), old(region)) {
                (Some(usd), old) => {
                    book_of_today.prices.add(key, region.as_str(), usd.0, today)?;
                    book_of_today.read += 1;
                    book_of_today.new += usize::from(old.is_none());
                    book_of_today.changed += usize::from(old.is_some_and(|(_, before, _)| *before != usd));
                }
                (None, Some((_, usd, as_of))) => {
                    book_of_today.prices.add(key, region.as_str(), usd.0, as_of.unwrap_or_default())?;
                    book_of_today.kept.entry(key).or_default().push(region.clone());
                }
                (None, None) => {}
            }
        }
    }
    Ok(book_of_today)
}

/// The price to write: the book has one price above zero for a key and region.
fn one_price(answer: &Answer) -> Option<Usd> {
    match answer {
        Answer::Usd(usd) => Some(*usd),
        Answer::Bands(bands) => bands.paid(),
        Answer::Ambiguous | Answer::Nothing => None,
    }
}

/// `None` if the program does not look up such prices.
#[must_use]
pub fn unit(key: &str) -> Option<Unit> {
    match unit_of(key) {
        "hour" => Some(Unit::Hour),
        "month" => Some(Unit::Month),
        "gb-month" => Some(Unit::GbMonth),
        "iops-month" => Some(Unit::IopsMonth),
        "gibps-month" | "mibps-month" => Some(Unit::MibpsMonth),
        _ => None,
    }
}

/// The keys of the book, and further ones from the command line.
fn book() -> Vec<Entry> {
    let more = std::env::args().skip(1).map(|key| Entry { key: key.leak(), prices: Vec::new() });
    entries().chain(more).collect()
}

async fn refresh() -> Result<String> {
    let book = book();
    let wanted: Vec<_> = book.iter().filter_map(|entry| Some((sku(entry.key), unit(entry.key)?))).collect();
    let sdk = connect(&ConnectOptions::default()).await.map_err(|error| format!("{error:?}"))?;
    let (mut answers, count) = (Answers::new(), wanted.len());
    let told = |answers: &Answers| write!(std::io::stderr(), "\r{} of {count} keys", answers.len());
    let survey = survey(&sdk, wanted, |sku, regions| {
        answers.insert(sku.to_string(), regions);
        let _ = told(&answers);
    });
    survey.await.map_err(|error| format!("{error:?}"))?;
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let refreshed = refreshed(book.into_iter(), &answers, &today)?;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/prices/book.txt");
    std::fs::write(&file, refreshed.prices.text()?)?;
    Ok(report(&refreshed))
}

/// The number of refreshed prices, and the keys without one.
#[must_use]
pub fn report(refreshed: &Refreshed) -> String {
    let (keys, prices) = refreshed.prices.count();
    let Refreshed { read, changed, new, kept, .. } = refreshed;
    let mut text = format!("{keys} keys, {prices} prices: {read} of today ({changed} changed, {new} new), ");
    let _ = write!(text, "{} kept, with their old days:", kept.values().map(Vec::len).sum::<usize>());
    for (key, regions) in kept {
        let regions: Vec<&str> = regions.iter().map(Region::as_str).collect();
        let _ = write!(text, "\n{key}: {}", regions.join(" "));
    }
    text
}

#[tokio::main]
async fn main() -> ExitCode {
    let (code, written) = match refresh().await {
        Ok(summary) => (ExitCode::SUCCESS, writeln!(std::io::stdout(), "{summary}")),
        Err(error) => (ExitCode::FAILURE, writeln!(std::io::stderr(), "the price book is as it was: {error}")),
    };
    if written.is_ok() { code } else { ExitCode::FAILURE }
}
