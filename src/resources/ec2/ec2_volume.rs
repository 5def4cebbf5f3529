//! EBS volumes are charged for every gigabyte of their size, and for performance beyond what is included, attached or not.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{Volume, VolumeState, VolumeType};
use futures::FutureExt;
use rust_decimal::Decimal;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Unit, Verb, words};
use crate::resources::reading::{ec2_tags, located, managed_by, name_tag, sku, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-volume",
    names: words("EBS volume", "EBS ボリューム"),
    bills: words(
        "per GB of its size and for extra speed, attached or not",
        "未接続でも、サイズ(GB)と追加の性能に応じて",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonEC2"],
    asks: &[&Typed("ec2:DescribeVolumes")],
    writes: &[
        "ec2:DeleteVolume",
        "ec2:DetachVolume",
        "ec2:StopInstances",
        "ec2:TerminateInstances",
        "ec2:DescribeInstances",
    ],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let asked = Client::new(&cx.sdk).describe_volumes().max_results(1000).include_managed_resources(true);
    let volumes: Vec<Volume> = asked.into_paginator().items().send().try_collect().await?;
    Ok(volumes.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is no longer charged. An unknown state is reported, not hidden.
fn finding(volume: &Volume) -> Option<Listed> {
    if matches!(volume.state(), Some(VolumeState::Deleting | VolumeState::Deleted)) {
        return None;
    }
    let id = volume.volume_id().unwrap_or_default();
    let tags = ec2_tags(volume.tags());
    let manager = managed_by(volume.operator());
    let available = volume.state() == Some(&VolumeState::Available);
    let remedy = if manager.is_none() { remedy(volume, id, available) } else { None };
    let mut notes: Vec<Note> = available.then(|| Note::new("unattached")).into_iter().chain(manager).collect();
    for attachment in volume.attachments() {
        let to = attachment.instance_id().or(attachment.associated_resource());
        notes.extend(to.map(|to| Note::with("attached-to", to)));
        notes.extend((attachment.delete_on_termination() == Some(true)).then(|| Note::new("deleted-with-instance")));
    }
    let (created_at, charges) = (time(volume.create_time()), charges(volume));
    let (name, bills_since_creation) = (name_tag(&tags), true);
    let found = Listed { name, created_at, bills_since_creation, tags, charges, notes, ..Listed::new(id) };
    Some(match remedy {
        Some(command) => found.loses(Loss::Data).can(Verb::Delete, command),
        None => found,
    })
}

/// The names under which images have their root volume.
const ROOTS: [&str; 2] = ["/dev/xvda", "/dev/sda1"];

/// An attached volume ends with its instance, or has to be detached first.
fn remedy(volume: &Volume, id: &str, available: bool) -> Option<Command> {
    let delete = Command::aws("ec2 delete-volume --volume-id").arg(id);
    match volume.attachments() {
        _ if available => Some(delete),
        [only] if only.delete_on_termination() == Some(true) => {
            Some(Command::aws("ec2 terminate-instances --instance-ids").arg(only.instance_id()?))
        }
        [only] => {
            let instance = only.instance_id()?;
            let wait = Command::aws("ec2 wait volume-available --volume-ids").arg(id);
            let detach = Command::aws("ec2 detach-volume --volume-id").arg(id).then(wait).then(delete);
            // From a running instance, AWS takes no root volume away.
            let stop = Command::aws("ec2 stop-instances --instance-ids").arg(instance);
            let stop = stop.then(Command::aws("ec2 wait instance-stopped --instance-ids").arg(instance));
            let root = only.device().is_none_or(|device| ROOTS.contains(&device));
            Some(detach.after(Some(stop).filter(|_| root)))
        }
        _ => None,
    }
}

/// Its size and the paid parts of its performance.
pub(super) fn charges(volume: &Volume) -> Vec<Charge> {
    const MAX: Decimal = Decimal::MAX;
    let kind = volume.volume_type().map(VolumeType::as_str);
    let name = kind.unwrap_or("EBS");
    let price = |first, tier| {
        let sku = sku("AmazonEC2", [first, ("volumeApiName", kind), ("tier", tier)]);
        located(sku, volume.availability_zone(), volume.outpost_arn())
    };
    let space = price(("productFamily", Some("Storage")), None);
    let mut charges = vec![match volume.size() {
        Some(gigabytes) => Charge::storage(name, space, gigabytes),
        None => Charge::metered(name, space, Unit::GbMonth),
    }];
    let iops = ("EBS IOPS", "IOPS", Unit::IopsMonth, volume.iops());
    let pace = ("EBS Throughput", "MiB/s", Unit::MibpsMonth, volume.throughput());
    let bands = match kind {
        Some("gp3") => vec![(iops, None, 3000, MAX), (pace, None, 125, MAX)],
        Some("io1") => vec![(iops, None, 0, MAX)],
        Some("io2") => [("1", 0, 32_000.into()), ("2", 32_000, 64_000.into()), ("3", 64_000, MAX)]
            .map(|(tier, floor, ceiling)| (iops, Some(tier), floor, ceiling))
            .to_vec(),
        _ => vec![],
    };
    for ((group, word, unit, speed), tier, floor, ceiling) in bands {
        let sku = price(("group", Some(group)), tier);
        let floor = Decimal::from(floor);
        match speed.map(|speed| Decimal::from(speed).clamp(floor, ceiling) - floor) {
            Some(count) if count > Decimal::ZERO => {
                charges.push(Charge::new(format!("{count} {word} {name}"), sku, count, unit));
            }
            None if floor.is_zero() => charges.push(Charge::metered(&format!("{word} {name}"), sku, unit)),
            _ => {}
        }
    }
    charges
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::{VolumeAttachment, builders::VolumeBuilder};

    use super::*;

    fn gp3(state: &str) -> VolumeBuilder {
        Volume::builder().state(state.into()).volume_type("gp3".into()).size(100).iops(3000).throughput(125)
    }

    #[test]
    fn is_charged_until_it_is_deleted_and_is_deletable_only_when_unattached() {
        let can = |volume: VolumeBuilder| finding(&volume.build()).map(|found| found.can.len());
        let states = ["deleting", "deleted", "creating", "in-use", "error", "future", "available"];
        let expected = [None, None, Some(0), Some(0), Some(0), Some(0), Some(1)];
        assert_eq!(states.map(|state| can(gp3(state))), expected);
        let to = VolumeAttachment::builder().instance_id("i-1").delete_on_termination(true).build();
        let found = finding(&gp3("in-use").attachments(to).build()).unwrap();
        assert_eq!(found.notes, [Note::with("attached-to", "i-1"), Note::new("deleted-with-instance")]);
    }

    #[test]
    fn performance_is_charged_above_the_included_part_and_unknown_is_not_zero() {
        let seen = |it: VolumeBuilder| charges(&it.build()).into_iter().map(|it| it.what).collect::<Vec<_>>();
        assert_eq!(seen(gp3("in-use")), ["100 GB gp3"]);
        assert_eq!(seen(gp3("in-use").iops(4000).throughput(250)), ["100 GB gp3", "1000 IOPS gp3", "125 MiB/s gp3"]);
        assert_eq!(seen(Volume::builder().volume_type("io1".into())), ["io1", "IOPS io1"]);
        let io2 = charges(&gp3("in-use").volume_type("io2".into()).iops(70_000).build());
        for (tier, count) in [(1, 32_000), (2, 32_000), (3, 6_000)] {
            assert_eq!(io2[tier].sku.to_string(), format!("AmazonEC2 group=EBS IOPS tier={tier} volumeApiName=io2"));
            assert_eq!(io2[tier].quantity, Some(count.into()));
        }
    }
}
