//! The explained part of a bill, by hand-computed numbers.

use super::*;
use crate::model::{Reason, Region, Sku, Unit};

fn service(service: &str, usd_per_day: &str) -> ServiceCost {
    ServiceCost {
        service: service.to_owned(),
        usd: Some("100".parse().unwrap()),
        usd_per_day: Some(usd_per_day.parse().unwrap()),
        found_usd_per_day: None,
        explained: None,
        reasons: Vec::new(),
    }
}

fn bill(services: Vec<ServiceCost>) -> Bill {
    Bill {
        month: "2026-11".to_owned(),
        month_ends_at: "2026-12-01T00:00:00Z".parse().unwrap(),
        as_of: Some("2026-11-22T18:00:00Z".parse().unwrap()),
        total_usd: None,
        usd_per_day: None,
        month_end_usd_estimate: None,
        limit_usd: None,
        services,
        rest: None,
        days: Vec::new(),
        budgets: None,
        free_tier: None,
        plan: None,
        credits: None,
        credits_left_usd: None,
        credits_gone_at: None,
        regions: None,
        commitments: None,
        causes: None,
        support_plan: None,
        page: String::new(),
    }
}

/// The inputs of a comparison.
#[derive(Default)]
struct Swept {
    charges: Vec<Charge>,
    gaps: Vec<Gap>,
    disabled_regions: usize,
}

fn swept(charges: Vec<Charge>) -> Swept {
    Swept { charges, ..Swept::default() }
}

/// Three search nodes in Tokyo: 3 × 0.224 USD × 24 hours = 16.128 USD a day.
fn domain() -> Charge {
    let sku = Sku::new("AmazonES").with("instanceType", "r5.large.search");
    let charge = Charge::hourly("r5.large.search", sku, 3);
    Charge { usd_per_month: Some("490.56".parse().unwrap()), ..charge }
}

fn unpriced(service: &'static str) -> Charge {
    Charge::metered("it", Sku::new(service), Unit::GbMonth)
}

fn judged(service: ServiceCost, swept: &Swept) -> (Option<Explained>, String, Vec<String>) {
    let mut bill = bill(vec![service]);
    explain(&mut bill, swept.charges.iter(), &swept.gaps, swept.disabled_regions);
    let service = bill.services.remove(0);
    let reasons = service.reasons.iter().map(|it| serde_json::to_value(it).unwrap().as_str().unwrap().to_owned());
    (service.explained, service.found_usd_per_day.unwrap_or_default().to_string(), reasons.collect())
}

#[test]
fn a_service_that_costs_as_much_as_its_findings_is_explained() {
    // 490.56 USD a month ÷ 730 × 24 = 16.128 a day; 90 % of 17.92 is 16.128 exactly.
    for burn in ["16.13", "12", "17.92"] {
        let seen = judged(service("AmazonES", burn), &swept(vec![domain()]));
        assert_eq!(seen, (Some(Explained::Explained), "16.13".to_owned(), vec![]), "{burn}");
    }
}

#[test]
fn a_service_that_costs_more_than_its_findings_is_explained_in_part() {
    let (explained, found, reasons) = judged(service("AmazonES", "17.93"), &swept(vec![domain()]));
    assert_eq!((explained, found.as_str()), (Some(Explained::Partly), "16.13"));
    assert_eq!(reasons, ["ended-since", "use-on-top"]);
    let (explained, found, reasons) = judged(service("AmazonES", "5"), &swept(vec![unpriced("AmazonES")]));
    assert_eq!((explained, found.as_str()), (Some(Explained::Partly), "0.00"));
    assert_eq!(reasons, ["unpriced", "use-on-top"]);
}

#[test]
fn a_service_without_findings_is_unexplained_and_the_most_probable_reason_comes_first() {
    let reasons = |name: &str| {
        let report = Swept { disabled_regions: 2, ..swept(vec![domain()]) };
        let (explained, found, reasons) = judged(service(name, "25.00"), &report);
        assert_eq!((explained, found.as_str()), (Some(Explained::Unexplained), "0.00"), "{name}");
        reasons
    };
    assert_eq!(reasons("AWSDataTransfer"), ["data-transfer"]);
    assert_eq!(reasons("AmazonS3"), ["requests"]);
    assert_eq!(reasons("SomethingOfTomorrow"), ["type-not-covered", "in-disabled-region=2"]);
    assert_eq!(reasons("AmazonRDS"), ["ended-since", "in-disabled-region=2", "use-on-top"]);
}

#[test]
fn a_support_plan_and_a_tax_explain_themselves() {
    for (name, reason) in [("AWSSupportDeveloper", "support-plan"), ("OCBTax", "tax")] {
        let (explained, found, reasons) = judged(service(name, "0.97"), &swept(Vec::new()));
        assert_eq!((explained, found.as_str()), (Some(Explained::Explained), "0.00"), "{name}");
        assert_eq!(reasons, [reason]);
    }
}

#[test]
fn a_gap_may_hide_it() {
    let mut report = swept(Vec::new());
    let gap = |resource: &str| Gap {
        account: "123456789012".parse().unwrap(),
        region: Some(Region::home()),
        resource: Some(resource.to_owned()),
        reason: Reason::Denied,
        action: None,
        message: String::new(),
        cause: None,
    };
    report.gaps = vec![gap("ec2-volume")];
    assert!(!judged(service("AmazonRDS", "1"), &report).2.contains(&"not-looked-at".to_owned()));
    report.gaps = vec![gap("rds-cluster")];
    assert_eq!(judged(service("AmazonRDS", "1"), &report).2[0], "not-looked-at");
}

#[test]
fn less_than_a_cent_a_day_and_the_unknown_are_not_judged() {
    assert_eq!(judged(service("AmazonS3", "0.00"), &swept(Vec::new())).0, None);
    let unknown = ServiceCost { usd_per_day: None, ..service("AmazonS3", "1") };
    assert_eq!(judged(unknown, &swept(Vec::new())).0, None);
}

#[test]
fn a_finding_that_is_not_on_the_bill_is_new_or_covered() {
    let noted = |made: Option<&str>, service_of: &str, burn: &str| {
        let bill = bill(vec![service(service_of, burn)]);
        let note = mark(&bill, &[domain()], made.map(|at| at.parse().unwrap()));
        note.iter().map(|note| note.id().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(noted(Some("2026-11-22T17:00:00Z"), "AmazonEC2", "3"), ["new-since-bill"]);
    assert_eq!(noted(Some("2026-11-20T17:00:00Z"), "AmazonEC2", "3"), ["not-on-bill"]);
    assert_eq!(noted(None, "AmazonES", "0.00"), ["not-on-bill"]);
    assert_eq!(noted(Some("2026-11-22T17:00:00Z"), "AmazonES", "0.01"), Vec::<String>::new());
}
