//! EKS clusters and Kubernetes versions as AWS returns them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::aws::api::{Operation, values};

/// The names of the region's clusters.
pub const CLUSTERS: Operation<String> = Operation::new("eks:ListClusters").at("clusters").shared();

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Cluster {
    pub arn: Option<String>,
    pub created_at: Option<Timestamp>,
    pub version: Option<String>,
    pub status: Option<Status>,
    pub tags: BTreeMap<String, String>,
    pub connector_config: Option<IgnoredAny>,
    pub outpost_config: Option<Outpost>,
    pub upgrade_policy: UpgradePolicy,
    pub compute_config: AutoMode,
    pub deletion_protection: bool,
    pub control_plane_scaling_config: ControlPlane,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Outpost {
    pub control_plane_instance_type: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct UpgradePolicy {
    pub support_type: Option<Support>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct AutoMode {
    pub enabled: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct ControlPlane {
    pub tier: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Version {
    pub cluster_version: Option<String>,
    pub version_status: Option<VersionStatus>,
    pub end_of_standard_support_date: Option<Timestamp>,
}

values! { pub enum Status { Deleting = "DELETING" } }
values! { pub enum Support { Standard = "STANDARD" } }
values! {
    pub enum VersionStatus {
        Standard = "STANDARD_SUPPORT",
        Extended = "EXTENDED_SUPPORT",
        Unsupported = "UNSUPPORTED",
    }
}
