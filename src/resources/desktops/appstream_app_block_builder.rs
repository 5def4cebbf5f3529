//! AppStream app block builders bill for every hour they run, whether somebody packages an application on them or not.

use aws_sdk_appstream::Client;
use aws_sdk_appstream::types::{AppBlockBuilder, AppBlockBuilderPlatformType, AppBlockBuilderState};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::{Billing, Charge, Command, Listed, Scope, Verb, words};
use crate::resources::paging::pages;
use crate::resources::reading::{sku, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "appstream-app-block-builder",
    names: words("AppStream app block builder", "AppStream アプリブロックビルダー"),
    bills: words("per hour while it runs, used or not", "実行中は使わなくても 1 時間ごと"),
    scope: Scope::Region,
    endpoint: "appstream2",
    small: false,
    billed_as: &["AmazonAppStream"],
    reads: &["appstream:DescribeAppBlockBuilders"],
    writes: &["appstream:StopAppBlockBuilder", "appstream:DeleteAppBlockBuilder"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let ask = |token: Option<String>| {
        let asked = client.describe_app_block_builders().max_results(25).set_next_token(token).send();
        asked.map(|page| {
            page.map(|page| (page.app_block_builders.unwrap_or_default(), page.next_token)).map_err(Error::from)
        })
    };
    let builders = pages(ask).await?;
    Ok(builders.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it does not bill: it is stopped.
fn finding(builder: &AppBlockBuilder) -> Option<Listed> {
    let billing = match builder.state() {
        Some(AppBlockBuilderState::Stopped) => return None,
        Some(AppBlockBuilderState::Stopping) => Billing::Ending,
        _ => Billing::Running,
    };
    let (name, class) = (builder.name().unwrap_or_default(), builder.instance_type());
    let system = builder.platform().map(AppBlockBuilderPlatformType::as_str);
    let known = [("instanceType", class), ("operatingSystem", system), ("group", Some("APP_BLOCK_BUILDER"))];
    let charge = Charge::hourly(class.unwrap_or("instance"), sku("AmazonAppStream", known), 1);
    let (arn, created_at) = (builder.arn.clone(), time(builder.created_time()));
    let found = Listed { arn, billing, created_at, ..Listed::new(name) }.named(builder.display_name.clone());
    let found = found.charge(charge);
    let found = found.can(Verb::Delete, Command::aws("appstream delete-app-block-builder --name").arg(name));
    Some(match builder.state() {
        Some(AppBlockBuilderState::Running) => {
            found.can(Verb::Stop, Command::aws("appstream stop-app-block-builder --name").arg(name))
        }
        _ => found,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_stopped_one_is_free() {
        let told = |state: &str| {
            let found = finding(&AppBlockBuilder::builder().state(state.into()).build())?;
            Some((found.billing, found.can.contains(&Verb::Stop)))
        };
        let running = |stoppable| Some((Billing::Running, stoppable));
        assert_eq!(["RUNNING", "STARTING", "DREAMING"].map(told), [running(true), running(false), running(false)]);
        assert_eq!([told("STOPPED"), told("STOPPING")], [None, Some((Billing::Ending, false))]);
        assert!(finding(&AppBlockBuilder::builder().build()).is_some());
    }
}
