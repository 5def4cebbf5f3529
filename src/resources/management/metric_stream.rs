//! CloudWatch metric streams are charged for every metric update they send, until they are stopped.

use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::types::MetricStreamEntry;
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::paging::pages;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "metric-stream",
    names: words("CloudWatch metric stream", "CloudWatch メトリクスストリーム"),
    bills: words(
        "per value it passes on, until it is stopped; plus the Firehose stream that takes them",
        "停止するまで送信したメトリクスの更新ごと、加えて受け取る Firehose ストリーム",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonCloudWatch"],
    asks: &[&Typed("cloudwatch:ListMetricStreams")],
    writes: &["cloudwatch:StopMetricStreams", "cloudwatch:DeleteMetricStream"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let page = |token| {
        let answer = client.list_metric_streams().max_results(500).set_next_token(token).send();
        async move { Ok(answer.await.map(|it| (it.entries.unwrap_or_default(), it.next_token))?) }
    };
    Ok(pages(page).await?.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is stopped, which is free.
fn finding(stream: &MetricStreamEntry) -> Option<Listed> {
    if stream.state().is_some_and(|state| state.eq_ignore_ascii_case("stopped")) {
        return None;
    }
    let (id, created_at) = (stream.name().unwrap_or_default(), time(stream.creation_date()));
    let sku = Sku::new("AmazonCloudWatch").with("usagetype", "CW:MetricStreamUsage");
    let found = Listed { arn: stream.arn.clone(), created_at, ..Listed::new(id) }
        .charge(Charge::metered("metric updates", sku, Unit::Month))
        .note(Note::new("usage-extra"))
        .can(Verb::Stop, Command::aws("cloudwatch stop-metric-streams --names").item(id));
    Some(found.can(Verb::Delete, Command::aws("cloudwatch delete-metric-stream --name").arg(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_charged_unless_it_is_stopped() {
        let bills = |state: Option<&str>| {
            finding(&MetricStreamEntry::builder().set_state(state.map(str::to_owned)).build()).is_some()
        };
        let states = [Some("stopped"), Some("STOPPED"), Some("running"), Some("future"), None].map(bills);
        assert_eq!(states, [false, false, true, true, true]);
    }
}
