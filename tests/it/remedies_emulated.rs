//! Remedies against moto: what they end is gone, and what they need is waited for.

use std::collections::BTreeSet;

use aws_sdk_ec2::types::InstanceType;
use aws_sdk_s3::types::{BucketVersioningStatus, VersioningConfiguration};
use guardrail::aws::Cx;
use guardrail::aws::bucket;
use guardrail::aws::remedy::{Done, Dry, actions, run, steps};
use guardrail::model::{Command, Region};

use crate::emulators::Emulator;
use crate::recording::iam_action;
use crate::world::{ACCOUNT, sdk};
use crate::{proxy, validity};

fn cx(url: &str) -> Cx {
    Cx::new(&ACCOUNT.parse().unwrap(), &Region::home(), &sdk(url))
}

async fn done(cx: &Cx, command: &str) -> Vec<Done> {
    let mut all = Vec::new();
    for step in steps(&Command::from(command.to_owned())).unwrap() {
        all.push(run(cx, &step, Dry::No).await.unwrap());
    }
    all
}

#[tokio::test]
async fn a_bucket_ends_with_all_its_versions_and_unfinished_uploads() {
    let moto = Emulator::moto();
    let proxy = proxy::before(&moto.url);
    let (cx, name) = (cx(&proxy.url), "study");
    let client = bucket::client(&cx.sdk);
    client.create_bucket().bucket(name).send().await.unwrap();
    let kept = VersioningConfiguration::builder().status(BucketVersioningStatus::Enabled).build();
    client.put_bucket_versioning().bucket(name).versioning_configuration(kept).send().await.unwrap();
    for key in ["a", "a", "b/c d"] {
        client.put_object().bucket(name).key(key).body(b"x".to_vec().into()).send().await.unwrap();
    }
    client.delete_object().bucket(name).key("a").send().await.unwrap();
    client.create_multipart_upload().bucket(name).key("large").send().await.unwrap();
    let refused = client.delete_bucket().bucket(name).send().await.unwrap_err();
    assert!(format!("{refused:?}").contains("BucketNotEmpty"));
    proxy.recording.clear();

    let command = format!("aws s3 rb s3://{name} --force --region us-east-1");
    let step = steps(&Command::from(command.clone())).unwrap().remove(0);
    assert_eq!(done(&cx, &command).await, [Done::Done]);
    assert_eq!(client.list_buckets().send().await.unwrap().buckets().len(), 0);
    let used: BTreeSet<String> = proxy.recording.calls().iter().map(iam_action).collect();
    let allowed: BTreeSet<String> =
        actions(&step).into_iter().chain(["s3:ListAllMyBuckets"]).map(str::to_owned).collect();
    assert_eq!(used.difference(&allowed).collect::<Vec<_>>(), Vec::<&String>::new());
    validity::prove(&proxy.recording);
    // A repeated run has nothing to do.
    assert_eq!(done(&cx, &command).await, [Done::GoneAlready]);
}

#[tokio::test]
async fn an_instance_is_stopped_and_then_ended_with_its_disk() {
    let moto = Emulator::moto();
    let cx = cx(&moto.url);
    let ec2 = aws_sdk_ec2::Client::new(&cx.sdk);
    let request = ec2.run_instances().image_id("ami-03cf127a").instance_type(InstanceType::T3Micro);
    let made = request.min_count(1).max_count(1).send().await.unwrap();
    let instance = made.instances()[0].instance_id().unwrap().to_owned();
    let there = ec2.describe_volumes().send().await.unwrap();
    let disk = there.volumes()[0].volume_id().unwrap().to_owned();
    let command = format!(
        "aws ec2 stop-instances --instance-ids {instance} && aws ec2 wait instance-stopped --instance-ids {instance} \
         && aws ec2 terminate-instances --instance-ids {instance} \
         && aws ec2 wait instance-terminated --instance-ids {instance}"
    );
    let tried = steps(&Command::from(command.clone())).unwrap();
    assert_eq!(run(&cx, &tried[0], Dry::Yes).await.unwrap(), Done::WouldWork);
    assert_eq!(done(&cx, &command).await, [Done::Done; 4]);
    assert_eq!(ec2.describe_volumes().send().await.unwrap().volumes().len(), 0);
    let delete = format!("aws ec2 delete-volume --volume-id {disk}");
    assert_eq!(done(&cx, &delete).await, [Done::GoneAlready]);
}
