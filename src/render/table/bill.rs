//! The bill as rows, for CSV, Markdown and HTML: all its parts have the same columns.

use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use super::shape::{Cell, Column, Table, distinct, gap_line, heads, number, text};
use crate::lang::Speech;
use crate::model::bill::{Allowance, BudgetSpend, Credit, Day, RegionCost, Rest, ServiceCost, UsageCost};
use crate::model::commitment::Commitment;
use crate::model::service::service_name;
use crate::model::{Accrued, Bill, BillReport, OrganizationBill, Usd};
use crate::render::facts::bill as facts;
use crate::render::sentence::date;

const COLUMNS: &[Column] = &[
    text("part"),
    text("name"),
    number("amount"),
    text("unit"),
    number("per_day"),
    number("forecast"),
    number("limit"),
    number("percent"),
];

pub(super) fn table(report: &BillReport, zone: &TimeZone, speech: &Speech) -> Table {
    let bill = &report.bill;
    let mut rows = vec![total(bill)];
    rows.extend(bill.services.iter().map(service));
    rows.extend(bill.rest.as_ref().map(|rest| self::rest(rest, speech)));
    rows.extend(bill.days.iter().map(|it| day(it, speech)));
    rows.extend(report.organization.iter().flat_map(organization));
    rows.extend(bill.regions.iter().flatten().flat_map(region));
    rows.extend(bill.commitments.iter().flatten().map(|it| commitment(it, speech)));
    rows.extend(bill.budgets.iter().flatten().map(budget));
    rows.extend(bill.free_tier.iter().flatten().map(offer));
    rows.extend(bill.credits.iter().flatten().map(credit));
    Table {
        title: speech.plain("title-bill"),
        head: [vec![facts::heading(report, speech)], facts::figures(report, zone, speech)]
            .concat()
            .into_iter()
            .chain(facts::organization(report, speech))
            .collect(),
        kind: "figure",
        columns: COLUMNS,
        heads: heads(COLUMNS, speech),
        rows: rows.into_iter().map(Row::cells).collect(),
        gaps: report.gaps.iter().map(|gap| gap_line(gap, speech)).collect(),
        alike: distinct(report.gaps.iter().map(|gap| gap_line(gap, speech))),
        unexplained: Vec::new(),
        foot: facts::causes(bill, speech)
            .into_iter()
            .chain(facts::plan(bill, speech))
            .chain(facts::permissions(report, speech))
            .chain([facts::page(bill, speech)])
            .collect(),
    }
}

/// An unknown value, or one that does not apply, is an empty cell.
#[derive(Default)]
struct Row {
    part: &'static str,
    name: String,
    /// The common name, for people.
    known_as: Option<String>,
    amount: Option<Decimal>,
    unit: Option<String>,
    per_day: Option<Usd>,
    forecast: Option<Decimal>,
    limit: Option<Decimal>,
    percent: Option<Decimal>,
}

impl Row {
    fn usd(part: &'static str, name: impl Into<String>, usd: Option<Usd>) -> Self {
        Self { part, name: name.into(), amount: usd.map(|usd| usd.0), unit: Some("USD".to_owned()), ..Self::default() }
    }

    fn cells(self) -> Vec<Cell> {
        let shown = |value: Option<Decimal>| value.map(|value| value.to_string()).unwrap_or_default();
        let known_as = self.known_as.unwrap_or_else(|| self.name.clone());
        vec![
            self.part.to_owned().into(),
            Cell::shown_as(self.name, known_as),
            shown(self.amount).into(),
            self.unit.into(),
            shown(self.per_day.map(|usd| usd.0)).into(),
            shown(self.forecast).into(),
            shown(self.limit).into(),
            shown(self.percent).into(),
        ]
    }
}

fn total(bill: &Bill) -> Row {
    Row {
        per_day: bill.usd_per_day,
        forecast: bill.month_end_usd_estimate.map(|usd| usd.0),
        limit: bill.limit_usd.map(|usd| usd.0),
        ..Row::usd("total", &bill.month, bill.total_usd)
    }
}

fn service(service: &ServiceCost) -> Row {
    let known_as = Some(service_name(&service.service));
    Row { per_day: service.usd_per_day, known_as, ..Row::usd("service", &service.service, service.usd) }
}

/// All linked accounts together, then each with its services.
fn organization(bill: &OrganizationBill) -> Vec<Row> {
    let row = |part, name: &str, it: &Accrued| Row {
        per_day: it.usd_per_day,
        forecast: it.month_end_usd_estimate.map(|usd| usd.0),
        ..Row::usd(part, name, it.total_usd)
    };
    let mut rows = vec![row("organization", "", &bill.accrued)];
    for account in &bill.accounts {
        let known_as = account.name.as_ref().map(|name| format!("{} {name}", account.account));
        rows.push(Row { known_as, ..row("account", account.account.as_str(), &account.accrued) });
        rows.extend(account.services.iter().map(|it| {
            let known_as = Some(format!("{} {}", account.account, service_name(&it.service)));
            let name = format!("{} {}", account.account, it.service);
            Row { per_day: it.usd_per_day, known_as, ..Row::usd("account-service", name, it.usd) }
        }));
    }
    rows
}

fn rest(rest: &Rest, speech: &Speech) -> Row {
    Row { per_day: rest.usd_per_day, ..Row::usd("rest", speech.plain("bill-rest"), Some(rest.usd)) }
}

fn day(day: &Day, speech: &Speech) -> Row {
    Row { known_as: Some(date(day, speech)), ..Row::usd("day", interval(day), Some(day.usd)) }
}

/// `2026-11-01/2026-11-15`: an ISO 8601 interval of days.
fn interval(day: &Day) -> String {
    day.from.map_or_else(|| day.date.to_string(), |from| format!("{from}/{}", day.date))
}

fn region(region: &RegionCost) -> impl Iterator<Item = Row> {
    let row = |it: &crate::model::bill::RegionService| {
        Row::usd("region", format!("{} {}", region.region, it.service), Some(it.usd))
    };
    let counted = |it: &UsageCost| Row::usd("usage-type", format!("{} {}", region.region, it.usage_type), Some(it.usd));
    region.services.iter().map(row).chain(region.usage_types.iter().map(counted)).collect::<Vec<_>>().into_iter()
}

fn commitment(it: &Commitment, speech: &Speech) -> Row {
    let name = format!("{} {} {}", it.kind.name(), it.what, it.id);
    Row {
        part: "commitment",
        name,
        known_as: Some(facts::commitment(it, speech).text),
        amount: it.usd_per_month.map(|usd| usd.0),
        unit: Some("USD/month".to_owned()),
        ..Row::default()
    }
}

fn budget(budget: &BudgetSpend) -> Row {
    Row {
        part: "budget",
        name: budget.name.clone(),
        amount: budget.actual,
        unit: Some(budget.unit.clone()),
        forecast: budget.forecast,
        limit: budget.limit,
        ..Row::default()
    }
}

fn offer(offer: &Allowance) -> Row {
    let name = [Some(&offer.service), offer.usage_type.as_ref(), offer.offer.as_ref()].into_iter().flatten();
    Row {
        part: "free-tier",
        name: name.cloned().collect::<Vec<_>>().join(" "),
        amount: offer.used,
        unit: offer.unit.clone(),
        forecast: offer.forecast,
        limit: offer.limit,
        percent: offer.percent,
        ..Row::default()
    }
}

fn credit(credit: &Credit) -> Row {
    Row::usd("credit", &credit.name, credit.left_usd)
}
