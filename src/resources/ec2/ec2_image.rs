//! Images (AMIs) are free; their snapshots are not, and cannot be deleted before the image.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{BlockDeviceMapping, Image, ImageState};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Command, Scope, words};
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-image",
    names: words("Amazon Machine Image (AMI)", "Amazon マシンイメージ(AMI)"),
    bills: words(
        "free itself; its snapshots are charged, and cannot be deleted while it is registered",
        "それ自体は無料。スナップショットに課金され、登録中は削除不可",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[],
    asks: &[&Typed("ec2:DescribeImages")],
    writes: &["ec2:DeregisterImage", "ec2:DeleteSnapshot"],
    owns: &["ec2-snapshot"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let asked = Client::new(&cx.sdk).describe_images().owners("self").max_results(1000);
    let asked = asked.include_deprecated(true).include_disabled(true);
    let images: Vec<Image> = asked.into_paginator().items().send().try_collect().await?;
    Ok(Listing { owned: images.iter().flat_map(owned).collect(), ..Listing::default() })
}

/// The snapshots of the image; a deregistered image has none.
fn owned(image: &Image) -> Vec<Owned> {
    if image.state() == Some(&ImageState::Deregistered) {
        return Vec::new();
    }
    let id = image.image_id().unwrap_or_default();
    let owner = RESOURCE
        .owner(id, Command::aws("ec2 deregister-image --image-id").arg(id).words("--delete-associated-snapshots"));
    let disks = image.block_device_mappings().iter().filter_map(BlockDeviceMapping::ebs);
    let snapshots = disks.filter_map(|disk| disk.snapshot_id());
    snapshots.map(|id| Owned { resource: "ec2-snapshot", thing: id.to_owned(), owner: owner.clone() }).collect()
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::EbsBlockDevice;

    use super::*;

    #[test]
    fn its_snapshots_are_its_own_while_it_is_registered() {
        let things = |state: &str| {
            let disk = |id: &str| {
                let ebs = EbsBlockDevice::builder().snapshot_id(id).build();
                BlockDeviceMapping::builder().ebs(ebs).build()
            };
            let store = BlockDeviceMapping::builder().virtual_name("ephemeral0").build();
            let disks = vec![disk("snap-1"), store, disk("snap-2")];
            let image = Image::builder().image_id("ami-1").state(state.into()).set_block_device_mappings(Some(disks));
            owned(&image.build()).into_iter().map(|it| it.thing).collect::<Vec<_>>()
        };
        for state in ["available", "disabled", "future"] {
            assert_eq!(things(state), ["snap-1", "snap-2"], "{state}");
        }
        assert!(things("deregistered").is_empty());
    }
}
