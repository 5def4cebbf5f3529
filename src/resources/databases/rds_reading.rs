//! Instances and clusters of RDS, Aurora, DocumentDB and Neptune, which share one API, and the charges of each state.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Note};
use crate::resources::reading::{non_empty, tag_list};

pub const INSTANCES: Operation<Instance> = Operation::new("rds:DescribeDBInstances").at("DBInstances").shared();
pub const CLUSTERS: Operation<Cluster> = Operation::new("rds:DescribeDBClusters").at("DBClusters").shared();

#[derive(Deserialize, Default, Clone)]
#[serde(rename_all = "PascalCase", default)]
pub struct Instance {
    #[serde(rename = "DBInstanceIdentifier")]
    pub id: String,
    #[serde(rename = "DBInstanceArn")]
    pub arn: Option<String>,
    #[serde(rename = "DBInstanceClass")]
    pub class: String,
    #[serde(rename = "DBInstanceStatus")]
    pub status: Option<String>,
    #[serde(rename = "DBClusterIdentifier", deserialize_with = "non_empty")]
    pub cluster_id: Option<String>,
    pub engine: String,
    pub engine_version: String,
    pub engine_lifecycle_support: Option<String>,
    pub license_model: Option<String>,
    #[serde(rename = "MultiAZ")]
    pub multi_az: Option<bool>,
    pub instance_create_time: Option<Timestamp>,
    pub automatic_restart_time: Option<Timestamp>,
    pub storage_type: Option<String>,
    pub allocated_storage: Option<Decimal>,
    pub iops: Option<Decimal>,
    pub storage_throughput: Option<Decimal>,
    pub dedicated_log_volume: bool,
    pub additional_storage_volumes: Vec<Volume>,
    pub database_insights_mode: Option<Insights>,
    pub performance_insights_enabled: Option<bool>,
    pub performance_insights_retention_period: Option<Decimal>,
    #[serde(rename = "ReadReplicaSourceDBInstanceIdentifier", deserialize_with = "non_empty")]
    pub replica_of_instance: Option<String>,
    #[serde(rename = "ReadReplicaSourceDBClusterIdentifier", deserialize_with = "non_empty")]
    pub replica_of_cluster: Option<String>,
    #[serde(rename = "ReadReplicaDBInstanceIdentifiers")]
    pub replicas: Vec<String>,
    pub deletion_protection: bool,
    #[serde(deserialize_with = "tag_list")]
    pub tag_list: BTreeMap<String, String>,
}

/// An additional volume of an instance.
#[derive(Deserialize, Default, Clone)]
#[serde(rename_all = "PascalCase", default)]
pub struct Volume {
    pub storage_type: Option<String>,
    pub allocated_storage: Option<Decimal>,
    #[serde(rename = "IOPS")]
    pub iops: Option<Decimal>,
    pub storage_throughput: Option<Decimal>,
}

#[derive(Deserialize, Default, Clone)]
#[serde(rename_all = "PascalCase", default)]
pub struct Cluster {
    #[serde(rename = "DBClusterIdentifier")]
    pub id: Option<String>,
    #[serde(rename = "DBClusterArn")]
    pub arn: Option<String>,
    #[serde(rename = "DBClusterInstanceClass")]
    pub instance_class: Option<String>,
    #[serde(rename = "DBClusterMembers")]
    pub members: Vec<IgnoredAny>,
    pub status: Option<String>,
    pub engine: String,
    pub engine_mode: Option<String>,
    pub engine_version: String,
    pub engine_lifecycle_support: Option<String>,
    pub capacity: Option<Decimal>,
    pub serverless_v2_scaling_configuration: Option<Scaling>,
    pub cluster_create_time: Option<Timestamp>,
    pub automatic_restart_time: Option<Timestamp>,
    pub storage_type: Option<String>,
    pub allocated_storage: Option<Decimal>,
    pub iops: Option<Decimal>,
    pub storage_throughput: Option<Decimal>,
    pub database_insights_mode: Option<Insights>,
    pub performance_insights_enabled: Option<bool>,
    pub performance_insights_retention_period: Option<Decimal>,
    pub global_cluster_identifier: Option<String>,
    pub deletion_protection: bool,
    #[serde(deserialize_with = "tag_list")]
    pub tag_list: BTreeMap<String, String>,
}

#[derive(Deserialize, Default, Clone)]
#[serde(rename_all = "PascalCase", default)]
pub struct Scaling {
    pub min_capacity: Option<Decimal>,
}

values! { pub enum Insights { Advanced = "advanced" } }

/// The region's instances.
pub async fn instances(cx: &Cx) -> Result<Vec<Instance>> {
    cx.ask(&INSTANCES).with("MaxRecords", 100).all().await
}

/// The region's clusters.
pub async fn clusters(cx: &Cx) -> Result<Vec<Cluster>> {
    cx.ask(&CLUSTERS).with("MaxRecords", 100).all().await
}

/// The charges in each status (AWS's own table); `None` means free. An unknown status counts as charged in full, and so does
/// `creating`: a restore is charged while it is created, and everything else soon after.
pub fn billing(status: Option<&str>) -> Option<Billing> {
    match status.unwrap_or_default().to_ascii_lowercase().as_str() {
        "starting" | "stopped" | "stopping" | "inaccessible-encryption-credentials-recoverable" => {
            Some(Billing::Stopped)
        }
        "delete-precheck"
        | "deleting"
        | "failed"
        | "inaccessible-encryption-credentials"
        | "incompatible-create"
        | "incompatible-network"
        | "incompatible-restore"
        | "insufficient-capacity"
        | "upgrade-failed" => None,
        _ => Some(Billing::Running),
    }
}

/// When AWS starts a stopped database again.
pub fn restart(status: Option<&str>, at: Option<Timestamp>) -> Option<Note> {
    match status.unwrap_or_default().to_ascii_lowercase().as_str() {
        "starting" => Some(Note::new("starts-now")),
        "stopped" | "stopping" => {
            let week = || Note::new("restarts-by-itself-week");
            Some(at.map_or_else(week, |at| Note::with("restarts-by-itself", at)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_charged_as_in_the_table_of_aws() {
        for status in [Some("available"), Some("Storage-Full"), Some("creating"), Some("something-new"), None] {
            assert_eq!(billing(status), Some(Billing::Running), "{status:?}");
        }
        for status in ["starting", "Stopped", "stopping", "inaccessible-encryption-credentials-recoverable"] {
            assert_eq!(billing(Some(status)), Some(Billing::Stopped), "{status}");
        }
        for status in ["deleting", "failed", "incompatible-restore", "inaccessible-encryption-credentials"] {
            assert_eq!(billing(Some(status)), None, "{status}");
        }
    }
}
