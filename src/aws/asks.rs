//! The operations that `src/aws` itself calls by name, apart from those of resource types and safeguards.

use super::api::Asks;
use super::{account_kind, accounts, advice, bill, commitments, cost_explorer, keys, organization, role, support};

pub fn asks() -> impl Iterator<Item = &'static dyn Asks> {
    let of_bill = [advice::ASKS, bill::ASKS, commitments::ASKS, cost_explorer::ASKS, keys::ASKS, support::ASKS];
    let all = [accounts::ASKS, account_kind::ASKS, organization::ASKS, role::ASKS].into_iter().chain(of_bill);
    all.flatten().copied()
}
