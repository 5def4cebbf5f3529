//! AppStream app block builders are charged for every hour they run, used or not.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Verb, words};
use crate::resources::reading::sku;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "appstream-app-block-builder",
    names: words("AppStream app block builder", "AppStream アプリブロックビルダー"),
    bills: words("per hour while it runs, used or not", "実行中は使わなくても 1 時間ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonAppStream"],
    asks: &[&BUILDERS],
    writes: &["appstream:StopAppBlockBuilder", "appstream:DeleteAppBlockBuilder"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const BUILDERS: Operation<Builder> = Operation::new("appstream:DescribeAppBlockBuilders").at("AppBlockBuilders");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Builder {
    arn: Option<String>,
    name: Option<String>,
    display_name: Option<String>,
    platform: Option<String>,
    instance_type: Option<String>,
    state: Option<State>,
    created_time: Option<Timestamp>,
}

values! { enum State { Running = "RUNNING", Stopping = "STOPPING", Stopped = "STOPPED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let builders = cx.ask(&BUILDERS).with("MaxResults", 25).all().await?;
    Ok(builders.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is stopped, which is free.
fn finding(builder: &Builder) -> Option<Listed> {
    let billing = match builder.state {
        Some(State::Stopped) => return None,
        Some(State::Stopping) => Billing::Ending,
        _ => Billing::Running,
    };
    let (name, class) = (builder.name.as_deref().unwrap_or_default(), builder.instance_type.as_deref());
    let system = builder.platform.as_deref();
    let known = [("instanceType", class), ("operatingSystem", system), ("group", Some("APP_BLOCK_BUILDER"))];
    let charge = Charge::hourly(class.unwrap_or("instance"), sku("AmazonAppStream", known), 1);
    let (arn, created_at) = (builder.arn.clone(), builder.created_time);
    let found = Listed { arn, billing, created_at, ..Listed::new(name) }.named(builder.display_name.clone());
    let found = found.charge(charge);
    let found = found.can(Verb::Delete, Command::aws("appstream delete-app-block-builder --name").arg(name));
    Some(match builder.state {
        Some(State::Running) => {
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
        let seen = |state: &str| {
            let found = finding(&Builder { state: Some(state.into()), ..Builder::default() })?;
            Some((found.billing, found.can.contains(&Verb::Stop)))
        };
        let running = |stoppable| Some((Billing::Running, stoppable));
        assert_eq!(["RUNNING", "STARTING", "FUTURE"].map(seen), [running(true), running(false), running(false)]);
        assert_eq!([seen("STOPPED"), seen("STOPPING")], [None, Some((Billing::Ending, false))]);
        assert!(finding(&Builder::default()).is_some());
    }
}
