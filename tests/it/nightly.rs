//! The nightly run on ministack with its IAM: the shipped templates, 21 accounts, the program itself as the function.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::emulators::{ENFORCING, Emulator, run_script};
use crate::world::World;

/// Without dashboards: ministack writes their time as a text.
const TYPES: [&str; 9] = [
    "ec2-volume",
    "ec2-address",
    "rds-instance",
    "dynamodb-table",
    "load-balancer",
    "ec2-nat-gateway",
    "kms-key",
    "secret",
    "cloudwatch-alarm",
];
const REGIONS: [&str; 2] = ["us-east-1", "eu-west-1"];

/// The settings of a run, which sweeps what [`by_hand`] sweeps.
fn settings(regions: &[&str], resources: &[&str]) -> Value {
    json!({
        "organization": true, "accounts": [], "ou": [], "exclude": [], "role": "guardrail-sweep", "external_id": null,
        "regions": regions, "resources": resources, "keep": [], "limit_usd": null, "bill": true,
        "live_prices": false, "lang": "en",
    })
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value:#}"))
}

/// The report without who was refused: the function has a role, the command line is the account's root.
fn impersonal(report: &Value) -> Value {
    match report {
        Value::Object(fields) => {
            fields.iter().map(|(key, value)| (key.clone(), impersonal(value))).collect::<serde_json::Map<_, _>>().into()
        }
        Value::Array(items) => items.iter().map(impersonal).collect(),
        Value::String(text) => json!(text.split_once(" is not authorized").map_or(text.as_str(), |(_, what)| what)),
        other => other.clone(),
    }
}

/// Where two reports differ.
fn differences(place: &str, one: &Value, other: &Value) -> Vec<String> {
    match (one, other) {
        (Value::Object(left), Value::Object(right)) => {
            let keys: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
            keys.into_iter().flat_map(|key| differences(&format!("{place}.{key}"), &one[key], &other[key])).collect()
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            let pairs = left.iter().zip(right).enumerate();
            pairs.flat_map(|(index, (left, right))| differences(&format!("{place}[{index}]"), left, right)).collect()
        }
        _ if one == other => Vec::new(),
        _ => vec![format!("{place}: {one} and {other}")],
    }
}

fn must_be_equal(one: &Value, other: &Value) {
    assert_eq!(differences("", &impersonal(one), &impersonal(other)), Vec::<String>::new());
}

/// An organisation with its schedule, which fires at once.
struct Deployed {
    stack: Emulator,
    made: Value,
}

impl Deployed {
    fn new() -> Self {
        let stack = Emulator::start(ENFORCING);
        let made = stack.python(
            "schedule.py",
            &["deploy", env!("CARGO_BIN_EXE_guardrail"), &settings(&REGIONS, &TYPES).to_string()],
        );
        Self { stack, made }
    }

    /// The execution that the schedule started, and so many of one run.
    fn run(&self, starts: &str) -> Value {
        let ran = self.stack.python("schedule.py", &["run", word(&self.made["Machine"]), starts]);
        let all = ran["fired"].as_array().unwrap().iter().chain(ran["twice"].as_array().unwrap());
        assert!(all.clone().all(|it| it["status"] == "SUCCEEDED"), "{ran:#}");
        ran
    }

    /// The report of the command line for the same accounts, at the time of a run. `world` remembers the earlier ones.
    fn by_hand(&self, world: World, list: &Value) -> (World, Value) {
        let world = world.endpoint(&self.stack.url).env("GUARDRAIL_NOW", word(&list["made_at"]));
        let (types, regions) = (TYPES.join(","), REGIONS.join(","));
        let line =
            format!("sweep --organization --resources {types} --regions {regions} --offline-prices --format json");
        let report = world.run(&line).exits(10).json();
        (world, report)
    }

    /// The objects of all runs by their keys.
    fn objects(&self) -> BTreeMap<String, Value> {
        let objects = self.stack.python("schedule.py", &["look", word(&self.made["bucket"])]);
        serde_json::from_value(objects).unwrap()
    }
}

#[test]
fn the_schedule_sweeps_every_account_and_says_which_it_could_not() {
    let deployed = Deployed::new();
    let made = &deployed.made;
    let ran = deployed.run("2");
    let objects = deployed.objects();
    let of_run = |run: &Value, name: &str| objects[&format!("runs/{}/{name}", word(&run["sum"]["run"]))].clone();
    let report = |run: &Value| of_run(run, "organization.json");

    // The schedule fired once, and the report is that of the command line for the same accounts at that time.
    let [fired] = ran["fired"].as_array().unwrap().as_slice() else { panic!("{ran:#}") };
    let (world, cli) = deployed.by_hand(World::new(), &of_run(fired, "list.json"));
    must_be_equal(&report(fired), &cli);
    expected(&cli, &made["accounts"]);
    let sum = &fired["sum"];
    assert_eq!(
        (&sum["accounts"], &sum["swept"], &sum["missing"], &sum["mailed"]),
        (&json!(21), &json!(18), &json!(0), &json!(true))
    );
    for account in ["without_role", "distrustful"].iter().flat_map(|kind| made[kind].as_array().unwrap()) {
        let key = format!("runs/{}/{}.failed.json", word(&sum["run"]), word(account));
        assert_eq!(objects[&key]["cause"], "role", "{key}");
    }
    let page = word(&objects[&format!("runs/{}/organization.html", word(&sum["run"]))]);
    assert!(
        page.contains(word(made["volumes"].as_object().unwrap().values().next().unwrap())),
        "no volume in the page"
    );

    // Two executions at once for one scheduled time are one run with one mail.
    let twice = ran["twice"].as_array().unwrap();
    let of = |key: &str| twice.iter().map(|it| it["sum"][key].clone()).collect::<Vec<_>>();
    assert_eq!(of("run"), [json!("2026-11-30T03-00-00Z"), json!("2026-11-30T03-00-00Z")]);
    let mut mailed = of("mailed");
    mailed.sort_by_key(Value::to_string);
    assert_eq!(mailed, [json!(false), json!(true)]);
    // It is compared with the run before, in which nothing was to be compared with.
    let (_, later) = deployed.by_hand(world, &of_run(&twice[0], "list.json"));
    must_be_equal(&report(&twice[0]), &later);
    let changes = |report: &Value| {
        let accounts = report["accounts"].as_array().unwrap().iter();
        accounts.filter(|it| it["changes"]["new"] == 0).count()
    };
    assert_eq!((changes(&report(fired)), changes(&report(&twice[0]))), (0, 18));

    // A run that died half way: what is there is kept, what is missing is swept, and no second mail is sent.
    let bucket = word(&made["bucket"]);
    let lost = word(&made["accounts"][1]);
    let before = objects["runs/2026-11-30T03-00-00Z/list.json"].clone();
    for name in [format!("{lost}.sweep.json.gz"), format!("{lost}.json.gz"), "organization.json".to_owned()] {
        let _ = deployed.stack.python("schedule.py", &["remove", bucket, &format!("runs/2026-11-30T03-00-00Z/{name}")]);
    }
    let again = deployed.run("1");
    let objects = deployed.objects();
    assert_eq!((&again["twice"][0]["sum"]["mailed"], &again["twice"][0]["sum"]["swept"]), (&json!(false), &json!(18)));
    assert_eq!(objects["runs/2026-11-30T03-00-00Z/list.json"], before);
    must_be_equal(&objects["runs/2026-11-30T03-00-00Z/organization.json"], &later);
    // The report of each account is the one inside.
    for account in later["accounts"].as_array().unwrap().iter().filter(|it| it["state"] == "swept") {
        let mut own = objects[&format!("runs/2026-11-30T03-00-00Z/{}.json.gz", word(&account["id"]))].clone();
        own["coverage"] = json!({});
        must_be_equal(&own, &account["report"]);
    }
}

/// What the report has beyond volumes: of fifteen alarms and forty units of `DynamoDB` the free ones are left out once, in the order of
/// the account numbers, and the figures are those of the management account.
fn expected(report: &Value, accounts: &Value) {
    let swept = |number: usize| {
        let mut all = report["accounts"].as_array().unwrap().iter();
        all.find(|it| it["id"] == accounts[number]).unwrap()
    };
    let found = |number: usize, kind: &str| {
        let findings = swept(number)["report"]["findings"].as_array().unwrap().iter();
        findings.filter(|it| it["resource"] == kind).count()
    };
    let alarms = [1, 2, 6].map(|it| found(it, "cloudwatch-alarm"));
    let tables = [1, 8].map(|it| found(it, "dynamodb-table"));
    assert_eq!((alarms, tables), ([0, 2, 3], [0, 1]));
    for (number, kind) in [
        (2, "ec2-nat-gateway"),
        (2, "ec2-address"),
        (6, "ec2-address"),
        (6, "rds-instance"),
        (8, "secret"),
        (8, "kms-key"),
        (8, "load-balancer"),
    ] {
        assert!(found(number, kind) > 0, "{kind}");
    }
    let accrued = [1, 2, 6].map(|it| swept(it)["accrued_usd"].clone());
    assert_eq!(
        (&accrued, &report["bill"]["total_usd"]),
        (&[json!("49.80"), Value::Null, json!("39.80")], &json!("199.80"))
    );
    assert_eq!(swept(1)["report"]["bill"]["services"][0]["service"], "AmazonCloudWatch");
}

/// moto's interpreter throttles with AWS's names, and the functions crash, end late, and lose the note of a failure as well.
#[test]
fn no_failure_of_a_step_loses_an_account() {
    let given = json!({ "program": env!("CARGO_BIN_EXE_guardrail"), "settings": settings(&REGIONS[..1], &TYPES[..1]) });
    let ran = run_script("moto", "chain_b.py", &given.to_string());
    let bad = &ran["bad"];
    assert_eq!(bad["status"], "SUCCEEDED", "{bad:#}");
    let sum = &bad["sum"];
    assert_eq!((&sum["accounts"], &sum["swept"], &sum["missing"]), (&json!(8), &json!(5), &json!(1)), "{bad:#}");
    assert_eq!((&sum["findings"], &sum["mailed"]), (&json!(5), &json!(true)));
    let gaps = || bad["report"]["gaps"].as_array().unwrap().iter();
    let gap = |account: &Value| gaps().find(|it| it["account"] == *account && it["resource"].is_null());
    let why = |name: &str| gap(&ran[name]).map(|gap| (gap["reason"].clone(), gap["cause"].clone()));
    assert_eq!(gap(&ran["throttled"]), None, "three refusals are tried again");
    // Without the figures the accounts are swept, and the report says what is missing.
    let bill: Vec<&Value> = gaps().filter(|it| it["resource"] == "bill").map(|it| &it["cause"]).collect();
    assert_eq!(bill, [&json!("function")]);
    assert_eq!(why("crashed"), Some((json!("other"), json!("function"))));
    assert_eq!(why("late"), Some((json!("timeout"), Value::Null)));
    assert_eq!(why("lost"), Some((json!("other"), json!("no-report"))));
    let calls = |step: &str, account: &Value| {
        let calls = bad["calls"].as_array().unwrap().iter();
        calls.filter(|it| it[0] == step && it[1] == *account).count()
    };
    assert_eq!(
        (calls("sweep", &ran["throttled"]), calls("failed", &ran["lost"]), calls("merge", &Value::Null)),
        (4, 6, 2)
    );
    assert_eq!(calls("bills", &Value::Null), 2);

    // Without its list the map fails, and the sum names every account.
    let astray = &ran["astray"];
    assert_eq!((&astray["status"], &astray["sum"]["missing"]), (&json!("SUCCEEDED"), &json!(8)), "{astray:#}");
    assert_eq!(astray["report"]["verdict"], "not-sure");
    // Without an organisation there is nothing to add up: the run fails, and an alarm says so.
    assert_eq!((&ran["dead"]["status"], &ran["dead"]["error"]), (&json!("FAILED"), &json!("Runtime.ExitError")));
}
