//! The nightly run on ministack with its IAM: the shipped templates, 21 accounts, the program itself as the function.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::emulators::{ENFORCING, Emulator, run_script};
use crate::world::World;

const SWEEP: &str =
    "sweep --organization --resources ec2-volume --regions us-east-1 --no-bill --offline-prices --format json";

/// The settings that sweep what [`SWEEP`] sweeps.
#[must_use]
pub fn settings() -> Value {
    json!({
        "organization": true, "accounts": [], "ou": [], "exclude": [], "role": "guardrail-sweep", "external_id": null,
        "regions": ["us-east-1"], "resources": ["ec2-volume"], "keep": [], "limit_usd": null, "bill": false,
        "live_prices": false, "lang": "en",
    })
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value:#}"))
}

/// The report without what depends on the time and on earlier runs, and without who was refused: the function has a role, the
/// command line a user.
fn timeless(report: &Value) -> Value {
    const KEYS: [&str; 7] = ["made_at", "changes", "first_seen", "new", "since", "spent", "usd_since_created"];
    match report {
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(key, _)| !KEYS.contains(&key.as_str()));
            kept.map(|(key, value)| (key.clone(), timeless(value))).collect::<serde_json::Map<_, _>>().into()
        }
        Value::Array(items) => items.iter().map(timeless).collect(),
        Value::String(text) => json!(text.split_once(" is not authorized").map_or(text.as_str(), |(_, what)| what)),
        other => other.clone(),
    }
}

/// An organisation with its schedule, which fires at once.
struct Deployed {
    stack: Emulator,
    made: Value,
}

impl Deployed {
    fn new() -> Self {
        let stack = Emulator::start(ENFORCING);
        let made = stack.python("schedule.py", &["deploy", env!("CARGO_BIN_EXE_guardrail"), &settings().to_string()]);
        Self { stack, made }
    }

    /// The execution that the schedule started, and so many of one run.
    fn run(&self, starts: &str) -> Value {
        let ran = self.stack.python("schedule.py", &["run", word(&self.made["Machine"]), starts]);
        let all = ran["fired"].as_array().unwrap().iter().chain(ran["twice"].as_array().unwrap());
        assert!(all.clone().all(|it| it["status"] == "SUCCEEDED"), "{ran:#}");
        ran
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
    let report = |run: &Value| objects[&format!("runs/{}/organization.json", word(&run["sum"]["run"]))].clone();

    // The schedule fired once, and the report is that of the command line for the same accounts.
    let [fired] = ran["fired"].as_array().unwrap().as_slice() else { panic!("{ran:#}") };
    let cli = World::new().endpoint(&deployed.stack.url).env("GUARDRAIL_NOW", "").run(SWEEP).exits(10).json();
    assert_eq!(timeless(&report(fired)), timeless(&cli));
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
    assert_eq!(timeless(&report(&twice[0])), timeless(&cli));
    // It is compared with the run before, in which nothing was to be compared with.
    let changes = |report: &Value| {
        let accounts = report["accounts"].as_array().unwrap().iter();
        accounts.filter(|it| it["changes"]["new"] == 0).count()
    };
    assert_eq!((changes(&report(fired)), changes(&report(&twice[0]))), (0, 18));

    // A run that died half way: what is there is kept, what is missing is swept, and no second mail is sent.
    let bucket = word(&made["bucket"]);
    let lost = word(&made["accounts"][1]);
    let before = objects["runs/2026-11-30T03-00-00Z/list.json"].clone();
    for name in [format!("{lost}.json.gz"), "organization.json".to_owned()] {
        let _ = deployed.stack.python("schedule.py", &["remove", bucket, &format!("runs/2026-11-30T03-00-00Z/{name}")]);
    }
    let again = deployed.run("1");
    let objects = deployed.objects();
    assert_eq!((&again["twice"][0]["sum"]["mailed"], &again["twice"][0]["sum"]["swept"]), (&json!(false), &json!(18)));
    assert_eq!(objects["runs/2026-11-30T03-00-00Z/list.json"], before);
    assert_eq!(timeless(&objects["runs/2026-11-30T03-00-00Z/organization.json"]), timeless(&cli));
}

/// moto's interpreter throttles with AWS's names, and the functions crash, end late, and lose the note of a failure as well.
#[test]
fn no_failure_of_a_step_loses_an_account() {
    let given = json!({ "program": env!("CARGO_BIN_EXE_guardrail"), "settings": settings() });
    let ran = run_script("moto", "chain_b.py", &given.to_string());
    let bad = &ran["bad"];
    assert_eq!(bad["status"], "SUCCEEDED", "{bad:#}");
    let sum = &bad["sum"];
    assert_eq!((&sum["accounts"], &sum["swept"], &sum["missing"]), (&json!(8), &json!(5), &json!(1)), "{bad:#}");
    assert_eq!((&sum["findings"], &sum["mailed"]), (&json!(5), &json!(true)));
    let gap = |account: &Value| bad["report"]["gaps"].as_array().unwrap().iter().find(|it| it["account"] == *account);
    let why = |name: &str| gap(&ran[name]).map(|gap| (gap["reason"].clone(), gap["cause"].clone()));
    assert_eq!(why("throttled"), None, "three refusals are tried again");
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

    // Without its list the map fails, and the sum names every account.
    let astray = &ran["astray"];
    assert_eq!((&astray["status"], &astray["sum"]["missing"]), (&json!("SUCCEEDED"), &json!(8)), "{astray:#}");
    assert_eq!(astray["report"]["verdict"], "not-sure");
    // Without an organisation there is nothing to add up: the run fails, and an alarm says so.
    assert_eq!((&ran["dead"]["status"], &ran["dead"]["error"]), (&json!("FAILED"), &json!("Runtime.ExitError")));
}
