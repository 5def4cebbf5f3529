//! MediaLive channels are charged for inputs and outputs while they run, and a small idle fee otherwise.

use std::collections::BTreeMap;

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "medialive-channel",
    names: words("MediaLive channel", "MediaLive チャネル"),
    bills: words(
        "per hour of each input and output while it runs, and a small fee per hour while it does not",
        "実行中は入力・出力ごとに 1 時間ごと、停止中も少額を 1 時間ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSElementalMediaLive"],
    asks: &[&CHANNELS],
    writes: &["medialive:StopChannel", "medialive:DescribeChannel", "medialive:DeleteChannel"],
    owns: &["medialive-input"],
    list: |cx| list(cx).boxed(),
};

const CHANNELS: Operation<Channel> = Operation::new("medialive:ListChannels").at("Channels");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Channel {
    id: String,
    arn: Option<String>,
    name: Option<String>,
    state: Option<State>,
    tags: BTreeMap<String, String>,
}

values! {
    enum State {
        Idle = "IDLE",
        CreateFailed = "CREATE_FAILED",
        UpdateFailed = "UPDATE_FAILED",
        Deleting = "DELETING",
        Deleted = "DELETED",
    }
}

async fn list(cx: &Cx) -> Result<Listing> {
    let channels = cx.ask(&CHANNELS).with("MaxResults", 100).all().await?;
    Ok(channels.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is no longer charged.
fn finding(channel: &Channel) -> Option<Listed> {
    let billing = match channel.state {
        Some(State::Deleted) => return None,
        Some(State::Deleting) => Billing::Ending,
        Some(State::Idle | State::CreateFailed | State::UpdateFailed) => Billing::Stopped,
        _ => Billing::Running,
    };
    let id = channel.id.as_str();
    let sku = |operation: &str| Sku::new("AWSElementalMediaLive").with("operation", operation);
    let charge = match billing {
        Billing::Running => Charge::metered("running inputs and outputs", sku("CHANNEL_OUTPUT"), Unit::Hour),
        _ => Charge::hourly("idle channel", sku("INACTIVE_CHANNEL"), 1),
    };
    // A channel whose creation failed may be free.
    let charge = if channel.state == Some(State::CreateFailed) { charge.at_most() } else { charge };
    let (arn, tags) = (channel.arn.clone(), channel.tags.clone());
    let found = Listed { arn, billing, tags, ..Listed::new(id) }.named(channel.name.clone()).charge(charge);
    let delete = Command::aws("medialive delete-channel --channel-id").arg(id);
    if billing != Billing::Running {
        return Some(found.can(Verb::Delete, delete));
    }
    let stop = Command::aws("medialive stop-channel --channel-id").arg(id);
    let wait = Command::aws("medialive wait channel-stopped --channel-id").arg(id);
    Some(found.can(Verb::Delete, stop.clone().then(wait).then(delete)).can(Verb::Stop, stop))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(state: &str) -> Option<Listed> {
        finding(&Channel { id: "1234".into(), state: Some(state.into()), ..Channel::default() })
    }

    #[test]
    fn it_is_charged_until_it_is_deleted() {
        let billing = |state| found(state).map(|it| it.billing);
        let (running, stopped) = (Some(Billing::Running), Some(Billing::Stopped));
        let states = ["DELETED", "IDLE", "RUNNING", "RECOVERING", "FUTURE", "DELETING"].map(billing);
        assert_eq!(states, [None, stopped, running, running, running, Some(Billing::Ending)]);
        assert_eq!(finding(&Channel::default()).map(|it| it.billing), running);
    }

    #[test]
    fn only_an_idle_one_has_a_known_charge() {
        let quantity = |state| found(state).unwrap().charges[0].quantity;
        assert_eq!((quantity("IDLE"), quantity("RUNNING")), (Some(1.into()), None));
        assert_eq!(found("CREATE_FAILED").unwrap().charges[0].what, "≤ idle channel");
    }

    #[test]
    fn a_running_one_is_stopped_before_it_is_deleted() {
        let delete = |state| found(state).unwrap().commands[&Verb::Delete].to_string().clone();
        assert_eq!(delete("IDLE"), "aws medialive delete-channel --channel-id 1234");
        assert!(delete("RUNNING").starts_with("aws medialive stop-channel --channel-id 1234 && aws medialive wait"));
    }
}
