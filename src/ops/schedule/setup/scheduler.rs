//! The connection to the account of the nightly run.

use aws_config::SdkConfig;
use jiff::Timestamp;

use crate::aws::stack::Stacks;
use crate::aws::stack_set::StackSets;
use crate::model::schedule::SCHEDULE_SCHEMA;
use crate::model::{Account, AccountId, Region, ScheduleReport, Usd};

/// Plans, applies, checks and removes the nightly run.
#[derive(Clone)]
pub struct Scheduler {
    pub(super) sdk: SdkConfig,
    pub(super) account: Account,
    pub(super) region: Region,
    pub(super) stacks: Stacks,
    pub(super) sets: StackSets,
    now: Timestamp,
}

impl Scheduler {
    #[must_use]
    pub fn new(sdk: &SdkConfig, account: Account, now: Timestamp) -> Self {
        let region = Region::new(sdk.region().map_or(Region::HOME, AsRef::as_ref));
        Self { sdk: sdk.clone(), account, region, stacks: Stacks::new(sdk), sets: StackSets::new(sdk), now }
    }

    pub(super) fn id(&self) -> &AccountId {
        &self.account.id
    }

    /// A report without parts.
    pub(super) fn blank(&self) -> ScheduleReport {
        ScheduleReport {
            schema: SCHEDULE_SCHEMA.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            made_at: self.now,
            account: self.account.clone(),
            region: self.region.clone(),
            organization: None,
            partial: false,
            accounts: None,
            at: None,
            time_zone: None,
            emails: Vec::new(),
            sender: None,
            parts: Vec::new(),
            proof: Vec::new(),
            usd_per_run: Usd::ZERO,
            usd_per_month: Usd::ZERO,
            last_run: None,
            reports: None,
            gaps: Vec::new(),
        }
    }
}
