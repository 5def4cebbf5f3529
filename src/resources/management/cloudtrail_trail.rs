//! CloudTrail trails are free for a region's first copy of management events; further copies, data events and insights are charged.

use aws_sdk_cloudtrail::Client;
use aws_sdk_cloudtrail::operation::get_event_selectors::GetEventSelectorsOutput;
use aws_sdk_cloudtrail::types::Trail;
use futures::{FutureExt, TryFutureExt};

use super::trail_events::{Events, events};
use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Place, Region, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "cloudtrail-trail",
    names: words("CloudTrail trail", "CloudTrail 証跡"),
    bills: words(
        "per event of every copy of management events after the first, and of data events and insights",
        "管理イベントの 2 つ目以降のコピー、データイベント、Insights のイベントごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSCloudTrail"],
    asks: &[
        &Typed("cloudtrail:DescribeTrails"),
        &Typed("cloudtrail:GetTrailStatus"),
        &Typed("cloudtrail:GetEventSelectors"),
    ],
    writes: &["cloudtrail:StopLogging", "cloudtrail:DeleteTrail"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

/// The logged events of one trail; `None` if it is stopped.
type Logs = Option<Events>;

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let trails = client.describe_trails().include_shadow_trails(true).send().await?.trail_list.unwrap_or_default();
    // Without a trail of this account and region nothing can be charged.
    if !trails.iter().any(|trail| is_ours(trail, &cx.place)) {
        return Ok(Listing::default());
    }
    let ask = |trail: &Trail| logging(client.clone(), trail.clone());
    let (trails, mut faults) = about_each(trails, ask).await;
    let (trails, failed) =
        about_each(trails, |(trail, logging)| selected(client.clone(), trail.clone(), *logging)).await;
    faults.extend(failed);
    // If the selectors could not be read, assume a trail's default.
    let trails = trails.into_iter().map(|((trail, _), logs)| (trail, logs.unwrap_or(Some(Events::default()))));
    let findings = findings(&cx.place, trails.collect());
    Ok(Listing { findings, faults, ..Listing::default() })
}

async fn logging(client: Client, trail: Trail) -> Result<bool> {
    let status = client.get_trail_status().set_name(trail.trail_arn).send().await?;
    Ok(status.is_logging() != Some(false))
}

async fn selected(client: Client, trail: Trail, logging: Option<bool>) -> Result<Logs> {
    if logging == Some(false) {
        return Ok(None);
    }
    let insights = trail.has_insight_selectors() == Some(true);
    if trail.has_custom_event_selectors() == Some(false) {
        return Ok(Some(Events { insights, ..Events::default() }));
    }
    let ask = client.get_event_selectors().set_trail_name(trail.trail_arn).send();
    let selectors: GetEventSelectorsOutput = ask.err_into::<crate::error::Error>().await?;
    Ok(Some(Events { insights, ..events(&selectors) }))
}

/// The charged trails of this account whose home region is here.
fn findings(place: &Place, mut trails: Vec<(Trail, Logs)>) -> Vec<Listed> {
    // In the same order in every region, so that the same trail is the free one everywhere.
    trails.sort_by_key(|(trail, _)| {
        let of_all = trail.is_organization_trail() == Some(true);
        let wide = trail.is_multi_region_trail() == Some(true);
        (!of_all, !is_own(trail), !wide, trail.trail_arn.clone())
    });
    let mut copies = 0;
    let finding = |(trail, logs): (Trail, Logs)| {
        let mut charges = Vec::new();
        let logs = logs?;
        copies = u32::saturating_add(copies, u32::from(logs.management));
        let kinds = [
            (logs.management && copies > 1, "second copy of management events", "PaidEventsRecorded"),
            (logs.data, "data events", "DataEventsRecorded"),
            (logs.insights, "Insights events", "InsightsEvents"),
        ];
        for (_, what, usage) in kinds.into_iter().filter(|(bills, ..)| *bills) {
            let sku = Sku::new("AWSCloudTrail").with("usagetype", usage);
            charges.push(Charge::metered(what, sku, Unit::Month));
        }
        if charges.is_empty() || is_own(&trail) || !is_ours(&trail, place) {
            return None;
        }
        let (id, arn) = (trail.name().unwrap_or_default(), trail.trail_arn().unwrap_or_default());
        let found = Listed { arn: trail.trail_arn.clone(), charges, ..Listed::new(id) };
        let found = found.can(Verb::Stop, Command::aws("cloudtrail stop-logging --name").arg(arn));
        Some(found.can(Verb::Delete, Command::aws("cloudtrail delete-trail --name").arg(arn)))
    };
    trails.into_iter().filter_map(finding).collect()
}

/// The trail of the safeguard.
fn is_own(trail: &Trail) -> bool {
    (trail.name(), trail.home_region()) == (Some("guardrail-trail"), Some(Region::HOME))
}

/// Whether this account created it, in this region.
fn is_ours(trail: &Trail, place: &Place) -> bool {
    let account = trail.trail_arn().and_then(|arn| arn.split(':').nth(4));
    account.is_none_or(|account| account == place.account.as_str())
        && trail.home_region().is_none_or(|home| home == place.region.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trail(name: &str, home: &str) -> (Trail, Logs) {
        let arn = format!("arn:aws:cloudtrail:{home}:123456789012:trail/{name}");
        let trail = Trail::builder().name(name).home_region(home).trail_arn(arn);
        (trail.is_multi_region_trail(true).build(), Some(Events::default()))
    }
    fn found(here: &str, trails: Vec<(Trail, Logs)>) -> Vec<String> {
        let place = Place { account: "123456789012".parse().unwrap(), region: Region::new(here) };
        findings(&place, trails).into_iter().map(|it| it.id).collect()
    }

    #[test]
    fn one_copy_is_free_everywhere_and_the_other_is_charged_at_home() {
        let both = || vec![trail("b", "eu-west-1"), trail("a", "eu-central-1")];
        assert_eq!(found("eu-west-1", vec![trail("b", "eu-west-1")]), Vec::<String>::new());
        assert_eq!((found("eu-central-1", both()), found("eu-west-1", both())), (vec![], vec!["b".to_owned()]));
    }

    #[test]
    fn its_own_is_not_reported_but_counts() {
        let own = || trail("guardrail-trail", "us-east-1");
        assert_eq!(found("us-east-1", vec![own()]), Vec::<String>::new());
        assert_eq!(found("us-east-1", vec![own(), trail("a", "us-east-1")]), ["a"]);
        assert_eq!(found("eu-west-1", vec![own(), trail("a", "eu-west-1")]), ["a"]);
    }

    #[test]
    fn a_stopped_one_is_no_copy() {
        let stopped = (trail("a", "eu-west-1").0, None);
        assert_eq!(found("eu-west-1", vec![stopped, trail("b", "eu-west-1")]), Vec::<String>::new());
    }

    #[test]
    fn data_events_bill_from_the_first() {
        let data = (trail("a", "eu-west-1").0, Some(Events { data: true, ..Events::default() }));
        assert_eq!(found("eu-west-1", vec![data]), ["a"]);
    }
}
