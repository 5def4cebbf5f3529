//! Bars of amounts: the cost of a bill's services.

use rust_decimal::Decimal;

use crate::lang::Speech;
use crate::model::bill::{Explained, ServiceCost};
use crate::model::service::service_name;
use crate::model::{Bill, Usd};
use crate::render::amount::amount;
use crate::render::sentence::{note, unexplained};

/// Services beyond this number share one bar.
const MOST: usize = 12;

pub(super) struct Bars {
    pub rows: Vec<Bar>,
}

pub(super) struct Bar {
    pub name: String,
    pub figure: String,
    /// Of the largest, in percent.
    pub share: String,
    /// `explained`, `partly`, `unexplained`, or empty.
    pub class: &'static str,
    pub more: String,
    pub reasons: Vec<String>,
}

/// The month so far by service, the most expensive first.
pub(super) fn services(bill: &Bill, speech: &Speech) -> Option<Bars> {
    let rest = bill.rest.iter().map(|rest| (speech.plain("bill-rest"), rest.usd));
    let known = bill.services.iter().filter_map(|it| Some((service_name(&it.service), it.usd?)));
    let mut amounts: Vec<(String, Usd)> = known.chain(rest).filter(|(_, usd)| *usd > Usd::ZERO).collect();
    amounts.sort_by_key(|(_, usd)| std::cmp::Reverse(*usd));
    if amounts.len() > MOST {
        let others = amounts.split_off(MOST - 1);
        let sum = others.iter().map(|(_, usd)| *usd).sum();
        amounts.push((speech.with("page-others", &[("count", others.len())]), sum));
    }
    let largest = amounts.iter().map(|(_, usd)| *usd).max()?;
    let bar = |(name, usd): (String, Usd)| Bar {
        name,
        figure: amount(usd),
        share: share(usd, largest),
        class: "",
        more: String::new(),
        reasons: Vec::new(),
    };
    Some(Bars { rows: amounts.into_iter().map(bar).collect() })
}

/// The cost of the services per day, and the part of it that was found.
pub(super) fn explained(bill: &Bill, speech: &Speech) -> Option<Bars> {
    let judged = || bill.services.iter().filter(|service| service.explained.is_some());
    let largest = judged().filter_map(|service| service.usd_per_day).max()?;
    Some(Bars { rows: judged().map(|service| compared(service, largest, speech)).collect() })
}

fn compared(service: &ServiceCost, largest: Usd, speech: &Speech) -> Bar {
    let found = ("usd", amount(service.found_usd_per_day.unwrap_or_default()));
    let (class, more) = match service.explained {
        Some(Explained::Unexplained) => ("unexplained", unexplained(service, speech)),
        Some(Explained::Partly) => ("partly", speech.with("compared-partly", &[found])),
        _ if service.reasons.is_empty() => ("explained", speech.plain("compared-explained")),
        _ => ("explained", speech.plain("compared-known")),
    };
    let usd = service.usd_per_day.unwrap_or_default();
    Bar {
        name: service_name(&service.service),
        figure: amount(usd),
        share: share(usd, largest),
        class,
        more,
        reasons: service.reasons.iter().map(|reason| note(reason, speech)).collect(),
    }
}

/// Of the largest, in percent, with one decimal.
fn share(usd: Usd, largest: Usd) -> String {
    let share = usd.0.checked_div(largest.0).unwrap_or_default() * Decimal::ONE_HUNDRED;
    share.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED).round_dp(1).to_string()
}
