//! The IAM actions that remedies require.

use super::table;
use crate::aws::api::action;
use crate::model::{Step, Verb};

/// What emptying a bucket requires; of these the AWS CLI's command, which leaves old versions, needs only the list and the deletion.
const EMPTIES: &[&str] = &[
    "s3:AbortMultipartUpload",
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:ListBucket",
    "s3:ListBucketMultipartUploads",
    "s3:ListBucketVersions",
];

/// What AWS requires in addition to an operation's own action (Service Authorization Reference).
const ALSO: &[(&str, &str)] = &[
    ("bedrock:DeleteMarketplaceModelEndpoint", "sagemaker:DeleteEndpoint"),
    ("ec2:DeregisterImage", "ec2:DeleteSnapshot"),
    ("networkmonitor:DeleteMonitor", "networkmonitor:DeleteProbe"),
];

/// The IAM actions that a step requires.
#[must_use]
pub fn actions(step: &Step) -> Vec<&'static str> {
    let bucket = step.input.get("Bucket").and_then(serde_json::Value::as_str);
    let operations = match (step.empties, step.operation.as_str()) {
        _ if bucket.is_some_and(|bucket| bucket.ends_with("--x-s3")) => {
            vec![if step.empties { "s3express:CreateSession" } else { "s3express:DeleteBucket" }]
        }
        (true, "DeleteBucket") => vec!["s3:Empty", "s3:DeleteBucket"],
        (true, _) => vec!["s3:Empty"],
        _ => table::operation(&format!("{}:{}", step.service, step.operation)).into_iter().collect(),
    };
    operations.into_iter().flat_map(of_operation).collect()
}

/// The IAM actions that all commands of a type require, also where it is the owner of other things.
#[must_use]
pub fn of_type(resource: &str, verb: Verb) -> Vec<&'static str> {
    let verb = if verb == Verb::Stop { "stop" } else { "delete" };
    table::of_type(resource, verb).iter().flat_map(|operation| of_operation(operation)).collect()
}

fn of_operation(operation: &'static str) -> Vec<&'static str> {
    if operation == "s3:Empty" {
        return EMPTIES.to_vec();
    }
    let also = ALSO.iter().filter(|(of, _)| *of == operation).map(|(_, also)| *also);
    [action(operation)].into_iter().chain(also).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::remedy::steps;
    use crate::model::Command;

    fn of(command: &str) -> Vec<&'static str> {
        steps(&Command::from(command.to_owned())).unwrap().iter().flat_map(actions).collect()
    }

    #[test]
    fn some_operations_require_other_actions() {
        assert_eq!(of("aws keyspaces delete-table --keyspace-name a --table-name b"), ["cassandra:Drop"]);
        assert_eq!(of("aws ec2 deregister-image --image-id ami-1"), ["ec2:DeregisterImage", "ec2:DeleteSnapshot"]);
        assert_eq!(of("aws docdb delete-db-instance --db-instance-identifier a"), ["rds:DeleteDBInstance"]);
        assert_eq!(of("aws s3 rb s3://a --force").len(), EMPTIES.len() + 1);
        let directory =
            "aws s3 rm s3://a--use1-az4--x-s3 --recursive && aws s3api delete-bucket --bucket a--use1-az4--x-s3";
        assert_eq!(of(directory), ["s3express:CreateSession", "s3express:DeleteBucket"]);
    }

    #[test]
    fn stopping_requires_less_than_deleting() {
        assert_eq!(of_type("ec2-instance", Verb::Stop), ["ec2:StopInstances"]);
        assert!(of_type("ec2-instance", Verb::Delete).contains(&"ec2:TerminateInstances"));
        assert_eq!(of_type("kms-key", Verb::Stop), Vec::<&str>::new());
    }
}
