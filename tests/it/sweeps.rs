//! Sweeps below the command line: the report as a value.

use std::time::Duration;

use guardrail::model::{Region, SweepReport};
use guardrail::ops::sweep::{Options, sweep};
use guardrail::prices::Lookup;

use crate::server::Server;
use crate::world::{ACCOUNT, NOW, sdk};

/// Every type in every region, without the bill and live prices.
pub fn everything() -> Options {
    Options {
        regions: Vec::new(),
        resources: Vec::new(),
        keep: Vec::new(),
        at_once: 128,
        timeout: Duration::from_mins(1),
        bill: false,
        limit_usd: None,
        made_at: NOW.parse().unwrap(),
        prices: Lookup::Snapshot,
    }
}

/// These types in this region.
pub fn only(region: Region, types: &[&str]) -> Options {
    let resources = types.iter().map(|id| (*id).to_owned()).collect();
    Options { regions: vec![region], resources, ..everything() }
}

/// # Panics
/// The regions cannot be read.
pub async fn swept(server: &Server, options: &Options) -> SweepReport {
    let account = ACCOUNT.parse().unwrap();
    sweep(&sdk(&server.url), &account, options, std::future::pending(), |_| {}).await.unwrap()
}
