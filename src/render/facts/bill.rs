//! The sentences about a bill.

use anstyle::Style;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use super::statement::{About, Statement};
use crate::lang::Speech;
use crate::model::bill::{BILL, Explained, ServiceCost};
use crate::model::cause::{CauseKind, LikelyCause};
use crate::model::commitment::{Commitment, SupportLevel};
use crate::model::service::service_name;
use crate::model::{Accrued, Argument, Bill, BillReport, Gap, Reason, SweepReport, Usd};
use crate::render::amount::amount;
use crate::render::sentence::{account, month, note, reason, time};
use crate::render::terminal::{BOLD, DIM, RED, YELLOW};

/// The most unexplained services that are listed with a reason.
const MOST_REASONS: usize = 2;
/// Ports that strangers try first: remote shells and desktops.
const WORST: [u32; 2] = [22, 3389];

pub fn heading(report: &BillReport, speech: &Speech) -> Statement {
    let month = ("month", month(&report.bill.month, speech));
    let args = [("account", account(&report.account)), month, ("at", time(report.made_at))];
    Statement::new(About::Scope, BOLD, speech.with("bill-heading", &args))
}

/// The most important figures, and the end of the month.
pub fn figures(report: &BillReport, zone: &TimeZone, speech: &Speech) -> Vec<Statement> {
    let figure = |text| Statement::new(About::Bill, BOLD, text);
    let mut figures: Vec<Statement> =
        lines(&report.bill, &report.gaps, report.made_at, speech).into_iter().map(figure).collect();
    if let Some(last) = figures.last_mut().filter(|_| leads_beyond_the_limit(&report.bill)) {
        last.style = RED.bold();
    }
    figures.push(Statement::new(About::Bill, DIM, month_end(&report.bill, zone, speech)));
    figures
}

/// The figures in one line, for a sweep; red if the forecast exceeds the limit.
pub fn in_a_sweep(report: &SweepReport, speech: &Speech) -> Statement {
    let Some(bill) = &report.bill else {
        let refused = report.gaps.iter().any(|gap| gap.resource.as_deref() == Some(BILL));
        let text = speech.plain(if refused { "bill-not-read" } else { "bill-not-compared" });
        return Statement::new(About::Bill, DIM, text).labelled(speech.plain("label-bill"));
    };
    let style = if leads_beyond_the_limit(bill) { RED } else { Style::new() };
    let mut figures = lines(bill, &report.gaps, report.made_at, speech);
    if let Some(so_far) = so_far(bill, report.made_at, speech) {
        figures[0] = so_far;
    }
    Statement::new(About::Bill, style, figures.join(" · ")).labelled(speech.plain("label-bill"))
}

fn leads_beyond_the_limit(bill: &Bill) -> bool {
    bill.month_end_usd_estimate.zip(bill.limit_usd).is_some_and(|(end, limit)| end > limit)
}

/// How the missing permissions are given, if any is missing.
pub fn permissions(report: &BillReport, speech: &Speech) -> Option<Statement> {
    permissions_of("bill", &report.gaps, speech)
}

/// The same for another command.
pub fn permissions_of(command: &str, gaps: &[Gap], speech: &Speech) -> Option<Statement> {
    let missing = gaps.iter().any(|gap| gap.reason == Reason::Denied && gap.action.is_some());
    let text = missing.then(|| speech.with("permissions-of-command", &[("command", command)]))?;
    Some(Statement::new(About::Account, Style::new(), text))
}

/// The month so far, in short.
fn so_far(bill: &Bill, now: Timestamp, speech: &Speech) -> Option<String> {
    let hours = usize::try_from((now.as_second() - bill.as_of?.as_second()) / 3600).unwrap_or_default();
    let args = [
        ("usd", Argument::from(amount(bill.total_usd?))),
        ("month", month(&bill.month, speech).into()),
        ("hours", hours.into()),
    ];
    Some(speech.with("sweep-bill-so-far", &args))
}

/// The part of a day's cost that the findings explain, and what else the bill grows by.
pub fn explained(report: &SweepReport, speech: &Speech) -> Option<Statement> {
    let bill = report.bill.as_ref()?;
    let judged = || bill.services.iter().filter(|it| it.explained.is_some());
    judged().next()?;
    let day = |it: &ServiceCost| it.usd_per_day.unwrap_or_default();
    let found = |it: &ServiceCost| match it.explained {
        Some(Explained::Explained) => day(it),
        Some(Explained::Partly) => it.found_usd_per_day.unwrap_or_default().min(day(it)),
        _ => Usd::ZERO,
    };
    let whole = bill.usd_per_day.unwrap_or_else(|| judged().map(day).sum());
    let rest = bill.rest.as_ref().and_then(|rest| Some((speech.plain("bill-rest"), rest.usd_per_day?, &rest.reasons)));
    let open = judged().filter(|it| it.explained != Some(Explained::Explained));
    let open = open.map(|it| (service_name(&it.service), day(it) - found(it), &it.reasons)).chain(rest);
    let open: Vec<_> = open.filter(|(_, usd, _)| *usd > Usd::ZERO).collect();
    let shown = open.iter().take(MOST_REASONS).map(|(name, usd, reasons)| {
        let why = reasons.first().map(|why| format!(" ({})", note(why, speech))).unwrap_or_default();
        format!("{name} {}{why}", amount(*usd))
    });
    let more = open.len().checked_sub(MOST_REASONS + 1).map(|more| speech.with("and-more", &[("count", more + 1)]));
    let names = shown.chain(more).collect::<Vec<_>>().join("; ");
    let found: Usd = judged().map(found).sum();
    let id = if open.is_empty() { "sweep-explained" } else { "sweep-explained-partly" };
    let args = [("found", amount(found.min(whole))), ("day", amount(whole)), ("names", names)];
    let style = if bill.unexplained().next().is_some() { YELLOW } else { Style::new() };
    Some(Statement::new(About::Bill, style, speech.with(id, &args)).labelled(speech.plain("label-explained")))
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
    let lines = lines.into_iter().map(|text| Statement::new(About::Bill, Style::new(), text));
    lines.chain(support(bill, speech)).collect()
}

/// What several accounts have accrued, in one line; `None` if AWS has no figures of them.
pub fn accrued(accrued: &Accrued, now: Timestamp, month: &str, speech: &Speech) -> Option<String> {
    let hours = usize::try_from((now.as_second() - accrued.as_of?.as_second()) / 3600).unwrap_or_default();
    let month = self::month(month, speech);
    let so_far = accrued.total_usd.map(|usd| {
        let args = [("usd", Argument::from(amount(usd))), ("month", month.into()), ("hours", hours.into())];
        speech.with("sweep-bill-so-far", &args)
    });
    let usd = |id: &str, usd: Option<Usd>| usd.map(|usd| speech.with(id, &[("usd", amount(usd))]));
    let figures =
        [so_far, usd("bill-per-day", accrued.usd_per_day), usd("bill-month-end", accrued.month_end_usd_estimate)];
    let figures: Vec<String> = figures.into_iter().flatten().collect();
    (!figures.is_empty()).then(|| figures.join(" · "))
}

/// What all accounts of an organisation have accrued.
pub fn organization(report: &BillReport, speech: &Speech) -> Option<Statement> {
    let bill = report.organization.as_ref()?;
    let figures = accrued(&bill.accrued, report.made_at, &report.bill.month, speech)
        .unwrap_or_else(|| speech.plain("bill-per-day-unknown"));
    let args = [("count", Argument::from(bill.accounts.len())), ("figures", figures.into())];
    Some(Statement::new(About::Bill, BOLD, speech.with("bill-organization", &args)))
}

/// Month to date, per day and at the end of the month, as far as they are known.
fn lines(bill: &Bill, gaps: &[Gap], now: Timestamp, speech: &Speech) -> Vec<String> {
    let Some(as_of) = bill.as_of else { return vec![no_figures(gaps, speech)] };
    let usd = |usd: Usd| ("usd", Argument::from(amount(usd)));
    let hours = usize::try_from((now.as_second() - as_of.as_second()) / 3600).unwrap_or_default();
    let [month, at, age] =
        [("month", self::month(&bill.month, speech).into()), ("at", time(as_of).into()), ("hours", hours.into())];
    let mut lines = vec![match bill.total_usd {
        Some(total) => speech.with("bill-so-far", &[usd(total), month, at, age]),
        None => speech.with("bill-nothing-yet", &[month, at, age]),
    }];
    lines.push(match bill.usd_per_day {
        Some(burn) => speech.with("bill-per-day", &[usd(burn)]),
        None => speech.plain("bill-per-day-unknown"),
    });
    lines.extend(bill.month_end_usd_estimate.map(|end| match bill.limit_usd {
        Some(limit) => {
            let args = [usd(end), ("limit", amount(limit).into()), ("times", times(end, limit).into())];
            speech.with(if end > limit { "bill-month-end-beyond" } else { "bill-month-end-limit" }, &args)
        }
        None => speech.with("bill-month-end", &[usd(end)]),
    }));
    lines
}

/// The amount as a multiple of the limit: `1.4`, `53`.
fn times(usd: Usd, limit: Usd) -> String {
    let times = usd.0.checked_div(limit.0).unwrap_or_default();
    let places = u32::from(times < Decimal::TEN);
    amount(Usd(times.round_dp(places).normalize()))
}

/// AWS has no figures, or reading them was denied: only the first may be because of the billing alerts.
fn no_figures(gaps: &[Gap], speech: &Speech) -> String {
    let metric = |gap: &&Gap| gap.action.as_deref().is_none_or(|action| action.starts_with("cloudwatch:"));
    let of_bill = gaps.iter().filter(|gap| gap.resource.as_deref() == Some(BILL));
    match of_bill.into_iter().find(metric) {
        Some(gap) => speech.with("bill-figures-unread", &[("why", reason(gap, speech))]),
        None => speech.plain("bill-no-figures"),
    }
}

/// AWS's month ends in UTC; the reader's time zone may differ.
fn month_end(bill: &Bill, zone: &TimeZone, speech: &Speech) -> String {
    let here = bill.month_ends_at.to_zoned(zone.clone());
    let args = [("at", time(bill.month_ends_at)), ("local", here.strftime("%Y-%m-%d %H:%M").to_string())];
    speech.with(if here.offset().is_zero() { "bill-utc" } else { "bill-utc-local" }, &args)
}

/// A commitment in a sentence, and whether it needs a decision soon.
pub fn commitment(it: &Commitment, speech: &Speech) -> Statement {
    let count = it.count.filter(|count| *count > 1).map(|count| format!("{count} × ")).unwrap_or_default();
    let place = it.region.as_ref().map(|region| format!(", {region}")).unwrap_or_default();
    let what = format!("{} {count}{}{place}", it.kind.name(), it.what);
    let zero = |usd: Option<Usd>| usd.is_none_or(|usd| usd <= Usd::ZERO);
    let mut parts = vec![match it.usd_per_month {
        None => speech.plain("commitment-cost-unknown"),
        Some(usd) if usd <= Usd::ZERO => speech.plain("commitment-paid"),
        Some(usd) => speech.with("commitment-per-month", &[("usd", amount(usd))]),
    }];
    if let Some(usd) = it.upfront_usd.filter(|usd| !zero(Some(*usd))) {
        parts.push(speech.with("commitment-upfront", &[("usd", amount(usd))]));
    }
    parts.extend((it.state != "active").then(|| speech.with("commitment-state", &[("state", it.state.clone())])));
    parts.push(match it.ends_at {
        Some(at) => speech.with("commitment-until", &[("at", time(at))]),
        None => speech.plain("commitment-end-unknown"),
    });
    let days = it.days_left.filter(|_| it.ends_soon()).and_then(|days| usize::try_from(days).ok());
    parts.extend(days.map(|days| speech.with("commitment-soon", &[("days", days)])));
    parts.push(speech.plain(if it.renews { "commitment-renewed" } else { "commitment-not-renewed" }));
    let style = if it.ends_soon() { YELLOW } else { Style::new() };
    let text = speech.with("commitment", &[("what", what), ("parts", parts.join(&speech.plain("commitment-comma")))]);
    Statement::new(About::Bill, style, text)
}

/// The support plan and what it costs.
pub fn support(bill: &Bill, speech: &Speech) -> Option<Statement> {
    let plan = bill.support_plan.as_ref()?;
    let level = speech.plain(match plan.level {
        SupportLevel::BasicOrDeveloper if plan.usd.is_some() => "support-developer",
        SupportLevel::BasicOrDeveloper => "support-basic",
        SupportLevel::Business => "support-business",
        SupportLevel::Enterprise => "support-enterprise",
    });
    let mut parts = vec![level];
    parts.extend(plan.usd.map(|usd| speech.with("support-so-far", &[("usd", amount(usd))])));
    parts.extend(plan.usd_per_month_estimate.map(|usd| speech.with("support-estimate", &[("usd", amount(usd))])));
    let text = speech.with("support-plan-line", &[("parts", parts.join(&speech.plain("commitment-comma")))]);
    Some(Statement::new(About::Bill, Style::new(), text))
}

/// What may cause the traffic, the most traffic first, and what was looked at.
pub fn causes(bill: &Bill, speech: &Speech) -> Vec<Statement> {
    let Some(causes) = &bill.causes else { return Vec::new() };
    let at = causes.looked_at;
    let services: Vec<String> = causes.services.iter().map(|it| service_name(it)).collect();
    let args = [
        ("services", Argument::from(services.join(", "))),
        ("regions", at.regions.into()),
        ("addresses", at.addresses.into()),
        ("gateways", at.nat_gateways.into()),
        ("buckets", at.buckets.into()),
    ];
    let id = if causes.likely.is_empty() { "causes-none" } else { "causes-heading" };
    let heading = Statement::new(About::Bill, DIM, speech.with(id, &args));
    [heading].into_iter().chain(causes.likely.iter().map(|it| cause(it, speech))).collect()
}

/// Whether `ports` (`22`, `20-25`, `all`) has this one.
fn covers(ports: &str, port: u32) -> bool {
    let (from, to) = ports.split_once('-').unwrap_or((ports, ports));
    ports == "all" || from.parse().ok().zip(to.parse().ok()).is_some_and(|(from, to)| (from..=to).contains(&port))
}

fn cause(it: &LikelyCause, speech: &Speech) -> Statement {
    let worst = it.ports.iter().any(|ports| WORST.iter().any(|port| covers(ports, *port)));
    let (id, style) = match it.kind {
        CauseKind::OpenPort => ("cause-open-port", if worst { RED } else { YELLOW }),
        CauseKind::PublicAddress => ("cause-public-address", Style::new()),
        CauseKind::NatGateway => ("cause-nat-gateway", Style::new()),
        CauseKind::PublicBucket => ("cause-public-bucket", YELLOW),
    };
    let traffic = match (it.gb_per_day, it.kind) {
        (Some(gb), _) => speech.with("cause-traffic", &[("gb", amount(Usd(gb)))]),
        (None, CauseKind::PublicBucket) => String::new(),
        (None, _) => speech.plain("cause-no-figure"),
    };
    let place = it.region.as_ref().map(|region| format!(" ({region})")).unwrap_or_default();
    let args = [("id", format!("{}{place}", it.id)), ("ports", it.ports.join(", ")), ("traffic", traffic)];
    Statement::new(About::Bill, style, speech.with(id, &args))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_ports_has_those_between() {
        let has = |ports: &str| WORST.map(|port| covers(ports, port));
        assert_eq!((has("22"), has("3389"), has("20-25")), ([true, false], [false, true], [true, false]));
        assert_eq!((has("all"), has("0-65535"), has("443"), has("")), ([true; 2], [true; 2], [false; 2], [false; 2]));
    }
}
