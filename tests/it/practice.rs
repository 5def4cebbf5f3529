//! The complete sweep of the demo account: run once for each set of options that several tests need.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use crate::world::{Screen, World};

/// Two types that the demo account has, for tests of other things.
pub const SOME: &str = "ec2-volume,ec2-address";

static SCREENS: Mutex<BTreeMap<String, Arc<OnceLock<Screen>>>> = Mutex::new(BTreeMap::new());

/// The screen of `sweep --demo` with these options, 80 columns wide. Complete sweeps make thousands of calls: tests that need only
/// some types use [`SOME`].
#[must_use]
pub fn sweep(options: &str) -> Screen {
    let once = SCREENS.lock().unwrap().entry(options.to_owned()).or_default().clone();
    once.get_or_init(|| World::new().env("COLUMNS", "80").run(&format!("sweep --demo {options}"))).clone()
}
