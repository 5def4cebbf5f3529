//! The unit of work of a sweep: one resource type in one place.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use aws_config::SdkConfig;
use futures::FutureExt as _;

use super::circuit_breaker::CircuitBreaker;
use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::Region;
use crate::model::report::SweepScope;
use crate::resources::{self, Listing, Resource};

pub(super) struct Task {
    pub cx: Cx,
    pub resource: &'static Resource,
    /// Shared by all tasks of the place.
    breaker: Arc<CircuitBreaker>,
}

impl Task {
    pub fn new(cx: Cx, resource: &'static Resource, breaker: Arc<CircuitBreaker>) -> Self {
        Self { cx, resource, breaker }
    }

    pub fn region(&self) -> &Region {
        &self.cx.place.region
    }

    /// Lists the things of the type. A panic fails only this task.
    pub async fn run(self) -> (Self, Result<Listing>) {
        if let Some(error) = self.breaker.open_error() {
            return (self, Err(error));
        }
        let listing = AssertUnwindSafe(async { (self.resource.list)(&self.cx).await }).catch_unwind().await;
        let answer = listing.unwrap_or_else(|_| Err(Error::mistake()));
        self.breaker.record(&answer);
        (self, answer)
    }
}

/// All tasks of a sweep, ordered by type, so that an unresponsive region holds few of the running tasks at any time. Types that
/// list all regions in one place return only the `wanted` regions; an empty list means all.
pub(super) fn tasks(sdk: &SdkConfig, scope: &SweepScope, wanted: &[Region]) -> Vec<Task> {
    let mut places: BTreeMap<Region, (Cx, Arc<CircuitBreaker>)> = BTreeMap::new();
    let mut tasks = Vec::new();
    for resource in scope.resources.iter().filter_map(|id| resources::find(id)) {
        for region in resource.asked_in(&scope.regions) {
            let new = |region: &Region| (Cx::new(&scope.account.id, region, sdk).only(wanted), Arc::default());
            let (cx, breaker) = places.entry(region).or_insert_with_key(new).clone();
            tasks.push(Task::new(cx, resource, breaker));
        }
    }
    tasks
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::{Cause, Gap, Scope, words};

    pub static PANICS: Resource = Resource {
        id: "panics",
        names: words("Odd thing", "おかしなもの"),
        bills: words("", ""),
        scope: Scope::Region,
        small: false,
        billed_as: &[],
        asks: &[],
        writes: &[],
        owns: &[],
        list: |_| async { panic!("an answer that no type expects") }.boxed(),
    };

    pub fn task(resource: &'static Resource, region: &str) -> Task {
        let account = "123456789012".parse().unwrap();
        Task::new(Cx::new(&account, &Region::new(region), &SdkConfig::builder().build()), resource, Arc::default())
    }

    #[tokio::test]
    async fn a_panic_is_a_failure_of_its_task() {
        let (_, answer) = task(&PANICS, "eu-west-1").run().await;
        let error = answer.err().unwrap();
        assert_eq!((error.cause, error.detail.as_deref()), (Some(Cause::Mistake), Some(Gap::MISTAKE)));
    }
}
