//! Collects the answers of a sweep: findings, gaps and coverage.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::attached;
use super::found::Found;
use super::free_tier::{self, FreeTierUsage};
use super::ownership::OwnershipIndex;
use super::progress::Progress;
use super::task::Task;
use crate::aws::endpoints::offered;
use crate::aws::fault::is_no_such_host;
use crate::error::{Error, Result};
use crate::model::report::SweepScope;
use crate::model::{AccountId, Cause, CheckOutcome, Coverage, Gap, Reason, Region, Scope};
use crate::resources::{self, Listing};

/// How the sweep ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    Complete,
    Interrupted,
    Late,
}

/// The results of a finished sweep.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Seen {
    pub found: Vec<Found>,
    pub gaps: Vec<Gap>,
    pub coverage: Coverage,
    /// The use of free allowances by things that are not reported.
    pub used: FreeTierUsage,
}

impl Seen {
    /// Deducts what is left of the free allowances, and adds this account's use of them to `used`.
    pub fn deduct(&mut self, used: &mut FreeTierUsage) {
        for (of, quantity) in std::mem::take(&mut self.used) {
            let sum = used.entry(of).or_default();
            *sum = sum.saturating_add(quantity);
        }
        free_tier::deduct(&mut self.found, used);
        attached::note_stopped(&mut self.found, &self.coverage);
        mark_found(&mut self.coverage, &self.found);
    }
}

/// A type and a region.
type Cell = (&'static str, Region);

/// The answers so far, and the pending cells.
pub(super) struct Collector {
    account: AccountId,
    found: Vec<Found>,
    gaps: Vec<Gap>,
    coverage: Coverage,
    waiting: BTreeSet<Cell>,
    questions: usize,
    owners: OwnershipIndex,
    used: FreeTierUsage,
    /// Gaps of services that the endpoint data lacks: their host names do not exist there.
    nameless: Vec<Gap>,
}

impl Collector {
    pub fn new(tasks: &[Task], scope: &SweepScope, first_gap: Option<Gap>) -> Self {
        let waiting: BTreeSet<_> = tasks.iter().map(cell).collect();
        Self {
            account: scope.account.id.clone(),
            found: Vec::new(),
            gaps: first_gap.into_iter().collect(),
            coverage: not_asked(scope),
            questions: waiting.len(),
            waiting,
            owners: OwnershipIndex::default(),
            used: FreeTierUsage::new(),
            nameless: Vec::new(),
        }
    }

    pub fn progress(&self) -> Progress {
        Progress {
            questions: self.questions,
            answered: self.questions - self.waiting.len(),
            findings: self.found.len(),
        }
    }

    pub fn add(&mut self, task: &Task, listing: Result<Listing>) {
        self.waiting.remove(&cell(task));
        let outcome = match listing {
            Ok(listing) => self.keep(task, listing),
            Err(error) => {
                let (gap, outcome) = (gap(task, &error), CheckOutcome::failed(error.reason()));
                if is_no_such_host(&error) && offered(task.resource.endpoint(), task.region()).is_none() {
                    self.nameless.push(gap);
                    return;
                }
                self.gaps.push(gap);
                outcome
            }
        };
        self.mark(task.resource.id, task.region(), outcome);
    }

    /// Whether something is charged there is known only at the end: all of it may be free.
    fn keep(&mut self, task: &Task, listing: Listing) -> CheckOutcome {
        self.gaps.extend(listing.faults.iter().map(|fault| gap(task, fault)));
        self.owners.add(task.region(), listing.owned);
        for (kind, quantity) in listing.used {
            let used = self.used.entry(kind.into()).or_insert(Decimal::ZERO);
            *used = used.saturating_add(quantity);
        }
        let wanted = listing.findings.into_iter().filter(|it| it.region.as_ref().is_none_or(|it| task.cx.wants(it)));
        self.found.extend(wanted.map(|listed| Found::new(task.region(), task.resource, listed)));
        listing.faults.first().map_or(CheckOutcome::Empty, |fault| CheckOutcome::failed(fault.reason()))
    }

    fn mark(&mut self, resource: &str, region: &Region, outcome: CheckOutcome) {
        self.coverage.entry(resource.to_owned()).or_default().insert(region.clone(), outcome);
    }

    pub fn end(mut self, ended: Ended) -> Seen {
        let (reason, message, cause) = match ended {
            // A lost answer never counts as an empty one.
            Ended::Complete => (Reason::Other, Gap::MISTAKE, Some(Cause::Mistake)),
            Ended::Interrupted => (Reason::Other, Gap::INTERRUPTED, Some(Cause::Interrupted)),
            Ended::Late => (Reason::Timeout, Gap::LATE, None),
        };
        for (resource, region) in std::mem::take(&mut self.waiting) {
            self.mark(resource, &region, CheckOutcome::Failed);
            self.gaps.push(Gap {
                account: self.account.clone(),
                region: Some(region),
                resource: Some(resource.to_owned()),
                reason,
                action: None,
                message: message.to_owned(),
                cause,
            });
        }
        self.judge_nameless();
        self.owners.apply(&mut self.found);
        Seen { found: self.found, gaps: self.gaps, coverage: self.coverage, used: self.used }
    }

    /// If anything else answered, the network works: a service without a host name is not offered there.
    fn judge_nameless(&mut self) {
        let answering: BTreeSet<Region> = self
            .coverage
            .values()
            .flatten()
            .filter(|(_, outcome)| **outcome == CheckOutcome::Empty)
            .map(|(region, _)| region.clone())
            .collect();
        for gap in std::mem::take(&mut self.nameless) {
            let (Some(resource), Some(region)) = (gap.resource.clone(), gap.region.clone()) else { continue };
            let absent = answering.contains(&region);
            self.mark(&resource, &region, if absent { CheckOutcome::NotOffered } else { CheckOutcome::Failed });
            if !absent {
                self.gaps.push(gap);
            }
        }
    }
}

/// Cells that are known without a request: services not offered in a region, and disabled regions.
fn not_asked(scope: &SweepScope) -> Coverage {
    let mut coverage = Coverage::new();
    for resource in scope.resources.iter().filter_map(|id| resources::find(id)) {
        let cells = coverage.entry(resource.id.to_owned()).or_default();
        if resource.scope != Scope::Region {
            continue;
        }
        for region in scope.regions.iter().chain(&scope.disabled_regions).filter(|region| !resource.may_be_in(region)) {
            cells.insert(region.clone(), CheckOutcome::NotOffered);
        }
        for region in scope.disabled_regions.iter().filter(|region| resource.may_be_in(region)) {
            cells.insert(region.clone(), CheckOutcome::DisabledRegion);
        }
    }
    coverage
}

/// Marks each finding under its own region. A part that could not be read is the more important outcome.
fn mark_found(coverage: &mut Coverage, found: &[Found]) {
    for Found { region, resource, .. } in found {
        let cells = coverage.entry(resource.id.to_owned()).or_default();
        let cell = cells.entry(region.clone()).or_insert(CheckOutcome::Empty);
        if *cell == CheckOutcome::Empty {
            *cell = CheckOutcome::Found;
        }
    }
}

fn cell(task: &Task) -> Cell {
    (task.resource.id, task.region().clone())
}

/// The gap of a failed task. If the failed action is not known, it is most likely the type's first.
fn gap(task: &Task, error: &Error) -> Gap {
    let gap = error.gap(&task.cx.place.account, Some(task.region()), Some(task.resource.id));
    if error.cause == Some(Cause::Mistake) {
        return gap;
    }
    Gap { action: gap.action.or_else(|| task.resource.reads().first().map(|&action| action.to_owned())), ..gap }
}

#[cfg(test)]
mod tests {
    use super::super::task::tests::{PANICS, task};
    use super::*;
    use crate::model::{Account, Charge, Listed, Sku};

    fn scope() -> SweepScope {
        SweepScope {
            account: Account { id: "123456789012".parse().unwrap(), alias: None },
            regions: Vec::new(),
            disabled_regions: Vec::new(),
            resources: Vec::new(),
            resources_known: None,
            partial: false,
        }
    }

    #[test]
    fn where_all_is_free_nothing_was_found() {
        let alarm = resources::find("cloudwatch-alarm").unwrap();
        let tasks = ["us-east-1", "eu-west-1", "eu-north-1"].map(|region| task(alarm, region));
        let mut collector = Collector::new(&tasks, &scope(), None);
        let charge = || Charge::each_month("alarm", Sku::new("AmazonCloudWatch"), 1).free_up_to("alarms", 2);
        let listing = |id: &str| Listing::from(vec![Listed::new(id).charge(charge())]);
        collector.add(&tasks[0], Ok(listing("a")));
        collector.add(&tasks[1], Ok(listing("b")));
        collector.add(&tasks[2], Ok(Listing { faults: vec![Error::mistake()], ..listing("c") }));
        let mut seen = collector.end(Ended::Complete);
        seen.deduct(&mut FreeTierUsage::new());
        let outcome = |region: &str| seen.coverage["cloudwatch-alarm"][&Region::new(region)];
        assert_eq!(
            [outcome("us-east-1"), outcome("eu-west-1"), outcome("eu-north-1")],
            [CheckOutcome::Found, CheckOutcome::Empty, CheckOutcome::Failed]
        );
        assert_eq!(seen.found.iter().map(|it| it.region.as_str()).collect::<Vec<_>>(), ["us-east-1"]);
    }

    #[tokio::test]
    async fn a_panic_is_a_gap_of_its_type_and_region() {
        let tasks = ["us-east-1", "eu-west-1"].map(|region| task(&PANICS, region));
        let mut collector = Collector::new(&tasks, &scope(), None);
        let [first, second] = tasks;
        let (first, answer) = first.run().await;
        collector.add(&first, answer);
        collector.add(&second, Ok(Listing::from(vec![Listed::new("odd")])));
        let seen = collector.end(Ended::Complete);
        let [gap] = seen.gaps.as_slice() else { panic!("{:?}", seen.gaps) };
        assert_eq!((gap.resource.as_deref(), gap.region.as_ref().unwrap().as_str()), (Some("panics"), "us-east-1"));
        assert_eq!((gap.message.as_str(), gap.action.as_deref()), (Gap::MISTAKE, None));
        assert_eq!(seen.coverage["panics"][&Region::home()], CheckOutcome::Failed);
        assert_eq!(seen.found.len(), 1);
    }

    #[test]
    fn an_answer_that_never_came_is_a_gap_however_the_sweep_ended() {
        for (ended, cause) in [
            (Ended::Complete, Some(Cause::Mistake)),
            (Ended::Interrupted, Some(Cause::Interrupted)),
            (Ended::Late, None),
        ] {
            let seen = Collector::new(&[task(&PANICS, "us-east-1")], &scope(), None).end(ended);
            assert_eq!(seen.gaps.iter().map(|gap| gap.cause).collect::<Vec<_>>(), [cause]);
        }
    }

    #[test]
    fn things_of_other_regions_than_the_wanted_ones_are_left_out() {
        let buckets = resources::find("s3-bucket").unwrap();
        let mut task = task(buckets, "us-east-1");
        task.cx = task.cx.only(&[Region::new("eu-west-1")]);
        let in_region = |id: &str, region: Option<&str>| Listed { region: region.map(Region::new), ..Listed::new(id) };
        let listed = vec![in_region("a", Some("eu-west-1")), in_region("b", Some("us-west-2")), in_region("c", None)];
        let mut collector = Collector::new(std::slice::from_ref(&task), &scope(), None);
        collector.add(&task, Ok(listed.into()));
        let mut seen = collector.end(Ended::Complete);
        seen.deduct(&mut FreeTierUsage::new());
        let found: Vec<_> = seen.found.iter().map(|it| (it.listed.id.as_str(), it.region.as_str())).collect();
        assert_eq!(found, [("a", "eu-west-1"), ("c", "us-east-1")]);
        let cells = &seen.coverage["s3-bucket"];
        assert!(cells.len() == 2 && cells.values().all(|outcome| *outcome == CheckOutcome::Found), "{cells:?}");
    }
}
