//! Extended support: from the day on which the standard support of its version is over, AWS charges a database, domain or
//! cluster extra. What AWS's answers do not say of those days stands in one table, with the source of each.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::model::Note;

/// Engine, version, the first day that is charged for, the day from which it costs twice as much, source, day of reading.
const TABLE: &str = include_str!("extended_support.tsv");

/// How long before the first day a finding says that it is coming.
const AHEAD: SignedDuration = SignedDuration::from_hours(183 * 24);

/// The first days of a version's extended support.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    pub charged: Timestamp,
    /// `None`: the price stays the same.
    pub dearer: Option<Timestamp>,
}

/// Where a version is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Standard,
    /// It enters extended support within half a year.
    Soon(Timestamp),
    FirstYears,
    ThirdYear,
}

impl Days {
    pub fn stage(self, now: Timestamp) -> Stage {
        if self.dearer.is_some_and(|dearer| dearer <= now) {
            Stage::ThirdYear
        } else if self.charged <= now {
            Stage::FirstYears
        } else if self.charged.duration_since(now) <= AHEAD {
            Stage::Soon(self.charged)
        } else {
            Stage::Standard
        }
    }
}

impl Stage {
    pub fn is_charged(self) -> bool {
        matches!(self, Stage::FirstYears | Stage::ThirdYear)
    }

    /// What a finding says of it.
    pub fn note(self) -> Option<Note> {
        match self {
            Stage::Standard => None,
            Stage::Soon(charged) => Some(Note::with("extended-support-from", charged.strftime("%Y-%m-%d"))),
            Stage::FirstYears => Some(Note::new("extended-support")),
            Stage::ThirdYear => Some(Note::new("extended-support-third-year")),
        }
    }
}

/// The days of an engine's version by the table; `None`: it says nothing of it. `8.0.36` is of `8.0`, `5.0.6` of `5`.
pub fn days(engine: &str, version: &str) -> Option<Days> {
    let is_of =
        |major: &str| version.strip_prefix(major).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']));
    TABLE.lines().skip(1).find_map(|line| {
        let [of, major, charged, dearer, ..] = line.split('\t').collect::<Vec<_>>()[..] else { return None };
        if of != engine || !is_of(major) {
            return None;
        }
        Some(Days { charged: midnight(charged)?, dearer: midnight(dearer) })
    })
}

fn midnight(day: &str) -> Option<Timestamp> {
    Some(day.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(engine: &str, version: &str, now: &str) -> Option<Stage> {
        Some(days(engine, version)?.stage(midnight(now).unwrap()))
    }

    #[test]
    fn every_line_of_the_table_has_its_days_and_a_source() {
        for line in TABLE.lines().skip(1) {
            let [engine, version, charged, dearer, source, read] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{line}")
            };
            let found = days(engine, version).unwrap();
            assert_eq!((Some(found.charged), found.dearer), (midnight(charged), midnight(dearer)), "{line}");
            assert!(found.dearer.is_none_or(|dearer| dearer > found.charged) && !source.is_empty(), "{line}");
            assert!(dearer.is_empty() || found.dearer.is_some(), "{line}");
            assert!(midnight(read).is_some(), "{line}");
        }
    }

    #[test]
    fn a_version_goes_from_standard_to_soon_to_charged_to_twice_as_much() {
        let mysql = |now| stage("mysql", "8.0.40", now).unwrap();
        assert_eq!(mysql("2025-07-01"), Stage::Standard);
        assert_eq!(mysql("2026-07-31"), Stage::Soon(midnight("2026-08-01").unwrap()));
        assert_eq!([mysql("2026-08-01"), mysql("2028-07-31")], [Stage::FirstYears; 2]);
        assert_eq!(mysql("2028-08-01"), Stage::ThirdYear);
        let notes = ["2025-07-01", "2026-07-31", "2026-08-01", "2028-08-01"].map(|now| mysql(now).note());
        let ids = notes.each_ref().map(|note| note.as_ref().map(Note::id));
        let said = [None, Some("extended-support-from"), Some("extended-support"), Some("extended-support-third-year")];
        assert_eq!(ids, said);
        assert_eq!(notes[1].as_ref().unwrap().value(), Some("2026-08-01"));
    }

    #[test]
    fn a_version_is_not_another_one_that_begins_like_it() {
        assert_eq!(days("postgres", "130.1"), None);
        assert_eq!(days("mysql", "8.4.3"), None);
        assert_eq!(days("Elasticsearch", "7.10").unwrap().charged, midnight("2027-11-08").unwrap());
        assert!(days("postgres", "13.4").is_some() && days("redis", "5.0.6").is_some());
        // The price of Aurora MySQL stays the same.
        assert_eq!(stage("aurora-mysql", "5.7.mysql_aurora.2.12.0", "2030-01-01"), Some(Stage::FirstYears));
    }
}
