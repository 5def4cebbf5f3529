//! `guardrail schedule` on ministack: plan, apply with a real run, check, and a removal that leaves nothing of its own.

use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};

use crate::emulators::Emulator;
use crate::world::{Screen, World};

const SCHEDULE: &str = "schedule --email a@example.com --at 5:30 --time-zone Asia/Tokyo --resources ec2-volume \
                        --regions us-east-1 --no-bill --offline-prices --function bootstrap";

pub struct Case {
    pub stack: Emulator,
    pub world: World,
}

impl Case {
    /// # Panics
    /// The emulator does not start.
    #[must_use]
    pub fn new() -> Self {
        let stack = Emulator::ministack();
        let world = World::new().env("COLUMNS", "80").env("GUARDRAIL_NOW", "").endpoint(&stack.url);
        let program = world.home().join("bootstrap");
        // The emulator gives a function no address of its own.
        let script =
            format!("#!/bin/sh\nexport AWS_ENDPOINT_URL={}\nexec {}\n", stack.url, env!("CARGO_BIN_EXE_guardrail"));
        std::fs::write(&program, script).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        Self { stack, world }
    }

    /// Runs the command with these options as well.
    #[must_use]
    pub fn schedule(&self, more: &str) -> Screen {
        self.world.run(&format!("{SCHEDULE} {more}"))
    }

    fn stacks(&self) -> Value {
        self.stack.python("stacks.py", &[])
    }
}

fn parts(screen: &Screen, key: &str) -> Vec<String> {
    let report = screen.json();
    let parts = report["parts"].as_array().unwrap().iter();
    parts.map(|it| format!("{} {}", it["id"].as_str().unwrap(), it[key].as_str().unwrap_or("-"))).collect()
}

#[test]
fn from_nothing_to_the_morning_mail_and_back() {
    let case = Case::new();
    let before = case.stacks();
    let plan = case.schedule("--dry-run").exits(0);
    for part in [
        "every night at 05:30 (Asia/Tokyo)",
        "Only the chosen regions and types are swept.",
        "at most 0.00215 USD a run and 0.27 USD a month",
        "Plan: 3 to create",
    ] {
        assert!(plan.stdout.contains(part), "{plan}");
    }
    let _ = case.schedule("").exits(2);
    assert_eq!(case.stacks(), before, "nothing was approved");

    // The emulator confirms the address by itself.
    let made = case.schedule("--yes --format json").exits(0);
    assert_eq!(parts(&made, "result"), ["reports done", "role done", "nightly-run done"]);
    let report = made.json();
    assert_eq!(
        (&report["at"], &report["time_zone"], &report["gaps"]),
        (&json!("05:30"), &json!("Asia/Tokyo"), &json!([]))
    );
    let run = &report["last_run"];
    assert_eq!(
        (&run["status"], &run["verdict"], &run["swept"]),
        (&json!("SUCCEEDED"), &json!("safe"), &json!(1)),
        "{run:#}"
    );
    assert_eq!(links(&report), ["nightly-run ok", "nightly-mail ok"]);
    let there = case.stacks();
    assert_eq!(there["stacks"], json!(["guardrail-member", "guardrail-reports", "guardrail-schedule"]));
    assert_eq!(there["schedules"], json!(["guardrail-schedule"]));
    assert_eq!(there["alarms"], json!(["guardrail-schedule-failed", "guardrail-schedule-silent"]));

    let again = case.schedule("--yes").exits(0);
    assert!(again.stdout.contains("No changes."), "{again}");
    assert_eq!(
        links(&case.world.run("schedule --check --format json").exits(0).json()),
        ["nightly-run ok", "nightly-mail ok"]
    );
    // What differs is shown before it is changed.
    let drift = case.world.run(&SCHEDULE.replace("--at 5:30", "--at 6:00 --dry-run")).exits(0);
    assert!(drift.stdout.contains("Schedule: cron(30 5 * * ? *) → cron(0 6 * * ? *)"), "{drift}");

    let _ = case.world.run("schedule --remove --dry-run").exits(0);
    assert_eq!(case.stacks(), there);
    let removed = case.world.run("schedule --remove --yes").exits(0);
    assert!(removed.stdout.contains("The reports stay in s3://guardrail-reports-"), "{removed}");
    let left = case.stacks();
    assert_eq!((&left["stacks"], &left["buckets"]), (&json!(["guardrail-reports"]), &there["buckets"]));
    let gone = case.world.run("schedule --check --format json").exits(10);
    assert_eq!(parts(&gone, "state"), ["reports ok", "role missing", "nightly-run missing"]);
    let said = case.world.run("schedule --check").exits(10);
    assert!(said.stdout.contains("There is no nightly run in this account"), "{said}");
    let _ = case.world.run("schedule --remove --delete-reports --yes").exits(0);
    assert_eq!(case.stacks(), before, "something is left");
}

/// The links of a report: step and state.
///
/// # Panics
/// It is no report of `schedule`.
#[must_use]
pub fn links(report: &Value) -> Vec<String> {
    let links = report["proof"].as_array().unwrap().iter();
    links.map(|it| format!("{} {}", it["step"].as_str().unwrap(), it["status"].as_str().unwrap())).collect()
}

/// What needs no AWS to be wrong is refused before AWS is asked.
#[test]
fn a_wrong_option_is_refused() {
    let world = World::new();
    let file = world.home().join("program");
    std::fs::write(&file, "MZ").unwrap();
    for (line, message) in [
        ("--at 25:00", "no time of day"),
        ("--time-zone Mars", "no time zone"),
        ("--email b@example.com --email c@example.com --email d@example.com", "At most 3 addresses"),
        ("--function program", "no program for Lambda"),
        ("--function nowhere", "cannot be read"),
        ("--delete-reports", "--remove"),
    ] {
        let screen = world.run(&format!("schedule --email a@example.com {line}")).exits(2);
        assert!(screen.stderr.contains(message), "{line}\n{screen}");
    }
    let large = std::fs::File::create(&file).unwrap();
    large.set_len(300 * 1024 * 1024).unwrap();
    let screen = world.run("schedule --email a@example.com --function program").exits(2);
    assert!(screen.stderr.contains("300 MB unpacked, and Lambda takes 250 MB at most"), "{screen}");
    let _ = world.run("schedule --demo --dry-run --email a@example.com").exits(2);
}
