//! The cost a day of an account over time as columns, from its stored sweeps.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use super::days::{Bar, Column, Days, HIGHEST, TOP, WIDTH};
use crate::lang::Speech;
use crate::model::Usd;
use crate::model::runs::AccountHistory;
use crate::render::amount::amount;
use crate::render::facts::history::heading;

/// The most days that are drawn.
const MOST: i64 = 90;

/// The last sweep of everything on each day; `None` if none of them found a cost.
pub(super) fn of_history(history: &AccountHistory, speech: &Speech) -> Option<Days> {
    let day = |at: jiff::Timestamp| at.to_zoned(TimeZone::UTC).date();
    let full = history.runs.iter().filter(|run| !run.partial);
    // The newest come first, and stay.
    let mut days: BTreeMap<Date, Usd> = BTreeMap::new();
    for run in full {
        days.entry(day(run.made_at)).or_insert(run.usd_per_day);
    }
    let last = *days.keys().next_back()?;
    let first = (*days.keys().next()?).max(last.saturating_sub((MOST - 1).days()));
    let count = i64::from(last.since(first).ok()?.get_days()) + 1;
    let (date, highest) = days.range(first..).max_by_key(|(_, usd)| **usd)?;
    let highest = Some(*highest).filter(|usd| *usd > Usd::ZERO)?;
    let slot = Decimal::from(WIDTH) / Decimal::from(count.max(14));
    let column = |at: i64| {
        let date = first.saturating_add(at.days());
        let (class, usd) = days.get(&date).map_or(("none", Usd::ZERO), |usd| ("day", *usd));
        let drawn = Column::new(Bar { at, date, class, usd }, highest, slot, speech);
        // Beyond a month there is only room for the first days of months.
        let is_named = date.day() == 1 || (count <= 31 && date.day() % 5 == 0);
        Column { label: is_named.then(|| date.strftime("%m-%d").to_string()), ..drawn }
    };
    let args = [("count", days.len().to_string()), ("usd", amount(highest)), ("date", date.to_string())];
    Some(Days {
        heading: format!("{} · {}", speech.plain("page-history"), heading(history, speech).text),
        columns: (0..count).map(column).collect(),
        most: amount(highest),
        width: WIDTH,
        base: TOP + HIGHEST,
        height: TOP + HIGHEST + 22,
        top: TOP,
        sentence: speech.with("page-days-sentence", &args),
        has_estimate: false,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::Lang;

    #[test]
    fn every_day_has_its_last_sweep_and_a_day_without_one_is_empty() {
        let run = |at: &str, usd: &str, partial: bool| {
            json!({ "made_at": at, "partial": partial, "verdict": "not-safe", "findings": 1, "usd_per_day": usd,
                    "usd_per_month": "0", "at_least": false, "new": null, "gone": null, "gaps": 0, "bill_usd_per_day": null })
        };
        let runs = [
            run("2026-11-04T09:00:00Z", "99", true),
            run("2026-11-04T03:00:00Z", "8", false),
            run("2026-11-02T05:00:00Z", "4", false),
            run("2026-11-02T03:00:00Z", "20", false),
            run("2026-01-02T03:00:00Z", "70", false),
        ];
        let history = json!({ "account": { "id": "123456789012", "alias": null }, "runs": runs });
        let days = of_history(&serde_json::from_value(history).unwrap(), &Speech::new(Lang::En)).unwrap();
        assert_eq!((days.columns.len(), days.most.as_str()), (90, "8"));
        let last: Vec<_> = days.columns[87..].iter().map(|it| (it.class, it.height.as_str())).collect();
        let height = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(last.iter().map(|it| it.0).collect::<Vec<_>>(), ["day", "none", "day"]);
        assert_eq!(last.iter().map(|it| height(it.1)).collect::<Vec<_>>(), ["75", "0", "150"].map(height));
    }
}
