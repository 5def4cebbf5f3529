//! The JSON Schemas of the reports, generated from the model: current, satisfied by the program's output, and able to fail.

use std::fs;
use std::path::{Path, PathBuf};

use guardrail::model::{
    ActionReport, AdviceReport, AppealReport, BillReport, Catalogue, HistoryReport, OrganizationActions,
    OrganizationReport, OrganizationSafeguards, SafeguardReport, ScheduleReport, SweepReport,
};
use jsonschema::Validator;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use crate::generated::holds;
use crate::practice;
use crate::responder::{Account, Fixtures};
use crate::world::World;

/// The same options as in [`crate::forms`], so that one run serves both.
const JSON: &str = "--format json --lang en";

/// For serialization: a field that may be `null` is always present.
fn schema_of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema").join(format!("{name}.json"))
}

fn is_fresh(name: &str, schema: &Schema) {
    let text = format!("{}\n", serde_json::to_string_pretty(schema).unwrap());
    holds(&format!("docs/schema/{name}.json"), &text, "UPDATE_SCHEMA");
}

#[test]
fn the_schemas_are_generated_from_the_model() {
    is_fresh("sweep-v1", &schema_of::<SweepReport>());
    is_fresh("organization-v1", &schema_of::<OrganizationReport>());
    is_fresh("organization-safeguards-v1", &schema_of::<OrganizationSafeguards>());
    is_fresh("safeguards-v1", &schema_of::<SafeguardReport>());
    is_fresh("actions-v1", &schema_of::<ActionReport>());
    is_fresh("organization-actions-v1", &schema_of::<OrganizationActions>());
    is_fresh("advice-v1", &schema_of::<AdviceReport>());
    is_fresh("appeal-v1", &schema_of::<AppealReport>());
    is_fresh("bill-v1", &schema_of::<BillReport>());
    is_fresh("resources-v1", &schema_of::<Catalogue>());
    is_fresh("history-v1", &schema_of::<HistoryReport>());
    is_fresh("schedule-v1", &schema_of::<ScheduleReport>());
}

fn validator(name: &str) -> Validator {
    let text = fs::read_to_string(file(name)).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

fn faults(validator: &Validator, report: &Value) -> Vec<String> {
    validator.iter_errors(report).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// # Panics
/// The report is not as its schema says.
pub fn is_of_organization_safeguards(report: &Value) {
    assert_eq!(faults(&validator("organization-safeguards-v1"), report), Vec::<String>::new());
}

/// # Panics
/// The report is not as its schema says.
pub fn is_of_organization_actions(report: &Value) {
    assert_eq!(faults(&validator("organization-actions-v1"), report), Vec::<String>::new());
}

/// # Panics
/// The report is not as its schema says.
pub fn is_a_bill(report: &Value) {
    assert_eq!(faults(&validator("bill-v1"), report), Vec::<String>::new());
}

/// # Panics
/// The report is not as its schema says, or the schema allows anything.
pub fn is_an_organization(report: &Value) {
    let validator = validator("organization-v1");
    assert_eq!(faults(&validator, report), Vec::<String>::new());
    for (path, value) in
        [("/accounts/0/state", json!("asleep")), ("/totals/usd_per_month", json!(1.5)), ("/gaps", Value::Null)]
    {
        let mut broken = report.clone();
        *broken.pointer_mut(path).unwrap() = value;
        assert_eq!(faults(&validator, &broken).len(), 1, "{path}");
    }
}

/// The report of a run against the demo account, or another.
fn printed(world: &World, line: &str) -> Value {
    world.run(&format!("{line} --format json")).json()
}

#[test]
fn printed_reports_satisfy_the_schema() {
    let demo = World::new();
    let sweep = validator("sweep-v1");
    assert_eq!(faults(&sweep, &practice::sweep(JSON).json()), Vec::<String>::new());
    let safeguards = validator("safeguards-v1");
    for line in ["init --dry-run --demo", "check --demo", "remove --dry-run --demo"] {
        assert_eq!(faults(&safeguards, &printed(&demo, line)), Vec::<String>::new(), "{line}");
    }
    let actions = validator("actions-v1");
    for line in
        ["delete --all --dry-run --demo", "delete --all --demo --yes --account 123456789012", "stop --all --demo"]
    {
        assert_eq!(faults(&actions, &printed(&demo, line)), Vec::<String>::new(), "{line}");
    }
    for (line, name) in [
        ("bill --demo", "bill-v1"),
        ("bill --demo --cost-explorer", "bill-v1"),
        ("resources", "resources-v1"),
        ("history --demo", "history-v1"),
        ("appeal --demo", "appeal-v1"),
        ("advice --demo", "advice-v1"),
    ] {
        assert_eq!(faults(&validator(name), &printed(&demo, line)), Vec::<String>::new(), "{line}");
    }
}

#[test]
fn gaps_satisfy_the_schema() {
    let fixtures = Fixtures::of(&["ec2-nat-gateway", "ec2-snapshot", "rds-cluster"]);
    let server = Account::of(fixtures).deny("ec2", "DescribeRegions").deny("sns", "GetTopicAttributes").start();
    let world = World::new().endpoint(&server.url);
    let report = printed(&world, "sweep");
    assert!(!report["gaps"].as_array().unwrap().is_empty());
    assert_eq!(faults(&validator("sweep-v1"), &report), Vec::<String>::new());
    let report = printed(&world, "check");
    assert!(!report["gaps"].as_array().unwrap().is_empty());
    assert_eq!(faults(&validator("safeguards-v1"), &report), Vec::<String>::new());
}

#[test]
fn a_broken_report_is_refused() {
    let validator = validator("sweep-v1");
    let report = practice::sweep(JSON).json();
    let breakages: [(&str, Value); 5] = [
        ("/totals/usd_per_month", json!(506.35)),
        ("/findings/0/billing", json!("asleep")),
        ("/findings/0/charges/0/price/source", Value::Null),
        ("/gaps", Value::Null),
        ("/scope/partial", json!("no")),
    ];
    for (path, value) in breakages {
        let mut broken = report.clone();
        *broken.pointer_mut(path).unwrap() = value;
        assert_eq!(faults(&validator, &broken).len(), 1, "{path}");
    }
    let mut broken = report;
    broken.as_object_mut().unwrap().remove("gaps");
    assert_eq!(faults(&validator, &broken).len(), 1);
}
