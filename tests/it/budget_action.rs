//! The budget action: created with minimum permissions, repaired field by field, and removed completely.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::ministack::{Case, changed_fields, done, row, whole};
use crate::stateful::Thing;
use crate::world::{ACCOUNT, Screen};

const ID: &str = "budget-action";
const POLICY: &str = "arn:aws:iam::123456789012:policy/guardrail/guardrail-deny-costly-starts";
const ROLE: &str = "arn:aws:iam::123456789012:role/guardrail/guardrail-budget-action";

/// An account and a profile that names the targets, or leaves them to `init`.
struct Study {
    case: Case,
    folder: TempDir,
}

impl Study {
    fn of(profile: &str) -> Self {
        let study = Self { case: Case::new(), folder: tempfile::tempdir().unwrap() };
        study.write(profile);
        study.asked_by("user/hana");
        study
    }

    fn write(&self, profile: &str) {
        std::fs::write(self.folder.path().join("my.toml"), format!("extends = 'study'\n{profile}\n")).unwrap();
    }

    fn asked_by(&self, who: &str) {
        let service = if who.starts_with("assumed-role") { "sts" } else { "iam" };
        self.case.aws.edit(|account| account.caller = Some(format!("arn:aws:{service}::{ACCOUNT}:{who}")));
    }

    fn line(&self, command: &str) -> String {
        format!("{command} -c {}", self.folder.path().join("my.toml").display())
    }

    fn init_line(&self) -> String {
        self.line("init --email a@example.com --limit 10 --yes")
    }

    fn init(&self) -> Screen {
        let screen = done(self.case.run(&self.init_line()).0);
        assert!(!screen.stdout.contains("failed"), "{screen}");
        screen
    }

    fn nothing_changes(&self) -> Screen {
        done(self.case.changes_nothing(&self.init_line()))
    }

    fn check(&self) -> Value {
        self.case.changes_nothing(&self.line("check --format json")).json()
    }

    /// The only action.
    fn action(&self) -> Thing {
        let actions = self.case.aws.look().actions;
        assert_eq!(actions.len(), 1, "{actions:#?}");
        actions.into_values().next().unwrap()
    }

    fn iam(&self, verb: &str) -> Value {
        self.case.stack.python("iam.py", &[verb])
    }
}

const NAMED: &str = "budgets.action = { users = ['hana'], roles = ['Trainee'] }";

#[test]
fn the_action_is_created_with_minimum_permissions() {
    let study = Study::of(NAMED);
    study.init();
    let action = study.action();
    let body = &action.body;
    assert_eq!(action.tags.get("managed-by").map(String::as_str), Some("guardrail"));
    assert_eq!(body["ActionThreshold"], json!({ "ActionThresholdValue": 100.0, "ActionThresholdType": "PERCENTAGE" }));
    assert_eq!(
        ["BudgetName", "ActionType", "NotificationType", "ApprovalModel", "ExecutionRoleArn"].map(|key| &body[key]),
        ["guardrail-monthly", "APPLY_IAM_POLICY", "ACTUAL", "MANUAL", ROLE]
    );
    let held = json!({ "PolicyArn": POLICY, "Users": ["hana"], "Roles": ["Trainee"] });
    assert_eq!(body["Definition"]["IamActionDefinition"], held);
    let told: Vec<&Value> = body["Subscribers"].as_array().unwrap().iter().map(|it| &it["Address"]).collect();
    assert_eq!(told, ["a@example.com", "arn:aws:sns:us-east-1:123456789012:guardrail-alerts"]);

    let seen = study.iam("look");
    let role = &seen["roles"]["/guardrail/guardrail-budget-action"];
    assert_eq!(role["trusts"]["Statement"][0]["Principal"], json!({ "Service": "budgets.amazonaws.com" }));
    let only = json!({
        "StringEquals": { "aws:SourceAccount": ACCOUNT },
        "ArnLike": { "aws:SourceArn": format!("arn:aws:budgets::{ACCOUNT}:budget/*") },
    });
    assert_eq!(role["trusts"]["Statement"][0]["Condition"], only);
    let may = &role["inline"]["guardrail-budget-action"]["Statement"];
    assert_eq!(may[0]["Condition"], json!({ "ArnEquals": { "iam:PolicyARN": POLICY } }));
    let actions = may[0]["Action"].as_array().unwrap().iter().map(|it| it.as_str().unwrap());
    assert!(actions.clone().count() == 6 && actions.clone().all(|it| it.ends_with("Policy")), "{may}");
    let policy = &seen["policies"][POLICY];
    assert_eq!(policy["document"]["Statement"][0]["Effect"], "Deny");
    for thing in [role, policy] {
        assert_eq!(thing["tags"], json!({ "managed-by": "guardrail" }));
    }

    let screen = study.nothing_changes();
    assert!(screen.stdout.contains("No changes."), "{screen}");
    let report = study.check();
    whole(&report);
    let link =
        json!({ "step": "action-ready", "subject": "guardrail-monthly", "status": "ok", "value": null, "hint": null });
    assert_eq!(row(&report, ID)["proof"], json!([link]));
}

#[test]
fn every_field_that_drifts_is_reported_and_repaired() {
    let study = Study::of(NAMED);
    study.init();
    let (action, iam) = (study.action(), study.iam("look"));
    let drifts: [(&str, fn(&mut Thing)); 7] = [
        ("action.at", |it| it.body["ActionThreshold"]["ActionThresholdValue"] = json!(200.0)),
        ("action.at", |it| it.body["NotificationType"] = json!("FORECASTED")),
        ("action.approval", |it| it.body["ApprovalModel"] = json!("AUTOMATIC")),
        ("action.targets", |it| it.body["Definition"]["IamActionDefinition"]["Users"] = json!(["eve", "hana"])),
        ("action.recipients", |it| drop(it.body["Subscribers"].as_array_mut().unwrap().pop())),
        ("action.role", |it| it.body["ExecutionRoleArn"] = json!("arn:aws:iam::123456789012:role/admin-of-all")),
        ("action.managed_by", |it| it.tags.clear()),
    ];
    for (field, drift) in drifts {
        study.case.aws.edit(|account| account.actions.values_mut().for_each(drift));
        let report = study.check();
        assert_eq!(changed_fields(&report, ID), [field], "{report:#}");
        study.init();
        assert_eq!(study.action(), action, "{field}");
    }
    for (verb, field) in [
        ("version", "policy.denies"),
        ("trust", "role.trusts"),
        ("widen", "role.may"),
        ("narrow", "role.may"),
        ("untag-role", "role.managed_by"),
        ("untag-policy", "policy.managed_by"),
        ("delete-role", "role."),
    ] {
        study.iam(verb);
        let report = study.check();
        assert_eq!(row(&report, ID)["state"], "drifted", "{verb}");
        let fields = changed_fields(&report, ID);
        assert!(fields.iter().all(|it| it.starts_with(field)), "{verb}: {fields:?}");
        study.init();
        assert_eq!(study.iam("look")["roles"], iam["roles"], "{verb}");
        assert_eq!(study.iam("look")["policies"][POLICY]["document"], iam["policies"][POLICY]["document"], "{verb}");
        assert_eq!(study.iam("look")["policies"][POLICY]["tags"], iam["policies"][POLICY]["tags"], "{verb}");
    }
    // AWS keeps at most five versions.
    for _ in 0..4 {
        study.iam("version");
        study.init();
    }
    assert!(study.iam("look")["policies"][POLICY]["versions"].as_u64().unwrap() <= 3);
}

#[test]
fn others_actions_and_recipients_stay_and_a_second_of_ours_goes() {
    let study = Study::of(NAMED);
    study.init();
    let own = study.action();
    study.case.aws.edit(|account| {
        let mut theirs = own.clone();
        theirs.body["Definition"] = json!({ "SsmActionDefinition": {
            "ActionSubType": "STOP_EC2_INSTANCES", "Region": "us-east-1", "InstanceIds": ["i-0123456789abcdef0"],
        } });
        theirs.body["ActionId"] = json!("00000000-0000-4000-8000-000000000000");
        let mut twin = own.clone();
        twin.body["ActionId"] = json!("ffffffff-0000-4000-8000-000000000000");
        for action in [theirs, twin] {
            let id = action.body["ActionId"].as_str().unwrap();
            let arn = format!("arn:aws:budgets::{ACCOUNT}:budget/guardrail-monthly/action/{id}");
            account.actions.insert(arn, action);
        }
    });
    assert_eq!(changed_fields(&study.check(), ID), ["actions"]);
    study.init();
    assert_eq!(study.case.aws.look().actions.len(), 2);

    let more = json!({ "SubscriptionType": "EMAIL", "Address": "boss@example.com" });
    study.case.aws.edit(|account| {
        for action in account.actions.values_mut().filter(|it| it.body["Definition"]["IamActionDefinition"].is_object())
        {
            action.body["Subscribers"].as_array_mut().unwrap().push(more.clone());
            action.body["ApprovalModel"] = json!("AUTOMATIC");
        }
    });
    study.init();
    let all = study.case.aws.look().actions;
    assert!(all.values().any(|it| it.body["Subscribers"].as_array().unwrap().contains(&more)), "{all:#?}");
}

#[test]
fn remove_leaves_nothing_and_detaches_the_policy_from_its_targets() {
    let study = Study::of(NAMED);
    study.init();
    study.iam("hold");
    let _ = done(study.case.run(&study.line("remove --yes")).0);
    assert!(study.case.aws.look().actions.is_empty());
    let left = study.iam("look");
    assert_eq!((&left["roles"], &left["policies"]), (&json!({}), &json!({})));
    let _ = study.case.changes_nothing(&study.line("remove --yes")).exits(0);
}

#[test]
fn remove_touches_nothing_that_is_not_ours() {
    let study = Study::of(NAMED);
    study.init();
    study.iam("untag-role");
    study.iam("untag-policy");
    let report = study.case.run(&study.line("remove --yes --format json")).0.json();
    let notes = json!(["not-ours=guardrail-budget-action", "not-ours=guardrail-deny-costly-starts"]);
    assert_eq!(row(&report, ID)["notes"], notes);
    assert_eq!(study.iam("look")["roles"].as_object().unwrap().len(), 1);
}

#[test]
fn without_a_named_target_the_caller_of_init_is_and_stays_the_target() {
    let study = Study::of("");
    study.asked_by("assumed-role/Trainee/session");
    let screen = study.case.run(&study.line("init --email a@example.com --limit 10 --dry-run")).0.exits(0);
    assert!(screen.stdout.contains("the IAM user or role that runs this"), "{screen}");
    study.init();
    let held = study.action().body["Definition"].clone();
    assert_eq!(held["IamActionDefinition"], json!({ "PolicyArn": POLICY, "Roles": ["Trainee"] }));
    // Another user checks, and repairs a drift.
    study.asked_by("root");
    study.nothing_changes();
    study.case.aws.edit(|account| {
        account.actions.values_mut().for_each(|it| it.body["ApprovalModel"] = json!("AUTOMATIC"));
    });
    study.init();
    assert_eq!((&study.action().body["Definition"], &study.action().body["ApprovalModel"]), (&held, &json!("MANUAL")));
}

#[test]
fn without_a_possible_target_the_action_is_left_out_and_the_rest_is_created() {
    for who in ["root", "assumed-role/AWSReservedSSO_Admin_0123456789abcdef/me"] {
        let study = Study::of("");
        study.asked_by(who);
        let screen = study.init();
        assert!(screen.stdout.contains("not set up"), "{screen}");
        assert_eq!(study.iam("look")["roles"], json!({}));
        let report = study.check();
        whole(&report);
        assert_eq!(row(&report, ID)["notes"], json!(["action-no-target"]));
        study.nothing_changes();
    }
}

#[test]
fn a_role_that_is_not_seen_yet_is_waited_for() {
    let study = Study::of(NAMED);
    study.case.aws.edit(|account| account.early = 2);
    study.init();
    assert_eq!(study.case.aws.look().early, 0);
    study.action();
    // A refusal for another reason than a new role fails without retries.
    study.case.aws.edit(|account| {
        account.actions.clear();
        account.early = 5;
    });
    let started = Instant::now();
    let screen = study.case.run(&study.init_line()).0.exits(3);
    assert!(started.elapsed() < Duration::from_secs(20) && screen.stdout.contains("CreateBudgetAction"), "{screen}");
    assert_eq!(study.case.aws.look().early, 4);
}

#[test]
fn an_action_that_failed_is_a_broken_link() {
    let study = Study::of(NAMED);
    study.init();
    for (status, told) in
        [("PENDING", "ok"), ("EXECUTION_SUCCESS", "ok"), ("EXECUTION_FAILURE", "broken"), ("NEW", "unknown")]
    {
        study.case.aws.edit(|account| account.actions.values_mut().for_each(|it| it.body["Status"] = json!(status)));
        assert_eq!(row(&study.check(), ID)["proof"][0]["status"], told, "{status}");
    }
}

#[test]
fn it_is_removed_if_the_profile_does_not_want_it() {
    let study = Study::of(NAMED);
    study.init();
    study.write("budgets.action.enabled = false");
    study.init();
    assert!(study.case.aws.look().actions.is_empty() && study.iam("look")["policies"] == json!({}));
    study.nothing_changes();
}

#[test]
fn a_role_with_a_persons_additions_is_kept() {
    let study = Study::of(NAMED);
    study.init();
    study.iam("add");
    let report = study.case.run(&study.line("remove --yes --format json")).0.json();
    assert_eq!(row(&report, ID)["notes"], json!(["kept-in-use=guardrail-budget-action"]), "{report:#}");
    assert_eq!(study.iam("look")["policies"], json!({}));
}
