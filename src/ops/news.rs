//! What of a run is worth a notification: things that are new, or a daily spend that jumped; each told once.

use jiff::Timestamp;
use rust_decimal::{Decimal, dec};

use crate::model::told::Told;
use crate::model::{Item, News, OrganizationReport, SweepReport, Usd};

/// A rise of the daily spend counts if it is this much, and this share.
const LEAST: Usd = Usd(dec!(1));
const SHARE: Decimal = dec!(1.25);
/// The most keys that are remembered of one destination.
const MOST: usize = 5000;

/// What a run shows that may be news: of one account, or of the accounts of an organisation, added one after the other.
#[derive(Debug)]
pub struct Outlook {
    made_at: Timestamp,
    /// Whether any account has an earlier sweep to compare with.
    pub compared: bool,
    things: Vec<Thing>,
    gone: Vec<String>,
    spend_before: Option<Usd>,
    spend: Option<Usd>,
}

#[derive(Debug)]
struct Thing {
    item: Item,
    is_new: bool,
    /// The sweep that its account is compared with; none for an account that is swept for the first time.
    since: Option<Timestamp>,
}

impl Outlook {
    #[must_use]
    pub fn new(made_at: Timestamp) -> Self {
        Self { made_at, compared: false, things: Vec::new(), gone: Vec::new(), spend_before: None, spend: None }
    }

    /// The outlook of one account.
    #[must_use]
    pub fn of(report: &SweepReport, told: &Told) -> Self {
        let mut outlook = Self::new(report.made_at);
        outlook.add(report, told);
        outlook.spend_before = report.changes.as_ref().and_then(|it| it.bill_usd_per_day_before);
        outlook.spend = report.bill.as_ref().and_then(|it| it.usd_per_day);
        outlook
    }

    /// Adds the things of an account, whose report has been compared. All of them are new in an account without an earlier
    /// sweep, if others of the same run have one.
    pub fn add(&mut self, report: &SweepReport, told: &Told) {
        self.compared |= report.changes.is_some();
        let since = report.changes.as_ref().map(|it| it.since);
        for it in report.findings.iter().filter(|it| it.exempt.is_none()) {
            let is_new = it.new == Some(true) || since.is_none();
            if is_new || told.pending.contains(&it.key) {
                self.things.push(Thing { item: Item::of(it), is_new, since });
            }
        }
        self.gone.extend(report.changes.iter().flat_map(|it| &it.gone).cloned());
    }

    /// The daily spend of all accounts, by the bill of the organisation.
    pub fn add_spend(&mut self, report: &OrganizationReport) {
        self.spend = report.bill.as_ref().and_then(|it| it.usd_per_day);
    }

    /// The news that a destination was not told yet; none for a first run.
    #[must_use]
    pub fn news(&self, told: &Told) -> Option<News> {
        if !self.compared {
            return None;
        }
        let untold =
            |it: &Thing| told.findings.get(&it.item.key).is_none_or(|at| it.since.is_some_and(|since| *at < since));
        let due = |it: &&Thing| (it.is_new && untold(it)) || told.pending.contains(&it.item.key);
        let mut new: Vec<Item> = self.things.iter().filter(due).map(|it| it.item.clone()).collect();
        new.sort_by_key(|it| std::cmp::Reverse(it.cost.worth()));
        let jump = told
            .usd_per_day
            .or(self.spend_before)
            .zip(self.spend)
            .filter(|(before, now)| now.0 - before.0 >= LEAST.0 && now.0 >= before.0.saturating_mul(SHARE));
        (!new.is_empty() || jump.is_some()).then_some(News { new, jump })
    }

    /// What is known after the news were delivered, or after the attempt failed.
    #[must_use]
    pub fn after(&self, news: Option<&News>, delivered: bool, mut told: Told) -> Told {
        let jumped = news.is_some_and(|it| it.jump.is_some());
        // A lower spend is the new measure at once, a higher one when it is sent.
        let follows = |known: Usd| self.spend.is_some_and(|now| now < known) || (jumped && delivered);
        told.usd_per_day = match told.usd_per_day {
            Some(known) if !follows(known) => Some(known),
            None if jumped && !delivered => self.spend_before,
            known => self.spend.or(known),
        };
        for it in news.iter().flat_map(|it| &it.new) {
            if delivered {
                told.pending.remove(&it.key);
                told.findings.insert(it.key.clone(), self.made_at);
            } else {
                told.pending.insert(it.key.clone());
            }
        }
        for key in &self.gone {
            told.pending.remove(key);
        }
        while told.findings.len() > MOST {
            let oldest = told.findings.iter().min_by_key(|(_, at)| **at).map(|(key, _)| key.clone());
            oldest.map(|key| told.findings.remove(&key));
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::Finding;

    fn news(report: &SweepReport, told: &Told) -> Option<News> {
        Outlook::of(report, told).news(told)
    }

    fn after(report: &SweepReport, news: Option<&News>, delivered: bool, told: Told) -> Told {
        Outlook::of(report, &told).after(news, delivered, told)
    }

    fn keys(news: &News) -> Vec<&str> {
        news.new.iter().map(|it| it.key.as_str()).collect()
    }

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
        assert_eq!(keys(&fresh), ["a"]);
        let failed = after(&second, Some(&fresh), false, Told::default());
        // It is not new any more.
        let mut third = report(DAYS[2], DAYS[1], &["a"], None);
        third.findings[0].new = Some(false);
        assert_eq!(keys(&news(&third, &failed).unwrap()), ["a"]);
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

    #[test]
    fn an_account_that_is_swept_for_the_first_time_is_news_if_others_are_not() {
        let first = |id: &str| SweepReport { changes: None, ..report(DAYS[1], DAYS[0], &[id], None) };
        let run = |told: &Told, reports: &[SweepReport]| {
            let mut outlook = Outlook::new(DAYS[1].parse().unwrap());
            for it in reports {
                outlook.add(it, told);
            }
            outlook
        };
        let none = Told::default();
        assert_eq!(run(&none, &[first("a"), first("b")]).news(&none), None);
        let mixed = run(&none, &[first("a"), report(DAYS[1], DAYS[0], &[], None)]);
        let fresh = mixed.news(&none).unwrap();
        assert_eq!(keys(&fresh), ["a"]);
        let told = mixed.after(Some(&fresh), true, none);
        assert_eq!(run(&told, &[first("a"), report(DAYS[1], DAYS[0], &[], None)]).news(&told), None);
    }
}
