//! The minimum permissions of a use case, as the statements of an IAM policy.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::stack_permissions::STACKS;
use crate::aws::remedy::of_type;
use crate::aws::{
    account_kind, accounts, advice, bill, billing_metric, bucket, causes, commitments, cost_explorer, event_history,
    executions, keys, organization, regions, role, ses, stack, stack_set, support, topic,
};
use crate::model::Verb;
use crate::{prices, resources, safeguards};

/// The use cases that need permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UseCase {
    Sweep,
    Bill,
    Appeal,
    Advice,
    Init,
    Check,
    Remove,
    /// `check --send-test`, separate because the policy of `check` itself is read-only.
    SendTest,
    /// `sweep --who`, separate because a sweep does without it.
    Who,
    /// `sweep --notify`, separate because a sweep only reads.
    Notify,
    /// Lists things again and stops them.
    Stop,
    /// Lists things again and deletes them.
    Delete,
    /// `schedule`, with everything that its stacks are made of.
    Schedule,
    /// The history in a bucket, for every command that keeps or reads it there.
    History,
}

impl UseCase {
    pub const ALL: [Self; 14] = [
        Self::Sweep,
        Self::Bill,
        Self::Appeal,
        Self::Advice,
        Self::Init,
        Self::Check,
        Self::Remove,
        Self::SendTest,
        Self::Stop,
        Self::Delete,
        Self::Who,
        Self::Notify,
        Self::Schedule,
        Self::History,
    ];

    /// Whether its policy is printed only if it is named: it ends things that guardrail did not make, or makes more than most
    /// accounts want, or is for a bucket of one's own.
    #[must_use]
    pub fn must_be_named(self) -> bool {
        matches!(self, Self::Stop | Self::Delete | Self::Schedule | Self::History)
    }
}

/// An owner that is no type: a stack is deleted with what it made.
const STACK: &str = "cloudformation-stack";

/// The most characters of a managed policy, white space not counted (IAM and STS quotas).
const MOST: usize = 6144;

/// The policy document of these statements.
#[must_use]
pub fn document(statements: &[Value]) -> Value {
    json!({ "Version": "2012-10-17", "Statement": statements })
}

/// The statements as policies within AWS's size limit, each as full as possible.
#[must_use]
pub fn parts(statements: &[Value]) -> Vec<Vec<Value>> {
    let fits = |statements: &[Value]| document(statements).to_string().len() <= MOST;
    let mut parts: Vec<Vec<Value>> = vec![Vec::new()];
    for statement in statements {
        let actions = statement["Action"].as_array().cloned().unwrap_or_default();
        let mut rest = actions.as_slice();
        while !rest.is_empty() {
            let full: &[Value] = parts.last().map_or(&[], Vec::as_slice);
            let with = |count: usize| {
                let mut piece = statement.clone();
                piece["Action"] = json!(rest[..count]);
                [full, &[piece]].concat()
            };
            match (1..=rest.len()).rev().find(|count| fits(&with(*count))) {
                Some(count) => {
                    let more = with(count);
                    rest = &rest[count..];
                    let last = parts.len() - 1;
                    parts[last] = more;
                }
                None => parts.push(Vec::new()),
            }
        }
    }
    parts
}

/// The statements for a use case. Changes of roles and policies are restricted to guardrail's own: without that they would allow
/// every other permission.
#[must_use]
pub fn statements(use_case: UseCase) -> Vec<Value> {
    let changes = |action: &&str| {
        action.strip_prefix("iam:").is_some_and(|name| !name.starts_with("Get") && !name.starts_with("List"))
    };
    let (changing, plain): (BTreeSet<_>, BTreeSet<_>) = actions(use_case).into_iter().partition(changes);
    let (detaching, changing): (BTreeSet<_>, BTreeSet<_>) =
        changing.into_iter().partition(|action| action.starts_with("iam:Detach"));
    // Roles of a stack have no path: the name is all that AssumeRole needs to know.
    let of = if use_case == UseCase::Schedule { "guardrail-*" } else { "guardrail/*" };
    let own = ["policy", "role"].map(|kind| format!("arn:aws:iam::*:{kind}/{of}"));
    let sid = |part: &str| format!("Guardrail{use_case:?}{part}");
    let attached = json!({ "ArnLike": { "iam:PolicyARN": own[0] } });
    let all = [
        json!({ "Sid": sid(""), "Effect": "Allow", "Action": plain, "Resource": "*" }),
        json!({ "Sid": sid("OwnRole"), "Effect": "Allow", "Action": changing, "Resource": own }),
        json!({ "Sid": sid("Detach"), "Effect": "Allow", "Action": detaching, "Resource": "*", "Condition": attached }),
    ];
    let needed = all.into_iter().filter(|it| it["Action"].as_array().is_some_and(|actions| !actions.is_empty()));
    needed.collect()
}

/// The statements for the history in a bucket, limited to the bucket and what is below the prefix.
#[must_use]
pub fn of_history(arns: &[String]) -> Vec<Value> {
    let limited = |statement: Value| {
        let mut statement = statement;
        statement["Resource"] = json!(arns);
        statement
    };
    statements(UseCase::History).into_iter().map(limited).collect()
}

impl UseCase {
    /// Whether it can be for an organisation.
    #[must_use]
    pub fn takes_organization(self) -> bool {
        matches!(self, Self::Sweep | Self::Init | Self::Check | Self::Remove | Self::Stop | Self::Delete)
    }
}

/// The statements for listing an organisation and entering its accounts with these roles. What a role itself needs is its use case.
#[must_use]
pub fn of_organization(role_names: &BTreeSet<String>, use_cases: &[UseCase]) -> Vec<Value> {
    let sid = |part: &str| format!("GuardrailOrganization{part}");
    let roles: Vec<String> = role_names.iter().map(|name| format!("arn:aws:iam::*:role/{name}")).collect();
    let mut all = vec![
        json!({ "Sid": sid(""), "Effect": "Allow", "Action": organization::READS, "Resource": "*" }),
        json!({ "Sid": sid("Role"), "Effect": "Allow", "Action": role::READS, "Resource": roles }),
    ];
    if use_cases.contains(&UseCase::Init) {
        // CloudTrail asks for these when it creates the trail of an organisation.
        let own = json!({ "StringEquals": { "iam:AWSServiceName": "cloudtrail.amazonaws.com" } });
        all.push(json!({ "Sid": sid("Trail"), "Effect": "Allow",
            "Action": ["organizations:ListAWSServiceAccessForOrganization"], "Resource": "*" }));
        all.push(json!({ "Sid": sid("TrailRole"), "Effect": "Allow", "Action": ["iam:CreateServiceLinkedRole"],
            "Resource": "*", "Condition": own }));
    }
    all
}

/// The IAM actions that a use case needs, derived from the declarations of its parts.
#[must_use]
pub fn actions(use_case: UseCase) -> BTreeSet<&'static str> {
    let reads = || safeguards::ALL.iter().flat_map(|it| it.reads);
    let proves = || safeguards::ALL.iter().flat_map(|it| it.reads.iter().chain(it.proves));
    let writes = || safeguards::ALL.iter().flat_map(|it| it.writes);
    let removes = || safeguards::ALL.iter().flat_map(|it| it.removes);
    let unwanted = || safeguards::ALL.iter().flat_map(|it| it.unwanted);
    let swept = || resources::ALL.iter().flat_map(|it| it.reads());
    let ended = |verb| resources::ALL.iter().map(|it| it.id).chain([STACK]).flat_map(move |id| of_type(id, verb));
    let ends = |verb| swept().chain(regions::READS).copied().chain(ended(verb)).chain(accounts::READS.iter().copied());
    let own: Vec<&&str> = match use_case {
        UseCase::Stop => return ends(Verb::Stop).collect(),
        UseCase::Delete => return ends(Verb::Delete).collect(),
        UseCase::History => return bucket::STORES.iter().copied().collect(),
        UseCase::Sweep => swept().chain(regions::READS).chain(prices::READS).chain(billing_metric::READS).collect(),
        UseCase::Bill => {
            let own = [billing_metric::READS, bill::READS, causes::READS, commitments::READS, cost_explorer::READS];
            own.into_iter().chain([regions::READS]).flatten().chain([&organization::ACCOUNTS_READ]).collect()
        }
        UseCase::Appeal => {
            let of_bill = [billing_metric::READS, cost_explorer::READS, keys::READS, support::READS, support::WRITES]
                .into_iter()
                .chain([event_history::READS])
                .flatten();
            let now = swept().chain(prices::READS).chain(proves()).chain(account_kind::READS);
            now.chain(regions::READS).chain(of_bill).collect()
        }
        UseCase::Advice => swept()
            .chain(regions::READS)
            .chain(prices::READS)
            .chain(billing_metric::READS)
            .chain(advice::READS)
            .collect(),
        UseCase::Check => proves().chain(account_kind::READS).chain(regions::READS).collect(),
        UseCase::Init => {
            let own = account_kind::READS.iter().chain(regions::READS);
            proves().chain(writes()).chain(unwanted()).chain(own).collect()
        }
        UseCase::Remove => reads().chain(removes()).chain(regions::READS).collect(),
        UseCase::SendTest => proves().chain(safeguards::SEND_TEST).collect(),
        UseCase::Who => event_history::READS.iter().collect(),
        UseCase::Notify => safeguards::NOTIFY.iter().collect(),
        UseCase::Schedule => schedule(),
    };
    own.into_iter().chain(accounts::READS).copied().collect()
}

/// The program reads and changes stacks, the bucket and runs; everything else is CloudFormation on its behalf.
fn schedule() -> Vec<&'static &'static str> {
    let parts = [
        [stack::READS, stack::WRITES, stack::REMOVES],
        [stack_set::READS, stack_set::WRITES, stack_set::REMOVES],
        [bucket::READS, bucket::WRITES, bucket::REMOVES],
        [executions::READS, executions::WRITES, topic::READS],
        [organization::READS, ses::READS, STACKS],
    ];
    parts.into_iter().flatten().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_policy_is_parts_that_aws_takes() {
        let actions: Vec<String> = (0..400).map(|number| format!("service:DescribeThingNumber{number}")).collect();
        let long = json!({ "Sid": "A", "Effect": "Allow", "Action": actions, "Resource": "*" });
        let short = json!({ "Sid": "B", "Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": "*" });
        let parts = parts(&[long, short]);
        assert_eq!(parts.len(), 3);
        assert!(parts.iter().all(|part| document(part).to_string().len() <= MOST));
        let told = parts.iter().flatten().flat_map(|it| it["Action"].as_array().unwrap());
        let told: Vec<&str> = told.map(|action| action.as_str().unwrap()).collect();
        let all = actions.iter().map(String::as_str).chain(["s3:ListBucket"]);
        assert_eq!(told, all.collect::<Vec<_>>());
    }

    #[test]
    fn only_guardrails_own_roles_and_policies_may_be_changed() {
        let open = |use_case| {
            let all = statements(use_case).into_iter().filter(|it| it["Resource"] == "*" && it["Condition"].is_null());
            all.flat_map(|it| it["Action"].as_array().unwrap().clone()).collect::<Vec<_>>()
        };
        for use_case in UseCase::ALL {
            for action in ["CreateRole", "PutRolePolicy", "PassRole", "CreatePolicyVersion", "DetachUserPolicy"] {
                assert!(!open(use_case).contains(&json!(format!("iam:{action}"))), "{use_case:?} {action}");
            }
            let told: BTreeSet<String> = statements(use_case)
                .iter()
                .flat_map(|it| {
                    it["Action"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|it| it.as_str().unwrap().to_owned())
                        .collect::<Vec<_>>()
                })
                .collect();
            assert_eq!(told, actions(use_case).into_iter().map(str::to_owned).collect());
        }
        assert_eq!((statements(UseCase::Sweep).len(), statements(UseCase::Init).len()), (1, 3));
    }
}
