//! The cache of prices on disk: one file for each service and region. A broken file is discarded with a warning.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::document::Answer;
use crate::model::{Region, Text, Usd};
use crate::state::{folder, write};

const SCHEMA: &str = "guardrail/prices/v1";
/// The age after which a price is read again.
const FRESH: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The cache folder. Without one, nothing is cached.
#[derive(Debug, Default)]
pub struct Cache {
    folder: Option<PathBuf>,
    warnings: Mutex<Vec<Text>>,
}

/// One cached answer with the time it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub answer: Answer,
    pub read_at: Timestamp,
}

impl Kept {
    /// An answer from the future is not fresh: the clock was set back.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        let age = now.duration_since(self.read_at);
        !age.is_negative() && age <= FRESH
    }

    /// The day it was read, in the form of `Price::as_of`.
    pub fn day(&self) -> String {
        self.read_at.strftime("%Y-%m-%d").to_string()
    }

    fn is_sound(&self) -> bool {
        match &self.answer {
            Answer::Usd(usd) => *usd > Usd::ZERO,
            Answer::Bands(bands) => bands.are_sound(),
            Answer::Ambiguous | Answer::Nothing => true,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Stored {
    schema: String,
    prices: BTreeMap<String, Kept>,
}

impl Cache {
    /// The cache of this user, in [`folder::cache`].
    #[must_use]
    pub fn open() -> Self {
        Self { folder: folder::cache(), warnings: Mutex::default() }
    }

    #[must_use]
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: Some(folder.into()), warnings: Mutex::default() }
    }

    /// Takes the warnings that have not been shown yet.
    #[must_use]
    pub fn take_warnings(&self) -> Vec<Text> {
        std::mem::take(&mut self.warnings.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn file(&self, service: &str, region: &Region) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join("prices").join(format!("{service}.{region}.json")))
    }

    /// The cached prices of a service in a region, by price list key. A file that cannot be parsed is discarded.
    pub(super) fn read(&self, service: &str, region: &Region) -> BTreeMap<String, Kept> {
        let Some(file) = self.file(service, region) else { return BTreeMap::new() };
        match load(&file) {
            Ok(prices) => prices,
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => {
                let text = Text::new("prices-cache-discarded").with("file", file.display()).with("message", error);
                self.warnings.lock().unwrap_or_else(PoisonError::into_inner).push(text);
                // If it cannot be removed either, it is overwritten, or the warning is repeated.
                let _ = std::fs::remove_file(&file);
                BTreeMap::new()
            }
        }
    }

    /// Adds answers to the cache, also to what another run has written meanwhile. Best effort: a folder that cannot be
    /// written costs a request next time.
    pub(super) fn keep(&self, service: &str, region: &Region, answers: BTreeMap<String, Kept>) {
        let Some(file) = self.file(service, region) else { return };
        let mut prices = load(&file).unwrap_or_default();
        prices.extend(answers);
        let stored = serde_json::to_vec(&Stored { schema: SCHEMA.to_owned(), prices });
        let _ = stored.map(|stored| write::cached(&file, &stored));
    }
}

fn load(file: &Path) -> io::Result<BTreeMap<String, Kept>> {
    let stored: Stored = serde_json::from_slice(&std::fs::read(file)?)?;
    let wrong = |text: &str| io::Error::new(io::ErrorKind::InvalidData, text.to_owned());
    match stored {
        Stored { schema, .. } if schema != SCHEMA => Err(wrong(&schema)),
        Stored { prices, .. } if !prices.values().all(Kept::is_sound) => Err(wrong("a price that is not above zero")),
        Stored { prices, .. } => Ok(prices),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "AmazonES instanceType=r5.large.search";

    fn tokyo() -> Region {
        Region::new("ap-northeast-1")
    }

    fn kept(usd: &str, read_at: &str) -> Kept {
        Kept { answer: Answer::Usd(usd.parse().unwrap()), read_at: read_at.parse().unwrap() }
    }

    fn one(key: &str, kept: Kept) -> BTreeMap<String, Kept> {
        BTreeMap::from([(key.to_owned(), kept)])
    }

    #[test]
    fn new_prices_are_added_to_the_cached_ones() {
        let home = tempfile::tempdir().unwrap();
        let (cache, other) = (Cache::at(home.path().join("not/yet")), Cache::at(home.path().join("not/yet")));
        assert_eq!(cache.read("AmazonES", &tokyo()), BTreeMap::new());
        let price = kept("0.224", "2026-11-23T00:00:00Z");
        cache.keep("AmazonES", &tokyo(), one(KEY, price.clone()));
        let none = Kept { answer: Answer::Nothing, ..price.clone() };
        other.keep("AmazonES", &tokyo(), one("AmazonES instanceType=x", none.clone()));
        let all = cache.read("AmazonES", &tokyo());
        assert_eq!((all.len(), &all[KEY], &all["AmazonES instanceType=x"]), (2, &price, &none));
        assert_eq!(cache.read("AmazonES", &Region::home()), BTreeMap::new());
        assert_eq!(cache.take_warnings(), []);
    }

    #[test]
    fn a_price_is_fresh_for_a_week_and_never_from_tomorrow() {
        let fresh = |now: &str| kept("1", "2026-11-23T00:00:00Z").is_fresh(now.parse().unwrap());
        assert!(fresh("2026-11-23T00:00:00Z") && fresh("2026-11-30T00:00:00Z"));
        assert!(!fresh("2026-11-30T00:00:01Z") && !fresh("2026-11-22T23:59:59Z"));
    }

    #[test]
    fn a_broken_file_is_discarded_and_said_so_once() {
        let good = r#"{"schema":"guardrail/prices/v1","prices":{"k":{"answer":{"usd":"1"},"read_at":"2026-11-23T00:00:00Z"}}}"#;
        let broken = ["", "{", "[]", "\u{0}\u{1}"].map(str::to_owned);
        let changed =
            [("/v1", "/v2"), (r#""1""#, r#""0""#), (r#""1""#, r#""-1""#), (r#""1""#, "1e400"), ("usd", "eur")];
        let broken = broken.into_iter().chain(changed.map(|(from, to)| good.replace(from, to)));
        for text in broken {
            let home = tempfile::tempdir().unwrap();
            let cache = Cache::at(home.path());
            let file = home.path().join("prices/AmazonES.ap-northeast-1.json");
            std::fs::create_dir(home.path().join("prices")).unwrap();
            std::fs::write(&file, good).unwrap();
            assert_eq!(cache.read("AmazonES", &tokyo()).len(), 1);
            std::fs::write(&file, &text).unwrap();
            assert_eq!(cache.read("AmazonES", &tokyo()), BTreeMap::new(), "{text}");
            let warnings: Vec<_> = cache.take_warnings().into_iter().map(|it| it.id).collect();
            assert_eq!((warnings, file.exists()), (vec!["prices-cache-discarded"], false), "{text}");
            cache.keep("AmazonES", &tokyo(), one(KEY, kept("2", "2026-11-23T00:00:00Z")));
            assert_eq!((cache.read("AmazonES", &tokyo()).len(), cache.take_warnings().len()), (1, 0));
        }
    }

    #[test]
    fn runs_at_the_same_time_never_leave_half_a_file() {
        let home = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let cache = Cache::at(home.path());
                scope.spawn(move || {
                    for round in 0..50 {
                        let key = format!("{writer}-{round}");
                        cache.keep("AmazonES", &tokyo(), one(&key, kept("0.5", "2026-11-23T00:00:00Z")));
                        assert!(!cache.read("AmazonES", &tokyo()).is_empty());
                        assert_eq!(cache.take_warnings(), []);
                    }
                });
            }
        });
    }

    #[test]
    fn a_folder_that_cannot_be_written_costs_nothing_but_memory() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("prices"), "a file in the way").unwrap();
        let cache = Cache::at(home.path());
        cache.keep("AmazonES", &tokyo(), one(KEY, kept("1", "2026-11-23T00:00:00Z")));
        let nowhere = Cache::default();
        nowhere.keep("AmazonES", &tokyo(), one(KEY, kept("1", "2026-11-23T00:00:00Z")));
        assert_eq!((cache.read("AmazonES", &tokyo()).len(), nowhere.read("AmazonES", &tokyo()).len()), (0, 0));
    }
}
