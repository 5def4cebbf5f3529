//! Bills made of figures, by hand-computed numbers.

use std::collections::BTreeMap;

use super::*;

fn figures(rows: &[(&str, &str)]) -> Vec<Figure> {
    let figure = |(at, usd): &(&str, &str)| Figure {
        at: format!("2026-{at}:00:00Z").parse().unwrap(),
        usd: usd.parse().unwrap(),
    };
    rows.iter().map(figure).collect()
}

fn bill_of(total: &[(&str, &str)], services: &[(&str, &[(&str, &str)])], now: &str) -> Bill {
    let services: BTreeMap<_, _> = services.iter().map(|(name, rows)| ((*name).to_owned(), figures(rows))).collect();
    let read = Figures { total: figures(total), services, faults: Vec::new() };
    counted(&read, &Month::of(format!("2026-{now}:00:00Z").parse().unwrap()), Some("10".parse().unwrap()))
}

fn shown(usd: Option<Usd>) -> String {
    usd.map_or_else(|| "null".to_owned(), |usd| usd.to_string())
}

fn totals(bill: &Bill) -> [String; 3] {
    [bill.total_usd, bill.usd_per_day, bill.month_end_usd_estimate].map(shown)
}

#[test]
fn a_month_adds_up() {
    let total: &[_] = &[("11-18T18", "300"), ("11-20T18", "340"), ("11-22T18", "380.50")];
    let bill = bill_of(total, &[("AmazonES", total), ("AmazonS3", &[("11-22T18", "0.004")])], "11-23T00");
    // 40.50 in 2 days; 8.25 days of 20.25 are 167.0625.
    assert_eq!(totals(&bill), ["380.50", "20.25", "547.56"]);
    assert_eq!(shown(bill.limit_usd), "10.00");
    let services: Vec<_> =
        bill.services.iter().map(|it| (&*it.service, shown(it.usd), shown(it.usd_per_day))).collect();
    let row = |name, usd: &str, day: &str| (name, usd.to_owned(), day.to_owned());
    assert_eq!(services, [row("AmazonES", "380.50", "20.25"), row("AmazonS3", "0.00", "null")]);
}

#[test]
fn a_metric_that_is_off_leaves_everything_unknown() {
    let bill = bill_of(&[], &[], "11-23T00");
    assert_eq!((bill.as_of, totals(&bill)), (None, ["null", "null", "null"].map(str::to_owned)));
    assert!(bill.services.is_empty() && bill.days.is_empty());
}

#[test]
fn a_first_day_has_a_total_and_no_burn_yet() {
    let bill = bill_of(&[("11-23T04", "0.67")], &[("AmazonES", &[("11-23T04", "0.67")])], "11-23T06");
    assert_eq!(totals(&bill), ["0.67", "null", "null"]);
    assert_eq!(shown(bill.services[0].usd_per_day), "null");
}

#[test]
fn a_new_month_begins_with_the_burn_of_the_last_one() {
    let total: &[_] = &[("10-29T18", "280"), ("10-31T18", "320"), ("11-01T02", "321")];
    let old: &[_] = &[("10-24T18", "3"), ("10-26T18", "5")];
    let bill = bill_of(total, &[("AmazonES", total), ("AmazonMQ", old)], "11-01T03");
    assert_eq!(totals(&bill), ["null", "20.00", "null"]);
    // A service whose figures end in October is not November's.
    let services: Vec<_> =
        bill.services.iter().map(|it| (&*it.service, shown(it.usd), shown(it.usd_per_day))).collect();
    assert_eq!(services, [("AmazonES", "null".to_owned(), "20.00".to_owned())]);
    let later = [total, &[("11-01T08", "6.70")]].concat();
    assert_eq!(totals(&bill_of(&later, &[], "11-01T09"))[0], "6.70");
}

#[test]
fn credits_are_summed_and_end() {
    let total: &[_] = &[("11-20T18", "340"), ("11-22T18", "380")];
    let now = "2026-11-23T00:00:00Z".parse().unwrap();
    let credit = |left: Option<&str>| Credit {
        name: "Activity".to_owned(),
        left_usd: left.map(|usd| usd.parse().unwrap()),
        ends_at: None,
    };
    let left_of = |credits: Option<Vec<Credit>>, of_plan: Option<&str>| {
        let mut bill = Bill { credits, ..bill_of(total, &[], "11-23T00") };
        left(&mut bill, of_plan.map(|usd| usd.parse().unwrap()), now);
        (shown(bill.credits_left_usd), bill.credits_gone_at.map(|at| at.to_string()))
    };
    // 100 USD last 5 days of 20 USD.
    let five_days = Some("2026-11-28T00:00:00Z".to_owned());
    assert_eq!(
        left_of(Some(vec![credit(Some("60")), credit(Some("40"))]), Some("7")),
        ("100.00".to_owned(), five_days.clone())
    );
    assert_eq!(left_of(None, Some("100")), ("100.00".to_owned(), five_days));
    assert_eq!(left_of(Some(vec![credit(None)]), None), ("null".to_owned(), None));
}
