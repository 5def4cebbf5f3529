//! The bill: against ministack with seeded figures, and against the responder for answers that no emulator has.

use std::collections::BTreeSet;
use std::sync::Arc;

use guardrail::demo::{Answer, Call, respond};
use serde_json::{Value, json};

use crate::emulators::Emulator;
use crate::practice;
use crate::responder::{Account, Fixtures};
use crate::server::Server;
use crate::world::{Screen, World};
use crate::{proxy, validity};

/// In the far future, so that an emulator never drops the seeded month as old.
const NOW: &str = "2099-11-23T00:00:00Z";

/// An emulated account with seeded figures: rows of day, hour and US dollars, by service; "" is the total.
struct Case {
    stack: Emulator,
    proxy: Server,
    world: World,
}

/// An empty answer for other services: only a complete sweep is compared with the bill, and thousands of empty calls would
/// keep the emulator busy.
fn elsewhere(call: &Call) -> Option<Answer> {
    const ABOUT: [&str; 11] = [
        "billing",
        "budgets",
        "ce",
        "ec2",
        "freetier",
        "iam",
        "kendra",
        "monitoring",
        "organizations",
        "pricing",
        "sts",
    ];
    let about = ABOUT.contains(&&*call.service);
    (!about).then(|| respond(&Fixtures::of(&[]), call))
}

impl Case {
    fn new() -> Self {
        let stack = Emulator::ministack();
        let _ = stack.python("charges.py", &["wake"]);
        let proxy = proxy::over(&stack.url, Arc::new(proxy::Told(elsewhere)));
        let world = World::new().endpoint(&proxy.url).env("GUARDRAIL_NOW", NOW);
        Self { stack, proxy, world }
    }

    fn seed(&self, service: &str, rows: &[(&str, f64)]) {
        let rows: Vec<_> = rows.iter().map(|(at, usd)| json!([format!("2099-{at}:12:00Z"), usd])).collect();
        let _ = self.stack.python("charges.py", &["seed", &json!({ service: rows }).to_string()]);
    }

    fn bill(&self) -> Value {
        // Free tier, plan and credits are gaps, because no emulator has them.
        let report = self.run("bill --format json").exits(3).json();
        let of_the_bill =
            |(resource, action): &(String, String)| resource == "bill" && !action.starts_with("cloudwatch:");
        assert!(gaps(&report).iter().all(of_the_bill), "{report:#}");
        report["bill"].clone()
    }

    fn run(&self, line: &str) -> Screen {
        self.proxy.recording.clear();
        let screen = self.world.run(line);
        let recording = &self.proxy.recording;
        assert_eq!(recording.mutating(), BTreeSet::new(), "{screen}");
        assert_eq!(recording.undeclared(), BTreeSet::new(), "not in `guardrail policy`\n{screen}");
        validity::prove(recording);
        screen
    }
}

fn gaps(report: &Value) -> Vec<(String, String)> {
    let word = |gap: &Value, key: &str| gap[key].as_str().unwrap_or_default().to_owned();
    report["gaps"].as_array().unwrap().iter().map(|gap| (word(gap, "resource"), word(gap, "action"))).collect()
}

fn facts(bill: &Value) -> [&Value; 4] {
    ["as_of", "total_usd", "usd_per_day", "month_end_usd_estimate"].map(|key| &bill[key])
}

#[test]
fn a_seeded_month_gives_the_figures_computed_by_hand() {
    let case = Case::new();
    let total = [("10-31T18", 412.0), ("11-01T06", 5.0), ("11-19T18", 300.0), ("11-20T18", 318.0), ("11-22T18", 358.5)];
    case.seed("", &total);
    case.seed("AmazonES", &[("11-20T18", 280.5), ("11-22T18", 312.75)]);
    case.seed("AmazonKendra", &[("11-20T18", 10.0), ("11-22T18", 18.5)]);
    let bill = case.bill();
    // 40.50 in the last 48 hours, 20.25 a day; 8.25 days are left: 358.50 + 167.0625.
    assert_eq!(facts(&bill), ["2099-11-22T18:00:00Z", "358.50", "20.25", "525.56"]);
    assert_eq!((&bill["month"], &bill["month_ends_at"]), (&json!("2099-11"), &json!("2099-12-01T00:00:00Z")));
    let services: Vec<_> = bill["services"].as_array().unwrap().iter().collect();
    let row = |it: &Value| ["service", "usd", "usd_per_day"].map(|key| it[key].as_str().unwrap().to_owned());
    assert_eq!(row(services[0]), ["AmazonES", "312.75", "16.13"]);
    assert_eq!(row(services[1]), ["AmazonKendra", "18.50", "4.25"]);
    assert_eq!(bill["days"][0], json!({ "date": "2099-11-01", "usd": "5.00" }));
    assert_eq!(bill["days"][3], json!({ "date": "2099-11-22", "usd": "40.50", "from": "2099-11-21" }));
    assert_eq!((&bill["free_tier"], &bill["credits"]), (&Value::Null, &Value::Null));
}

#[test]
fn a_month_that_has_just_begun_has_the_burn_of_the_last_one() {
    let case = Case::new();
    case.seed("", &[("10-29T18", 380.0), ("10-31T18", 420.0), ("11-01T02", 420.0)]);
    let world = |now: &str| World::new().endpoint(&case.proxy.url).env("GUARDRAIL_NOW", now);
    let bill = |now: &str| world(now).run("bill --format json").exits(3).json()["bill"].clone();
    // AWS still returns October's figure.
    assert_eq!(facts(&bill("2099-11-01T03:00:00Z"))[1..], [&Value::Null, &json!("20.00"), &Value::Null]);
    case.seed("", &[("11-01T08", 6.0)]);
    // 29.66 days are left: 6.00 + 20.00 × (712 ÷ 24).
    assert_eq!(facts(&bill("2099-11-01T09:00:00Z"))[1..], ["6.00", "20.00", "599.33"]);
}

#[test]
fn a_disabled_metric_and_a_first_day_have_unknown_figures() {
    let case = Case::new();
    assert_eq!(facts(&case.bill()), [&Value::Null; 4]);
    let screen = case.run("bill");
    assert!(screen.stdout.contains("Billing alerts are off"), "{screen}");
    let refused = account().deny("monitoring", "ListMetrics").start();
    let screen = World::new().endpoint(&refused.url).run("bill").exits(3);
    assert!(!screen.stdout.contains("Billing alerts are off"), "{screen}");
    let why = "The figures of the bill could not be read: the permission cloudwatch:ListMetrics is missing.";
    assert!(screen.stdout.replace('\n', " ").contains(why), "{screen}");
    case.seed("", &[("11-22T20", 0.67)]);
    assert_eq!(facts(&case.bill())[1..], [&json!("0.67"), &Value::Null, &Value::Null]);
    assert!(case.run("bill").stdout.contains("too few figures"));
}

#[test]
fn the_sweep_is_compared_with_the_bill() {
    let case = Case::new();
    let disk = case.stack.python("charges.py", &["disk"]);
    // 100 GB at 0.08 USD are 8.00 USD a month: 0.263 a day.
    case.seed("", &[("11-20T18", 10.0), ("11-22T18", 60.526)]);
    case.seed("AmazonEC2", &[("11-20T18", 5.0), ("11-22T18", 5.526)]);
    case.seed("AmazonKendra", &[("11-20T18", 5.0), ("11-22T18", 55.0)]);
    let report = case.run("sweep --format json").exits(10).json();
    assert_eq!(facts(&report["bill"])[1..], ["60.53", "25.26", "268.95"]);
    let judged = |name: &str| {
        let services = report["bill"]["services"].as_array().unwrap();
        let service = services.iter().find(|it| it["service"] == name).unwrap();
        json!([service["usd_per_day"], service["found_usd_per_day"], service["explained"], service["reasons"]])
    };
    assert_eq!(judged("AmazonEC2"), json!(["0.26", "0.26", "explained", []]));
    // ministack lacks Kendra, so it is a gap.
    assert_eq!(
        judged("AmazonKendra"),
        json!(["25.00", "0.00", "unexplained", ["not-looked-at", "ended-since", "use-on-top"]])
    );
    assert!(report["findings"].as_array().unwrap().iter().any(|it| it["id"] == disk));

    let narrowed = case.run("sweep --format json --regions us-east-1 --resources ec2-volume").json();
    assert_eq!(facts(&narrowed["bill"]), facts(&report["bill"]));
    assert_eq!(narrowed["bill"]["services"][0]["explained"], Value::Null);
    assert!(case.run("sweep --format json --no-bill --resources ec2-volume").json().get("bill").is_none());
}

fn account() -> Account {
    Account::of(Fixtures::of(&["bill"]).regions(&["us-east-1"], &["eu-south-2"]))
}

#[test]
fn free_tier_plan_credits_and_budgets_are_reported() {
    let server = account().start();
    let report = World::new().endpoint(&server.url).run("bill --format json").exits(0).json();
    let bill = &report["bill"];
    let offers: Vec<_> =
        bill["free_tier"].as_array().unwrap().iter().map(|it| it["percent"].as_str().unwrap()).collect();
    assert_eq!(offers, ["96.2", "10.6"], "page two, the most used up first");
    assert_eq!(bill["free_tier"][0]["forecast"], "990.25");
    assert_eq!(bill["plan"], json!({ "kind": "free", "status": "active", "ends_at": "2027-04-01T00:00:00Z" }));
    let credits: Vec<_> = bill["credits"].as_array().unwrap().iter().map(|it| [&it["name"], &it["left_usd"]]).collect();
    assert_eq!(credits, [["AWS account sign-up", "60.00"], ["Set up a cost budget", "20.00"]]);
    // 4.00 in 48 hours: 2.00 a day, and 80.00 last 40 days.
    assert_eq!((&bill["usd_per_day"], &bill["credits_left_usd"]), (&json!("2.00"), &json!("80.00")));
    assert_eq!(bill["credits_gone_at"], "2027-01-02T00:00:00Z");
    assert_eq!(bill["budgets"][1]["forecast"], "55.125");
    assert_eq!(bill["regions"], Value::Null);
    assert_eq!(server.recording.count("GetCostAndUsage"), 0, "it costs money");
    assert_eq!(server.recording.undeclared(), BTreeSet::<String>::new());
}

#[test]
fn every_denial_is_a_gap_and_blocks_nothing_else() {
    let cases = [
        ("monitoring", "ListMetrics", "cloudwatch:ListMetrics", "total_usd"),
        ("monitoring", "GetMetricStatistics", "cloudwatch:GetMetricStatistics", "total_usd"),
        ("budgets", "DescribeBudgets", "budgets:ViewBudget", "budgets"),
        ("freetier", "GetFreeTierUsage", "freetier:GetFreeTierUsage", "free_tier"),
        ("freetier", "GetAccountPlanState", "freetier:GetAccountPlanState", "plan"),
        ("billing", "GetCredits", "billing:GetCredits", "credits"),
    ];
    let all = ["total_usd", "budgets", "free_tier", "plan", "credits"];
    for (service, operation, action, lost) in cases {
        let server = account().deny(service, operation).start();
        let report = World::new().endpoint(&server.url).run("bill --format json").exits(3).json();
        assert_eq!(gaps(&report), [("bill".to_owned(), action.to_owned())], "{action}");
        let missing: Vec<_> = all.into_iter().filter(|key| report["bill"][key].is_null()).collect();
        assert_eq!(missing, [lost], "{action}");
        let screen = World::new().endpoint(&server.url).run("bill").exits(3);
        assert!(screen.stdout.contains(action), "{screen}");
    }
}

#[test]
fn a_sweep_that_may_not_see_the_bill_is_incomplete() {
    let server = account().deny("monitoring", "ListMetrics").start();
    let world = World::new().endpoint(&server.url);
    let report = world.run("sweep --format json").exits(3).json();
    assert_eq!(gaps(&report), [("bill".to_owned(), "cloudwatch:ListMetrics".to_owned())]);
    assert!(report.get("bill").is_none());
    let screen = world.run("sweep --no-bill").exits(0);
    assert!(screen.stdout.contains("Not compared;"), "{screen}");
}

#[test]
fn a_sweep_never_says_clean_while_the_bill_grows() {
    let server = account().start();
    let world = World::new().endpoint(&server.url);
    let screen = world.run("sweep").exits(3);
    assert!(screen.stdout.contains("\nNOT SURE") && screen.stdout.contains("Not found: OpenSearch"), "{screen}");
    assert!(!screen.stdout.contains("\nSAFE"), "{screen}");
    for format in ["csv", "markdown", "html"] {
        let screen = world.run(&format!("sweep --format {format}")).exits(3);
        assert!(screen.stdout.contains("OpenSearch (AmazonES) costs"), "{screen}");
    }
    // Without figures there is nothing to compare, and no failure.
    let server = Account::of(Fixtures::of(&[])).start();
    let screen = World::new().endpoint(&server.url).run("sweep").exits(0);
    assert!(screen.stdout.contains("Not compared;"), "{screen}");
}

#[test]
fn cost_explorer_is_called_only_with_consent_and_page_by_page() {
    let server = account().start();
    let world = World::new().endpoint(&server.url);
    let screen = world.run("bill --cost-explorer").exits(2);
    assert!(screen.stderr.contains("0.02 USD"), "{screen}");
    assert_eq!(server.recording.all().len(), 0);
    let screen = world.run("bill --cost-explorer --yes --format json").exits(0);
    assert!(screen.stderr.contains("0.02 USD"), "{screen}");
    assert_eq!(server.recording.count("GetCostAndUsage"), 3, "by service, by usage type, and its second page");
    assert_eq!(server.recording.undeclared(), BTreeSet::<String>::new());
    let counted = |(name, usd): &(&str, &str)| json!({ "usage_type": name, "usd": usd });
    let region = |name: &str, disabled: bool, usd: &str, service: &str, usage_types: &[(&str, &str)]| {
        let usage_types: Vec<_> = usage_types.iter().map(counted).collect();
        json!({ "region": name, "disabled": disabled, "usd": usd, "services": [{ "service": service, "usd": usd }], "usage_types": usage_types })
    };
    // 18.40 on the first page and 19.50 on the second.
    let search = [("EUS2-ESInstance:m5.large", "37.90"), ("EUS2-ES:GP3-Storage", "0.50")];
    let expected = [
        region("eu-south-2", true, "38.40", "Amazon OpenSearch Service", &search),
        region("us-east-1", false, "1.01", "AWS Lambda", &[("Lambda-GB-Second", "1.01")]),
    ];
    assert_eq!(screen.json()["bill"]["regions"], json!(expected));
    let screen = world.run("bill --cost-explorer --yes").exits(0);
    assert!(screen.stdout.contains("eu-south-2: 38.40 USD so far. This region is disabled"), "{screen}");
    assert!(screen.stdout.contains("eu-south-2, by usage type"), "{screen}");
    validity::prove(&server.recording);
}

#[test]
fn paid_answers_are_kept_when_others_are_denied() {
    let refused = |action: &str, reason: &str| {
        let server = account().deny("ec2", action).deny("ce", reason).start();
        let report = World::new().endpoint(&server.url).run("bill --cost-explorer --yes --format json").exits(3).json();
        (gaps(&report), report["bill"]["regions"].as_array().map(Vec::len), server.recording.count("GetCostAndUsage"))
    };
    let gap = |action: &str| vec![("bill".to_owned(), action.to_owned())];
    assert_eq!(
        refused("-", "GetCostAndUsage"),
        (gap("ce:GetCostAndUsage"), None, 1),
        "a second query after a denied one"
    );
    assert_eq!(refused("DescribeRegions", "-"), (gap("ec2:DescribeRegions"), Some(2), 3));
}

#[test]
fn the_part_that_no_service_has_is_its_own_line() {
    let case = Case::new();
    case.seed("", &[("11-20T18", 50.0), ("11-22T18", 73.1), ("11-22T20", 74.0)]);
    case.seed("AmazonKendra", &[("11-20T18", 40.0), ("11-22T18", 61.0)]);
    case.seed("AmazonS3", &[("11-20T18", 0.0), ("11-22T18", 0.5)]);
    // 73.10 − 61.00 − 0.50, at the last moment of which all have a figure; 23.10 − 21.50 in two days are 0.80 a day.
    let rest = json!({ "usd": "11.60", "usd_per_day": "0.80", "reasons": ["tax", "support-plan"] });
    assert_eq!(case.bill()["rest"], rest);
    let text = case.run("bill").stdout;
    assert!(
        text.contains("11.60  (not assigned to a service)") && text.contains("- tax on the other charges"),
        "{text}"
    );
    assert!(case.run("bill --format csv").stdout.contains("\nrest,(not assigned to a service),11.60,USD,0.80,"));
    let sweep = case.run("sweep -v");
    assert!(sweep.stdout.contains("0.80  (not assigned to a service)"), "{sweep}");
    // The difference is within the rounding of three figures.
    case.seed("AmazonKendra", &[("11-22T18", 72.59)]);
    assert_eq!(case.bill()["rest"], Value::Null);
}

#[test]
fn a_bill_comes_in_every_form() {
    let run = |line: &str| World::new().run(&format!("bill --demo {line}")).exits(0).stdout;
    assert!(run("--format csv").contains("\nservice,AWSDataTransfer,25.00,USD,1.15,"));
    assert!(run("--format markdown").contains("| total | 2026-11 | 407.44 | USD | 18.73 | 561.96 | 10.00 |"));
    assert!(run("--format html").contains(">Data transfer (AWSDataTransfer)</td>"));
    assert!(run("--lang ja").contains("2026 年 11 月はこれまで 407.44 USD"));
    assert!(!run("").contains('█'), "bars are for a screen");
}

#[test]
fn the_demo_account_has_the_bill_of_its_story() {
    let report = practice::sweep("--format json --lang en").exits(10).json();
    let services = report["bill"]["services"].as_array().unwrap();
    let of = |verdict: &str| {
        let names = services.iter().filter(|it| it["explained"] == verdict).map(|it| it["service"].as_str().unwrap());
        names.collect::<Vec<_>>()
    };
    assert_eq!(of("explained"), ["AmazonES", "AmazonEC2", "AmazonVPC"]);
    // The price of its extended support in Ireland is in no list.
    assert_eq!((of("partly"), of("unexplained")), (vec!["AmazonRDS"], vec!["AWSDataTransfer"]));
    // 3 × 0.164 USD and 45 GB × 0.1464 USD ÷ 730, × 522 hours of November.
    assert_eq!((&services[0]["usd"], &services[0]["found_usd_per_day"]), (&json!("261.53"), &json!("12.02")));
    assert_eq!(services[1]["usd"], "111.44");
}
