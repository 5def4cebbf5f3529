//! A time as the names of entries have it; `-2` and so on distinguish those of the same second.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

const TIME: &str = "%Y%m%dT%H%M%SZ";

/// `20261123T000000Z`, `20261123T000000Z-2`. They are in the order of their times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stamp {
    pub at: Timestamp,
    /// From 1.
    pub number: usize,
}

impl Stamp {
    pub fn new(at: Timestamp) -> Self {
        // What names have of it.
        Self { at: Timestamp::from_second(at.as_second()).unwrap_or(at), number: 1 }
    }

    #[must_use]
    pub fn next(self) -> Self {
        Self { number: self.number.saturating_add(1), ..self }
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.at.strftime(TIME))?;
        if self.number == 1 { Ok(()) } else { write!(f, "-{}", self.number) }
    }
}

impl FromStr for Stamp {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (time, number) = match text.split_once('-') {
            Some((time, number)) => (time, number.parse().map_err(|_| ())?),
            None => (text, 1),
        };
        let time = DateTime::strptime(TIME, time).map_err(|_| ())?;
        let at = TimeZone::UTC.to_ambiguous_timestamp(time).unambiguous().map_err(|_| ())?;
        Ok(Self { at, number })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_read_back_and_in_order() {
        let names = ["20261123T000000Z", "20261123T000000Z-2", "20261123T000000Z-10", "20261123T000001Z"];
        let stamps: Vec<Stamp> = names.iter().map(|it| it.parse().unwrap()).collect();
        assert!(stamps.is_sorted() && stamps[0].next() == stamps[1]);
        assert_eq!(stamps.iter().map(Stamp::to_string).collect::<Vec<_>>(), names);
        assert_eq!(Stamp::new("2026-11-23T00:00:00.9Z".parse().unwrap()), stamps[0]);
        assert!(["", "mine", "20261123T000000Z-x", "20261323T000000Z"].iter().all(|it| it.parse::<Stamp>().is_err()));
    }
}
