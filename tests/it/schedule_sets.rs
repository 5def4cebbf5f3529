//! `guardrail schedule --organization`: the role in every account by a `StackSet`, which no emulator has as AWS has it.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::sync::{Arc, Mutex};

use guardrail::demo::{Answer, Call};
use serde_json::{Value, json};

use crate::emulators::Emulator;
use crate::proxy::{self, Told};
use crate::world::{Screen, World};

const SCHEDULE: &str = "schedule --organization --email a@example.com --resources ec2-volume --regions us-east-1 \
                        --no-bill --offline-prices --function bootstrap --no-run";

/// CloudFormation's `StackSet` of an organisation.
#[derive(Default)]
struct Sets {
    /// The members of the request that made it; `None` before.
    made: Option<BTreeMap<String, String>>,
    instances: usize,
    /// The organisation does not trust CloudFormation.
    distrusted: bool,
    calls: Vec<String>,
}

fn xml(action: &str, inner: &str) -> String {
    format!("<{action}Response><{action}Result>{inner}</{action}Result></{action}Response>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A form as its fields.
fn fields(form: &str) -> BTreeMap<String, String> {
    let plain = |text: &str| {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            match byte {
                b'+' => bytes.push(b' '),
                b'%' => {
                    let hex = [rest.next().unwrap(), rest.next().unwrap()];
                    bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
                }
                other => bytes.push(other),
            }
        }
        String::from_utf8(bytes).unwrap()
    };
    form.split('&').filter_map(|it| it.split_once('=')).map(|(key, value)| (plain(key), plain(value))).collect()
}

impl Sets {
    fn answer(&mut self, call: &Call) -> Option<Answer> {
        if call.service != "cloudformation"
            || !(call.action.contains("StackSet") || call.action.contains("StackInstances"))
        {
            return None;
        }
        self.calls.push(call.action.clone());
        let started = xml(&call.action, "<OperationId>1</OperationId>");
        let body = match call.action.as_str() {
            "CreateStackSet" if self.distrusted => {
                let words = "You must enable organizations access to operate a service managed stack set";
                return Some(Answer::error(call, 400, "ValidationError", words));
            }
            "CreateStackSet" => {
                self.made = Some(fields(&call.body));
                xml("CreateStackSet", "<StackSetId>guardrail-member:1</StackSetId>")
            }
            _ if self.made.is_none() => {
                return Some(Answer::error(
                    call,
                    404,
                    "StackSetNotFoundException",
                    "StackSet guardrail-member not found",
                ));
            }
            "CreateStackInstances" => {
                self.instances = 20;
                started
            }
            "DeleteStackInstances" => {
                self.instances = 0;
                started
            }
            "DeleteStackSet" => {
                self.made = None;
                xml("DeleteStackSet", "")
            }
            "DescribeStackSetOperation" => {
                xml("DescribeStackSetOperation", "<StackSetOperation><Status>SUCCEEDED</Status></StackSetOperation>")
            }
            "ListStackInstances" => {
                let one = |number: usize| {
                    format!(
                        "<member><Account>{number:012}</Account><Status>CURRENT</Status>\
                         <OrganizationalUnitId>r-root</OrganizationalUnitId></member>"
                    )
                };
                let all: String = (1..=self.instances).map(one).collect();
                xml("ListStackInstances", &format!("<Summaries>{all}</Summaries>"))
            }
            "DescribeStackSet" => {
                let made = self.made.as_ref().unwrap();
                let parameter = |number: usize| {
                    let key = format!("Parameters.member.{number}.ParameterKey");
                    let value = format!("Parameters.member.{number}.ParameterValue");
                    format!(
                        "<member><ParameterKey>{}</ParameterKey><ParameterValue>{}</ParameterValue></member>",
                        made[&key], made[&value]
                    )
                };
                let inner = format!(
                    "<StackSet><TemplateBody>{}</TemplateBody><Parameters>{}{}</Parameters><Tags><member><Key>managed-by</Key>\
                     <Value>guardrail</Value></member></Tags></StackSet>",
                    escaped(&made["TemplateBody"]),
                    parameter(1),
                    parameter(2)
                );
                xml("DescribeStackSet", &inner)
            }
            other => panic!("{other}"),
        };
        Some(Answer::ok(call, &body))
    }
}

struct Case {
    sets: Arc<Mutex<Sets>>,
    world: World,
    _stack: Emulator,
    _proxy: crate::server::Server,
}

impl Case {
    fn new() -> Self {
        let stack = Emulator::ministack();
        let _ = stack.python("organization.py", &["ministack", "unused"]);
        let sets = Arc::new(Mutex::new(Sets::default()));
        let story = sets.clone();
        let proxy = proxy::over(&stack.url, Arc::new(Told(move |call: &Call| story.lock().unwrap().answer(call))));
        let world = World::new().env("COLUMNS", "80").env("GUARDRAIL_NOW", "").endpoint(&proxy.url);
        let program = world.home().join("bootstrap");
        std::fs::write(&program, format!("#!/bin/sh\nexec {}\n", env!("CARGO_BIN_EXE_guardrail"))).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        Self { sets, world, _stack: stack, _proxy: proxy }
    }

    fn run(&self, line: &str) -> Screen {
        self.world.run(line)
    }
}

fn rows(screen: &Screen) -> Vec<(String, String)> {
    let report = screen.json();
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    report["parts"].as_array().unwrap().iter().map(|it| (word(&it["id"]), word(&it["result"]))).collect()
}

fn owned(rows: &[(&str, &str)]) -> Vec<(String, String)> {
    rows.iter().map(|(id, result)| ((*id).to_owned(), (*result).to_owned())).collect()
}

#[test]
fn every_account_gets_the_role_by_a_stack_set_and_loses_it_again() {
    let case = Case::new();
    case.sets.lock().unwrap().distrusted = true;
    let refused = case.run(&format!("{SCHEDULE} --yes --format json")).exits(10);
    let expected = [("reports", "done"), ("role", "done"), ("roles", "failed"), ("nightly-run", "skipped")];
    assert_eq!(rows(&refused), owned(&expected), "{refused}");
    assert!(refused.json()["gaps"][0]["message"].as_str().unwrap().contains("organizations access"), "{refused}");
    let said = case.run(&format!("{SCHEDULE} --yes")).exits(10);
    assert!(said.stdout.contains("activate-organizations-access"), "{said}");

    // The next run continues where that one stopped.
    case.sets.lock().unwrap().distrusted = false;
    let made = case.run(&format!("{SCHEDULE} --yes --format json"));
    assert_eq!(
        rows(&made),
        owned(&[("reports", "-"), ("role", "-"), ("roles", "done"), ("nightly-run", "done")]),
        "{made}"
    );
    assert_eq!(made.json()["accounts"], 21);
    {
        let sets = case.sets.lock().unwrap();
        let request = sets.made.as_ref().unwrap();
        assert_eq!(request["PermissionModel"], "SERVICE_MANAGED");
        assert_eq!(request["AutoDeployment.Enabled"], "true");
        assert_eq!(request["Capabilities.member.1"], "CAPABILITY_NAMED_IAM");
    }
    let checked = case.run("schedule --check --format json");
    let links = checked.json()["proof"].clone();
    assert_eq!(
        (&links[0]["step"], &links[0]["status"], &links[0]["value"]),
        (&json!("nightly-roles"), &json!("ok"), &json!("20/20"))
    );
    let same = case.run(&format!("{SCHEDULE} --dry-run --format json")).exits(0);
    assert!(rows(&same).iter().all(|(_, result)| result == "-"), "{same}");

    let removed = case.run("schedule --remove --yes --format json").exits(0);
    assert_eq!(rows(&removed), owned(&[("nightly-run", "done"), ("roles", "done"), ("role", "done")]), "{removed}");
    assert!(case.sets.lock().unwrap().made.is_none());
}
