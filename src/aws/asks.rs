//! The operations that `src/aws` itself calls by name, apart from those of resource types and safeguards.

use super::api::Asks;
use super::{
    account_kind, accounts, advice, bill, commitments, cost_explorer, executions, keys, organization, public_buckets,
    role, ses, stack, stack_set, support, topic,
};

pub fn asks() -> impl Iterator<Item = &'static dyn Asks> {
    let of_bill = [advice::ASKS, bill::ASKS, commitments::ASKS, cost_explorer::ASKS, keys::ASKS, support::ASKS];
    let of_schedule = [topic::ASKS, ses::ASKS, executions::ASKS, stack::ASKS, stack_set::ASKS];
    let of_accounts = [public_buckets::ASKS, accounts::ASKS, account_kind::ASKS, organization::ASKS, role::ASKS];
    of_bill.into_iter().chain(of_schedule).chain(of_accounts).flatten().copied()
}
