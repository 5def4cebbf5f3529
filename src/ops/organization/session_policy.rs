//! The session policy of an assumed role: the session has what its use case needs and no more, even if the role may do everything.
//!
//! A session policy is at most 2,048 characters, and the policy of a use case is longer. AWS's `ReadOnlyAccess` has nearly all that
//! is read; the rest, and every change, is written out.

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::permissions::actions;

    /// The limit of STS for a session policy in a request.
    const MOST: usize = 2048;

    fn granted(use_case: UseCase) -> Vec<String> {
        let Some(policy) = session_policy(use_case) else { return Vec::new() };
        let policy: Value = serde_json::from_str(&policy).unwrap();
        let all =
            policy["Statement"].as_array().unwrap().iter().flat_map(|it| it["Action"].as_array().unwrap().clone());
        all.map(|action| action.as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn a_session_has_what_its_use_case_needs_and_fits() {
        for use_case in UseCase::ALL.into_iter().filter(|it| it.takes_organization()) {
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
}
