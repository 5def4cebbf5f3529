//! The gaps of a bill, and of a letter about it: each figure that could not be read, and the reason.

use crate::aws::billing_metric::{Figures, READS};
use crate::error::{Error, Result};
use crate::model::bill::BILL;
use crate::model::{AccountId, Cause, Gap, Reason, Region};

pub(in crate::ops) struct Gaps {
    account: AccountId,
    pub gaps: Vec<Gap>,
}

impl Gaps {
    pub fn of(account: AccountId) -> Self {
        Self { account, gaps: Vec::new() }
    }

    pub fn unless<T>(&mut self, answer: Result<T>) -> Option<T> {
        answer.map_err(|error| self.add(&error)).ok()
    }

    pub fn figures(&mut self, answer: Result<Figures>) -> Figures {
        let figures = self.unless(answer).unwrap_or_default();
        // One missing permission denies several figures.
        let mut seen = Vec::new();
        for fault in &figures.faults {
            if !seen.contains(&fault.reason()) {
                seen.push(fault.reason());
                self.add(fault);
            }
        }
        figures
    }

    /// Adds the gap of figures that were not awaited, because of an interruption or the time limit.
    pub fn none(&mut self, interrupted: bool) {
        let (reason, message, cause) = if interrupted {
            (Reason::Other, Gap::INTERRUPTED, Some(Cause::Interrupted))
        } else {
            (Reason::Timeout, Gap::LATE, None)
        };
        self.gaps.push(Gap {
            account: self.account.clone(),
            region: Some(Region::home()),
            resource: Some(BILL.to_owned()),
            reason,
            action: Some(READS[0].to_owned()),
            message: message.to_owned(),
            cause,
        });
    }

    /// What is denied is denied in every region: it is one gap.
    pub fn once_each(&mut self, faults: Vec<(Region, Error)>) {
        let mut seen = Vec::new();
        for (region, fault) in faults {
            let same = (fault.action.clone(), fault.reason());
            if !seen.contains(&same) {
                seen.push(same);
                self.gaps.push(fault.gap(&self.account, Some(&region), Some(BILL)));
            }
        }
    }

    pub fn add(&mut self, error: &Error) {
        self.gaps.push(error.gap(&self.account, Some(&Region::home()), Some(BILL)));
    }
}
