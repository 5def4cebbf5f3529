//! The report of `guardrail bill`: the account's bill, and that of its organisation.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bill::Bill;
use super::gap::Gap;
use super::payer::OrganizationBill;
use super::place::Account;

pub const BILL_SCHEMA: &str = "guardrail/bill/v1";

/// The report of `guardrail bill`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BillReport {
    pub schema: String,
    pub version: String,
    #[schemars(with = "String")]
    pub made_at: Timestamp,
    pub account: Account,
    pub bill: Bill,
    /// The bill of all linked accounts; only in an account that pays for others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<OrganizationBill>,
    pub gaps: Vec<Gap>,
}
