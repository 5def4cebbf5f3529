//! Brings the safeguards of one account to their desired state.

use aws_config::SdkConfig;

use crate::aws::Cx;
use crate::model::{Account, Region};
use crate::safeguards::{self, Entry, Inputs};

/// One account, and the desired state of its safeguards.
pub struct Reconciler {
    pub(super) cx: Cx,
    pub(super) account: Account,
    pub(super) inputs: Inputs,
}

impl Reconciler {
    #[must_use]
    pub fn new(sdk: &SdkConfig, account: Account, inputs: Inputs) -> Self {
        Self { cx: Cx::home(&account.id, sdk), account, inputs }
    }

    /// The client for the safeguard's region.
    pub(super) fn cx_of(&self, entry: &Entry, inputs: &Inputs) -> Cx {
        self.cx.at(&(entry.region)(inputs))
    }
}

pub(super) fn region_of(safeguard: &str, inputs: &Inputs) -> Region {
    let entry = safeguards::ALL.iter().find(|entry| entry.id == safeguard);
    entry.map_or_else(Region::home, |entry| (entry.region)(inputs))
}
