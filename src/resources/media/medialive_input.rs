//! MediaLive push inputs cost a small fee for every hour in which they are not used by a running channel.

use std::collections::BTreeMap;

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
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
    small: true,
    billed_as: &["AWSElementalMediaLive"],
    asks: &[&INPUTS],
    writes: &["medialive:DeleteInput"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const INPUTS: Operation<Input> = Operation::new("medialive:ListInputs").at("Inputs");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Input {
    id: String,
    arn: Option<String>,
    name: Option<String>,
    #[serde(rename = "Type")]
    kind: Option<Kind>,
    state: Option<State>,
    attached_channels: Vec<String>,
    tags: BTreeMap<String, String>,
}

values! {
    /// The pull types.
    enum Kind {
        Mp4File = "MP4_FILE",
        RtmpPull = "RTMP_PULL",
        SrtCaller = "SRT_CALLER",
        TsFile = "TS_FILE",
        UrlPull = "URL_PULL",
    }
}
values! { enum State { Deleting = "DELETING", Deleted = "DELETED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let inputs = cx.ask(&INPUTS).with("MaxResults", 100).all().await?;
    Ok(inputs.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is deleted, or of a pull type.
fn finding(input: &Input) -> Option<Listed> {
    use Kind::{Mp4File, RtmpPull, SrtCaller, TsFile, UrlPull};
    if matches!(input.kind, Some(Mp4File | RtmpPull | SrtCaller | TsFile | UrlPull)) {
        return None;
    }
    let billing = match input.state {
        Some(State::Deleted) => return None,
        Some(State::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = input.id.as_str();
    let idle = Charge::hourly("idle input", Sku::new("AWSElementalMediaLive").with("operation", "INACTIVE_INPUT"), 1);
    let (arn, tags) = (input.arn.clone(), input.tags.clone());
    let found = Listed { arn, billing, tags, ..Listed::new(id) }.named(input.name.clone());
    // A running channel is charged instead.
    let found = match input.attached_channels.as_slice() {
        [] => found.charge(idle).note(Note::new("unattached")),
        channels => found.charge(idle.at_most()).note(Note::with("attached-to", channels.join(", "))),
    };
    Some(found.can(Verb::Delete, Command::aws("medialive delete-input --input-id").arg(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_pull_input_is_free() {
        let reported = |kind: &str| finding(&Input { kind: Some(kind.into()), ..Input::default() }).is_some();
        assert_eq!(["URL_PULL", "MP4_FILE", "RTMP_PUSH", "FUTURE"].map(reported), [false, false, true, true]);
        assert!(finding(&Input::default()).is_some());
        assert!(finding(&Input { state: Some(State::Deleted), ..Input::default() }).is_none());
    }

    #[test]
    fn a_running_channel_may_pay_for_it() {
        let what = |input: &Input| finding(input).unwrap().charges[0].what.clone();
        assert_eq!(what(&Input::default()), "idle input");
        assert_eq!(what(&Input { attached_channels: vec!["1".into()], ..Input::default() }), "≤ idle input");
    }
}
