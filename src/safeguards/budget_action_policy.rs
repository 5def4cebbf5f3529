//! The three policy documents of the budget action: its denials, its role's trust policy and its role's permissions.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::policy_document::{listed, plain};
use crate::model::AccountId;

/// The actions that start a recurring or a large charge: create, start, restore, reserve. Stopping, deleting and reading stay
/// possible, and so does charged use in small units (a Lambda call, a query, a stored file).
/// Amazon RDS's actions also serve Aurora, Neptune and `DocumentDB`.
pub(super) const DENIED: &[&str] = &[
    "acm-pca:CreateCertificateAuthority",
    "airflow:CreateEnvironment",
    "aoss:CreateCollection",
    "apprunner:CreateService",
    "apprunner:ResumeService",
    "appstream:CreateFleet",
    "appstream:StartFleet",
    "autoscaling:CreateAutoScalingGroup",
    "aws-marketplace:Subscribe",
    "batch:SubmitJob",
    "bedrock:CreateProvisionedModelThroughput",
    "cloudhsm:CreateHsm",
    "comprehend:CreateEndpoint",
    "dax:CreateCluster",
    "directconnect:CreateConnection",
    "dms:CreateReplicationInstance",
    "docdb-elastic:CreateCluster",
    "docdb-elastic:StartCluster",
    "ds:CreateDirectory",
    "ds:CreateMicrosoftAD",
    "ec2:AllocateAddress",
    "ec2:AllocateHosts",
    "ec2:CreateCapacityReservation",
    "ec2:CreateClientVpnEndpoint",
    "ec2:CreateFleet",
    "ec2:CreateNatGateway",
    "ec2:CreateTransitGateway",
    "ec2:CreateVolume",
    "ec2:CreateVpcEndpoint",
    "ec2:CreateVpnConnection",
    "ec2:PurchaseCapacityBlock",
    "ec2:PurchaseHostReservation",
    "ec2:PurchaseReservedInstancesOffering",
    "ec2:RequestSpotFleet",
    "ec2:RequestSpotInstances",
    "ec2:RunInstances",
    "ec2:StartInstances",
    "ecs:CreateService",
    "ecs:RunTask",
    "eks:CreateCluster",
    "eks:CreateNodegroup",
    "elasticache:CreateCacheCluster",
    "elasticache:CreateReplicationGroup",
    "elasticache:CreateServerlessCache",
    "elasticache:PurchaseReservedCacheNodesOffering",
    "elasticloadbalancing:CreateLoadBalancer",
    "elasticmapreduce:RunJobFlow",
    "es:CreateDomain",
    "es:CreateElasticsearchDomain",
    "es:PurchaseReservedInstanceOffering",
    "fsx:CreateFileSystem*",
    "gamelift:CreateFleet",
    "globalaccelerator:CreateAccelerator",
    "glue:StartJobRun",
    "kafka:CreateCluster*",
    "kendra:CreateIndex",
    "kinesis:CreateStream",
    "lightsail:CreateContainerService",
    "lightsail:CreateInstances*",
    "lightsail:CreateLoadBalancer",
    "lightsail:CreateRelationalDatabase*",
    "lightsail:StartInstance",
    "medialive:StartChannel",
    "memorydb:CreateCluster",
    "mq:CreateBroker",
    "neptune-graph:CreateGraph",
    "network-firewall:CreateFirewall",
    "quicksight:CreateAccountSubscription",
    "rds:CreateDBCluster",
    "rds:CreateDBInstance*",
    "rds:PurchaseReservedDBInstancesOffering",
    "rds:RestoreDB*",
    "rds:StartDB*",
    "redshift-serverless:CreateWorkgroup",
    "redshift:CreateCluster",
    "redshift:PurchaseReservedNodeOffering",
    "redshift:RestoreFromClusterSnapshot",
    "redshift:ResumeCluster",
    "rekognition:StartProjectVersion",
    "route53domains:RegisterDomain",
    "route53domains:TransferDomain",
    "sagemaker:CreateApp",
    "sagemaker:CreateCluster",
    "sagemaker:CreateEndpoint",
    "sagemaker:CreateNotebookInstance",
    "sagemaker:CreateProcessingJob",
    "sagemaker:CreateTrainingJob",
    "sagemaker:CreateTransformJob",
    "sagemaker:StartNotebookInstance",
    "savingsplans:CreateSavingsPlan",
    "shield:CreateSubscription",
    "timestream-influxdb:CreateDbInstance",
    "transfer:CreateServer",
    "transfer:StartServer",
    "workspaces:CreateWorkspaces",
    "workspaces:StartWorkspaces",
];

/// The policy that is attached to the targets.
pub(super) fn denies() -> Value {
    document(&json!({ "Sid": "GuardrailDenyCostlyStarts", "Effect": "Deny", "Action": DENIED, "Resource": "*" }))
}

/// Only AWS Budgets, for this account only, may assume the role; AWS requires the wildcard.
pub(super) fn trusts(account: &AccountId) -> Value {
    document(&json!({
        "Sid": "GuardrailBudgets",
        "Effect": "Allow",
        "Principal": { "Service": "budgets.amazonaws.com" },
        "Action": "sts:AssumeRole",
        "Condition": {
            "StringEquals": { "aws:SourceAccount": account },
            "ArnLike": { "aws:SourceArn": format!("arn:aws:budgets::{account}:budget/*") },
        },
    }))
}

/// The role can attach and detach our policy, and nothing else.
pub(super) fn may(policy: &str) -> Value {
    let actions = ["Attach", "Detach"]
        .into_iter()
        .flat_map(|verb| ["Group", "Role", "User"].map(|whom| format!("iam:{verb}{whom}Policy")));
    document(&json!({
        "Sid": "GuardrailAttachDetach",
        "Effect": "Allow",
        "Action": actions.collect::<Vec<_>>(),
        "Resource": "*",
        "Condition": { "ArnEquals": { "iam:PolicyARN": policy } },
    }))
}

fn document(statement: &Value) -> Value {
    json!({ "Version": "2012-10-17", "Statement": [statement] })
}

/// The statements of a document by id, those without an id by position, each normalised, so that a statement added to our own
/// document is detected.
pub(super) fn statements(document: &Value) -> BTreeMap<String, Value> {
    let named = listed(Some(document)).into_iter().enumerate().map(|(place, mut statement)| {
        let id = statement.as_object_mut().and_then(|fields| fields.remove("Sid"));
        let id = id.as_ref().and_then(Value::as_str).map_or_else(|| format!("statement {}", place + 1), str::to_owned);
        (id, plain(&statement))
    });
    named.collect()
}

/// Decodes IAM's percent-encoded document; `Null` if it cannot be parsed.
pub(super) fn decoded(text: &str) -> Value {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut hex = || char::from(rest.next()?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        bytes.push(match byte {
            b'%' => hex().zip(hex()).map_or(b'?', |(high, low)| high * 16 + low),
            other => other,
        });
    }
    serde_json::from_slice(&bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_denial_fits_into_a_managed_policy_and_never_denies_stopping() {
        assert!(denies().to_string().len() <= 6144, "{}", denies().to_string().len());
        assert_eq!(DENIED.iter().collect::<BTreeSet<_>>().len(), DENIED.len());
        for ends in ["Delete", "Terminate", "Stop", "Describe", "Get", "List", "Release"] {
            let denied = |action: &&&str| action.split_once(':').unwrap().1.starts_with(ends);
            assert_eq!(DENIED.iter().find(denied), None);
        }
    }

    #[test]
    fn the_role_attaches_our_policy_and_no_other() {
        let may = may("arn:aws:iam::123456789012:policy/guardrail/x");
        assert_eq!(may["Statement"][0]["Action"].as_array().unwrap().len(), 6);
        let only = json!({ "ArnEquals": { "iam:PolicyARN": "arn:aws:iam::123456789012:policy/guardrail/x" } });
        assert_eq!(may["Statement"][0]["Condition"], only);
    }

    #[test]
    fn a_document_reads_the_same_encoded_or_not_and_an_addition_shows() {
        let trusts = trusts(&"123456789012".parse().unwrap());
        let encoded = trusts.to_string().bytes().fold(String::new(), |encoded, byte| encoded + &format!("%{byte:02X}"));
        assert_eq!(decoded(&encoded), trusts);
        assert_eq!(decoded(&trusts.to_string()), trusts);
        let mut wider = trusts.clone();
        wider["Statement"].as_array_mut().unwrap().push(json!({ "Effect": "Allow" }));
        assert_eq!(statements(&trusts).len() + 1, statements(&wider).len());
        assert_eq!(decoded("%zz"), Value::Null);
    }
}
