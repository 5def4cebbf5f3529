//! Who created the most expensive findings: a tag says so, or AWS's event history.

use std::collections::BTreeMap;
use std::time::Duration;

use aws_config::SdkConfig;
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};

use crate::aws::Cx;
use crate::aws::event_history::{DAYS, EventHistory, Recorded};
use crate::model::creator::{CreatedBy, UnknownCreator};
use crate::model::{AccountId, Finding, Reason, Region, SweepReport};

/// Tags that name a creator, in lower case.
const TAGS: [&str; 5] = ["aws:createdby", "createdby", "created-by", "created_by", "creator"];
/// How the names of calls that create something begin.
const CREATE: [&str; 12] = [
    "Create",
    "Run",
    "Allocate",
    "Restore",
    "Purchase",
    "Register",
    "Import",
    "Copy",
    "Provision",
    "Launch",
    "Enable",
    "Subscribe",
];
/// Calls that look alike and create something else.
const OTHERS: [&str; 2] = ["CreateTags", "CreateTag"];
/// A call and the creation time that AWS gives differ at most by this.
const NEAR: SignedDuration = SignedDuration::from_mins(15);
/// Pages of events that are read without a known time.
const PAGES: usize = 3;
/// The time limit of one region.
const LIMIT: Duration = Duration::from_mins(1);

/// Names the creators of the `most` most expensive findings, as far as they are known.
pub async fn name_creators(sdk: &SdkConfig, report: &mut SweepReport, most: usize) {
    let (account, now) = (report.scope.account.id.clone(), report.made_at);
    name_creators_of(sdk, &account, report.findings.iter_mut().take(most), now).await;
}

/// Names the creators of these findings of one account. Those that an earlier sweep has found stay.
pub async fn name_creators_of(
    sdk: &SdkConfig,
    account: &AccountId,
    findings: impl Iterator<Item = &mut Finding>,
    now: Timestamp,
) {
    let mut regions: BTreeMap<Region, Vec<&mut Finding>> = BTreeMap::new();
    for finding in findings {
        if finding.created_by.as_ref().is_some_and(|it| it.who.is_some()) {
            continue;
        }
        match of_tags(finding) {
            Some(creator) => finding.created_by = Some(creator),
            None => regions.entry(finding.region.clone()).or_default().push(finding),
        }
    }
    join_all(regions.into_iter().map(|(region, findings)| {
        let cx = Cx::new(account, &region, sdk);
        async move {
            let mut history = EventHistory::of(&cx);
            // What is not answered in time keeps this.
            let mut findings = findings;
            for it in &mut findings {
                it.created_by = Some(CreatedBy::unknown(UnknownCreator::Failed));
            }
            let all = async {
                for finding in findings {
                    finding.created_by = Some(of_history(&mut history, finding, now).await);
                }
            };
            let _ = tokio::time::timeout(LIMIT, all).await;
        }
    }))
    .await;
}

fn of_tags(finding: &Finding) -> Option<CreatedBy> {
    let wanted = |key: &str| finding.tags.iter().find(|(tag, who)| tag.to_lowercase() == key && !who.is_empty());
    let (tag, who) = TAGS.iter().find_map(|key| wanted(key))?;
    Some(CreatedBy { who: Some(who.clone()), at: finding.created_at, tag: Some(tag.clone()), ..CreatedBy::default() })
}

async fn of_history(history: &mut EventHistory, finding: &Finding, now: Timestamp) -> CreatedBy {
    let oldest = now - SignedDuration::from_hours(DAYS * 24);
    if finding.created_at.is_some_and(|created| created < oldest) {
        return CreatedBy::unknown(UnknownCreator::TooOld);
    }
    let about = finding.created_at.map(|created| (created - NEAR, created + NEAR));
    // Close to the creation first: busy things have many events.
    let attempts = about.map(|within| (Some(within), 1)).into_iter().chain([(None, PAGES)]);
    for (within, pages) in attempts {
        for name in names(finding) {
            match history.about(name, within, pages).await {
                Err(error) if matches!(error.reason(), Reason::Denied | Reason::DeniedByOrganization) => {
                    return CreatedBy::unknown(UnknownCreator::Denied);
                }
                Err(_) => return CreatedBy::unknown(UnknownCreator::Failed),
                Ok(events) => {
                    if let Some(event) = created(&events, finding) {
                        return of_event(event);
                    }
                }
            }
        }
    }
    CreatedBy::unknown(UnknownCreator::NotRecorded)
}

/// The names under which events may know the thing.
fn names(finding: &Finding) -> Vec<&str> {
    let all = [Some(finding.id.as_str()), finding.arn.as_deref(), finding.name.as_deref()];
    let mut names: Vec<&str> = Vec::new();
    for name in all.into_iter().flatten().filter(|name| !name.is_empty()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The oldest call that created the thing: at the time of its creation, or one whose name has the kind of the thing.
fn created<'a>(events: &'a [Recorded], finding: &Finding) -> Option<&'a Recorded> {
    let creates = |it: &&Recorded| {
        CREATE.iter().any(|start| it.name.starts_with(start)) && !OTHERS.contains(&it.name.as_str()) && !it.failed
    };
    let near = |it: &Recorded| {
        it.at.zip(finding.created_at).is_some_and(|(at, created)| at.duration_since(created).abs() <= NEAR)
    };
    let name = |it: &Recorded| {
        let name = it.name.to_lowercase();
        finding.resource.split('-').skip(1).any(|word| word.len() > 3 && name.contains(word))
    };
    events.iter().rev().filter(creates).find(|it| near(it) || name(it))
}

fn of_event(event: &Recorded) -> CreatedBy {
    CreatedBy {
        who: event.who.clone(),
        at: event.at,
        from: event.from.clone(),
        with: event.with.clone(),
        event: Some(event.name.clone()),
        tag: None,
        unknown: event.who.is_none().then_some(UnknownCreator::NotRecorded),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(name: &str, at: &str) -> Recorded {
        let who = Some("me".to_owned());
        Recorded { name: name.to_owned(), at: at.parse().ok(), who, from: None, with: None, failed: false }
    }

    fn volume(created: Option<&str>) -> Finding {
        let created_at = created.and_then(|at| at.parse().ok());
        Finding { resource: "ec2-volume".to_owned(), created_at, ..Finding::new("vol-1") }
    }

    #[test]
    fn the_call_that_created_it_and_no_other() {
        let events = [
            event("DeleteSnapshot", "2026-11-20T00:00:00Z"),
            event("CreateSnapshot", "2026-11-10T00:00:00Z"),
            event("CreateTags", "2026-11-01T00:00:01Z"),
            event("AttachVolume", "2026-11-01T00:00:00Z"),
            event("RunInstances", "2026-11-01T00:00:00Z"),
        ];
        let name = |events: &[Recorded], finding: &Finding| created(events, finding).map(|it| it.name.clone());
        assert_eq!(name(&events, &volume(Some("2026-11-01T00:00:04Z"))).as_deref(), Some("RunInstances"));
        // Without a time, a snapshot of it is not its creation.
        assert_eq!(name(&events, &volume(None)), None);
        let own = [event("CreateSnapshot", "2026-11-10T00:00:00Z"), event("CreateVolume", "2026-11-01T00:00:00Z")];
        assert_eq!(name(&own, &volume(None)).as_deref(), Some("CreateVolume"));
        let refused = [Recorded { failed: true, ..event("CreateVolume", "2026-11-01T00:00:00Z") }];
        assert_eq!(name(&refused, &volume(None)), None);
    }

    #[test]
    fn a_tag_comes_first() {
        let tags = [("CreatedBy", "hana"), ("aws:createdBy", "IAMUser:AIDA:taro"), ("Owner", "x")];
        let tags = tags.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
        let of = of_tags(&Finding { tags, ..volume(None) }).unwrap();
        assert_eq!((of.who.as_deref(), of.tag.as_deref()), (Some("IAMUser:AIDA:taro"), Some("aws:createdBy")));
        assert_eq!(of_tags(&volume(None)), None);
    }
}
