//! Reads every price of `src/prices/book.txt` again from AWS's price list: `cargo run --example refresh-price-book`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use guardrail::aws::connect::{Door, connect};
use guardrail::model::{Price, Region, Unit, Usd};
use guardrail::prices::{Answer, Entry, entries, sku, survey};

#[path = "book.rs"]
mod book;
#[path = "files.rs"]
mod files;
#[path = "tables.rs"]
#[expect(dead_code, reason = "only the units are used: the tables themselves are not read")]
mod tables;

use book::{Mark, Prices, Result};
use tables::unit_of;

/// The source of a price that AWS's price list itself has said.
const AWS: &str = "aws";

/// What the list says of each key, by region.
pub type Answers = BTreeMap<String, BTreeMap<Region, Answer>>;

/// The book of today, and what became of the prices it had.
#[derive(Default)]
pub struct Refreshed {
    pub prices: Prices,
    pub read: usize,
    pub changed: usize,
    pub new: usize,
    /// By key, the regions whose price the list does not say (any more): it is the old one, of its old day.
    pub kept: BTreeMap<String, Vec<Region>>,
}

/// Takes the list's price wherever it says one.
///
/// # Errors
/// A price that cannot be in the book.
pub fn refreshed(book: impl Iterator<Item = Entry>, answers: &Answers, today: &str) -> Result<Refreshed> {
    let mut book_of_today = Refreshed::default();
    for Entry { sku, prices } in book {
        let (key, nothing) = (sku.to_string(), BTreeMap::new());
        let said = answers.get(&key).unwrap_or(&nothing);
        let old = |region: &Region| prices.iter().find(|(known, ..)| known == region);
        let regions: BTreeSet<&Region> = prices.iter().map(|(region, ..)| region).chain(said.keys()).collect();
        for region in regions {
            match (said.get(region).and_then(one_price), old(region)) {
                (Some(usd), old) => {
                    let mark = Mark { as_of: today.to_owned(), source: AWS.to_owned(), weak: false };
                    book_of_today.prices.add(&key, region.as_str(), usd.0, mark)?;
                    book_of_today.read += 1;
                    book_of_today.new += usize::from(old.is_none());
                    book_of_today.changed += usize::from(old.is_some_and(|(_, before, _)| *before != usd));
                }
                (None, Some((_, usd, price))) => {
                    book_of_today.prices.add(&key, region.as_str(), usd.0, mark(price))?;
                    book_of_today.kept.entry(key.clone()).or_default().push(region.clone());
                }
                (None, None) => {}
            }
        }
    }
    Ok(book_of_today)
}

fn mark(price: &Price) -> Mark {
    let Price { as_of, origin, weak, .. } = price.clone();
    Mark { as_of: as_of.unwrap_or_default(), source: origin.unwrap_or_default(), weak }
}

/// The book has one price for a key and region, and none that is free.
fn one_price(answer: &Answer) -> Option<Usd> {
    match answer {
        Answer::Usd(usd) => Some(*usd),
        Answer::Bands(bands) => bands.paid(),
        Answer::Ambiguous | Answer::Nothing => None,
    }
}

/// `None`: the program does not ask for such prices.
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

/// The keys of the book, and those named on the command line, which the book does not have yet.
fn book() -> Vec<Entry> {
    let more = std::env::args().skip(1).map(|key| Entry { sku: sku(key.leak()), prices: Vec::new() });
    entries().chain(more).collect()
}

async fn refresh() -> Result<String> {
    let book = book();
    let wanted: Vec<_> = book.iter().filter_map(|it| Some((it.sku.clone(), unit(&it.sku.to_string())?))).collect();
    let sdk = connect(&Door::default()).await.map_err(|error| format!("{error:?}"))?;
    let (mut answers, count) = (Answers::new(), wanted.len());
    let told = |answers: &Answers| write!(std::io::stderr(), "\r{} of {count} keys", answers.len());
    let survey = survey(&sdk, wanted, |sku, regions| {
        answers.insert(sku.to_string(), regions);
        let _ = told(&answers);
    });
    survey.await.map_err(|error| format!("{error:?}"))?;
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let refreshed = refreshed(book.into_iter(), &answers, &today)?;
    files::write(&refreshed.prices)?;
    Ok(report(&refreshed))
}

/// What was read, and by key what was not.
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
