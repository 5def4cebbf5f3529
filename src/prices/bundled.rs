//! The dated snapshot inside the program: `book.txt`, searched without being parsed first.
//!
//! Its first line has the letter of each region, its second the letters of each day and source (`?` between them: a weak
//! source). After an empty line follows a line for each key, sorted: `key<tab>regions=price letters …`, where `AD=0.062Bc` is
//! 0.062 USD in the regions A and D, of the day and source Bc. Keys that differ only in their class of instance are sections
//! behind further empty lines: the key with a `*` for the class, and a line for each class.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::{Price, PriceSource, Region, Sku, Usd};

const BOOK: &str = include_str!("book.txt");
const CLASS: &str = "instanceType";

/// The parts of the book, each as it stands.
struct Parts {
    regions: &'static str,
    /// Letters → where such a price is from, and of when.
    marks: HashMap<&'static str, Price>,
    single: &'static str,
    /// Key without the class of instance, and its lines; sorted.
    sections: Vec<(&'static str, &'static str)>,
}

static PARTS: LazyLock<Parts> = LazyLock::new(|| {
    let mut parts = BOOK.split("\n\n");
    let (regions, marks) = parts.next().and_then(|legend| legend.split_once('\n')).unwrap_or_default();
    let single = parts.next().unwrap_or_default();
    let marks = pairs(marks).filter_map(|(letters, mark)| Some((letters, origin(mark)?))).collect();
    Parts { regions, marks, single, sections: parts.filter_map(|part| part.split_once('\n')).collect() }
});

/// `2026-10-15/costwatch`, of a weak source `2024-04-10?blog`.
fn origin(mark: &str) -> Option<Price> {
    let (as_of, weak, origin) = match mark.split_once('/') {
        Some((as_of, origin)) => (as_of, false, origin),
        None => mark.split_once('?').map(|(as_of, origin)| (as_of, true, origin))?,
    };
    let (as_of, origin) = (Some(as_of.to_owned()), Some(origin.to_owned()));
    Some(Price { source: PriceSource::Bundled, as_of, origin, weak, old: false })
}

/// The price of an entry in a region, with its day and source.
pub(super) fn find(sku: &Sku, region: &str) -> Option<(Usd, Price)> {
    let (letter, _) = pairs(PARTS.regions).find(|(_, name)| *name == region)?;
    let (_, price) = pairs(line_of(sku)?).find(|(regions, _)| regions.contains(letter))?;
    figure(price)
}

fn line_of(sku: &Sku) -> Option<&'static str> {
    let Some(class) = sku.attributes.get(CLASS) else { return line(&sku.to_string(), PARTS.single) };
    let section = sku.clone().with(CLASS, "*").to_string();
    let at = PARTS.sections.binary_search_by(|(name, _)| (*name).cmp(&section)).ok()?;
    line(class, PARTS.sections.get(at)?.1)
}

/// `0.062Bc`: the price, and the letters of its day and source.
fn figure(price: &str) -> Option<(Usd, Price)> {
    let usd = price.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    Some((usd.parse().ok()?, PARTS.marks.get(price.get(usd.len()..)?)?.clone()))
}

/// One entry of the snapshot, with its price in each region.
#[derive(Debug, Clone)]
pub struct Entry {
    pub sku: Sku,
    pub prices: Vec<(Region, Usd, Price)>,
}

/// The whole snapshot: entries without a class of instance first, then section by section.
pub fn entries() -> impl Iterator<Item = Entry> {
    let entry = |sku: Sku, groups: &'static str| {
        let prices = pairs(groups).filter_map(|(letters, price)| Some((letters, figure(price)?)));
        let prices = prices.flat_map(|(letters, (usd, price))| {
            let here = pairs(PARTS.regions).filter(move |(letter, _)| letters.contains(letter));
            here.map(move |(_, region)| (Region::new(region), usd, price.clone()))
        });
        Entry { sku, prices: prices.collect() }
    };
    let lines = |text: &'static str| text.lines().filter_map(|line| line.split_once('\t'));
    let single = lines(PARTS.single).map(move |(key, groups)| entry(sku(key), groups));
    let classes = PARTS.sections.iter().flat_map(move |(section, text)| {
        lines(text).map(move |(class, groups)| entry(sku(section).with(CLASS, class), groups))
    });
    single.chain(classes)
}

/// Parses a key: the reverse of `Sku`'s `Display`. Values may contain spaces, names do not.
#[must_use]
pub fn sku(key: &'static str) -> Sku {
    let (service, rest) = key.split_once(' ').unwrap_or((key, ""));
    let mut parts = rest.split('=').peekable();
    let mut name = parts.next().unwrap_or_default();
    let mut sku = Sku::new(service);
    while let Some(part) = parts.next() {
        let (value, next) = part.rsplit_once(' ').filter(|_| parts.peek().is_some()).unwrap_or((part, ""));
        sku = sku.with(name, value);
        name = next;
    }
    sku
}

fn pairs(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> + Clone {
    text.split(' ').filter_map(|pair| pair.split_once('='))
}

/// The part of the line of `key` behind the tab. A binary search: `lines` shrinks to the half that can hold it.
fn line(key: &str, mut lines: &'static str) -> Option<&'static str> {
    while !lines.is_empty() {
        let (before, after) = lines.split_at_checked(lines.len() / 2)?;
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let end = lines.len() - after.len() + after.find('\n').map_or(after.len(), |newline| newline + 1);
        let (found, prices) = lines.get(start..end)?.trim_end().split_once('\t')?;
        match key.cmp(found) {
            Ordering::Equal => return Some(prices),
            Ordering::Less => lines = lines.get(..start)?,
            Ordering::Greater => lines = lines.get(end..)?,
        }
    }
    None
}

#[cfg(test)]
mod tests;
