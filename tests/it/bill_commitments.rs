//! The commitments on the bill, and the support plan.

use std::collections::BTreeSet;

use guardrail::demo::{Answer, Call, Story};
use serde_json::{Value, json};

use crate::proxy;
use crate::responder::{Account, Fixtures};
use crate::validity;
use crate::world::World;

fn gaps(report: &Value) -> Vec<(String, String)> {
    let word = |gap: &Value, key: &str| gap[key].as_str().unwrap_or_default().to_owned();
    report["gaps"].as_array().unwrap().iter().map(|gap| (word(gap, "resource"), word(gap, "action"))).collect()
}

/// Redshift, `MemoryDB` and EC2 share names of operations, as does `OpenSearch`: the others answer with nothing here.
fn committed() -> Account {
    let fixtures = Fixtures::of(&["commitments", "bill", "support-plan"]).regions(&["eu-west-1", "us-east-1"], &[]);
    let only_here = proxy::Told(move |call: &Call| {
        let elsewhere = call.action.starts_with("DescribeReserved") && call.region != "eu-west-1";
        if elsewhere || (matches!(&*call.service, "memorydb" | "ec2") && call.action.starts_with("DescribeReserved")) {
            Some(Answer::empty(call))
        } else {
            fixtures.answer(call)
        }
    });
    Account::of(only_here)
}

#[test]
fn commitments_say_what_they_cost_until_when_and_whether_they_renew() {
    let server = committed().start();
    let world = World::narrow(&server.url);
    let bill = world.run("bill --format json").exits(0).json()["bill"].clone();
    let row =
        |it: &Value| json!([it["kind"], it["id"], it["count"], it["usd_per_month"], it["days_left"], it["renews"]]);
    let rows: Vec<Value> = bill["commitments"].as_array().unwrap().iter().map(row).collect();
    assert_eq!(
        rows,
        [
            json!(["rds", "ri-shop", 2, "50.37", 17, false]),
            json!(["savings-plan", "sp-now", null, "73.00", 27, true]),
            json!(["redshift", "rn-1", 1, "255.50", 190, false]),
            json!(["opensearch", "os-1", 3, "197.10", 190, false]),
            json!(["savings-plan", "sp-next", null, "73.00", 392, false]),
            json!(["elasticache", "cache-1", 1, "0.00", 828, false]),
        ]
    );
    assert_eq!(bill["support_plan"]["level"], "business");
    for (lang, soon) in [("en", "ends in 17 days, does not renew"), ("ja", "あと 17 日、自動更新なし")] {
        let screen = world.run(&format!("bill --lang {lang}")).exits(0);
        assert!(screen.stdout.replace("\n  ", " ").contains(soon), "{screen}");
    }
    assert_eq!((server.recording.mutating(), server.recording.undeclared()), (BTreeSet::new(), BTreeSet::new()));
    validity::prove(&server.recording);
}

/// One commitment as its service writes it: id, start, state, and what it costs an hour.
type Written = fn(&str, &str, &str, Option<&str>) -> String;

/// The kinds, each with the service and the operation that list it.
const KINDS: [(&str, &str, &str, Written); 7] = [
    ("ec2", "ec2", "DescribeReservedInstances", ec2),
    ("rds", "rds", "DescribeReservedDBInstances", rds),
    ("elasticache", "elasticache", "DescribeReservedCacheNodes", elasticache),
    ("redshift", "redshift", "DescribeReservedNodes", redshift),
    ("memorydb", "memorydb", "DescribeReservedNodes", memorydb),
    ("opensearch", "es", "DescribeReservedInstances", opensearch),
    ("savings-plan", "savingsplans", "DescribeSavingsPlans", savings_plan),
];

const YEAR: u32 = 365 * 24 * 3600;

fn ec2(id: &str, start: &str, state: &str, usd: Option<&str>) -> String {
    let end = start.replacen("2025", "2026", 1);
    let amount = usd.map(|usd| format!("<amount>{usd}</amount>")).unwrap_or_default();
    format!(
        "<item><reservedInstancesId>{id}</reservedInstancesId><instanceType>m5.large</instanceType><start>{start}</start><end>{end}</end>\
         <duration>{YEAR}</duration><instanceCount>2</instanceCount><productDescription>Linux/UNIX</productDescription>\
         <offeringType>No Upfront</offeringType><state>{state}</state>\
         <recurringCharges><item><frequency>Hourly</frequency>{amount}</item></recurringCharges></item>"
    )
}

fn recurring(usd: Option<&str>) -> String {
    let amount = usd.map(|usd| format!("<RecurringChargeAmount>{usd}</RecurringChargeAmount>")).unwrap_or_default();
    let charge = format!(
        "<RecurringCharge>{amount}<RecurringChargeFrequency>Hourly</RecurringChargeFrequency></RecurringCharge>"
    );
    format!("<RecurringCharges>{charge}</RecurringCharges>")
}

fn rds(id: &str, start: &str, state: &str, usd: Option<&str>) -> String {
    let charges = recurring(usd);
    format!(
        "<ReservedDBInstance><ReservedDBInstanceId>{id}</ReservedDBInstanceId><DBInstanceClass>db.t3.medium</DBInstanceClass>\
         <StartTime>{start}</StartTime><Duration>{YEAR}</Duration><DBInstanceCount>2</DBInstanceCount><ProductDescription>mysql</ProductDescription>\
         <OfferingType>No Upfront</OfferingType><State>{state}</State>{charges}</ReservedDBInstance>"
    )
}

fn elasticache(id: &str, start: &str, state: &str, usd: Option<&str>) -> String {
    let charges = recurring(usd);
    format!(
        "<ReservedCacheNode><ReservedCacheNodeId>{id}</ReservedCacheNodeId><CacheNodeType>cache.t3.micro</CacheNodeType>\
         <StartTime>{start}</StartTime><Duration>{YEAR}</Duration><CacheNodeCount>2</CacheNodeCount><ProductDescription>redis</ProductDescription>\
         <OfferingType>No Upfront</OfferingType><State>{state}</State>{charges}</ReservedCacheNode>"
    )
}

fn redshift(id: &str, start: &str, state: &str, usd: Option<&str>) -> String {
    let charges = recurring(usd);
    format!(
        "<ReservedNode><ReservedNodeId>{id}</ReservedNodeId><NodeType>ra3.large</NodeType><StartTime>{start}</StartTime>\
         <Duration>{YEAR}</Duration><NodeCount>2</NodeCount><OfferingType>No Upfront</OfferingType><State>{state}</State>{charges}</ReservedNode>"
    )
}

fn reserved(names: [&str; 4], start: &str, state: &str, usd: Option<&str>) -> Value {
    let at: jiff::Timestamp = start.parse().unwrap();
    let mut charge = json!({ "RecurringChargeFrequency": "Hourly" });
    if let Some(usd) = usd {
        charge["RecurringChargeAmount"] = json!(usd.parse::<f64>().unwrap());
    }
    let [id, id_name, what, count] = names;
    json!({ id_name: id, what: "r6g.large", "StartTime": at.as_second(), "Duration": YEAR, count: 2, "State": state, "RecurringCharges": [charge] })
}

fn memorydb(id: &str, start: &str, state: &str, usd: Option<&str>) -> String {
    let mut node = reserved([id, "ReservationId", "NodeType", "NodeCount"], start, state, usd);
    node["OfferingType"] = json!("No Upfront");
    node.to_string()
}

fn opensearch(id: &str, start: &str, state: &str, usd: Option<&str>) -> String {
    let mut node = reserved([id, "ReservedInstanceId", "InstanceType", "InstanceCount"], start, state, usd);
    node["PaymentOption"] = json!("NO_UPFRONT");
    node.to_string()
}

fn savings_plan(id: &str, start: &str, state: &str, usd: Option<&str>) -> String {
    let end = start.replacen("2026", "2027", 1).replacen("2025", "2026", 1);
    let mut plan = json!({ "savingsPlanId": id, "savingsPlanType": "Compute", "state": state, "start": start, "end": end,
                           "paymentOption": "No Upfront", "currency": "USD", "commitment": "0.20" });
    // A plan has no count: its commitment is that of the whole.
    if let Some(usd) = usd {
        plan["recurringPaymentAmount"] = json!((usd.parse::<f64>().unwrap() * 2.0).to_string());
    }
    plan.to_string()
}

/// The list of these commitments in the format of the operation.
fn list(service: &str, items: &[String]) -> String {
    let (xml, json) = (items.concat(), items.join(","));
    match service {
        "ec2" => format!(
            "<DescribeReservedInstancesResponse><reservedInstancesSet>{xml}</reservedInstancesSet></DescribeReservedInstancesResponse>"
        ),
        "rds" => wrapped("DescribeReservedDBInstances", "ReservedDBInstances", &xml),
        "elasticache" => wrapped("DescribeReservedCacheNodes", "ReservedCacheNodes", &xml),
        "redshift" => wrapped("DescribeReservedNodes", "ReservedNodes", &xml),
        "memorydb" => format!("{{\"ReservedNodes\":[{json}]}}"),
        "es" => format!("{{\"ReservedInstances\":[{json}]}}"),
        _ => format!("{{\"savingsPlans\":[{json}]}}"),
    }
}

fn wrapped(operation: &str, list: &str, items: &str) -> String {
    format!(
        "<{operation}Response><{operation}Result><{list}>{items}</{list}></{operation}Result></{operation}Response>"
    )
}

/// The commitments on the bill of an account that has one list of one kind, in Ireland.
fn of_kind(service: &'static str, action: &'static str, items: &[String]) -> (Vec<Value>, String) {
    let body = list(service, items);
    let fixtures = Fixtures::of(&["bill"]).regions(&["eu-west-1", "us-east-1"], &[]);
    let told = move |call: &Call| {
        let here = call.region == "eu-west-1" || service == "savingsplans";
        match (&*call.service, &*call.action) {
            asked if asked == (service, action) && here => Some(Answer::ok(call, &body)),
            _ => fixtures.answer(call),
        }
    };
    let server = Account::of(proxy::Told(told)).start();
    let world = World::new().env("COLUMNS", "200").endpoint(&server.url);
    let report = world.run("bill --format json").json();
    let row = |it: &Value| json!([it["kind"], it["id"], it["usd_per_month"], it["days_left"], it["renews"]]);
    (report["bill"]["commitments"].as_array().unwrap().iter().map(row).collect(), world.run("bill --lang en").stdout)
}

const START: &str = "2025-12-10T00:00:00.000Z";
const NEXT: &str = "2026-12-10T00:00:01.000Z";

#[test]
fn every_kind_says_when_it_ends_and_whether_it_renews() {
    for (kind, service, action, written) in KINDS {
        let now = written("now", START, "active", Some("0.05"));
        let (rows, screen) = of_kind(service, action, std::slice::from_ref(&now));
        // Two of them, 0.10 an hour, 730 hours.
        assert_eq!(rows, [json!([kind, "now", "73.00", 17, false])], "{kind}");
        assert!(
            screen.contains("73.00 USD a month") && screen.contains("ends in 17 days, does not renew"),
            "{kind}: {screen}"
        );
        // What follows at its end renews it; what begins at another time does not.
        for (next, renews) in [(NEXT, true), ("2026-12-12T00:00:01.000Z", false)] {
            let (rows, _) = of_kind(service, action, &[now.clone(), written("next", next, "queued", Some("0.05"))]);
            assert_eq!((rows.len(), &rows[0]), (2, &json!([kind, "now", "73.00", 17, renews])), "{kind}");
        }
        // What has ended is no commitment.
        let (rows, _) = of_kind(service, action, &[written("old", START, "retired", Some("0.05"))]);
        assert_eq!(rows, Vec::<Value>::new(), "{kind}");
    }
}

#[test]
fn an_amount_that_is_missing_is_unknown_and_not_zero() {
    for (kind, service, action, written) in KINDS {
        let without = written("now", START, "active", None);
        let (rows, screen) = of_kind(service, action, std::slice::from_ref(&without));
        assert_eq!(rows, [json!([kind, "now", null, 17, false])], "{kind}");
        assert!(screen.contains("cost unknown"), "{kind}: {screen}");
        // Nor does an empty list of charges say that nothing is to pay, unless all was paid at the beginning.
        let empty = without
            .replace(
                "<recurringCharges><item><frequency>Hourly</frequency></item></recurringCharges>",
                "<recurringCharges/>",
            )
            .replace(&recurring(None), "<RecurringCharges/>")
            .replace(r#"[{"RecurringChargeFrequency":"Hourly"}]"#, "[]");
        let (rows, _) = of_kind(service, action, std::slice::from_ref(&empty));
        assert_eq!(rows[0][2], Value::Null, "{kind}: {empty}");
        let paid = empty.replace("No Upfront", "All Upfront").replace("NO_UPFRONT", "ALL_UPFRONT");
        let (rows, _) = of_kind(service, action, &[paid]);
        assert_eq!(rows[0][2], json!("0.00"), "{kind}");
    }
}

#[test]
fn a_denied_kind_of_commitment_is_one_gap() {
    let server = committed().deny("rds", "DescribeReservedDBInstances").start();
    let report = World::new().endpoint(&server.url).run("bill --format json").exits(3).json();
    assert_eq!(gaps(&report), [("bill".to_owned(), "rds:DescribeReservedDBInstances".to_owned())]);
    assert_eq!(report["bill"]["commitments"].as_array().unwrap().len(), 5);
}
