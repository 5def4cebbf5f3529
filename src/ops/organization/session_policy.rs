//! The session policy of an assumed role: the session only reads, even if the role may do more.
//!
//! The sweep's own policy is longer than a session policy may be (2,048 characters). AWS's `ReadOnlyAccess` has nearly all of it; the
//! rest is written out.

use serde_json::json;

use crate::ops::permissions::document;

/// The permissions of the sweep that AWS's `ReadOnlyAccess` does not have. A test compares them with a copy of it.
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

/// The policy document beside `ReadOnlyAccess`.
#[must_use]
pub fn session_policy() -> String {
    let statement = json!({ "Effect": "Allow", "Action": BEYOND_READ_ONLY, "Resource": "*" });
    document(&[statement]).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The limit of STS for a session policy in a request.
    const MOST: usize = 2048;

    #[test]
    fn the_session_policy_fits_and_only_reads() {
        assert!(session_policy().len() < MOST, "{}", session_policy().len());
        let reads = |action: &&str| ["Describe", "Get", "List"].iter().any(|verb| action.contains(&format!(":{verb}")));
        assert!(BEYOND_READ_ONLY.iter().all(reads));
    }
}
