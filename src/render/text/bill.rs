//! The bill on a terminal: the three main figures, then their parts, with bars if stdout is a terminal.

use std::fmt::Write as _;

use anstyle::Style;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use super::chart::{AMOUNT, INDENT, Row, cells, chart, figure};
use super::gaps::unread;
use crate::lang::Speech;
use crate::model::bill::{Allowance, BudgetSpend, Day, Explained, RegionCost, ServiceCost, UsageCost};
use crate::model::service::service_name;
use crate::model::{Bill, BillReport, LinkedBill, Note, SweepReport, Usd};
use crate::render::amount::amount;
use crate::render::facts::{Statement, bill as facts};
use crate::render::layout::Layout;
use crate::render::sentence::{date, note, unit};
use crate::render::terminal::{DIM, GREEN, RED, YELLOW, columns, hanging, padded, paragraph, styled};

/// The share of a free allowance at which AWS warns, too.
const NEARLY_USED_UP: Decimal = Decimal::from_parts(85, 0, 0, false, 0);
/// The most linked accounts on one screen; `-v` shows all of them.
const MOST_ACCOUNTS: usize = 20;

pub(super) fn bill(report: &BillReport, zone: &TimeZone, speech: &Speech, layout: Layout) -> String {
    let mut out = String::new();
    let bill = &report.bill;
    Statement::write(&[facts::heading(report, speech)], layout, &mut out);
    out.push('\n');
    Statement::write(&facts::figures(report, zone, speech), layout, &mut out);
    out.push('\n');
    services(bill, speech, layout, &mut out);
    days(bill, speech, layout, &mut out);
    accounts(report, speech, layout, &mut out);
    for region in bill.regions.iter().flatten() {
        region_cost(region, speech, layout, &mut out);
    }
    causes(bill, speech, layout, &mut out);
    commitments(bill, speech, layout, &mut out);
    budgets(bill.budgets.as_deref().unwrap_or_default(), speech, layout, &mut out);
    free_tier(bill.free_tier.as_deref().unwrap_or_default(), speech, layout, &mut out);
    let plan = facts::plan(bill, speech);
    Statement::write(&plan, layout, &mut out);
    if !plan.is_empty() {
        out.push('\n');
    }
    unread(&report.gaps, "bill", speech, layout, &mut out);
    Statement::write(&[facts::page(bill, speech)], layout, &mut out);
    out
}

/// The part of the bill that the findings explain, the most expensive service first, with reasons for the rest.
pub(super) fn compared(report: &SweepReport, speech: &Speech, layout: Layout, out: &mut String) {
    let Some(bill) = &report.bill else { return };
    let judged = || bill.services.iter().filter(|service| service.explained.is_some());
    if judged().next().is_none() {
        return;
    }
    paragraph(&speech.plain("compared-heading"), 0, DIM, layout, out);
    let widest = judged().map(|it| columns(&service_name(&it.service))).max().unwrap_or(0);
    for service in judged() {
        let (style, verdict) = verdict(service, speech);
        let line = format!("{}  {}", figure(service.usd_per_day), padded(&service_name(&service.service), widest));
        if columns(&line) + 2 + columns(&verdict) <= layout.width {
            let _ = writeln!(out, "{line}  {}", styled(style, &verdict));
        } else {
            let _ = writeln!(out, "{}", line.trim_end());
            paragraph(&verdict, INDENT, style, layout, out);
        }
        why(&service.reasons, speech, layout, out);
    }
    if let Some((rest, usd)) =
        bill.rest.as_ref().and_then(|rest| Some((rest, rest.usd_per_day?))).filter(|it| it.1 > Usd::ZERO)
    {
        let _ = writeln!(out, "{}  {}", figure(Some(usd)), styled(YELLOW, &speech.plain("bill-rest")));
        why(&rest.reasons, speech, layout, out);
    }
    if judged().any(|service| service.explained != Some(Explained::Explained)) {
        paragraph(&speech.with("bill-page", &[("page", bill.page.clone())]), INDENT, DIM, layout, out);
    }
    out.push('\n');
}

fn verdict(service: &ServiceCost, speech: &Speech) -> (Style, String) {
    let found = ("usd", amount(service.found_usd_per_day.unwrap_or_default()));
    match service.explained {
        Some(Explained::Unexplained) => (RED, speech.plain("compared-unexplained")),
        Some(Explained::Partly) => (YELLOW, speech.with("compared-partly", &[found])),
        _ if service.reasons.is_empty() => (GREEN, speech.plain("compared-explained")),
        _ => (GREEN, speech.plain("compared-known")),
    }
}

fn services(bill: &Bill, speech: &Speech, layout: Layout, out: &mut String) {
    let head = format!("{:>AMOUNT$}", speech.plain("bill-services"));
    let service =
        |it: &ServiceCost| Row { usd: it.usd, text: service_name(&it.service), more: per_day(it.usd_per_day, speech) };
    let mut rows: Vec<Row> = bill.services.iter().map(service).collect();
    rows.extend(bill.rest.iter().map(|rest| Row {
        usd: Some(rest.usd),
        text: speech.plain("bill-rest"),
        more: per_day(rest.usd_per_day, speech),
    }));
    chart(head.trim_end(), &rows, layout, out);
    if let Some(rest) = &bill.rest {
        out.pop();
        why(&rest.reasons, speech, layout, out);
        out.push('\n');
    }
}

/// The reasons, one a line.
fn why(reasons: &[Note], speech: &Speech, layout: Layout, out: &mut String) {
    for reason in reasons {
        paragraph(&format!("- {}", note(reason, speech)), INDENT, DIM, layout, out);
    }
}

fn per_day(usd: Option<Usd>, speech: &Speech) -> String {
    usd.map(|usd| speech.with("bill-service-per-day", &[("usd", amount(usd))])).unwrap_or_default()
}

fn days(bill: &Bill, speech: &Speech, layout: Layout, out: &mut String) {
    let row = |day: &Day| Row { usd: Some(day.usd), text: date(day, speech), more: String::new() };
    chart(&speech.plain("bill-days"), &bill.days.iter().map(row).collect::<Vec<_>>(), layout, out);
}

/// The linked accounts, the most expensive first.
fn accounts(report: &BillReport, speech: &Speech, layout: Layout, out: &mut String) {
    let Some(bill) = &report.organization else { return };
    Statement::write(facts::organization(report, speech).as_slice(), layout, out);
    out.push('\n');
    let shown = if layout.verbose { bill.accounts.len() } else { bill.accounts.len().min(MOST_ACCOUNTS) };
    let row = |it: &LinkedBill| Row {
        usd: it.accrued.total_usd,
        text: format!("{}  {}", it.account, it.name.as_deref().unwrap_or_default()).trim_end().to_owned(),
        more: per_day(it.accrued.usd_per_day, speech),
    };
    let rows: Vec<Row> = bill.accounts[..shown].iter().map(row).collect();
    chart(&speech.plain("bill-accounts"), &rows, layout, out);
    if shown < bill.accounts.len() {
        out.pop();
        let more = speech.with("bill-accounts-more", &[("count", bill.accounts.len() - shown)]);
        paragraph(&more, INDENT, DIM, layout, out);
        out.push('\n');
    }
}

fn region_cost(region: &RegionCost, speech: &Speech, layout: Layout, out: &mut String) {
    let id = if region.disabled { "bill-region-disabled" } else { "bill-region" };
    let head = speech.with(id, &[("region", region.region.to_string()), ("usd", amount(region.usd))]);
    let row = |it: &crate::model::bill::RegionService| Row {
        usd: Some(it.usd),
        text: it.service.clone(),
        more: String::new(),
    };
    chart(&head, &region.services.iter().map(row).collect::<Vec<_>>(), layout, out);
    let row = |it: &UsageCost| Row { usd: Some(it.usd), text: it.usage_type.clone(), more: String::new() };
    let head = speech.with("bill-usage-types", &[("region", region.region.to_string())]);
    chart(&head, &region.usage_types.iter().map(row).collect::<Vec<_>>(), layout, out);
}

fn causes(bill: &Bill, speech: &Speech, layout: Layout, out: &mut String) {
    let all = facts::causes(bill, speech);
    let Some((heading, causes)) = all.split_first() else { return };
    paragraph(&heading.text, 0, heading.style, layout, out);
    for it in causes {
        paragraph(&it.text, 2, it.style, layout, out);
    }
    out.push('\n');
}

fn commitments(bill: &Bill, speech: &Speech, layout: Layout, out: &mut String) {
    let all = bill.commitments.as_deref().unwrap_or_default();
    if all.is_empty() {
        return;
    }
    paragraph(&speech.plain("bill-commitments"), 0, DIM, layout, out);
    for it in all {
        let Statement { text, style, .. } = facts::commitment(it, speech);
        paragraph(&text, 2, style, layout, out);
    }
    out.push('\n');
}

fn budgets(budgets: &[BudgetSpend], speech: &Speech, layout: Layout, out: &mut String) {
    if budgets.is_empty() {
        return;
    }
    paragraph(&speech.plain("bill-budgets"), 0, DIM, layout, out);
    for budget in budgets {
        let args = [
            ("name", budget.name.clone()),
            ("actual", number(budget.actual)),
            ("limit", number(budget.limit)),
            ("unit", unit(&budget.unit, speech)),
            ("forecast", number(budget.forecast)),
        ];
        let id = if budget.forecast.is_some() { "bill-budget-forecast" } else { "bill-budget" };
        paragraph(&speech.with(id, &args), 2, Style::new(), layout, out);
    }
    out.push('\n');
}

fn free_tier(offers: &[Allowance], speech: &Speech, layout: Layout, out: &mut String) {
    if offers.is_empty() {
        return;
    }
    paragraph(&speech.plain("bill-free-tier"), 0, DIM, layout, out);
    for offer in offers {
        let percent = offer.percent.unwrap_or_default();
        let style = if percent >= NEARLY_USED_UP { RED } else { Style::new() };
        let filled = cells(percent, Decimal::ONE_HUNDRED, 20);
        let bar = if layout.charts {
            format!("{}{}  ", "█".repeat(filled), "░".repeat(20 - filled))
        } else {
            String::new()
        };
        let share = offer.percent.map_or_else(|| "?".to_owned(), |percent| format!("{percent:.1} %"));
        let what = offer.usage_type.iter().chain(&offer.offer).next().cloned().unwrap_or_default();
        let args = [
            ("service", offer.service.clone()),
            ("what", what),
            ("used", number(offer.used)),
            ("limit", number(offer.limit)),
            ("unit", unit(offer.unit.as_deref().unwrap_or_default(), speech)),
            ("forecast", number(offer.forecast)),
        ];
        let mark = format!("{bar}{share:>8}  ");
        hanging(&mark, &speech.with("bill-offer", &args), 2, style, layout, out);
    }
    out.push('\n');
}

fn number(value: Option<Decimal>) -> String {
    value.map_or_else(|| "?".to_owned(), |value| amount(Usd(value.round_dp(2).normalize())))
}
