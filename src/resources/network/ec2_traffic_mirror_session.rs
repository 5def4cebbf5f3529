//! Traffic mirror sessions are charged for every hour they exist, for the mirrored network interface.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::TrafficMirrorSession;
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::reading::{ec2_tags, name_tag};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-traffic-mirror-session",
    names: words("Traffic mirror session", "トラフィックミラーセッション"),
    bills: words("per hour while it exists", "存在する間は 1 時間ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonVPC"],
    asks: &[&Typed("ec2:DescribeTrafficMirrorSessions")],
    writes: &["ec2:DeleteTrafficMirrorSession"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let asked = Client::new(&cx.sdk).describe_traffic_mirror_sessions().max_results(1000);
    let sessions: Vec<TrafficMirrorSession> = asked.into_paginator().items().send().try_collect().await?;
    Ok(sessions.iter().map(finding).collect::<Vec<_>>().into())
}

/// It has no state: a listed session is charged.
fn finding(session: &TrafficMirrorSession) -> Listed {
    let id = session.traffic_mirror_session_id().unwrap_or_default();
    let tags = ec2_tags(session.tags());
    let on = session.network_interface_id().map(|id| Note::with("attached-to", id));
    let notes = on.into_iter().chain([Note::new("delete-only")]).collect();
    let sku = Sku::new("AmazonVPC").with("item", "traffic_mirror_session").with("unit", "hour");
    let found = Listed { name: name_tag(&tags), tags, notes, ..Listed::new(id) };
    let delete = Command::aws("ec2 delete-traffic-mirror-session --traffic-mirror-session-id").arg(id);
    found.charge(Charge::hourly("traffic mirror session", sku, 1)).can(Verb::Delete, delete)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_session_is_charged() {
        let found = finding(&TrafficMirrorSession::builder().network_interface_id("eni-1").build());
        assert_eq!((found.charges.len(), found.notes[0].value()), (1, Some("eni-1")));
        assert_eq!(finding(&TrafficMirrorSession::builder().build()).notes.len(), 1);
    }
}
