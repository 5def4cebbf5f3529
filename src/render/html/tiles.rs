//! The large figures at the top of a page.

use crate::lang::Speech;
use crate::model::{Bill, SweepReport, Usd};
use crate::render::amount::amount;

/// A figure, its name, and a value to compare it with.
pub(super) struct Tile {
    pub label: String,
    pub figure: String,
    pub more: String,
    /// Whether it exceeds the limit.
    pub alarming: bool,
}

impl Tile {
    fn new(speech: &Speech, label: &str, figure: String) -> Self {
        Self { label: speech.plain(label), figure, more: String::new(), alarming: false }
    }
}

/// The cost of the findings, then the bill.
pub(super) fn of_sweep(report: &SweepReport, speech: &Speech) -> Vec<Tile> {
    let totals = &report.totals;
    let more = if totals.at_least && totals.findings > 0 { "+" } else { "" };
    let month = format!("{}{more}", amount(totals.usd_per_month));
    let found = Tile {
        more: speech.with("page-tile-count", &[("count", totals.findings)]),
        alarming: totals.findings > 0,
        ..Tile::new(speech, "page-tile-found", month)
    };
    [found].into_iter().chain(report.bill.iter().flat_map(|bill| of_bill(bill, speech))).collect()
}

pub(super) fn of_bill(bill: &Bill, speech: &Speech) -> Vec<Tile> {
    let so_far = bill
        .total_usd
        .map(|usd| Tile { more: bill.month.clone(), ..Tile::new(speech, "page-tile-so-far", amount(usd)) });
    let a_day = bill.usd_per_day.map(|usd| Tile::new(speech, "page-tile-per-day", amount(usd)));
    let end = bill.month_end_usd_estimate.map(|usd| Tile {
        more: bill.limit_usd.map(|limit| against(usd, limit, speech)).unwrap_or_default(),
        alarming: bill.limit_usd.is_some_and(|limit| usd > limit),
        ..Tile::new(speech, "page-tile-month-end", amount(usd))
    });
    [so_far, a_day, end].into_iter().flatten().collect()
}

/// Such as `53 × your limit (10.00)`.
fn against(usd: Usd, limit: Usd, speech: &Speech) -> String {
    let limit_shown = ("limit", amount(limit.monthly()));
    let times = usd.0.checked_div(limit.0).map(|times| times.round());
    match times.filter(|times| *times >= rust_decimal::Decimal::TWO) {
        Some(times) => speech.with("page-tile-times-limit", &[("times", times.to_string()), limit_shown]),
        None => speech.with("page-tile-limit", &[limit_shown]),
    }
}
