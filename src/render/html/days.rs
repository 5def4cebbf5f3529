//! The days of a month as columns, with the forecast of the remaining days.

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::lang::Speech;
use crate::model::bill::Day;
use crate::model::{Bill, Usd};
use crate::render::amount::amount;

/// The drawing: its size, and the space for the columns.
pub(super) const WIDTH: i64 = 720;
pub(super) const HIGHEST: i64 = 150;
pub(super) const TOP: i64 = 20;
/// A minimum height, so that any cost is visible.
const LOWEST: Decimal = Decimal::TWO;

pub(super) struct Days {
    pub heading: String,
    pub columns: Vec<Column>,
    /// The most expensive day.
    pub most: String,
    pub width: i64,
    pub base: i64,
    pub height: i64,
    pub top: i64,
    /// The chart in a sentence, for screen readers.
    pub sentence: String,
    pub has_estimate: bool,
}

pub(super) struct Column {
    pub x: String,
    pub y: String,
    pub width: String,
    pub height: String,
    pub middle: String,
    /// `day`, `mean` for one of several days of one figure, `estimate`, or `none` for a day without a figure.
    pub class: &'static str,
    pub title: String,
    /// The number of the day, or its date, if there is space for it.
    pub label: Option<String>,
}

impl Days {
    /// `None` if no day has a figure.
    pub fn of(bill: &Bill, speech: &Speech) -> Option<Self> {
        let first = bill.days.first()?.date.first_of_month();
        let last = bill.days.last()?.date;
        let a_day = |day: &Day| Usd(day.usd.0 / Decimal::from(length(day)));
        let highest = bill.days.iter().map(a_day).chain(bill.usd_per_day).max().filter(|usd| *usd > Usd::ZERO)?;
        let count = i64::from(first.days_in_month());
        let slot = Decimal::from(WIDTH) / Decimal::from(count);
        let column = |number: i64| {
            let date = first.saturating_add((number - 1).days());
            let (class, usd) = match covering(bill, date) {
                Some((day, 1)) => ("day", day.usd),
                Some((day, several)) => ("mean", Usd(day.usd.0 / Decimal::from(several))),
                None if date > last => ("estimate", bill.usd_per_day.unwrap_or_default()),
                None => ("none", Usd::ZERO),
            };
            Column::new(Bar { at: number - 1, date, class, usd }, highest, slot, speech)
        };
        let most = bill.days.iter().max_by_key(|day| a_day(day))?;
        let args = [
            ("count", bill.days.len().to_string()),
            ("usd", amount(a_day(most).monthly())),
            ("date", crate::render::sentence::date(most, speech)),
        ];
        Some(Self {
            heading: speech.plain("page-days"),
            columns: (1..=count).map(column).collect(),
            most: amount(highest.monthly()),
            width: WIDTH,
            base: TOP + HIGHEST,
            height: TOP + HIGHEST + 22,
            top: TOP,
            sentence: speech.with("page-days-sentence", &args),
            has_estimate: bill.usd_per_day.is_some() && last < bill.days.first()?.date.last_of_month(),
        })
    }
}

/// The figure that covers this day, and the number of days it covers.
fn covering(bill: &Bill, date: Date) -> Option<(&Day, i32)> {
    let day = bill.days.iter().find(|day| (day.from.unwrap_or(day.date)..=day.date).contains(&date))?;
    Some((day, length(day)))
}

fn length(day: &Day) -> i32 {
    day.from.and_then(|from| day.date.since(from).ok()).map_or(1, |span| span.get_days() + 1)
}

/// A day before it is drawn.
pub(super) struct Bar {
    /// Its place from the left.
    pub at: i64,
    pub date: Date,
    pub class: &'static str,
    pub usd: Usd,
}

impl Column {
    pub fn new(bar: Bar, highest: Usd, slot: Decimal, speech: &Speech) -> Self {
        let Bar { at, date, class, usd } = bar;
        let left = slot * Decimal::from(at);
        let share = usd.0.checked_div(highest.0).unwrap_or_default().clamp(Decimal::ZERO, Decimal::ONE);
        let height = match share * Decimal::from(HIGHEST) {
            // A correction by AWS is negative: there is no column below the line.
            none if none.is_zero() => none,
            some => some.max(LOWEST),
        };
        let shown = |value: Decimal| value.round_dp(1).to_string();
        let id = match class {
            "estimate" => "page-day-estimate",
            "mean" => "page-day-mean",
            "none" => "page-day-none",
            _ => "page-day",
        };
        Self {
            x: shown(left + slot / Decimal::TEN),
            y: shown(Decimal::from(TOP + HIGHEST) - height),
            width: shown(slot * Decimal::new(8, 1)),
            height: shown(height),
            middle: shown(left + slot / Decimal::TWO),
            class,
            title: speech.with(id, &[("date", date.to_string()), ("usd", amount(usd.monthly()))]),
            label: (date.day() == 1 || date.day() % 5 == 0).then(|| date.day().to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;

    #[test]
    fn every_day_of_the_month_has_its_place() {
        let days = serde_json::json!([
            { "date": "2026-11-02", "usd": "20.00", "from": "2026-11-01" },
            { "date": "2026-11-03", "usd": "-5.00" },
            { "date": "2026-11-05", "usd": "20.00" },
        ]);
        let bill = serde_json::json!({ "month": "2026-11", "month_ends_at": "2026-12-01T00:00:00Z", "services": [],
                                       "usd_per_day": "10.00", "days": days, "page": "" });
        let days = Days::of(&serde_json::from_value(bill).unwrap(), &Speech::new(Lang::En)).unwrap();
        let drawn: Vec<_> = days.columns.iter().map(|it| (it.class, it.height.as_str())).take(7).collect();
        let expected = [
            ("mean", "75.0"),
            ("mean", "75.0"),
            ("day", "0"),
            ("none", "0"),
            ("day", "150"),
            ("estimate", "75.0"),
            ("estimate", "75.0"),
        ];
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(days.columns.len(), 30);
        for (drawn, expected) in drawn.iter().zip(expected) {
            assert_eq!((drawn.0, number(drawn.1)), (expected.0, number(expected.1)));
        }
        assert!(days.has_estimate);
    }
}
