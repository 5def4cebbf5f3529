//! One type in one region, listed again: before something is done to its things, and after.

use std::sync::Arc;

use aws_config::SdkConfig;

use super::found::Found;
use super::options::Options;
use super::report::{finding, keys};
use super::task::Task;
use crate::aws::Cx;
use crate::model::{AccountId, Finding, Gap, Region};
use crate::resources::Resource;

/// The things of a type in a region, without prices; the same keys as in a sweep.
#[derive(Debug, Clone, Default)]
pub struct Again {
    pub findings: Vec<Finding>,
    /// Why the list is not complete.
    pub gaps: Vec<Gap>,
}

pub async fn again(
    sdk: &SdkConfig,
    account: &AccountId,
    resource: &'static Resource,
    region: &Region,
    options: &Options,
) -> Again {
    let here = std::slice::from_ref(region);
    let Some(asked) = resource.asked_in(here).pop() else { return Again::default() };
    let cx = Cx::new(account, &asked, sdk).only(here);
    let answer = tokio::time::timeout(options.timeout, Task::new(cx, resource, Arc::default()).run()).await;
    let answer = answer.map_or_else(|_| Err(late(resource)), |(_, answer)| answer);
    let listing = match answer {
        Ok(listing) => listing,
        Err(error) => {
            return Again { gaps: vec![error.gap(account, Some(region), Some(resource.id))], ..Again::default() };
        }
    };
    let mut found: Vec<Found> =
        listing.findings.into_iter().map(|listed| Found::new(&asked, resource, listed)).collect();
    found.retain(|it| it.region == *region);
    found.sort_by(|a, b| a.order().cmp(&b.order()));
    let keys = keys(account, &found);
    let findings = found.into_iter().zip(keys).map(|(it, key)| finding(it, account, key, None, options));
    let gaps = listing.faults.iter().map(|fault| fault.gap(account, Some(region), Some(resource.id)));
    Again { findings: findings.collect(), gaps: gaps.collect() }
}

fn late(resource: &Resource) -> crate::error::Error {
    let action = resource.reads().first().copied().unwrap_or_default();
    let what = crate::model::Text::new("error-timeout").with("action", action);
    crate::error::Error::new(crate::error::Kind::Cloud(crate::model::Reason::Timeout), what).detail(Gap::LATE)
}
