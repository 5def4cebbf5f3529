//! AppStream image builders bill for every hour they run, whether somebody works on them or not.

use aws_sdk_appstream::Client;
use aws_sdk_appstream::types::{ImageBuilder, ImageBuilderState, PlatformType};
use futures::FutureExt;

use super::appstream_volume::volume;
use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::{Billing, Charge, Command, Listed, Scope, Verb, words};
use crate::resources::paging::pages;
use crate::resources::reading::{sku, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "appstream-image-builder",
    names: words("AppStream image builder", "AppStream イメージビルダー"),
    bills: words("per hour while it runs, used or not", "実行中は使わなくても 1 時間ごと"),
    scope: Scope::Region,
    endpoint: "appstream2",
    small: false,
    billed_as: &["AmazonAppStream"],
    reads: &["appstream:DescribeImageBuilders"],
    writes: &["appstream:StopImageBuilder", "appstream:DeleteImageBuilder"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let ask = |token: Option<String>| {
        let asked = client.describe_image_builders().set_next_token(token).send();
        asked.map(|page| {
            page.map(|page| (page.image_builders.unwrap_or_default(), page.next_token)).map_err(Error::from)
        })
    };
    let builders = pages(ask).await?;
    Ok(builders.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it does not bill: it is stopped, and its volume is no larger than what comes with it.
fn finding(builder: &ImageBuilder) -> Option<Listed> {
    let volume = volume(builder.root_volume_config());
    let billing = match builder.state() {
        Some(ImageBuilderState::Stopped) if volume.is_none() => return None,
        Some(ImageBuilderState::Stopped) => Billing::Stopped,
        Some(ImageBuilderState::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let name = builder.name().unwrap_or_default();
    let found = Listed {
        arn: builder.arn().map(str::to_owned),
        billing,
        created_at: time(builder.created_time()),
        charges: (billing != Billing::Stopped).then(|| instance(builder)).into_iter().chain(volume).collect(),
        ..Listed::new(name)
    }
    .named(builder.display_name().map(str::to_owned))
    .can(Verb::Delete, Command::aws("appstream delete-image-builder --name").arg(name));
    Some(match builder.state() {
        Some(ImageBuilderState::Running) => {
            found.can(Verb::Stop, Command::aws("appstream stop-image-builder --name").arg(name))
        }
        _ => found,
    })
}

fn instance(builder: &ImageBuilder) -> Charge {
    let class = builder.instance_type();
    let sku = sku(
        "AmazonAppStream",
        [
            ("instanceType", class),
            ("operatingSystem", builder.platform().map(PlatformType::as_str)),
            ("group", Some("IMAGE_BUILDER")),
        ],
    );
    Charge::hourly(class.unwrap_or("instance"), sku, 1)
}

#[cfg(test)]
mod tests {
    use aws_sdk_appstream::types::VolumeConfig;

    use super::*;

    #[test]
    fn a_stopped_one_is_free_unless_its_volume_is_large() {
        let billing = |state: &str| finding(&ImageBuilder::builder().state(state.into()).build()).map(|it| it.billing);
        let running = Some(Billing::Running);
        let states = ["STOPPED", "RUNNING", "FAILED", "DREAMING", "DELETING"].map(billing);
        assert_eq!(states, [None, running, running, running, Some(Billing::Ending)]);
        let large = VolumeConfig::builder().volume_size_in_gb(300).build();
        let large = ImageBuilder::builder().state(ImageBuilderState::Stopped).root_volume_config(large).build();
        assert_eq!(finding(&large).map(|it| (it.billing, it.charges.len())), Some((Billing::Stopped, 1)));
    }

    #[test]
    fn only_a_running_one_can_be_stopped() {
        let can = |state: &str| finding(&ImageBuilder::builder().state(state.into()).build()).unwrap().can;
        assert_eq!((can("RUNNING"), can("PENDING")), (vec![Verb::Delete, Verb::Stop], vec![Verb::Delete]));
    }
}
