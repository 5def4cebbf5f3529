//! The price book as its tools write it: one price for each key and region, with its day and source, and the text of them all.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;

use rust_decimal::Decimal;

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The attribute with the most values: keys that differ only in it are one section.
const CLASS: &str = " instanceType=";

/// The day and the source of a price.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// A day, a month or a year.
    pub as_of: String,
    pub source: String,
    /// The source is marked as weak, or the figure was inferred.
    pub weak: bool,
}

/// One price of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub usd: Decimal,
    pub mark: Mark,
}

/// Price list key → region → price.
#[derive(Debug, Clone, Default)]
pub struct Prices(BTreeMap<String, BTreeMap<String, Figure>>);

impl Prices {
    /// Adds one price. Of the same price twice the newer one stays.
    ///
    /// # Errors
    /// A price that is not above zero, another price for the same key and region, or a key, region, day or source that the
    /// text cannot hold.
    pub fn add(&mut self, key: &str, region: &str, usd: Decimal, mark: Mark) -> Result<()> {
        if key.contains("= ") || key.ends_with('=') || key.contains(|c: char| !c.is_ascii() || c.is_ascii_control()) {
            return Err(format!("“{key}” is not a key").into());
        }
        let is_plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !is_plain(region) {
            return Err(format!("“{region}” is not a region").into());
        }
        if !is_plain(&mark.source) {
            return Err(format!("“{}” is not a source", mark.source).into());
        }
        if !is_date(&mark.as_of) {
            return Err(format!("“{}” is not a date", mark.as_of).into());
        }
        if usd <= Decimal::ZERO {
            return Err(format!("{key} costs {usd} in {region}: not a price").into());
        }
        let figure = Figure { usd: usd.normalize(), mark };
        let known =
            self.0.entry(key.to_owned()).or_default().entry(region.to_owned()).or_insert_with(|| figure.clone());
        if known.usd != usd {
            return Err(format!("{key} costs both {} and {usd} in {region}", known.usd).into());
        }
        if known.mark.as_of < figure.mark.as_of {
            *known = figure;
        }
        Ok(())
    }

    /// Every price, in the order of the keys and regions.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, &Figure)> {
        self.0.iter().flat_map(|(key, of)| of.iter().map(move |(region, figure)| (&**key, &**region, figure)))
    }

    #[must_use]
    pub fn get(&self, key: &str, region: &str) -> Option<&Figure> {
        self.0.get(key)?.get(region)
    }

    /// How many keys, and how many prices they have in all regions together.
    #[must_use]
    pub fn count(&self) -> (usize, usize) {
        (self.0.len(), self.0.values().map(BTreeMap::len).sum())
    }

    /// The text of the book: the letter of each region, the letters of each day and source, and after an empty line the keys
    /// with their prices: `key<tab>regions=price letters …`. Keys that differ only in their class of instance follow in
    /// sections of their own: the key with a `*` for the class, and a line for each class.
    ///
    /// # Errors
    /// More regions, or more days and sources, than there are letters.
    pub fn text(&self) -> Result<String> {
        let regions: BTreeSet<&str> = self.iter().map(|(_, region, _)| region).collect();
        let regions = lettered(regions.into_iter().collect(), 1)?;
        let mut times: BTreeMap<&Mark, usize> = BTreeMap::new();
        self.iter().for_each(|(.., figure)| *times.entry(&figure.mark).or_default() += 1);
        let mut marks: Vec<&Mark> = times.keys().copied().collect();
        // The most frequent ones have a single letter.
        marks.sort_by_key(|mark| (Reverse(times[mark]), *mark));
        let marks = lettered(marks, 2)?;
        let (mut single, mut sections) = (String::new(), BTreeMap::<String, String>::new());
        for (key, prices) in &self.0 {
            let line = line(prices, &regions, &marks);
            match without_class(key) {
                None => writeln!(single, "{key}\t{line}")?,
                Some((section, class)) => {
                    let text = sections.entry(section).or_default();
                    writeln!(text, "{class}\t{line}")?;
                }
            }
        }
        let name = |mark: &&Mark| format!("{}{}{}", mark.as_of, if mark.weak { '?' } else { '/' }, mark.source);
        let legend = |pairs: Vec<(String, String)>| {
            let mut pairs: Vec<_> = pairs.into_iter().map(|(letters, name)| format!("{letters}={name}")).collect();
            pairs.sort_by_key(|pair| (pair.find('='), pair.clone()));
            pairs.join(" ")
        };
        let regions = legend(regions.iter().map(|(name, letters)| (letters.clone(), (*name).to_owned())).collect());
        let marks = legend(marks.iter().map(|(mark, letters)| (letters.clone(), name(mark))).collect());
        let mut text = format!("{regions}\n{marks}\n\n{single}");
        for (section, lines) in sections {
            write!(text, "\n{section}\n{lines}")?;
        }
        Ok(text)
    }

    /// One line for each service: its keys, its prices, and a checksum (FNV-1a) of every price to the last digit, with its
    /// region, day and source.
    #[must_use]
    pub fn checksums(&self) -> String {
        let mut services: BTreeMap<&str, (BTreeSet<&str>, usize, u128)> = BTreeMap::new();
        for (key, region, Figure { usd, mark }) in self.iter() {
            let service = key.split(' ').next().unwrap_or(key);
            let (keys, prices, sum) = services.entry(service).or_insert((BTreeSet::new(), 0, FNV_BASIS));
            keys.insert(key);
            *prices += 1;
            let weak = if mark.weak { "weak" } else { "" };
            let line = format!("{key}\t{region}\t{usd}\t{}\t{}\t{weak}\n", mark.as_of, mark.source);
            *sum = line.bytes().fold(*sum, |sum, byte| (sum ^ u128::from(byte)).wrapping_mul(FNV_PRIME));
        }
        let line = |(service, (keys, prices, sum)): (&str, (BTreeSet<&str>, usize, u128))| {
            format!("{service}\t{}\t{prices}\t{sum:032x}\n", keys.len())
        };
        services.into_iter().map(line).collect()
    }
}

const FNV_BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const FNV_PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

/// The prices of a key, those that are the same in several regions together.
fn line(
    prices: &BTreeMap<String, Figure>,
    regions: &BTreeMap<&str, String>,
    marks: &BTreeMap<&Mark, String>,
) -> String {
    let mut groups: BTreeMap<(Decimal, &Mark), String> = BTreeMap::new();
    for (region, Figure { usd, mark }) in prices {
        groups.entry((*usd, mark)).or_default().push_str(&regions[region.as_str()]);
    }
    let group = |((usd, mark), regions): (&(Decimal, &Mark), &String)| format!("{regions}={usd}{}", marks[mark]);
    let mut groups: Vec<String> = groups.iter().map(group).collect();
    groups.sort_unstable();
    groups.join(" ")
}

/// The key with a `*` for its class of instance, and the class.
fn without_class(key: &str) -> Option<(String, &str)> {
    let (before, rest) = key.split_once(CLASS)?;
    let class = rest.split(' ').next()?;
    Some((format!("{before}{CLASS}*{}", &rest[class.len()..]), class))
}

/// A day, a month or a year, as the source gives it.
fn is_date(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    ["0000-00-00", "0000-00", "0000"].contains(&&*shape)
}

/// Letters for each, in their order: one where that is enough, at most so many.
fn lettered<T: Ord>(names: Vec<T>, most: usize) -> Result<BTreeMap<T, String>> {
    let one = || ('A'..='Z').chain('a'..='z').map(String::from);
    let two = || one().flat_map(|first| one().map(move |second| format!("{first}{second}")));
    let letters: Vec<String> = if most == 1 { one().collect() } else { one().chain(two()).collect() };
    if names.len() > letters.len() {
        return Err(format!("{} names are more than there are letters", names.len()).into());
    }
    Ok(names.into_iter().zip(letters).collect())
}
