//! The session policy of an assumed role: the session has what its use case needs and no more, even if the role may do everything.
//!
//! A session policy is at most 2,048 characters, and the policy of a use case is longer. AWS's `ReadOnlyAccess` has nearly all that
//! is read; the rest, and every change, is written out.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::ops::permissions::{UseCase, document, statements};

/// The permissions to read that AWS's `ReadOnlyAccess` does not have. A test compares them with a copy of it.
pub const BEYOND_READ_ONLY: &[&str] = &[
    "airflow:GetEnvironment",
    "bedrock:ListCustomModelDeployments",
    "bedrock:ListImportedModels",
    "bedrock:ListMarketplaceModelEndpoints",
    "evs:ListEnvironmentHosts",
    "evs:ListEnvironments",
    "managedblockchain:ListAccessors",
    "neptune-graph:ListGraphs",
    "quicksight:DescribeAccountSubscription",
    "quicksight:ListNamespaces",
    "quicksight:ListUsers",
    "timestream-influxdb:ListDbClusters",
    "timestream-influxdb:ListDbInstances",
    "timestream-influxdb:ListDbInstancesForCluster",
    "workspaces-instances:GetWorkspaceInstance",
    "workspaces-instances:ListWorkspaceInstances",
];

/// The limit of STS for a session policy in a request.
const MOST: usize = 2048;

/// Whether an action changes nothing, by its name.
#[must_use]
pub fn only_reads(action: &str) -> bool {
    let name = action.split_once(':').map_or(action, |(_, name)| name);
    ["BatchGet", "Describe", "GET", "Get", "List", "Select", "View"].iter().any(|verb| name.starts_with(verb))
}

/// The policy document beside `ReadOnlyAccess`; `None` if that is enough, because AWS refuses a policy without statements.
#[must_use]
pub fn session_policy(use_case: UseCase) -> Option<String> {
    let missing = |action: &Value| {
        action.as_str().is_some_and(|action| !only_reads(action) || BEYOND_READ_ONLY.contains(&action))
    };
    let needed = statements(use_case).into_iter().filter_map(|mut statement| {
        let actions: Vec<Value> = statement["Action"].as_array()?.iter().filter(|it| missing(it)).cloned().collect();
        statement.as_object_mut()?.remove("Sid");
        statement["Action"] = json!(actions);
        (!actions.is_empty()).then_some(statement)
    });
    let needed: Vec<Value> = needed.collect();
    (!needed.is_empty()).then(|| document(&needed).to_string())
}

/// The policy document of a session that makes these calls, beside `ReadOnlyAccess`. If they are too many for a session policy, it is
/// that of all calls of the same services with the same verbs, or of the services, or of everything but identities and accounts.
#[must_use]
pub fn session_policy_of(actions: &BTreeSet<&str>) -> String {
    let reads = BEYOND_READ_ONLY.iter().map(|it| (*it).to_owned());
    let with = |more: BTreeSet<String>| {
        let all: BTreeSet<String> = reads.clone().chain(more).collect();
        document(&[json!({ "Effect": "Allow", "Action": all, "Resource": "*" })]).to_string()
    };
    let changes = || actions.iter().filter(|action| !only_reads(action));
    let exact = changes().map(|action| (*action).to_owned()).collect();
    let verbs = changes().map(|action| format!("{}*", through_verb(action))).collect();
    let services = changes().filter_map(|action| Some(format!("{}:*", action.split_once(':')?.0))).collect();
    let but = json!(["account:*", "iam:*", "organizations:*", "sso:*", "sts:*"]);
    let rest = document(&[json!({ "Effect": "Allow", "NotAction": but, "Resource": "*" })]).to_string();
    [exact, verbs, services].map(with).into_iter().find(|policy| policy.len() <= MOST).unwrap_or(rest)
}

/// `ec2:DeleteVpcEndpoints` → `ec2:Delete`.
fn through_verb(action: &str) -> &str {
    let start = action.find(':').map_or(0, |colon| colon + 2);
    let end = action[start.min(action.len())..].find(|letter: char| letter.is_ascii_uppercase());
    end.map_or(action, |at| &action[..start + at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::permissions::actions;

    fn granted(use_case: UseCase) -> Vec<String> {
        let Some(policy) = session_policy(use_case) else { return Vec::new() };
        let policy: Value = serde_json::from_str(&policy).unwrap();
        let all =
            policy["Statement"].as_array().unwrap().iter().flat_map(|it| it["Action"].as_array().unwrap().clone());
        all.map(|action| action.as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn a_session_has_what_its_use_case_needs_and_fits() {
        for use_case in UseCase::ALL.into_iter().filter(|it| it.takes_organization() && !it.must_be_named()) {
            let length = session_policy(use_case).map_or(0, |policy| policy.len());
            assert!(length < MOST, "{use_case:?} {length}");
            let needed = actions(use_case);
            let missing: Vec<_> = needed.iter().filter(|it| !only_reads(it)).map(|it| (*it).to_owned()).collect();
            let mut changes: Vec<String> = granted(use_case).into_iter().filter(|it| !only_reads(it)).collect();
            changes.sort();
            assert_eq!(changes, missing, "{use_case:?}");
        }
    }

    #[test]
    fn a_sweep_and_a_check_only_read() {
        for use_case in [UseCase::Sweep, UseCase::Check] {
            assert!(granted(use_case).iter().all(|action| only_reads(action)), "{use_case:?}");
        }
        assert_eq!(granted(UseCase::Sweep), BEYOND_READ_ONLY);
        // An empty list of statements is no policy to AWS.
        assert_eq!(session_policy(UseCase::Check), None);
    }

    #[test]
    fn a_session_that_acts_has_the_calls_of_its_plan_as_far_as_they_fit() {
        let of = |actions: &[&str]| session_policy_of(&actions.iter().copied().collect());
        let few = of(&["ec2:DeleteVolume", "ec2:DescribeVolumes", "rds:DeleteDBInstance"]);
        assert!(few.contains("\"ec2:DeleteVolume\"") && few.contains("\"rds:DeleteDBInstance\""), "{few}");
        assert!(!few.contains("DescribeVolumes"), "{few}");
        assert_eq!(through_verb("ec2:DeleteVpcEndpoints"), "ec2:Delete");
        assert_eq!(through_verb("cassandra:Drop"), "cassandra:Drop");
        let many: Vec<String> = (0..100).map(|number| format!("ec2:DeleteThingOfNumber{number}")).collect();
        let many = of(&many.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(many.contains("\"ec2:Delete*\"") && !many.contains("ThingOf"), "{many}");
        let services: Vec<String> = (0..300).map(|number| format!("service{number}:DeleteThing")).collect();
        let rest = of(&services.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(rest.contains("NotAction") && rest.contains("iam:*"), "{rest}");
        for use_case in [UseCase::Stop, UseCase::Delete] {
            assert!(session_policy_of(&actions(use_case)).len() <= MOST);
        }
    }
}
