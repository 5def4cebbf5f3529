//! Amounts in lines, with bars if the layout has charts.

use std::fmt::Write as _;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::model::Usd;
use crate::render::amount::amount;
use crate::render::layout::Layout;
use crate::render::terminal::{DIM, YELLOW, columns, padded, paragraph, styled};

/// Amounts are aligned to end at this column; text begins two columns later.
pub(super) const AMOUNT: usize = 10;
pub(super) const INDENT: usize = AMOUNT + 2;
/// The longest bar.
const WIDEST: usize = 40;

/// A line of a chart.
pub(super) struct Row {
    pub usd: Option<Usd>,
    pub text: String,
    pub more: String,
}

/// Adds labelled amounts, with bars if the layout has charts.
pub(super) fn chart(head: &str, rows: &[Row], layout: Layout, out: &mut String) {
    if rows.is_empty() {
        return;
    }
    paragraph(head, 0, DIM, layout, out);
    let most = rows.iter().filter_map(|row| row.usd).max().unwrap_or_default();
    let names = rows.iter().map(|row| columns(&row.text)).max().unwrap_or(0);
    let mores = rows.iter().map(|row| columns(&row.more)).max().unwrap_or(0);
    let room = layout.width.saturating_sub(INDENT + names + mores + 4).min(WIDEST);
    for row in rows {
        let filled = if layout.charts { cells(row.usd.unwrap_or_default().0, most.0, room) } else { 0 };
        let text = format!("{}  {}  {}", padded(&row.text, names), padded(&row.more, mores), "█".repeat(filled));
        let _ = writeln!(out, "{}  {}", figure(row.usd), text.trim_end());
    }
    out.push('\n');
}

/// The number of `room` cells that a part of the whole fills; at least one for a part above zero.
pub(super) fn cells(part: Decimal, whole: Decimal, room: usize) -> usize {
    if part <= Decimal::ZERO {
        return 0;
    }
    let share = (part / whole * Decimal::from(room)).round().to_usize().unwrap_or(room);
    share.clamp(1, room.max(1))
}

pub(super) fn figure(usd: Option<Usd>) -> String {
    let text = usd.map_or_else(|| "?".to_owned(), amount);
    styled(YELLOW, &format!("{text:>AMOUNT$}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        let filled = |part: i64, whole: i64| cells(Decimal::from(part), Decimal::from(whole), 40);
        assert_eq!([filled(100, 100), filled(50, 100), filled(1, 1000), filled(0, 100)], [40, 20, 1, 0]);
        assert_eq!([filled(-5, 100), filled(140, 100), filled(0, 0)], [0, 40, 0]);
    }
}
