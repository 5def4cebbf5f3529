//! The steps of a command of the AWS CLI: service, operation and input of each call.

use std::collections::BTreeSet;

use serde_json::Map;

use super::shorthand::value;
use super::table::{self, Kind, Leaf};
use crate::model::{Command, Step};

/// What each step of a command calls; `None` if a part of it is not in the table.
#[must_use]
pub fn steps(command: &Command) -> Option<Vec<Step>> {
    let read = |command: Command| {
        let words = command.steps().next().unwrap_or_default().to_vec();
        let step = step(&words)?;
        Some(Step { command: command.to_string(), ..step })
    };
    command.each().map(read).collect()
}

fn step(words: &[String]) -> Option<Step> {
    let [aws, service, command, rest @ ..] = words else { return None };
    if aws != "aws" {
        return None;
    }
    if service == "s3" {
        return of_bucket(command, rest);
    }
    let (name, rest) = match rest {
        [waiter, rest @ ..] if command == "wait" => (format!("{service} wait {waiter}"), rest),
        _ => (format!("{service} {command}"), rest),
    };
    let call = table::call(&name)?;
    let (service, operation) = call.operation.split_once(':')?;
    let mut input = Map::new();
    for (option, words) in options(rest)? {
        if option == "region" {
            continue;
        }
        let (yes, (member, kind)) = match call.options.get(option) {
            Some(known) => (true, known),
            None => (false, call.options.get(option.strip_prefix("no-")?)?),
        };
        let given = match kind {
            Kind::Leaf(Leaf::Boolean) if words.is_empty() => yes.into(),
            Kind::Leaf(Leaf::Boolean) => return None,
            _ if yes => value(kind, &words)?,
            _ => return None,
        };
        input.insert(member.clone(), given);
    }
    Some(Step {
        service: service.to_owned(),
        operation: operation.to_owned(),
        input,
        until: call.until.clone(),
        empties: false,
        command: String::new(),
    })
}

/// Each option, without its dashes, and its values.
fn options(words: &[String]) -> Option<Vec<(&str, Vec<String>)>> {
    let mut given: Vec<(&str, Vec<String>)> = Vec::new();
    for word in words {
        match word.strip_prefix("--") {
            Some(option) => match option.split_once('=') {
                Some((option, value)) => given.push((option, vec![value.to_owned()])),
                None => given.push((option, Vec::new())),
            },
            None => given.last_mut()?.1.push(word.clone()),
        }
    }
    let names: BTreeSet<&str> = given.iter().map(|(option, _)| *option).collect();
    (names.len() == given.len()).then_some(given)
}

/// `aws s3 rb s3://BUCKET --force`, `aws s3 rm s3://BUCKET --recursive`: the AWS CLI's own commands.
fn of_bucket(command: &str, rest: &[String]) -> Option<Step> {
    let [address, flag, ..] = rest else { return None };
    let operation = match (command, flag.as_str()) {
        ("rb", "--force") => "DeleteBucket",
        ("rm", "--recursive") => "DeleteObjects",
        _ => return None,
    };
    let bucket = address.strip_prefix("s3://").filter(|bucket| !bucket.is_empty() && !bucket.contains('/'))?;
    Some(Step {
        service: "s3".to_owned(),
        operation: operation.to_owned(),
        input: Map::from_iter([("Bucket".to_owned(), bucket.into())]),
        until: None,
        empties: true,
        command: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(text: &str) -> Option<Vec<Step>> {
        steps(&Command::from(text.to_owned()))
    }

    #[test]
    fn a_command_is_a_call_of_each_step() {
        let text = "aws ec2 delete-volume --volume-id vol-1 --region eu-west-1";
        let all = read(&format!("{text} && aws ec2 release-address --allocation-id=-x --region eu-west-1")).unwrap();
        assert_eq!(all[0].command, text);
        let said: Vec<_> = all.iter().map(|it| (&*it.service, &*it.operation, json!(it.input))).collect();
        assert_eq!(
            said,
            [
                ("ec2", "DeleteVolume", json!({ "VolumeId": "vol-1" })),
                ("ec2", "ReleaseAddress", json!({ "AllocationId": "-x" })),
            ]
        );
    }

    #[test]
    fn flags_lists_and_waiters_are_read() {
        let one = |text: &str| read(text).unwrap().remove(0);
        assert_eq!(json!(one("aws guardduty update-detector --detector-id d --no-enable").input)["Enable"], false);
        let emr = one("aws emr modify-cluster-attributes --cluster-id j-1 --no-termination-protected");
        assert_eq!(emr.operation, "SetTerminationProtection");
        assert_eq!(json!(emr.input), json!({ "JobFlowIds": ["j-1"], "TerminationProtected": false }));
        let wait = one("aws ec2 wait instance-terminated --instance-ids i-1");
        assert_eq!((&*wait.operation, wait.until.as_deref()), ("DescribeInstances", Some("InstanceTerminated")));
        let bucket = one("aws s3 rb s3://study --force --region us-east-1");
        assert!(bucket.empties && bucket.operation == "DeleteBucket");
    }

    #[test]
    fn what_the_table_lacks_is_no_call() {
        for text in [
            "aws ec2 delete-everything --volume-id vol-1",
            "aws ec2 delete-volume --volume vol-1",
            "aws ec2 delete-volume --volume-id vol-1 vol-2",
            "aws ec2 delete-volume --volume-id vol-1 --volume-id vol-2",
            "aws ec2 delete-volume --no-volume-id vol-1",
            "aws guardduty update-detector --detector-id d --enable yes",
            "aws s3 rb s3://study/folder --force",
            "aws s3 rb s3://study",
            "rm -rf /",
            "",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
