//! MediaLive inputs that wait for a push bill a small fee for every hour in which no running channel takes from them.

use std::collections::BTreeMap;

use aws_sdk_medialive::Client;
use aws_sdk_medialive::types::{Input, InputState, InputType};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "medialive-input",
    names: words("MediaLive input", "MediaLive 入力"),
    bills: words(
        "per hour while no running channel uses it; inputs that pull are free",
        "実行中のチャネルが使っていない間は 1 時間ごと。プル型の入力は無料",
    ),
    scope: Scope::Region,
    endpoint: "medialive",
    small: true,
    billed_as: &["AWSElementalMediaLive"],
    reads: &["medialive:ListInputs"],
    writes: &["medialive:DeleteInput"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let inputs = Client::new(&cx.sdk).list_inputs().max_results(100).into_paginator().items().send();
    let inputs: Vec<Input> = inputs.try_collect().await?;
    Ok(inputs.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it does not bill: it is gone, or it pulls.
fn finding(input: &Input) -> Option<Listed> {
    use InputType::{Mp4File, RtmpPull, SrtCaller, TsFile, UrlPull};
    if matches!(input.r#type(), Some(Mp4File | RtmpPull | SrtCaller | TsFile | UrlPull)) {
        return None;
    }
    let billing = match input.state() {
        Some(InputState::Deleted) => return None,
        Some(InputState::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = input.id().unwrap_or_default();
    let idle = Charge::hourly("idle input", Sku::new("AWSElementalMediaLive").with("operation", "INACTIVE_INPUT"), 1);
    let tags = input.tags().into_iter().flatten();
    let found = Listed {
        arn: input.arn().map(str::to_owned),
        billing,
        tags: tags.map(|(key, value)| (key.clone(), value.clone())).collect::<BTreeMap<_, _>>(),
        ..Listed::new(id)
    };
    let found = found.named(input.name().map(str::to_owned));
    // A channel that runs pays for it instead.
    let found = match input.attached_channels() {
        [] => found.charge(idle).note(Note::new("unattached")),
        channels => found.charge(idle.at_most()).note(Note::with("attached-to", channels.join(", "))),
    };
    Some(found.can(Verb::Delete, Command::aws("medialive delete-input --input-id").arg(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_pulls_is_free() {
        let reported = |kind: &str| finding(&Input::builder().r#type(kind.into()).build()).is_some();
        assert_eq!(["URL_PULL", "MP4_FILE", "RTMP_PUSH", "DREAM"].map(reported), [false, false, true, true]);
        assert!(finding(&Input::builder().build()).is_some());
        assert!(finding(&Input::builder().state(InputState::Deleted).build()).is_none());
    }

    #[test]
    fn a_running_channel_may_pay_for_it() {
        let what = |input: &Input| finding(input).unwrap().charges[0].what.clone();
        assert_eq!(what(&Input::builder().build()), "idle input");
        assert_eq!(what(&Input::builder().attached_channels("1").build()), "≤ idle input");
    }
}
