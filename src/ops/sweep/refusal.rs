//! Credentials that no region accepts: a region that is not enabled answers like that, but not all of them do.

use std::collections::BTreeSet;

use crate::model::report::SweepScope;
use crate::model::{Cause, CheckOutcome, Coverage, Gap, Reason, Region};

/// Names the credentials as the cause if every region that was asked refused them.
pub(super) fn judge(gaps: &mut [Gap], coverage: &Coverage, scope: &SweepScope) {
    let asked: BTreeSet<&Region> = coverage
        .values()
        .flatten()
        .filter(|(region, outcome)| **outcome != CheckOutcome::NotOffered && !scope.disabled_regions.contains(region))
        .map(|(region, _)| region)
        .collect();
    let of_region = |gap: &Gap| gap.reason == Reason::DisabledRegion;
    let refused = |region: &Region| gaps.iter().any(|gap| of_region(gap) && gap.region.as_ref() == Some(region));
    // One region alone may be one that is not enabled, but for that which every account has.
    let several = asked.len() > 1 || asked.contains(&Region::home());
    if several && asked.into_iter().all(refused) {
        gaps.iter_mut().filter(|gap| of_region(gap)).for_each(|gap| gap.cause = Some(Cause::Refused));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Account;

    fn causes(outcomes: &[(&str, CheckOutcome)]) -> Vec<Option<Cause>> {
        let account = Account { id: "123456789012".parse().unwrap(), alias: None };
        let gap = |region: &str| Gap {
            account: account.id.clone(),
            region: Some(Region::new(region)),
            resource: Some("ec2-volume".to_owned()),
            reason: Reason::DisabledRegion,
            action: None,
            message: String::new(),
            cause: None,
        };
        let disabled = |(_, outcome): &&(&str, CheckOutcome)| *outcome == CheckOutcome::DisabledRegion;
        let mut gaps: Vec<Gap> = outcomes.iter().filter(disabled).map(|(region, _)| gap(region)).collect();
        let cells = outcomes.iter().map(|(region, outcome)| (Region::new(*region), *outcome));
        let scope = SweepScope {
            account: account.clone(),
            regions: Vec::new(),
            disabled_regions: vec![Region::new("ap-east-1")],
            resources: Vec::new(),
            resources_known: None,
            partial: false,
        };
        let mut cells: std::collections::BTreeMap<_, _> = cells.collect();
        cells.insert(Region::new("ap-east-1"), CheckOutcome::DisabledRegion);
        judge(&mut gaps, &Coverage::from([("ec2-volume".to_owned(), cells)]), &scope);
        gaps.into_iter().map(|gap| gap.cause).collect()
    }

    #[test]
    fn what_every_region_refuses_is_the_key() {
        use CheckOutcome::{DisabledRegion, Empty, NotOffered};
        let both = [("us-east-1", DisabledRegion), ("eu-west-1", DisabledRegion), ("eu-west-2", NotOffered)];
        assert_eq!(causes(&both), [Some(Cause::Refused); 2]);
        assert_eq!(causes(&[("us-east-1", Empty), ("eu-west-1", DisabledRegion)]), [None]);
        assert_eq!(causes(&[("eu-west-1", DisabledRegion)]), [None]);
        assert_eq!(causes(&[("us-east-1", DisabledRegion)]), [Some(Cause::Refused)]);
        assert_eq!(causes(&[]), []);
    }
}
