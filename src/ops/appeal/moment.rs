//! When something happened, as far as it is known: a moment, a day, or between two moments; and how a letter writes it.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::lang::Speech;
use crate::model::Lang;

/// When something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    At(Timestamp),
    /// A day of the person's calendar.
    On(Date),
    /// A day of the bill, which is one of UTC.
    OnUtc(Date),
    /// After the first, and no later than the second.
    Between(Timestamp, Timestamp),
}

impl Moment {
    /// A day, a time in UTC (`2026-11-20T09:30:00Z`) or with another offset, or a local time (`2026-11-20 09:30`).
    #[must_use]
    pub fn parse(text: &str, zone: &TimeZone) -> Option<Self> {
        let text = text.trim();
        if let Ok(at) = text.parse::<Timestamp>() {
            return Some(Self::At(at));
        }
        if text.contains([':', 'T']) {
            let local: jiff::civil::DateTime = text.replacen(' ', "T", 1).parse().ok()?;
            return Some(Self::At(local.to_zoned(zone.clone()).ok()?.timestamp()));
        }
        text.parse().ok().map(Self::On)
    }

    /// For the order of a list; a day counts as its end, so that it stands after the moments in it.
    #[must_use]
    pub fn order(self, zone: &TimeZone) -> Timestamp {
        let end = |date: Date, zone: TimeZone| {
            let end = date.at(23, 59, 59, 0).to_zoned(zone);
            end.map_or(Timestamp::MAX, |end| end.timestamp())
        };
        match self {
            Self::At(at) | Self::Between(_, at) => at,
            Self::On(date) => end(date, zone.clone()),
            Self::OnUtc(date) => {
                date.at(0, 0, 0, 0).to_zoned(TimeZone::UTC).map_or(Timestamp::MIN, |it| it.timestamp())
            }
        }
    }

    /// As a fact: times in UTC.
    #[must_use]
    pub fn value(self) -> String {
        match self {
            Self::At(at) => at.to_string(),
            Self::On(date) | Self::OnUtc(date) => date.to_string(),
            Self::Between(from, to) => format!("{from}/{to}"),
        }
    }

    /// As a letter writes it: in local time and in UTC.
    #[must_use]
    pub fn written(self, zone: &TimeZone, speech: &Speech) -> String {
        match self {
            Self::At(at) => time(at, zone, speech),
            Self::On(date) => day(date, speech),
            Self::OnUtc(date) => speech.with("letter-day-utc", &[("day", day(date, speech))]),
            Self::Between(from, to) => {
                let args = [("from", time(from, zone, speech)), ("to", time(to, zone, speech))];
                speech.with("letter-between", &args)
            }
        }
    }
}

/// The name of the offset at this moment: `UTC+9`, `UTC-3:30`; `None` in UTC.
#[must_use]
pub fn offset(at: Timestamp, zone: &TimeZone) -> Option<String> {
    let seconds = zone.to_offset(at).seconds();
    let (hours, minutes) = (seconds.unsigned_abs() / 3600, seconds.unsigned_abs() % 3600 / 60);
    let sign = if seconds < 0 { '-' } else { '+' };
    match (seconds, minutes) {
        (0, _) => None,
        (_, 0) => Some(format!("UTC{sign}{hours}")),
        (_, minutes) => Some(format!("UTC{sign}{hours}:{minutes:02}")),
    }
}

/// A day as a letter writes it.
#[must_use]
pub fn day(date: Date, speech: &Speech) -> String {
    match speech.lang {
        Lang::En => date.to_string(),
        Lang::Ja => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
    }
}

/// A month of the bill (`2026-11`) as a letter writes it.
#[must_use]
pub fn month(month: &str, speech: &Speech) -> String {
    match (speech.lang, month.split_once('-')) {
        (Lang::Ja, Some((year, month))) => format!("{year}年{}月", month.trim_start_matches('0')),
        _ => month.to_owned(),
    }
}

fn time(at: Timestamp, zone: &TimeZone, speech: &Speech) -> String {
    let written = |zone: TimeZone| {
        let here = at.to_zoned(zone);
        (day(here.date(), speech), here.strftime("%H:%M").to_string())
    };
    let (day, clock) = written(TimeZone::UTC);
    let Some(offset) = offset(at, zone) else {
        return speech.with("letter-time-utc", &[("day", day), ("clock", clock)]);
    };
    let (local_day, local_clock) = written(zone.clone());
    // As Japanese readers know it.
    let offset = if speech.lang == Lang::Ja && offset == "UTC+9" { "日本時間".to_owned() } else { offset };
    let args = [("day", local_day), ("clock", local_clock), ("offset", offset), ("utc-day", day), ("utc-clock", clock)];
    speech.with("letter-time", &args)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokyo() -> TimeZone {
        TimeZone::fixed(jiff::tz::offset(9))
    }

    #[test]
    fn a_person_may_say_a_day_or_a_time() {
        let said = |text: &str| Moment::parse(text, &tokyo()).map(Moment::value);
        assert_eq!(said("2026-11-20").as_deref(), Some("2026-11-20"));
        assert_eq!(said("2026-11-20 09:30").as_deref(), Some("2026-11-20T00:30:00Z"));
        assert_eq!(said("2026-11-20T09:30").as_deref(), Some("2026-11-20T00:30:00Z"));
        assert_eq!(said("2026-11-20T00:30:00Z").as_deref(), Some("2026-11-20T00:30:00Z"));
        assert_eq!(["yesterday", "", "2026-13-01", "11/20"].map(said), [const { None }; 4]);
    }

    #[test]
    fn a_time_is_local_and_utc() {
        let at = Moment::At("2026-11-22T23:24:00Z".parse().unwrap());
        let written = |zone: &TimeZone, lang| at.written(zone, &Speech::new(lang));
        assert_eq!(written(&tokyo(), Lang::En), "2026-11-23 08:24 UTC+9 (2026-11-22 23:24 UTC)");
        assert_eq!(written(&tokyo(), Lang::Ja), "2026年11月23日 08:24(日本時間。UTC では 2026年11月22日 23:24)");
        assert_eq!(written(&TimeZone::UTC, Lang::En), "2026-11-22 23:24 UTC");
        let west = TimeZone::fixed(jiff::tz::Offset::from_seconds(-12_600).unwrap());
        assert_eq!(offset(Timestamp::UNIX_EPOCH, &west).as_deref(), Some("UTC-3:30"));
    }

    #[test]
    fn a_day_stands_after_its_moments() {
        let zone = tokyo();
        let mut all = [Moment::On("2026-11-20".parse().unwrap()), Moment::At("2026-11-20T01:00:00Z".parse().unwrap())];
        all.sort_by_key(|it| it.order(&zone));
        assert!(matches!(all[0], Moment::At(_)));
    }
}
