//! What a sweep's answers come to: findings, gaps, and the matrix of what was looked at.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::allowance::{self, Used};
use super::ownership::{Claims, by_tags};
use super::sweep::{Progress, Unit};
use crate::aws::endpoints::offered;
use crate::aws::fault::is_no_such_host;
use crate::error::{Error, Result};
use crate::model::report::SweepScope;
use crate::model::{AccountId, Coverage, Finding, Gap, Listed, Look, Reason, Region, Scope};
use crate::resources::{self, Listing};

#[derive(Clone, Copy)]
pub(super) enum Ended {
    Complete,
    Interrupted,
    Late,
}

/// What was seen, when all answers are in.
pub(super) struct Seen {
    pub findings: Vec<Finding>,
    pub gaps: Vec<Gap>,
    pub coverage: Coverage,
}

type Key = (AccountId, Region, &'static str);

/// What has come in so far, and what is still awaited.
pub(super) struct Tally {
    findings: Vec<Finding>,
    gaps: Vec<Gap>,
    coverage: Coverage,
    waiting: BTreeSet<Key>,
    regions: usize,
    /// How much is still awaited of each region; those of which nothing is are not in it.
    open: BTreeMap<Region, usize>,
    claims: Claims,
    used: Used,
    /// Of services that the endpoint data does not know: their names do not exist there.
    nameless: Vec<Gap>,
}

impl Tally {
    pub fn new(units: &[Unit], scope: &SweepScope, first_gap: Option<Gap>) -> Self {
        let waiting: BTreeSet<_> = units.iter().map(key).collect();
        let mut open: BTreeMap<Region, usize> = BTreeMap::new();
        for (_, region, _) in &waiting {
            *open.entry(region.clone()).or_default() += 1;
        }
        Self {
            findings: Vec::new(),
            gaps: first_gap.into_iter().collect(),
            coverage: not_asked(scope),
            waiting,
            regions: open.len(),
            open,
            claims: Claims::default(),
            used: Used::new(),
            nameless: Vec::new(),
        }
    }

    pub fn progress(&self) -> Progress {
        Progress { regions: self.regions, regions_done: self.regions - self.open.len(), findings: self.findings.len() }
    }

    pub fn add(&mut self, unit: &Unit, listing: Result<Listing>) {
        if self.waiting.remove(&key(unit)) {
            self.answered(&unit.cx.place.region);
        }
        let look = match listing {
            Ok(listing) => self.keep(unit, listing),
            Err(error) => {
                let (gap, look) = (gap(unit, &error), Look::failed(error.reason()));
                if is_no_such_host(&error) && offered(unit.resource.endpoint(), &unit.cx.place.region).is_none() {
                    self.nameless.push(gap);
                    return;
                }
                self.gaps.push(gap);
                look
            }
        };
        self.look(unit.resource.id, &unit.cx.place.region, look);
    }

    fn answered(&mut self, region: &Region) {
        if let Some(open) = self.open.get_mut(region) {
            *open -= 1;
            if *open == 0 {
                self.open.remove(region);
            }
        }
    }

    fn keep(&mut self, unit: &Unit, listing: Listing) -> Look {
        let look = match (listing.faults.first(), listing.findings.is_empty()) {
            (Some(fault), _) => Look::failed(fault.reason()),
            (None, false) => Look::Found,
            (None, true) => Look::Empty,
        };
        self.gaps.extend(listing.faults.iter().map(|fault| gap(unit, fault)));
        self.claims.add(&unit.cx.place.account, &unit.cx.place.region, listing.owned);
        for (kind, quantity) in listing.used {
            *self.used.entry(kind).or_insert(Decimal::ZERO) += quantity;
        }
        self.findings.extend(listing.findings.into_iter().map(|finding| place(unit, finding)));
        look
    }

    fn look(&mut self, resource: &str, region: &Region, look: Look) {
        self.coverage.entry(resource.to_owned()).or_default().insert(region.clone(), look);
    }

    pub fn end(mut self, ended: Ended) -> Seen {
        let unanswered = match ended {
            Ended::Complete => None,
            Ended::Interrupted => Some((Reason::Other, Gap::INTERRUPTED)),
            Ended::Late => Some((Reason::Timeout, "no answer before the time limit")),
        };
        for (account, region, resource) in std::mem::take(&mut self.waiting) {
            let Some((reason, message)) = unanswered else { continue };
            self.look(resource, &region, Look::Failed);
            self.gaps.push(Gap {
                account,
                region: Some(region),
                resource: Some(resource.to_owned()),
                reason,
                action: None,
                message: message.to_owned(),
            });
        }
        self.judge_nameless();
        self.claims.settle(&mut self.findings);
        let charged = places(&self.findings);
        allowance::take_off(&mut self.findings, self.used);
        clear(&mut self.coverage, &charged, &places(&self.findings));
        Seen { findings: self.findings, gaps: self.gaps, coverage: self.coverage }
    }

    /// Where anything else answered, the network is not at fault: a service without a name there is not offered there.
    fn judge_nameless(&mut self) {
        let answering: BTreeSet<Region> = self
            .coverage
            .values()
            .flatten()
            .filter(|(_, look)| matches!(look, Look::Found | Look::Empty))
            .map(|(region, _)| region.clone())
            .collect();
        for gap in std::mem::take(&mut self.nameless) {
            let (Some(resource), Some(region)) = (gap.resource.clone(), gap.region.clone()) else { continue };
            let absent = answering.contains(&region);
            self.look(&resource, &region, if absent { Look::NotOffered } else { Look::Failed });
            if !absent {
                self.gaps.push(gap);
            }
        }
    }
}

/// What nobody need ask for: regions that do not offer a type, and those where nobody can.
fn not_asked(scope: &SweepScope) -> Coverage {
    let mut coverage = Coverage::new();
    for resource in scope.resources.iter().filter_map(|id| resources::find(id)) {
        let cells = coverage.entry(resource.id.to_owned()).or_default();
        if resource.scope != Scope::Region {
            continue;
        }
        for region in scope.regions.iter().chain(&scope.disabled_regions).filter(|region| !resource.may_be_in(region)) {
            cells.insert(region.clone(), Look::NotOffered);
        }
        for region in scope.disabled_regions.iter().filter(|region| resource.may_be_in(region)) {
            cells.insert(region.clone(), Look::DisabledRegion);
        }
    }
    coverage
}

/// A type and a region.
type Cell = (String, Region);

fn places(findings: &[Finding]) -> BTreeSet<Cell> {
    findings.iter().map(|it| (it.resource.clone(), it.region.clone())).collect()
}

/// Where all that was found turned out to be free, nothing bills.
fn clear(coverage: &mut Coverage, charged: &BTreeSet<Cell>, left: &BTreeSet<Cell>) {
    for (resource, region) in charged.difference(left) {
        let look = coverage.get_mut(resource).and_then(|cells| cells.get_mut(region));
        if let Some(look) = look.filter(|look| **look == Look::Found) {
            *look = Look::Empty;
        }
    }
}

fn key(unit: &Unit) -> Key {
    (unit.cx.place.account.clone(), unit.cx.place.region.clone(), unit.resource.id)
}

fn gap(unit: &Unit, error: &Error) -> Gap {
    Gap {
        account: unit.cx.place.account.clone(),
        region: Some(unit.cx.place.region.clone()),
        resource: Some(unit.resource.id.to_owned()),
        reason: error.reason(),
        action: error.action.clone().or_else(|| unit.resource.reads().first().map(|&action| action.to_owned())),
        message: error.detail.clone().unwrap_or_default(),
    }
}

/// The sweep knows where it asked, and what it asked for. Only what is asked for in one place for all regions says itself
/// where it stands.
fn place(unit: &Unit, listed: Listed) -> Finding {
    let here = &unit.cx.place.region;
    let region = match unit.resource.scope {
        Scope::Global => listed.region.unwrap_or_else(|| here.clone()),
        Scope::Region | Scope::Only(_) => here.clone(),
    };
    let commands = listed.commands.into_iter().map(|(verb, command)| (verb, command.in_region(&region)));
    let owner = listed.owner.or_else(|| by_tags(&listed.tags)).map(|mut owner| {
        owner.command = owner.command.map(|command| command.in_region(&region));
        owner
    });
    Finding {
        account: unit.cx.place.account.clone(),
        resource: unit.resource.id.to_owned(),
        names: unit.resource.names.clone(),
        id: listed.id,
        arn: listed.arn,
        name: listed.name,
        billing: listed.billing,
        created_at: listed.created_at,
        bills_since_creation: listed.bills_since_creation,
        tags: listed.tags,
        owner,
        small: unit.resource.small,
        charges: listed.charges,
        usd_per_hour: None,
        usd_per_month: None,
        usd_since_created: None,
        can: listed.can,
        commands: commands.collect(),
        notes: listed.notes,
        region,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_all_is_free_nothing_was_found() {
        let regions = ["us-east-1", "eu-west-1", "eu-north-1"].map(Region::new);
        let looks = [Look::Found, Look::Found, Look::Denied];
        let cell = |region: &Region| ("alarm".to_owned(), region.clone());
        let mut coverage = Coverage::from([("alarm".to_owned(), regions.iter().cloned().zip(looks).collect())]);
        clear(&mut coverage, &regions.iter().map(cell).collect(), &BTreeSet::from([cell(&regions[0])]));
        let seen = regions.each_ref().map(|region| coverage["alarm"][region]);
        assert_eq!(seen, [Look::Found, Look::Empty, Look::Denied]);
    }
}
