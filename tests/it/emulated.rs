//! One resource of each type that an emulator supports, created by boto3: every one is found, and nothing else.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::emulators::Emulator;
use crate::recording::Recording;
use crate::world::World;
use crate::{proxy, validity};

/// The types of the catalogue that moto supports, besides those of `moto.rs`.
pub const MOTO: &[&str] = &[
    "api-gateway-cache",
    "comprehend-endpoint",
    "dax-cluster",
    "directory",
    "dynamodb-backup",
    "dynamodb-table",
    "ec2-dedicated-host",
    "ec2-transit-gateway-attachment",
    "ec2-vpc-endpoint",
    "ec2-vpn-connection",
    "ecs-service",
    "efs-file-system",
    "elasticache-cluster",
    "emr-cluster",
    "emr-serverless-application",
    "fsx-backup",
    "fsx-file-system",
    "glacier-vault",
    "glue-dev-endpoint",
    "glue-session",
    "guardduty-detector",
    "health-check",
    "hosted-zone",
    "kinesis-stream",
    "kms-key",
    "mediaconnect-flow",
    "medialive-channel",
    "medialive-input",
    "memorydb-cluster",
    "mq-broker",
    "network-firewall",
    "opensearch-serverless-collection",
    "payment-cryptography-key",
    "private-ca",
    "redshift-cluster",
    "route53-resolver-endpoint",
    "sagemaker-endpoint",
    "sagemaker-notebook-instance",
    "secret",
    "timestream-influxdb-instance",
    "timestream-table",
    "transfer-server",
    "vpc-lattice-service",
    "waf-web-acl",
    "workspace",
];

/// The types that ministack supports, besides those that `init` creates.
pub const MINISTACK: &[&str] = &[
    "bedrock-provisioned-throughput",
    "cloudwatch-alarm",
    "dsql-cluster",
    "dynamodb-backup",
    "dynamodb-table",
    "ecs-service",
    "efs-file-system",
    "elasticache-serverless-cache",
    "health-check",
    "hosted-zone",
    "inspector",
    "kinesis-stream",
    "kms-key",
    "mq-broker",
    "mwaa-environment",
    "opensearch-serverless-collection",
    "secret",
    "ssm-parameter",
    "transfer-server",
    "waf-web-acl",
];

/// Creates everything and sweeps these types: the report has one of each, and nothing else.
fn found(emulator: &Emulator, name: &str, types: &[&str]) {
    let made: Vec<[String; 2]> = serde_json::from_value(emulator.python("everything.py", &[name])).unwrap();
    let made_types: BTreeSet<&str> = made.iter().map(|[resource, _]| &**resource).collect();
    assert_eq!(made_types, types.iter().copied().collect::<BTreeSet<_>>());
    let proxy = proxy::before(&emulator.url);
    let line = format!(
        "sweep --no-bill --offline-prices --format json --regions ap-northeast-1 --resources {}",
        types.join(",")
    );
    let report = World::new().endpoint(&proxy.url).run(&line).exits(10).json();
    assert_eq!(report["gaps"], Value::Array(Vec::new()));
    let findings = report["findings"].as_array().unwrap();
    let is = |finding: &Value, [resource, id]: &[String; 2]| {
        let named = |key: &str| finding[key].as_str().is_some_and(|text| text.contains(&**id));
        finding["resource"] == **resource && (named("id") || named("arn") || named("name"))
    };
    let missing: Vec<_> = made.iter().filter(|made| !findings.iter().any(|it| is(it, made))).collect();
    assert!(missing.is_empty(), "made and not found: {missing:#?}\nof {findings:#?}");
    let foreign: Vec<_> = findings.iter().filter(|it| !made.iter().any(|made| is(it, made))).collect();
    assert!(foreign.is_empty(), "found and not made: {foreign:#?}");
    proven(&proxy.recording);
}

fn proven(recording: &Recording) {
    assert_eq!(recording.mutating(), BTreeSet::new(), "a sweep changes nothing");
    assert_eq!(recording.undeclared(), BTreeSet::new(), "IAM actions that `guardrail policy` would not grant");
    validity::prove(recording);
}

#[test]
fn every_type_that_moto_supports_is_found() {
    found(&Emulator::moto(), "moto", MOTO);
}

#[test]
fn every_type_that_ministack_supports_is_found() {
    found(&Emulator::ministack(), "ministack", MINISTACK);
}
