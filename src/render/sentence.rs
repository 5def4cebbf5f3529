//! Sentences about single values of a report, the same in every form.

use jiff::Timestamp;

use super::amount::amount;
use crate::lang::Speech;
use crate::model::bill::{Day, ServiceCost};
use crate::model::creator::UnknownCreator;
use crate::model::report::{Proof, Status};
use crate::model::service::service_name;
use crate::model::spent::{Beginning, Sure};
use crate::model::{Account, Cause, Charge, Finding, Gap, Measure, Note, Reason, Usd};

pub fn account(account: &Account) -> String {
    match &account.alias {
        Some(alias) => format!("{} ({alias})", account.id),
        None => account.id.to_string(),
    }
}

pub fn note(note: &Note, speech: &Speech) -> String {
    let id = format!("note-{}", note.id());
    speech.with(&id, &[("value", readable(note.value().unwrap_or_default()))])
}

/// Formats a time for reading; any other value is unchanged.
fn readable(value: &str) -> String {
    value.parse().map_or_else(|_| value.to_owned(), time)
}

pub fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// `2026-11` as a month is written.
pub fn month(month: &str, speech: &Speech) -> String {
    let Some((year, number)) = month.split_once('-') else { return month.to_owned() };
    speech.with("month", &[("year", year), ("month", number)])
}

/// The unit of an allowance or a budget, as people write it.
pub fn unit(unit: &str, speech: &Speech) -> String {
    match unit {
        "Hrs" => speech.plain("unit-hrs"),
        "GB-Mo" => speech.plain("unit-gb-mo"),
        _ => unit.to_owned(),
    }
}

/// A day of the bill, or the days that one of AWS's figures covers.
pub fn date(day: &Day, speech: &Speech) -> String {
    match day.from {
        Some(from) => speech.with("bill-days-up-to", &[("from", from.to_string()), ("to", day.date.to_string())]),
        None => day.date.to_string(),
    }
}

/// A service that the bill charges for without a single finding.
pub fn unexplained(service: &ServiceCost, speech: &Speech) -> String {
    let usd = service.usd_per_day.unwrap_or_default().to_string();
    speech.with("unexplained", &[("service", service_name(&service.service)), ("usd", usd)])
}

/// The name of the charge, with the part of it that is unknown, and the day of a price that is old or of a weak source.
pub fn charge(charge: &Charge, speech: &Speech) -> String {
    let day = || [("day", charge.price.as_of.clone().unwrap_or_default())];
    let doubt = match (charge.usd_per_unit, charge.price.weak, charge.price.old) {
        (Some(_), true, _) => Some(speech.with("charge-price-weak", &day())),
        (Some(_), _, true) => Some(speech.with("charge-price-old", &day())),
        _ => None,
    };
    let unknown = match (charge.measure, charge.usd_per_unit) {
        (_, None) => speech.plain("charge-price-unknown"),
        (Measure::Metered, Some(_)) => speech.plain("charge-metered"),
        (Measure::AtMost, Some(_)) => {
            let most = charge.most_per_month().unwrap_or_default().monthly();
            speech.with("charge-at-most", &[("usd", most.to_string())])
        }
        (Measure::Exact, Some(_)) => String::new(),
    };
    // A charge by use has no amount that the price could make wrong.
    let doubt = doubt.filter(|_| charge.measure != Measure::Metered);
    let said: Vec<String> = [unknown].into_iter().chain(doubt).filter(|it| !it.is_empty()).collect();
    if said.is_empty() { charge.what.clone() } else { format!("{} ({})", charge.what, said.join(", ")) }
}

/// What it has cost so far: since it was created, or since a sweep first saw it.
pub fn spent(finding: &Finding, speech: &Speech) -> Option<String> {
    let spent = finding.spent.as_ref().filter(|it| it.usd.monthly() > Usd::ZERO)?;
    let id = match (spent.from, spent.kind) {
        (Beginning::Created, Sure::About) => "spent-about",
        (Beginning::Created, Sure::AtLeast) => "spent-at-least",
        (Beginning::FirstSeen, Sure::About) => "spent-about-seen",
        (Beginning::FirstSeen, Sure::AtLeast) => "spent-at-least-seen",
    };
    let args = [("usd", amount(spent.usd)), ("date", spent.since.strftime("%Y-%m-%d").to_string())];
    Some(speech.with(id, &args))
}

/// Who created it, or why that is not known; nothing if it was not asked.
pub fn creator(finding: &Finding, speech: &Speech) -> Option<String> {
    let by = finding.created_by.as_ref()?;
    let Some(who) = &by.who else {
        let id = match by.unknown? {
            UnknownCreator::Denied => "creator-denied",
            UnknownCreator::TooOld => "creator-too-old",
            UnknownCreator::NotRecorded => "creator-not-recorded",
            UnknownCreator::Failed => "creator-failed",
        };
        return Some(speech.plain(id));
    };
    let tag = by.tag.as_ref().map(|tag| speech.with("creator-tag", &[("tag", tag.clone())]));
    let parts = [by.at.map(time), by.from.clone(), by.event.clone(), by.with.clone(), tag];
    let more: Vec<String> = parts.into_iter().flatten().collect();
    Some(speech.with("creator", &[("who", who.clone()), ("more", more.join(", "))]))
}

pub fn reason(gap: &Gap, speech: &Speech) -> String {
    let id = match gap.reason {
        _ if gap.cause == Some(Cause::Interrupted) => "gap-interrupted",
        _ if gap.cause == Some(Cause::Mistake) => "gap-mistake",
        _ if gap.cause == Some(Cause::Expired) => "gap-expired",
        _ if gap.cause == Some(Cause::Refused) => "gap-refused",
        _ if gap.cause == Some(Cause::NotAws) => "gap-not-aws",
        _ if gap.cause == Some(Cause::Clock) => "gap-clock",
        Reason::Denied => "gap-denied",
        Reason::DeniedByOrganization => "gap-denied-by-organization",
        Reason::DisabledRegion => "gap-disabled-region",
        Reason::Throttled => "gap-throttled",
        Reason::Timeout => "gap-timeout",
        Reason::Unreachable => "gap-unreachable",
        Reason::Other if gap.action.is_none() => return gap.message.clone(),
        Reason::Other => "gap-other",
    };
    let args = [("action", gap.action.clone().unwrap_or_default()), ("message", gap.message.clone())];
    speech.with(id, &args)
}

/// A link of the proof, with the next step.
pub fn proof(proof: &Proof, speech: &Speech) -> String {
    let status = match proof.status {
        Status::Ok => "ok",
        Status::Waiting => "waiting",
        Status::Broken => "broken",
        Status::Unknown => "unknown",
    };
    let id = format!("proof-{}-{status}", proof.step);
    let value = proof.value.as_deref().map_or_else(|| "none".to_owned(), readable);
    let subject = readable(proof.subject.as_deref().unwrap_or_default());
    speech.with(&id, &[("subject", subject), ("value", value)])
}
