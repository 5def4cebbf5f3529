//! The templates of `deploy/`: valid, and with the permissions that the program needs, and no others.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use guardrail::ops::permissions::{UseCase, of_organization, parts, statements};
use serde_json::{Value, json};

use crate::emulators::run_script;

const BEGIN: &str = "  # The permissions of a sweep, as `guardrail policy sweep` prints them: made and held by a test (UPDATE_DEPLOY=1).\n";
const END: &str = "  # End of the permissions.\n";

static TEMPLATES: LazyLock<Value> = LazyLock::new(|| run_script("moto", "templates.py", ""));

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy").join(name)
}

fn resource(name: &str) -> &'static Value {
    let properties = &TEMPLATES["templates"]["schedule.yaml"]["Resources"][name]["Properties"];
    assert!(properties.is_object(), "{name}");
    properties
}

/// The managed policies of the member role.
fn policies() -> String {
    let mut text = String::new();
    for (number, part) in parts(&statements(UseCase::Sweep)).iter().enumerate() {
        let [statement] = part.as_slice() else { panic!("{part:?}") };
        let _ = write!(
            text,
            "  Sweep{}:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      Description: What guardrail sweep reads\n      \
             PolicyDocument:\n        Version: \"2012-10-17\"\n        Statement:\n          - Effect: Allow\n            \
             Resource: \"*\"\n            Action:\n",
            number + 1
        );
        for action in statement["Action"].as_array().unwrap() {
            let _ = writeln!(text, "              - {}", action.as_str().unwrap());
        }
    }
    text
}

#[test]
fn the_member_role_may_what_a_sweep_needs() {
    let path = path("member.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    let (head, rest) = text.split_once(BEGIN).unwrap();
    let (_, tail) = rest.split_once(END).unwrap();
    let wanted = format!("{head}{BEGIN}{}{END}{tail}", policies());
    if std::env::var_os("UPDATE_DEPLOY").is_some() {
        std::fs::write(&path, &wanted).unwrap();
        return;
    }
    assert!(text == wanted, "deploy/member.yaml is not `guardrail policy sweep`: run the tests with UPDATE_DEPLOY=1");
    let attached = text.matches("        - !Ref Sweep").count();
    assert_eq!(attached, parts(&statements(UseCase::Sweep)).len());
    // CloudFormation takes no longer template in a request.
    let sizes = ["member.yaml", "reports.yaml", "schedule.yaml"].map(|name| self::path(name).metadata().unwrap().len());
    assert!(sizes.iter().all(|size| *size <= 51_200), "{sizes:?}");
}

#[test]
fn cfn_lint_finds_nothing() {
    assert_eq!(TEMPLATES["findings"], json!([]));
}

/// Action and the name in its resource, as the statements of a role's only policy have them.
fn allowed(role: &str) -> BTreeSet<(String, String)> {
    let statements = resource(role)["Policies"][0]["PolicyDocument"]["Statement"].as_array().unwrap();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
    let named = |value: &Value| {
        let name = value["Ref"].as_str().or(value["Fn::Sub"].as_str()).or(value.as_str());
        name.map_or_else(|| value["Fn::GetAtt"][0].as_str().unwrap().to_owned(), str::to_owned)
    };
    let pairs = statements.iter().flat_map(|it| {
        assert!(it["Effect"] == "Allow", "{it:#}");
        let resources = list(&it["Resource"]);
        let actions = list(&it["Action"]).into_iter();
        actions.flat_map(move |action| {
            let action = action.as_str().unwrap().to_owned();
            resources.iter().map(|it| (action.clone(), named(it))).collect::<Vec<_>>()
        })
    });
    pairs.collect()
}

/// Every state of a definition, inner ones included.
fn states(machine: &Value) -> Vec<&Value> {
    let states = machine["States"].as_object().unwrap().values();
    states.flat_map(|it| if it["Type"] == "Map" { [vec![it], states_of(it)].concat() } else { vec![it] }).collect()
}

fn states_of(map: &Value) -> Vec<&Value> {
    states(&map["ItemProcessor"])
}

/// No emulator asks for the state machine's own role: it is compared with what the definition calls.
#[test]
fn the_state_machine_may_do_what_its_definition_does_and_nothing_else() {
    let definition = &resource("Machine")["Definition"];
    let own = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}";
    let mut needed = BTreeSet::new();
    for state in states(definition) {
        match state["Resource"].as_str() {
            Some("arn:aws:states:::lambda:invoke") => {
                let function = state["Parameters"]["FunctionName"].as_str().unwrap();
                let function = function.trim_start_matches("${").trim_end_matches('}');
                needed.insert(("lambda:InvokeFunction".to_owned(), function.to_owned()));
            }
            Some(other) => panic!("no permission is known for {other}"),
            None => {
                assert_eq!(state["ItemReader"]["Resource"], "arn:aws:states:::s3:getObject", "{state:#}");
                assert_eq!(state["ItemProcessor"]["ProcessorConfig"]["Mode"], "DISTRIBUTED");
                assert!(state["ResultWriter"].is_null());
                needed.insert(("s3:GetObject".to_owned(), "arn:${AWS::Partition}:s3:::${Bucket}/runs/*".to_owned()));
                let name = resource("Machine")["StateMachineName"].as_str().unwrap();
                for (action, of) in [
                    ("StartExecution", format!("{own}:stateMachine:{name}")),
                    ("DescribeExecution", format!("{own}:execution:{name}/*")),
                    ("StopExecution", format!("{own}:execution:{name}/*")),
                    ("RedriveExecution", format!("{own}:execution:{name}/{}:*", state["Label"].as_str().unwrap())),
                ] {
                    needed.insert((format!("states:{action}"), of));
                }
            }
        }
    }
    assert_eq!(allowed("MachineRole"), needed);
    // For the validator of `.ci/run`, which knows more of the language than cfn-lint.
    std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join("state-machine.json"), definition.to_string()).unwrap();
    // What the definition is given is what it names.
    let text = definition.to_string();
    let given = resource("Machine")["DefinitionSubstitutions"].as_object().unwrap();
    assert!(given.keys().all(|name| text.contains(&format!("${{{name}}}"))), "{given:#?}");
    assert_eq!(text.matches("${").count(), 6);
}

#[test]
fn every_failure_of_a_step_is_tried_again_or_caught() {
    let definition = &resource("Machine")["Definition"];
    for state in states(definition).into_iter().filter(|it| it["Type"] == "Task") {
        let errors = state["Retry"][0]["ErrorEquals"].as_array().unwrap();
        let all = errors.contains(&json!("States.ALL"));
        let throttled = ["Lambda.TooManyRequestsException", "Guardrail.Throttled"].map(Value::from);
        assert!(all || throttled.iter().all(|it| errors.contains(it)), "{state:#}");
        assert_eq!(state["Retry"][0]["JitterStrategy"], "FULL");
        // Longer than the function: otherwise the next attempt would run beside it.
        assert!(state["TimeoutSeconds"].as_u64().unwrap() > resource("Sweep")["Timeout"].as_u64().unwrap());
    }
    let accounts = &definition["States"]["Accounts"];
    assert_eq!((&accounts["ToleratedFailurePercentage"], &accounts["ResultPath"]), (&json!(100), &Value::Null));
    assert_eq!((&accounts["Catch"][0]["Next"], &accounts["Next"]), (&json!("Merge"), &json!("Merge")));
}

#[test]
fn each_function_may_do_its_own_part_only() {
    let (run, sweep) = (allowed("RunRole"), allowed("SweepRole"));
    let may = |role: &BTreeSet<(String, String)>, action: &str| role.iter().any(|(it, _)| it == action);
    assert!(may(&sweep, "sts:AssumeRole") && !may(&run, "sts:AssumeRole"));
    assert!(may(&run, "sns:Publish") && !may(&sweep, "sns:Publish"));
    let organization = of_organization(&BTreeSet::from(["x".to_owned()]), &[]);
    for action in organization[0]["Action"].as_array().unwrap() {
        let action = action.as_str().unwrap();
        assert!(may(&run, action) && !may(&sweep, action), "{action}");
    }
    // The mail by SES: only where an address is given, only from it, and only by the function that enters no account.
    let sender = &TEMPLATES["templates"]["schedule.yaml"]["Resources"]["SenderPolicy"];
    let statements = sender["Properties"]["PolicyDocument"]["Statement"].as_array().unwrap();
    let [statement] = statements.as_slice() else { panic!("{sender:#}") };
    assert_eq!(
        (&sender["Condition"], &sender["Properties"]["Roles"]),
        (&json!("HasSender"), &json!([{ "Ref": "RunRole" }]))
    );
    assert_eq!(statement["Action"], "ses:SendEmail");
    assert_eq!(statement["Condition"], json!({ "StringEquals": { "ses:FromAddress": { "Ref": "Sender" } } }));
    let everywhere = |role: &BTreeSet<(String, String)>| {
        role.iter().filter(|(_, of)| of == "*").map(|(action, _)| action.clone()).collect::<Vec<_>>()
    };
    assert!(everywhere(&run).iter().all(|it| it.starts_with("organizations:")));
    assert_eq!(everywhere(&sweep), Vec::<String>::new());
}
