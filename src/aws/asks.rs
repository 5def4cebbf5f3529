//! The operations that `src/aws` itself calls by name, apart from those of resource types and safeguards.

use super::api::Asks;
use super::{account_kind, accounts, bill, cost_explorer, organization, role};

pub fn asks() -> impl Iterator<Item = &'static dyn Asks> {
    let all = [accounts::ASKS, account_kind::ASKS, bill::ASKS, cost_explorer::ASKS, organization::ASKS, role::ASKS];
    all.into_iter().flatten().copied()
}
