//! The bill of an organisation, which its management account pays: what each linked account has accrued.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bill::{Bill, ServiceCost};
use super::money::Usd;
use super::place::AccountId;

/// The month's charges of one account, or of all of them. `null` means that AWS returned no figure.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Accrued {
    /// The time of AWS's latest figure.
    #[schemars(with = "Option<String>")]
    pub as_of: Option<Timestamp>,
    /// Month to date.
    pub total_usd: Option<Usd>,
    /// The cost of a day, by the growth of about the last two days.
    pub usd_per_day: Option<Usd>,
    /// The total if every remaining day costs as much.
    pub month_end_usd_estimate: Option<Usd>,
}

impl From<&Bill> for Accrued {
    fn from(bill: &Bill) -> Self {
        let Bill { as_of, total_usd, usd_per_day, month_end_usd_estimate, .. } = *bill;
        Self { as_of, total_usd, usd_per_day, month_end_usd_estimate }
    }
}

/// The bill of an organisation, as its management account sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OrganizationBill {
    #[serde(flatten)]
    pub accrued: Accrued,
    /// The linked accounts, the most expensive first.
    pub accounts: Vec<LinkedBill>,
}

/// What one linked account has accrued.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LinkedBill {
    pub account: AccountId,
    /// `null` if the accounts may not be listed.
    pub name: Option<String>,
    #[serde(flatten)]
    pub accrued: Accrued,
    /// The most expensive first.
    pub services: Vec<ServiceCost>,
}

impl OrganizationBill {
    /// The bill of these accounts, in any order.
    #[must_use]
    pub fn of(accrued: Accrued, mut accounts: Vec<LinkedBill>) -> Self {
        let key = |it: &LinkedBill| (it.accrued.total_usd, it.accrued.usd_per_day);
        accounts.sort_by(|a, b| key(b).cmp(&key(a)).then_with(|| a.account.cmp(&b.account)));
        Self { accrued, accounts }
    }
}
