//! The trail in an account whose organisation has one, and in the demo account.

use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::http::SharedHttpClient;

use super::*;
use crate::aws::connect::{ConnectOptions, connect};
use crate::demo::{Answer, Call, Story, client, practice_account};
use crate::model::History;
use crate::profile;
use crate::safeguards::Goal;

/// An account whose organisation has a trail; records the requests.
#[derive(Default)]
struct Organised(Mutex<Vec<String>>);

impl Story for Organised {
    fn answer(&self, call: &Call) -> Option<Answer> {
        self.0.lock().unwrap().push(call.action.clone());
        match &*call.action {
            "HeadBucket" => Some(Answer::error(call, 404, "", "")),
            "DescribeTrails" => Some(Answer::ok(call, TRAILS)),
            "GetTrailStatus" => Some(Answer::ok(call, r#"{ "IsLogging": true, "LatestDeliveryTime": 1 }"#)),
            _ => None,
        }
    }
}

const TRAILS: &str = r#"{ "trailList": [{ "Name": "all", "IsMultiRegionTrail": true, "IsOrganizationTrail": true,
    "TrailARN": "arn:aws:cloudtrail:eu-west-1:999999999999:trail/all" }] }"#;

fn inputs() -> Inputs {
    let account = "123456789012".parse().unwrap();
    let profile = profile::load("personal", &|text| text.id.to_owned()).unwrap();
    Inputs::new(account, Goal { profile, resubscribe: Vec::new() }, History::new(), jiff::Timestamp::UNIX_EPOCH)
}

async fn account(practice: SharedHttpClient) -> Cx {
    let sdk = connect(&ConnectOptions { practice: Some(practice), ..ConnectOptions::default() }).await.unwrap();
    Cx::home(&inputs().account, &sdk)
}

#[tokio::test]
async fn the_practice_account_has_none() {
    let cx = account(practice_account()).await;
    assert_eq!(Box::pin(MultiRegionTrail::observed(&cx, &inputs())).await.unwrap(), Observed::Missing);
    assert_eq!(MultiRegionTrail::proof(&cx, &inputs()).await.unwrap(), []);
    assert_eq!(Box::pin(MultiRegionTrail::remove(&cx, &inputs(), Logs::Delete)).await.unwrap(), []);
}

#[tokio::test]
async fn the_organisations_trail_is_adopted_and_nothing_is_made() {
    let story = Arc::new(Organised::default());
    let cx = account(client(story.clone())).await;
    let arn = "arn:aws:cloudtrail:eu-west-1:999999999999:trail/all";
    assert_eq!(Box::pin(MultiRegionTrail::observed(&cx, &inputs())).await.unwrap(), Observed::Adopted(arn.to_owned()));
    Box::pin(MultiRegionTrail::apply(&cx, &inputs())).await.unwrap();
    Box::pin(MultiRegionTrail::remove(&cx, &inputs(), Logs::Delete)).await.unwrap();
    let links = MultiRegionTrail::proof(&cx, &inputs()).await.unwrap();
    assert!(links.iter().all(|link| link.status == Status::Ok && link.subject.as_deref() == Some(arn)));
    let asked = story.0.lock().unwrap();
    assert!(
        asked.iter().all(|call| ["DescribeTrails", "GetTrailStatus", "HeadBucket"].contains(&&**call)),
        "{asked:?}"
    );
}

#[test]
fn only_a_multi_region_trail_that_logs_counts() {
    let trail = |arn, multi| Trail::builder().trail_arn(arn).is_multi_region_trail(multi).build();
    let trails = [trail("c", true), trail("a", false), trail("b", true)];
    assert_eq!(multi_region(&trails).filter_map(Trail::trail_arn).collect::<Vec<_>>(), ["c", "b"]);
    let status = |logging| GetTrailStatusOutput::builder().is_logging(logging).build();
    let of = |logs: &[(&str, bool)]| {
        let statuses: Vec<_> = logs.iter().map(|(arn, logging)| ((*arn).to_owned(), status(*logging))).collect();
        adoptable(statuses.into_iter()).map(|(arn, _)| arn)
    };
    assert_eq!(of(&[("c", true), ("b", true)]).as_deref(), Some("b"));
    assert_eq!(of(&[("c", true), ("b", false)]).as_deref(), Some("c"));
    assert_eq!(of(&[("c", false)]), None);
}

#[test]
fn a_delivery_error_breaks_the_chain_and_no_delivery_yet_does_not() {
    let status = GetTrailStatusOutput::builder().is_logging(true);
    let statuses =
        |status: GetTrailStatusOutput| links("x", &status).into_iter().map(|it| it.status).collect::<Vec<_>>();
    let time = aws_smithy_types::DateTime::from_secs(1);
    assert_eq!(statuses(status.clone().build()), [Status::Ok, Status::Waiting]);
    let delivered = status.latest_delivery_time(time);
    assert_eq!(statuses(delivered.clone().build()), [Status::Ok, Status::Ok]);
    let failing = delivered.is_logging(false).latest_delivery_error("NoSuchBucket");
    assert_eq!(statuses(failing.build()), [Status::Broken, Status::Broken]);
}
