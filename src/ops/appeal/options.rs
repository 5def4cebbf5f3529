//! What a person may say about an appeal, and what guardrail remembers of the account.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::moment::Moment;
use super::months::first;
use crate::model::{Lang, SweepReport, Usd, Verb, Words};

/// The request of a person. What is not said is a blank of the letter.
#[derive(Debug, Clone)]
pub struct Options {
    pub made_at: Timestamp,
    pub zone: TimeZone,
    /// The languages of the letters.
    pub langs: Vec<Lang>,
    /// Somebody else used the account.
    pub unauthorized: bool,
    /// How many months of the bill, the one of now included.
    pub months: u8,
    /// Whether to use Cost Explorer, whose request costs money: only with the person's consent.
    pub cost_explorer: bool,
    /// The monthly limit, for the bill.
    pub limit_usd: Option<Usd>,
    /// The things of the letter, by key, id or name; empty: those that have ended.
    pub about: Vec<String>,
    /// The services of the letter, as on the bill; empty: those of the things.
    pub services: Vec<String>,
    pub ended: Vec<SaidEnd>,
    pub noticed: Option<Moment>,
    pub name: Option<Words>,
    pub cause: Option<Words>,
    /// Whether it is the first request of this kind.
    pub first_time: Option<bool>,
}

impl Options {
    /// The beginning of the first month.
    #[must_use]
    pub fn since(&self) -> Timestamp {
        first(self.made_at, self.months).to_zoned(TimeZone::UTC).map_or(self.made_at, |it| it.timestamp())
    }
}

/// A thing that the person ended: `domain study 2026-11-20`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidEnd {
    pub what: String,
    pub at: Moment,
}

impl SaidEnd {
    /// The words before the last date or time; `None` without either.
    #[must_use]
    pub fn parse(text: &str, zone: &TimeZone) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        // The longer form first: of `study 2026-11-20 09:30` the last word alone is no date.
        [2, 1].into_iter().find_map(|count| {
            let (what, at) = words.split_at_checked(words.len().checked_sub(count)?)?;
            let at = Moment::parse(&at.join(" "), zone)?;
            (!what.is_empty()).then(|| Self { what: what.join(" "), at })
        })
    }
}

/// What is remembered of the account.
#[derive(Debug, Clone, Default)]
pub struct Past {
    /// Earlier sweeps, the oldest first.
    pub sweeps: Vec<SweepReport>,
    /// What guardrail stopped and deleted, the oldest first.
    pub acts: Vec<Act>,
}

/// A thing that guardrail stopped or deleted, proven by listing it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    pub key: String,
    pub verb: Verb,
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ended_stands_before_its_date() {
        let said = |text: &str| SaidEnd::parse(text, &TimeZone::UTC).map(|it| (it.what, it.at.value()));
        let pair = |what: &str, at: &str| Some((what.to_owned(), at.to_owned()));
        assert_eq!(said("domain study 2026-11-20"), pair("domain study", "2026-11-20"));
        assert_eq!(said("domain study 2026-11-20 09:30"), pair("domain study", "2026-11-20T09:30:00Z"));
        assert_eq!(said("study 2026-11-20T00:30:00Z"), pair("study", "2026-11-20T00:30:00Z"));
        assert_eq!(["domain study", "2026-11-20", "2026-11-20 09:30", ""].map(said), [const { None }; 4]);
    }
}
