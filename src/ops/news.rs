//! What of a sweep is worth a notification: findings that are new, or a daily spend that jumped; each told once.

use rust_decimal::{Decimal, dec};

use crate::model::told::Told;
use crate::model::{Finding, SweepReport, Usd};

/// A rise of the daily spend counts if it is this much, and this share.
const LEAST: Usd = Usd(dec!(1));
const SHARE: Decimal = dec!(1.25);
/// The most keys that are remembered of one destination.
const MOST: usize = 5000;

/// What is to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// Keys of new findings, the most expensive first. What is kept on purpose is none.
    pub new: Vec<String>,
    /// The daily spend before and now.
    pub jump: Option<(Usd, Usd)>,
}

/// The news of a report that a destination was not told yet; none for a first sweep.
#[must_use]
pub fn news(report: &SweepReport, told: &Told) -> Option<News> {
    let changes = report.changes.as_ref()?;
    let untold = |it: &Finding| told.findings.get(&it.key).is_none_or(|at| *at < changes.since);
    let due = |it: &Finding| (it.new == Some(true) && untold(it)) || told.pending.contains(&it.key);
    let new: Vec<String> =
        report.findings.iter().filter(|it| it.exempt.is_none() && due(it)).map(|it| it.key.clone()).collect();
    let before = told.usd_per_day.or(changes.bill_usd_per_day_before);
    let jump = before
        .zip(spend(report))
        .filter(|(before, now)| now.0 - before.0 >= LEAST.0 && now.0 >= before.0.saturating_mul(SHARE));
    (!new.is_empty() || jump.is_some()).then_some(News { new, jump })
}

/// What is known after the news were delivered, or after the attempt failed.
#[must_use]
pub fn after(report: &SweepReport, news: Option<&News>, delivered: bool, mut told: Told) -> Told {
    let now = spend(report);
    let before = report.changes.as_ref().and_then(|it| it.bill_usd_per_day_before);
    let jumped = news.is_some_and(|it| it.jump.is_some());
    // A lower spend is the new measure at once, a higher one when it is sent.
    let follows = |known: Usd| now.is_some_and(|now| now < known) || (jumped && delivered);
    told.usd_per_day = match told.usd_per_day {
        Some(known) if !follows(known) => Some(known),
        None if jumped && !delivered => before,
        known => now.or(known),
    };
    for key in news.iter().flat_map(|it| &it.new) {
        if delivered {
            told.pending.remove(key);
            told.findings.insert(key.clone(), report.made_at);
        } else {
            told.pending.insert(key.clone());
        }
    }
    for key in report.changes.iter().flat_map(|it| &it.gone) {
        told.pending.remove(key);
    }
    while told.findings.len() > MOST {
        let oldest = told.findings.iter().min_by_key(|(_, at)| **at).map(|(key, _)| key.clone());
        oldest.map(|key| told.findings.remove(&key));
    }
    told
}

/// The daily spend on the bill.
fn spend(report: &SweepReport) -> Option<Usd> {
    report.bill.as_ref()?.usd_per_day
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A report with these new findings and a daily spend before and now.
    fn report(at: &str, since: &str, new: &[&str], spend: Option<(&str, &str)>) -> SweepReport {
        let accounts = [json!({ "id": "123456789012", "alias": null })];
        let bill = spend.map(|(_, now)| {
            json!({ "month": "2026-11", "month_ends_at": "2026-12-01T00:00:00Z", "usd_per_day": now, "services": [],
                    "days": [], "page": "" })
        });
        let changes = json!({ "since": since, "new": new, "gone": [], "unknown": [], "dearer": [], "cheaper": [],
                              "earlier": [], "usd_per_month_before": "0",
                              "bill_usd_per_day_before": spend.map(|(before, _)| before) });
        let report = json!({
            "schema": "", "version": "", "made_at": at, "changes": changes, "bill": bill, "findings": [], "gaps": [],
            "scope": { "accounts": accounts, "regions": [], "disabled_regions": [], "resources": [], "partial": false },
            "totals": { "findings": 0, "usd_per_hour": "0", "usd_per_month": "0", "at_least": false },
        });
        let findings = new.iter().map(|id| Finding { new: Some(true), ..Finding::new(id) }).collect();
        SweepReport { findings, ..serde_json::from_value(report).unwrap() }
    }

    const DAYS: [&str; 3] = ["2026-11-21T03:00:00Z", "2026-11-22T03:00:00Z", "2026-11-23T03:00:00Z"];

    #[test]
    fn a_change_is_sent_once_and_again_if_it_could_not_be_delivered() {
        let second = report(DAYS[1], DAYS[0], &["a"], None);
        let fresh = news(&second, &Told::default()).unwrap();
        assert_eq!(fresh.new, ["a"]);
        let failed = after(&second, Some(&fresh), false, Told::default());
        // It is not new any more.
        let mut third = report(DAYS[2], DAYS[1], &["a"], None);
        third.findings[0].new = Some(false);
        assert_eq!(news(&third, &failed).unwrap().new, ["a"]);
        let told = after(&second, Some(&fresh), true, failed);
        assert_eq!((news(&third, &told), news(&second, &told)), (None, None));
        // It was gone in between.
        assert!(news(&report(DAYS[2], "2026-11-22T12:00:00Z", &["a"], None), &told).is_some());
        assert_eq!(news(&report(DAYS[2], DAYS[0], &["a"], None), &told), None);
    }

    #[test]
    fn a_first_sweep_and_what_is_kept_on_purpose_are_no_news() {
        let mut first = report(DAYS[0], DAYS[0], &["a"], None);
        let until = "2027-01-01".parse().unwrap();
        first.findings[0].exempt = Some(crate::model::Exemption { reason: "blog".to_owned(), until });
        assert_eq!(news(&first, &Told::default()), None);
        let first = SweepReport { changes: None, ..report(DAYS[0], DAYS[0], &["a"], Some(("1", "90"))) };
        assert_eq!(news(&first, &Told::default()), None);
    }

    #[test]
    fn a_jump_of_the_daily_spend_is_sent_once_also_if_it_comes_slowly() {
        let usd = |text: &str| text.parse::<Usd>().unwrap();
        let jump = |before: &str, now: &str, told: &Told| {
            news(&report(DAYS[1], DAYS[0], &[], Some((before, now))), told).and_then(|it| it.jump)
        };
        let none = Told::default();
        assert_eq!(jump("1.00", "1.90", &none), None, "less than a dollar");
        assert_eq!(jump("10.00", "12.00", &none), None, "less than a quarter");
        assert_eq!(jump("10.00", "13.00", &none), Some((usd("10.00"), usd("13.00"))));
        let first = report(DAYS[1], DAYS[0], &[], Some(("10.00", "13.00")));
        let told = after(&first, news(&first, &none).as_ref(), true, none.clone());
        assert_eq!(jump("10.00", "13.00", &told), None);
        let lost = after(&first, news(&first, &none).as_ref(), false, none.clone());
        assert!(jump("13.00", "13.00", &lost).is_some());
        // By a little every day, measured against what was sent last.
        let slow = after(
            &report(DAYS[1], DAYS[0], &[], Some(("10.00", "11.00"))),
            None,
            true,
            Told { usd_per_day: Some(usd("10.00")), ..none },
        );
        assert_eq!(slow.usd_per_day, Some(usd("10.00")));
        assert!(jump("12.00", "13.00", &slow).is_some());
        let lower = after(&report(DAYS[1], DAYS[0], &[], Some(("10.00", "4.00"))), None, true, slow);
        assert_eq!(lower.usd_per_day, Some(usd("4.00")));
    }
}
