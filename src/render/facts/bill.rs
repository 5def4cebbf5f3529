//! The sentences about a bill.

use anstyle::Style;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::statement::{About, Statement};
use crate::lang::Speech;
use crate::model::bill::BILL;
use crate::model::{Argument, Bill, BillReport, Gap, SweepReport, Usd};
use crate::render::amount::amount;
use crate::render::sentence::{account, reason, time};
use crate::render::terminal::{BOLD, DIM};

pub fn heading(report: &BillReport, speech: &Speech) -> Statement {
    let month = ("month", report.bill.month.clone());
    let args = [("account", account(&report.account)), month, ("at", time(report.made_at))];
    Statement::new(About::Scope, DIM, speech.with("bill-heading", &args))
}

/// The figures that matter most, and when the month ends.
pub fn figures(report: &BillReport, zone: &TimeZone, speech: &Speech) -> Vec<Statement> {
    let figure = |text| Statement::new(About::Bill, BOLD, text);
    let mut figures: Vec<Statement> =
        lines(&report.bill, &report.gaps, report.made_at, speech).into_iter().map(figure).collect();
    figures.push(Statement::new(About::Bill, DIM, month_end(&report.bill, zone, speech)));
    figures
}

/// The figures in one line, for a sweep that was compared with the bill.
pub fn in_a_sweep(report: &SweepReport, speech: &Speech) -> Option<Statement> {
    let bill = report.bill.as_ref()?;
    Some(Statement::new(About::Bill, Style::new(), lines(bill, &report.gaps, report.made_at, speech).join(" · ")))
}

pub fn page(bill: &Bill, speech: &Speech) -> Statement {
    Statement::new(About::Bill, DIM, speech.with("bill-page", &[("page", bill.page.clone())]))
}

/// The account plan and the credits.
pub fn plan(bill: &Bill, speech: &Speech) -> Vec<Statement> {
    let mut lines = Vec::new();
    if let Some(plan) = &bill.plan {
        let kind = if plan.kind == "free" { "bill-plan-free" } else { "bill-plan-paid" };
        lines.push(match plan.ends_at {
            Some(at) => speech.with("bill-plan-ends", &[("kind", speech.plain(kind)), ("at", time(at))]),
            None => speech.plain(kind),
        });
    }
    if let Some(left) = bill.credits_left_usd {
        lines.push(match bill.credits_gone_at {
            Some(at) => speech.with("bill-credits-gone", &[("usd", amount(left)), ("at", time(at))]),
            None => speech.with("bill-credits", &[("usd", amount(left))]),
        });
    }
    for credit in bill.credits.iter().flatten() {
        let left = credit.left_usd.map_or_else(|| "?".to_owned(), amount);
        let args = [("name", credit.name.clone()), ("usd", left), ("at", credit.ends_at.map(time).unwrap_or_default())];
        lines.push(speech.with(if credit.ends_at.is_some() { "bill-credit-ends" } else { "bill-credit" }, &args));
    }
    lines.into_iter().map(|text| Statement::new(About::Bill, Style::new(), text)).collect()
}

/// Month to date, per day and at the end of the month, as far as they are known.
fn lines(bill: &Bill, gaps: &[Gap], now: Timestamp, speech: &Speech) -> Vec<String> {
    let Some(as_of) = bill.as_of else { return vec![no_figures(gaps, speech)] };
    let usd = |usd: Usd| ("usd", Argument::from(amount(usd)));
    let hours = usize::try_from((now.as_second() - as_of.as_second()) / 3600).unwrap_or_default();
    let [month, at, age] = [("month", bill.month.as_str().into()), ("at", time(as_of).into()), ("hours", hours.into())];
    let mut lines = vec![match bill.total_usd {
        Some(total) => speech.with("bill-so-far", &[usd(total), month, at, age]),
        None => speech.with("bill-nothing-yet", &[month, at, age]),
    }];
    lines.push(match bill.usd_per_day {
        Some(burn) => speech.with("bill-per-day", &[usd(burn)]),
        None => speech.plain("bill-per-day-unknown"),
    });
    lines.extend(bill.month_end_usd_estimate.map(|end| match bill.limit_usd {
        Some(limit) => speech.with("bill-month-end-limit", &[usd(end), ("limit", amount(limit).into())]),
        None => speech.with("bill-month-end", &[usd(end)]),
    }));
    lines
}

/// AWS has no figures, or did not let them be read: only the former may be for the billing alerts.
fn no_figures(gaps: &[Gap], speech: &Speech) -> String {
    let metric = |gap: &&Gap| gap.action.as_deref().is_none_or(|action| action.starts_with("cloudwatch:"));
    let of_bill = gaps.iter().filter(|gap| gap.resource.as_deref() == Some(BILL));
    match of_bill.into_iter().find(metric) {
        Some(gap) => speech.with("bill-figures-unread", &[("why", reason(gap, speech))]),
        None => speech.plain("bill-no-figures"),
    }
}

/// AWS's month ends in UTC; the reader's clock may show another time.
fn month_end(bill: &Bill, zone: &TimeZone, speech: &Speech) -> String {
    let here = bill.month_ends_at.to_zoned(zone.clone());
    let args = [("at", time(bill.month_ends_at)), ("local", here.strftime("%Y-%m-%d %H:%M").to_string())];
    speech.with(if here.offset().is_zero() { "bill-utc" } else { "bill-utc-local" }, &args)
}
