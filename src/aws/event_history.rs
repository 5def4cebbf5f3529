//! AWS's event history (CloudTrail `LookupEvents`): free, 90 days, by region; two requests a second.

use std::time::Duration;

use aws_sdk_cloudtrail::Client;
use aws_sdk_cloudtrail::types::{Event, LookupAttribute, LookupAttributeKey};
use aws_smithy_types::DateTime;
use jiff::Timestamp;
use serde_json::Value;
use tokio::time::{Instant, sleep_until};

use super::{Cx, time};
use crate::error::{Error, Result};

pub const READS: &[&str] = &["cloudtrail:LookupEvents"];

/// How far the history goes back.
pub const DAYS: i64 = 90;
/// The time between two requests of a region.
const PACE: Duration = Duration::from_millis(550);
/// Events of one page.
const PAGE: i32 = 50;
/// The longest text that is kept of a user agent.
const LONGEST: usize = 60;

/// One call, as the history has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    pub name: String,
    pub at: Option<Timestamp>,
    pub who: Option<String>,
    pub from: Option<String>,
    pub with: Option<String>,
    pub failed: bool,
}

/// The history of one region, asked at the pace that AWS allows.
pub struct EventHistory {
    client: Client,
    next: Instant,
}

impl EventHistory {
    #[must_use]
    pub fn of(cx: &Cx) -> Self {
        Self { client: Client::new(&cx.sdk), next: Instant::now() }
    }

    /// The events that name this resource, the newest first, of at most `pages` pages; within a time if one is given.
    ///
    /// # Errors
    /// AWS refuses, or does not answer.
    pub async fn about(
        &mut self,
        name: &str,
        within: Option<(Timestamp, Timestamp)>,
        pages: usize,
    ) -> Result<Vec<Recorded>> {
        let attribute =
            LookupAttribute::builder().attribute_key(LookupAttributeKey::ResourceName).attribute_value(name);
        let attribute = attribute.build().map_err(Error::from)?;
        let bound = |at: Timestamp| DateTime::from_secs(at.as_second());
        let asked = self.client.lookup_events().lookup_attributes(attribute).max_results(PAGE);
        let asked = asked.set_start_time(within.map(|it| bound(it.0))).set_end_time(within.map(|it| bound(it.1)));
        let (mut events, mut token) = (Vec::new(), None);
        for _ in 0..pages {
            sleep_until(self.next).await;
            self.next = Instant::now() + PACE;
            let page = asked.clone().set_next_token(token).send().await?;
            let named = |it: &&Event| it.resources().iter().any(|resource| resource.resource_name() == Some(name));
            events.extend(page.events().iter().filter(named).map(recorded));
            token = page.next_token().map(str::to_owned);
            if token.is_none() {
                break;
            }
        }
        Ok(events)
    }
}

fn recorded(event: &Event) -> Recorded {
    let detail: Value = event.cloud_trail_event().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let text = |path: &str| detail.pointer(path).and_then(Value::as_str).map(str::to_owned);
    let who = text("/userIdentity/arn").or_else(|| event.username().map(str::to_owned));
    Recorded {
        name: event.event_name().unwrap_or_default().to_owned(),
        at: event.event_time().and_then(time),
        who: who.or_else(|| text("/userIdentity/invokedBy")),
        from: text("/userIdentity/invokedBy").or_else(|| text("/sourceIPAddress")),
        with: text("/userAgent").map(|agent| agent.chars().take(LONGEST).collect()),
        failed: detail.get("errorCode").is_some_and(|code| !code.is_null()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_event_says_who_when_and_from_where() {
        let detail = json!({ "userIdentity": { "type": "IAMUser", "arn": "arn:aws:iam::1:user/me" },
                             "sourceIPAddress": "203.0.113.7", "userAgent": "x".repeat(100) });
        let event = |detail: Value| {
            let time = DateTime::from_secs(1_795_392_000);
            Event::builder()
                .event_name("RunInstances")
                .username("me")
                .event_time(time)
                .cloud_trail_event(detail.to_string())
        };
        let read = recorded(&event(detail).build());
        assert_eq!((read.who.as_deref(), read.from.as_deref()), (Some("arn:aws:iam::1:user/me"), Some("203.0.113.7")));
        assert_eq!((read.with.unwrap().len(), read.failed, read.at.unwrap().as_second()), (60, false, 1_795_392_000));
        let service = json!({ "userIdentity": { "invokedBy": "autoscaling.amazonaws.com" }, "errorCode": "Denied" });
        let read = recorded(&event(service).build());
        assert_eq!((read.who.as_deref(), read.from.as_deref()), (Some("me"), Some("autoscaling.amazonaws.com")));
        assert!(read.failed);
        assert_eq!(recorded(&Event::builder().build()).who, None);
    }
}
