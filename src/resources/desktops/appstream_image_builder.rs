//! AppStream image builders are charged for every hour they run, used or not.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use super::appstream_volume::{self, Volume};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Scope, Verb, words};
use crate::resources::reading::sku;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "appstream-image-builder",
    names: words("AppStream image builder", "AppStream イメージビルダー"),
    bills: words("per hour while it runs, used or not", "実行中は使わなくても 1 時間ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonAppStream"],
    asks: &[&BUILDERS],
    writes: &["appstream:StopImageBuilder", "appstream:DeleteImageBuilder"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const BUILDERS: Operation<Builder> = Operation::new("appstream:DescribeImageBuilders").at("ImageBuilders");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Builder {
    name: Option<String>,
    arn: Option<String>,
    display_name: Option<String>,
    instance_type: Option<String>,
    platform: Option<String>,
    state: Option<State>,
    created_time: Option<Timestamp>,
    root_volume_config: Volume,
}

values! { enum State { Running = "RUNNING", Stopped = "STOPPED", Deleting = "DELETING" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let builders = cx.ask(&BUILDERS).all().await?;
    Ok(builders.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is free: it is stopped, and its volume is not larger than the included size.
fn finding(builder: &Builder) -> Option<Listed> {
    let volume = appstream_volume::charge(&builder.root_volume_config);
    let billing = match builder.state {
        Some(State::Stopped) if volume.is_none() => return None,
        Some(State::Stopped) => Billing::Stopped,
        Some(State::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let name = builder.name.as_deref().unwrap_or_default();
    let found = Listed {
        arn: builder.arn.clone(),
        billing,
        created_at: builder.created_time,
        charges: (billing != Billing::Stopped).then(|| instance(builder)).into_iter().chain(volume).collect(),
        ..Listed::new(name)
    }
    .named(builder.display_name.clone())
    .loses(Loss::Data)
    .can(Verb::Delete, Command::aws("appstream delete-image-builder --name").arg(name));
    Some(match builder.state {
        Some(State::Running) => found.can(Verb::Stop, Command::aws("appstream stop-image-builder --name").arg(name)),
        _ => found,
    })
}

fn instance(builder: &Builder) -> Charge {
    let class = builder.instance_type.as_deref();
    let sku = sku(
        "AmazonAppStream",
        [("instanceType", class), ("operatingSystem", builder.platform.as_deref()), ("group", Some("IMAGE_BUILDER"))],
    );
    Charge::hourly(class.unwrap_or("instance"), sku, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn builder(state: &str) -> Builder {
        Builder { state: Some(state.into()), ..Builder::default() }
    }

    #[test]
    fn a_stopped_one_is_free_unless_its_volume_is_large() {
        let billing = |state| finding(&builder(state)).map(|it| it.billing);
        let running = Some(Billing::Running);
        let states = ["STOPPED", "RUNNING", "FAILED", "FUTURE", "DELETING"].map(billing);
        assert_eq!(states, [None, running, running, running, Some(Billing::Ending)]);
        let root_volume_config = Volume { volume_size_in_gb: 300.into() };
        let large = Builder { root_volume_config, ..builder("STOPPED") };
        assert_eq!(finding(&large).map(|it| (it.billing, it.charges.len())), Some((Billing::Stopped, 1)));
    }

    #[test]
    fn only_a_running_one_can_be_stopped() {
        let can = |state| finding(&builder(state)).unwrap().can;
        assert_eq!((can("RUNNING"), can("PENDING")), (vec![Verb::Delete, Verb::Stop], vec![Verb::Delete]));
    }
}
