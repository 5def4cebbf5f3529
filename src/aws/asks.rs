//! The operations that are asked by name here, and not by a resource type or a safeguard.

use super::api::Asks;
use super::{account_kind, accounts, bill, cost_explorer};

/// Each of them, with what is read of its answer.
pub fn asks() -> impl Iterator<Item = &'static dyn Asks> {
    [accounts::ASKS, account_kind::ASKS, bill::ASKS, cost_explorer::ASKS].into_iter().flatten().copied()
}
