//! The whole sweep of the practice account: run once for each line that several tests look at.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use crate::world::{Screen, World};

/// Two types of which the practice account has something, for tests of something else.
pub const SOME: &str = "ec2-volume,ec2-address";

static SCREENS: Mutex<BTreeMap<String, Arc<OnceLock<Screen>>>> = Mutex::new(BTreeMap::new());

/// What `sweep --demo` with these options leaves on a screen of 80 columns. Thousands of calls: what needs only some types
/// asks for [`SOME`].
#[must_use]
pub fn sweep(options: &str) -> Screen {
    let once = SCREENS.lock().unwrap().entry(options.to_owned()).or_default().clone();
    once.get_or_init(|| World::new().env("COLUMNS", "80").run(&format!("sweep --demo {options}"))).clone()
}
