//! The policies of `guardrail policy` are sufficient for their commands, and contain nothing unnecessary.

use std::collections::BTreeSet;

use futures::stream::{self, StreamExt};
use guardrail::model::{Gap, Region};
use guardrail::ops::sweep::{self, Options};
use guardrail::resources;
use guardrail::safeguards::Logs;
use serde_json::{Value, json};

use crate::account::{Account, block_on, http};
use crate::emulators::{ENFORCING, Emulator};
use crate::gate::Gate;
use crate::sweeps::only;
use crate::world::World;

type Actions = BTreeSet<String>;

/// Actions that ministack requires where AWS requires the one on the left.
const ASKED_FOR_INSTEAD: [(&str, &[&str]); 2] = [
    ("budgets:ViewBudget", &["budgets:Describe*"]),
    ("budgets:ModifyBudget", &["budgets:Create*", "budgets:Update*", "budgets:Delete*"]),
];

/// Permissions that a plain run of a command does not use by name, and when they are needed.
const NEEDED_WHEN: &[(&str, &str, &str)] = &[
    ("init", "budgets:TagResource", "required in addition to CreateBudget, which sends the tag"),
    ("init", "cloudtrail:DeleteTrail", "the profile no longer wants the trail"),
    ("init", "cloudtrail:UpdateTrail", "a person changed the trail"),
    ("init", "cloudwatch:DeleteAlarms", "the profile no longer wants an alarm"),
    ("init", "cloudwatch:TagResource", "required in addition to PutMetricAlarm, which sends the tag"),
    ("init", "s3:DeleteBucket", "the profile no longer wants the trail"),
    ("init", "s3:PutBucketTagging", "a person removed the tag"),
    ("init", "s3:TagResource", "required in addition to CreateBucket, which sends the tag"),
    ("init", "sns:SetTopicAttributes", "a person changed the policy of the topic"),
    ("init", "sns:TagResource", "required in addition to CreateTopic, which sends the tag"),
    ("init", "budgets:DeleteBudgetAction", "the profile no longer wants the action"),
    ("init", "budgets:UpdateBudgetAction", "a person changed the action"),
    ("init", "ce:DeleteAnomalyMonitor", "the profile no longer wants it"),
    ("init", "ce:DeleteAnomalySubscription", "the profile no longer wants it"),
    ("init", "ce:TagResource", "a person removed the tag"),
    ("init", "ce:UpdateAnomalySubscription", "a person changed the subscription"),
    ("init", "iam:CreatePolicyVersion", "a person changed the policy"),
    ("init", "iam:DeletePolicy", "the profile no longer wants the action"),
    ("init", "iam:DeletePolicyVersion", "a person changed the policy"),
    ("init", "iam:DeleteRole", "the profile no longer wants the action"),
    ("init", "iam:DeleteRolePolicy", "the profile no longer wants the action"),
    ("init", "iam:DetachGroupPolicy", "the policy of an action no longer wanted is attached"),
    ("init", "iam:DetachRolePolicy", "the policy of an action no longer wanted is attached"),
    ("init", "iam:DetachUserPolicy", "the policy of an action no longer wanted is attached"),
    ("init", "iam:ListEntitiesForPolicy", "the profile no longer wants the action"),
    ("init", "iam:ListPolicyVersions", "a person changed the policy"),
    ("init", "iam:PassRole", "required in addition to CreateBudgetAction, which names the role"),
    ("init", "iam:TagPolicy", "required in addition to CreatePolicy, which sends the tag"),
    ("init", "iam:TagRole", "required in addition to CreateRole, which sends the tag"),
    ("init", "iam:UpdateAssumeRolePolicy", "a person changed the trust policy"),
    ("init", "ec2:DescribeRegions", "an organisation denies the topic in us-east-1"),
    ("check", "ec2:DescribeRegions", "an organisation denies the topic in us-east-1"),
    ("remove", "ec2:DescribeRegions", "an organisation denies the topic in us-east-1"),
    ("check", "cloudwatch:ListMetrics", "the preference is disabled or cannot be read"),
    ("remove", "cloudwatch:ListMetrics", "the preference is disabled or cannot be read"),
    ("remove", "iam:DeletePolicyVersion", "the policy was changed before"),
    ("remove", "iam:DetachGroupPolicy", "the policy is attached to a group"),
    ("remove", "iam:DetachRolePolicy", "the policy is attached to a role"),
    ("remove", "iam:DetachUserPolicy", "the policy is attached to a user"),
    ("remove", "s3:DeleteObjectVersion", "required in addition to DeleteObjects, for objects with versions"),
    ("sweep", "es:DescribeDomains", "there are search domains"),
    ("sweep", "elasticloadbalancing:DescribeTags", "there are load balancers"),
    ("sweep", "rds:DescribeDBMajorEngineVersions", "a database is enrolled in extended support"),
    ("sweep", "cloudwatch:GetMetricStatistics", "the sweep is compared with the bill"),
    ("sweep", "cloudwatch:ListMetrics", "the sweep is compared with the bill"),
    ("sweep", "pricing:GetProducts", "a finding has a price"),
];

/// Further permissions that the runs below do not need, and why.
const NOT_MISSED: [(&str, &str); 13] = [
    ("cloudwatch:DeleteAlarms", "ministack authorizes no CBOR call"),
    ("cloudwatch:DescribeAlarms", "ministack authorizes no CBOR call"),
    ("cloudwatch:GetMetricStatistics", "ministack authorizes no CBOR call"),
    ("cloudwatch:ListMetrics", "ministack authorizes no CBOR call"),
    ("cloudwatch:ListTagsForResource", "ministack authorizes no CBOR call"),
    ("cloudwatch:PutMetricAlarm", "ministack authorizes no CBOR call"),
    ("freetier:GetAccountPlanState", "without it the plan is unknown"),
    ("notifications-contacts:ListEmailContacts", "without it no address is known to be verified"),
    ("organizations:DescribeOrganization", "without it the kind of account is unknown"),
    ("sns:GetSubscriptionAttributes", "an address that has not confirmed has no filter to read"),
    ("iam:ListAccountAliases", "without it the account has no name, only its number"),
    ("s3:DeleteObject", "there are no logs in the trail's bucket"),
    ("s3:DeleteObjectVersion", "there are no logs in the trail's bucket"),
];

/// The types that ministack guards with its IAM; for every other one `types.rs` removes each permission.
const TYPES: [&str; 11] = [
    "ec2-instance",
    "ec2-volume",
    "ec2-snapshot",
    "ec2-address",
    "ec2-nat-gateway",
    "load-balancer",
    "classic-load-balancer",
    "rds-instance",
    "rds-cluster",
    "rds-snapshot",
    "opensearch-domain",
];

const COMMANDS: [&str; 4] = ["init", "check", "remove", "sweep"];

/// The printed permissions of a command; of the sweep's, without those of other types.
fn printed(command: &str) -> Actions {
    let policy = World::new().run(&format!("policy {command}")).exits(0).json();
    let actions = policy["Statement"].as_array().unwrap().iter().flat_map(|it| it["Action"].as_array().unwrap());
    let printed: Actions = actions.map(|action| action.as_str().unwrap().to_owned()).collect();
    let reads = |chosen: bool| {
        let types = resources::ALL.iter().filter(move |it| TYPES.contains(&it.id) == chosen);
        types.flat_map(|it| it.reads()).map(|action| (*action).to_owned()).collect::<Actions>()
    };
    let kept = Actions::from(["cloudwatch:GetMetricStatistics", "cloudwatch:ListMetrics"].map(str::to_owned));
    if command == "sweep" { &printed - &(&(&reads(false) - &reads(true)) - &kept) } else { printed }
}

/// Runs a command; returns the permissions reported as missing, and the actions that need them.
async fn missing(command: &str, account: &Account, gate: &Gate) -> Actions {
    let http = gate.client();
    let report = match command {
        "init" => account.init(http).await.map(|report| report.gaps),
        "check" => account.check(http).await.map(|report| report.gaps),
        "remove" => account.remove(http, Logs::Delete).await.map(|report| report.gaps),
        _ => swept(account, gate).await,
    };
    match report {
        Ok(gaps) => gaps.into_iter().filter_map(|gap| gap.action).collect(),
        Err(error) => error.action.into_iter().collect(),
    }
}

async fn swept(account: &Account, gate: &Gate) -> guardrail::error::Result<Vec<Gap>> {
    let options = Options { at_once: 8, ..only(Region::home(), &TYPES) };
    let sdk = account.sdk(gate.client());
    let report = sweep::sweep(&sdk, &account.inputs.account, &options, std::future::pending(), |_| {}).await?;
    Ok(report.gaps)
}

/// The account of a user with only these permissions, in the state that the command expects.
async fn found(command: &str, account: &Account) {
    if matches!(command, "check" | "remove") {
        let _ = account.init(Gate::new(&http(), None).client()).await.unwrap();
    }
}

fn for_ministack<'a>(actions: impl IntoIterator<Item = &'a String>) -> Vec<&'a str> {
    let instead = |action: &str| ASKED_FOR_INSTEAD.iter().find(|(asked, _)| *asked == action).map(|(_, names)| *names);
    let all = actions.into_iter();
    all.flat_map(|action| instead(action).map_or_else(|| vec![&**action], <[&str]>::to_vec)).collect()
}

fn needed_at_times(command: &str) -> Actions {
    let of_it = NEEDED_WHEN.iter().filter(|(of, ..)| *of == command);
    of_it.map(|(_, action, _)| (*action).to_owned()).collect()
}

#[test]
fn policies_have_every_used_permission_and_no_others() {
    let stack = Emulator::ministack();
    for (index, command) in COMMANDS.into_iter().enumerate() {
        let account = Account::new(&stack, 1 + index);
        block_on(found(command, &account));
        if command == "remove" {
            let _ = stack.python("drift.py", &["log", account.number()]);
        }
        let used: Actions = block_on(async {
            let gate = Gate::new(&http(), None);
            let _ = missing(command, &account, &gate).await;
            gate.actions().into_iter().filter(|action| action != "sts:GetCallerIdentity").collect()
        });
        let printed = printed(command);
        assert_eq!(&used - &printed, Actions::new(), "{command} calls what its policy does not allow");
        let said = NEEDED_WHEN.iter().filter(|(of, ..)| of.split(' ').any(|it| it == command));
        let said: Actions = said.map(|(_, action, _)| (*action).to_owned()).collect();
        assert_eq!(&printed - &used, said, "{command}: printed and not called, compared with NEEDED_WHEN");
    }
}

#[test]
fn each_command_works_with_its_policy_and_names_each_missing_permission() {
    let stack = Emulator::start(ENFORCING);
    let not_missed: Actions = NOT_MISSED.iter().map(|(action, _)| (*action).to_owned()).collect();
    let (mut unmissed, mut taken_away, mut named_gone) = (Actions::new(), 0, 0);
    for (index, command) in COMMANDS.into_iter().enumerate() {
        let printed = printed(command);
        // Remove all optional permissions in one run: if none is reported then, each alone would not be either.
        let silent = &printed & &(&needed_at_times(command) | &not_missed);
        let one = |action: &String| BTreeSet::from([action.clone()]);
        let gone: Vec<Actions> =
            [Actions::new(), silent.clone()].into_iter().chain((&printed - &silent).iter().map(one)).collect();
        // A read-only command leaves the account unchanged for the next user.
        let reads = matches!(command, "check" | "sweep");
        let number = |nth: usize| 1000 * (index + 1) + if reads { 0 } else { nth };
        let roots: Vec<Account> = (0..gone.len()).map(|nth| Account::new(&stack, number(nth))).collect();
        let homes = if reads { &roots[..1] } else { &roots[..] };
        block_on(async {
            stream::iter(homes).for_each_concurrent(8, async |root| found(command, root).await).await;
        });
        let users = roots.iter().zip(&gone);
        let users = users.map(|(root, gone)| json!({ "number": root.number(), "without": for_ministack(gone) }));
        let (actions, users) = (Value::from(for_ministack(&printed)), users.collect::<Value>());
        let keys = stack.python("users.py", &[&actions.to_string(), &users.to_string()]);
        let named: Vec<Actions> = block_on(async {
            let http = http();
            let users = gone.iter().zip(keys.as_array().unwrap()).enumerate().map(|(nth, (gone, key))| {
                let part = |index: usize| key[index].as_str().unwrap();
                let home = &homes[if reads { 0 } else { nth }];
                home.clone().with_key(part(0), part(1), &printed - gone)
            });
            let http = &http;
            stream::iter(users)
                .map(|user| async move { missing(command, &user, &Gate::new(http, None)).await })
                .buffered(8)
                .collect()
                .await
        });
        assert_eq!(named[0], Actions::new(), "{command} with its whole policy");
        assert_eq!(
            named[1],
            Actions::new(),
            "{command} reports one of these, which are in NEEDED_WHEN or NOT_MISSED: {silent:?}"
        );
        let unnamed: Vec<&Actions> = gone
            .iter()
            .zip(&named)
            .skip(2)
            .filter(|(gone, named)| !gone.is_subset(named))
            .map(|(gone, _)| gone)
            .collect();
        assert_eq!(unnamed, Vec::<&Actions>::new(), "{command} does not report that these are missing");
        unmissed.extend(silent.iter().cloned());
        taken_away += printed.len();
        named_gone += gone.len() - 2;
    }
    assert_eq!(&not_missed - &unmissed, Actions::new(), "NOT_MISSED has permissions that no policy has");
    println!("policy: {named_gone} of {taken_away} permissions were reported when they were removed");
    assert!(named_gone >= 65);
}
