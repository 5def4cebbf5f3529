//! How fast a bill grows, by the figures of one metric, which counts up through a UTC month and then restarts at zero.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use rust_decimal::Decimal;

use crate::aws::billing_metric::Period;
use crate::model::Usd;
use crate::model::bill::{Day, Figure};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
/// The period over which the rate is measured: short enough to show a change of yesterday, long enough for services that AWS
/// charges once a day.
const WINDOW: i64 = 2 * DAY;
/// A shorter period is not enough to measure.
const LEAST: i64 = 6 * HOUR;
/// Older figures are ignored, even without newer ones.
const OLDEST: i64 = 7 * DAY;
/// How long after the start of a month AWS may still return figures of the month before.
const LATE: i64 = DAY;

/// A month of the bill, in UTC as AWS counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    pub first: Date,
    pub starts: Timestamp,
    pub ends: Timestamp,
}

impl Month {
    #[must_use]
    pub fn of(now: Timestamp) -> Self {
        let first = date(now).first_of_month();
        let next = first.saturating_add(1.month());
        Self { first, starts: midnight(first).unwrap_or(now), ends: midnight(next).unwrap_or(now) }
    }

    /// The name of the month: `2026-11`.
    #[must_use]
    pub fn name(&self) -> String {
        self.first.strftime("%Y-%m").to_string()
    }

    /// The useful period until now: the rate of a month's first days is measured on figures of the month before.
    #[must_use]
    pub fn period(&self, now: Timestamp) -> Period {
        Period { from: self.starts - SignedDuration::from_secs(OLDEST), until: now }
    }
}

fn midnight(date: Date) -> Option<Timestamp> {
    Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

fn date(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// The figures of this month. For some hours AWS still returns last month's: figures are ignored until they fall.
#[must_use]
pub fn of_month<'a>(figures: &'a [Figure], month: &Month) -> &'a [Figure] {
    let start = figures.partition_point(|figure| figure.at < month.starts);
    let (before, after) = figures.split_at(start);
    let Some(last) = before.last().filter(|last| last.usd > Usd::ZERO) else { return after };
    let late = |figure: &Figure| figure.at.as_second() < month.starts.as_second() + LATE && figure.usd >= last.usd;
    &after[after.iter().take_while(|figure| late(figure)).count()..]
}

/// US dollars a day, by the increase of the latest figures. A falling figure (a new month, a correction) is not negative spending:
/// the measurement does not cross it. `None` if there are too few figures.
#[must_use]
pub fn per_day(figures: &[Figure]) -> Option<Usd> {
    let newest = figures.last()?.at;
    let (mut added, mut seconds) = (Usd::ZERO, 0);
    for pair in figures.windows(2).rev() {
        let [from, to] = pair else { continue };
        if seconds >= WINDOW || age(to.at, newest) > OLDEST {
            break;
        }
        if to.usd >= from.usd && date(from.at).first_of_month() == date(to.at).first_of_month() {
            added = added + (to.usd - from.usd);
            seconds += age(from.at, to.at);
        }
    }
    (seconds >= LEAST).then(|| added.checked_mul(Decimal::from(DAY)))?.map(|usd| Usd(usd.0 / Decimal::from(seconds)))
}

fn age(from: Timestamp, to: Timestamp) -> i64 {
    to.as_second() - from.as_second()
}

/// The increase of this month's figures on each day. A day without a figure is left out; the next day covers it.
#[must_use]
pub fn days(of_month: &[Figure]) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    let mut before = Usd::ZERO;
    for day in of_month.chunk_by(|a, b| date(a.at) == date(b.at)) {
        let Some(last) = day.last() else { continue };
        let today = date(last.at);
        let first = days.last().map_or(today.first_of_month(), |day| day.date.saturating_add(1.day()));
        let from = Some(first).filter(|first| *first < today);
        days.push(Day { date: today, usd: (last.usd - before).monthly(), from });
        before = last.usd;
    }
    days
}

/// The month's total if every day after its last figure costs as much.
#[must_use]
pub fn at_month_end(last: Figure, per_day: Usd, month: &Month) -> Usd {
    let left = age(last.at, month.ends).max(0);
    last.usd + Usd((per_day * Decimal::from(left)).0 / Decimal::from(DAY))
}

/// When an amount is used up if every day costs as much; `None` if never, or too late to matter.
#[must_use]
pub fn used_up_at(left: Usd, per_day: Usd, from: Timestamp) -> Option<Timestamp> {
    let days = left.0.checked_div(per_day.0).filter(|days| *days >= Decimal::ZERO)?;
    let seconds: i64 = days.checked_mul(Decimal::from(DAY))?.trunc().try_into().ok()?;
    let soon = seconds < 3650 * DAY;
    soon.then(|| from.checked_add(SignedDuration::from_secs(seconds)).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(rows: &[(&str, &str)]) -> Vec<Figure> {
        let figure = |(at, usd): &(&str, &str)| Figure { at: time(at), usd: usd.parse().unwrap() };
        rows.iter().map(figure).collect()
    }
    fn time(at: &str) -> Timestamp {
        format!("2026-{at}:00:00Z").parse().unwrap()
    }
    fn burn(rows: &[(&str, &str)]) -> Option<String> {
        per_day(&figures(rows)).map(|usd| usd.monthly().to_string())
    }
    fn november() -> Month {
        Month::of(time("11-23T00"))
    }

    #[test]
    fn a_month_is_one_of_utc() {
        let month = november();
        assert_eq!((month.name().as_str(), month.starts, month.ends), ("2026-11", time("11-01T00"), time("12-01T00")));
        assert_eq!(Month::of(time("12-31T23")).ends, "2027-01-01T00:00:00Z".parse().unwrap());
    }

    #[test]
    fn the_burn_is_that_of_the_last_two_days() {
        // 10.00 in the 48 hours up to the last figure; earlier figures do not count.
        let rows = [("11-01T00", "0"), ("11-20T00", "400"), ("11-21T00", "404"), ("11-22T00", "410")];
        assert_eq!(burn(&rows).as_deref(), Some("5.00"));
        assert_eq!(burn(&[("11-20T00", "7"), ("11-20T06", "7"), ("11-22T00", "7")]).as_deref(), Some("0.00"));
    }

    #[test]
    fn days_without_figures_are_bridged() {
        // No figure from the 18th to the 21st: 12.00 in 72 hours.
        assert_eq!(burn(&[("11-10T00", "1"), ("11-18T12", "20"), ("11-21T12", "32")]).as_deref(), Some("4.00"));
    }

    #[test]
    fn a_new_month_is_not_negative_spending() {
        let rows =
            [("10-30T00", "300"), ("10-31T00", "310"), ("10-31T18", "317.50"), ("11-01T06", "2"), ("11-01T12", "4.50")];
        // 2.50 in 6 hours of November and 17.50 in 42 hours of October: 20.00 in 48.
        assert_eq!(burn(&rows).as_deref(), Some("10.00"));
        // Until November has two figures, only October counts.
        assert_eq!(burn(&rows[..4]).as_deref(), Some("10.00"));
        // A month that costs more than the one before has no falling figure, and is not measured across its beginning either.
        assert_eq!(burn(&[("10-31T00", "1"), ("10-31T12", "2"), ("11-02T00", "90")]).as_deref(), Some("2.00"));
    }

    #[test]
    fn a_correction_is_not_negative_spending() {
        let rows = [("11-20T00", "50"), ("11-21T00", "60"), ("11-21T12", "10"), ("11-22T12", "20")];
        assert_eq!(burn(&rows).as_deref(), Some("10.00"));
    }

    #[test]
    fn too_little_says_nothing() {
        assert_eq!(burn(&[]), None);
        assert_eq!(burn(&[("11-22T00", "5")]), None);
        assert_eq!(burn(&[("11-22T00", "5"), ("11-22T05", "6")]), None);
        assert_eq!(burn(&[("11-22T00", "5"), ("11-22T06", "6")]).as_deref(), Some("4.00"));
    }

    #[test]
    fn last_months_figures_are_not_this_months() {
        let month = november();
        let late = figures(&[("10-31T20", "500"), ("11-01T02", "500.50"), ("11-01T08", "3"), ("11-02T08", "7")]);
        assert_eq!(of_month(&late, &month), &late[2..]);
        assert_eq!(of_month(&late[..2], &month), []);
        let cheap = figures(&[("10-31T20", "0"), ("11-01T02", "0"), ("11-01T08", "1")]);
        assert_eq!(of_month(&cheap, &month), &cheap[1..]);
        let dearer = figures(&[("10-31T20", "1"), ("11-02T02", "5")]);
        assert_eq!(of_month(&dearer, &month), &dearer[1..]);
        let first = figures(&[("11-22T20", "0.40")]);
        assert_eq!(of_month(&first, &month), first);
    }

    #[test]
    fn every_day_has_the_increase_of_its_figures() {
        let rows =
            figures(&[("11-01T06", "1"), ("11-01T18", "2"), ("11-02T18", "5"), ("11-04T06", "9"), ("11-05T06", "8.5")]);
        let shown: Vec<_> = days(&rows).iter().map(shown).collect();
        assert_eq!(shown, ["11-01 2.00", "11-02 3.00", "11-03..11-04 4.00", "11-05 -0.50"]);
    }

    #[test]
    fn the_first_figure_is_not_all_of_its_own_day() {
        let rows = figures(&[("11-15T06", "350"), ("11-15T18", "368.75"), ("11-16T18", "393.75")]);
        let shown: Vec<_> = days(&rows).iter().map(shown).collect();
        assert_eq!(shown, ["11-01..11-15 368.75", "11-16 25.00"]);
    }

    fn shown(day: &Day) -> String {
        let short = |date: Date| date.strftime("%m-%d").to_string();
        let from = day.from.map(|from| format!("{}..", short(from))).unwrap_or_default();
        format!("{from}{} {}", short(day.date), day.usd)
    }

    #[test]
    fn the_month_ends_where_its_burn_leads() {
        // 8.25 days from the last figure to the end of November.
        let last = figures(&[("11-22T18", "350.78")])[0];
        assert_eq!(at_month_end(last, Usd(Decimal::from(16)), &november()), "482.78".parse().unwrap());
        // A figure of a past month adds nothing.
        assert_eq!(at_month_end(last, Usd(Decimal::from(16)), &Month::of(time("10-05T00"))), last.usd);
    }

    #[test]
    fn credits_end_when_they_are_used_up() {
        let usd = |text: &str| text.parse().unwrap();
        assert_eq!(used_up_at(usd("100"), usd("40"), time("11-22T12")), Some(time("11-25T00")));
        assert_eq!(used_up_at(usd("100"), usd("0"), time("11-22T12")), None);
        assert_eq!(used_up_at(usd("100"), usd("0.001"), time("11-22T12")), None);
    }
}
