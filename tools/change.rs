//! What AWS's list says of the book's keys, put into the book: shared by the two tools that read it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use guardrail::model::{Price, Region, Unit, Usd};
use guardrail::prices::{Answer, Entry};

use super::book::{Mark, Prices, Result};
use super::tables::unit_of;

/// The source of a price that AWS's price list itself has said.
const AWS: &str = "aws";
/// The number of changes that a summary names.
const NAMED: usize = 50;

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
    /// Key, region, the price before and now, of those that changed.
    pub changes: Vec<(String, Region, Usd, Usd)>,
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
                    if let Some((_, before, _)) = old.filter(|(_, before, _)| *before != usd) {
                        book_of_today.changed += 1;
                        book_of_today.changes.push((key.clone(), region.clone(), *before, usd));
                    }
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

/// A summary for the reviewer: new and missing prices, dearer and cheaper ones.
#[must_use]
pub fn differences(refreshed: &Refreshed) -> String {
    let Refreshed { read, changed, new, kept, changes, .. } = refreshed;
    let dearer: Vec<_> = changes.iter().filter(|(.., before, now)| now > before).collect();
    let cheaper: Vec<_> = changes.iter().filter(|(.., before, now)| now < before).collect();
    let gone = kept.values().map(Vec::len).sum::<usize>();
    let mut text = format!(
        "{read} prices read from AWS's bulk price list: {new} new, {changed} changed ({} dearer, {} cheaper). \
         {gone} are not in it, or not as one price, and keep their old day.\n",
        dearer.len(),
        cheaper.len()
    );
    for (title, some) in [("Dearer", dearer), ("Cheaper", cheaper)] {
        if some.is_empty() {
            continue;
        }
        let _ = write!(text, "\n## {title}\n\n| key | region | before | now |\n|---|---|--:|--:|\n");
        for (key, region, before, now) in some.iter().take(NAMED) {
            let _ = writeln!(text, "| {key} | {region} | {before} | {now} |");
        }
        if some.len() > NAMED {
            let _ = writeln!(text, "\nand {} more.", some.len() - NAMED);
        }
    }
    text
}
