//! The account's bill: the month's charges so far, how fast they grow, and how much of them the sweep explains.

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cause::Causes;
use super::commitment::{Commitment, SupportPlan};
use super::money::Usd;
use super::note::Note;
use super::place::Region;

/// The console page that shows a bill line by line.
pub const BILLS_PAGE: &str = "https://console.aws.amazon.com/costmanagement/home#/bills";

/// The resource of a gap that concerns the bill.
pub const BILL: &str = "bill";

/// One month's bill so far. `null` means that AWS returned no figure, or that it was not requested.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bill {
    /// The month of the bill, in UTC: `2026-11`.
    pub month: String,
    /// The beginning of the next month's bill.
    #[schemars(with = "String")]
    pub month_ends_at: Timestamp,
    /// The time of AWS's latest figure, to the hour: the figure may be up to an hour newer.
    #[schemars(with = "Option<String>")]
    pub as_of: Option<Timestamp>,
    /// Month to date.
    pub total_usd: Option<Usd>,
    /// The cost of a day, by the growth of about the last two days.
    pub usd_per_day: Option<Usd>,
    /// The total if every remaining day costs as much.
    pub month_end_usd_estimate: Option<Usd>,
    /// The monthly limit that the person chose.
    pub limit_usd: Option<Usd>,
    /// The most expensive first.
    pub services: Vec<ServiceCost>,
    /// The part of the total that belongs to no service: tax, support; `null` if it is less than a cent, or not known.
    pub rest: Option<Rest>,
    /// The charges of each day of the month, as far as there are figures.
    pub days: Vec<Day>,
    pub budgets: Option<Vec<BudgetSpend>>,
    /// The most used first.
    pub free_tier: Option<Vec<Allowance>>,
    pub plan: Option<Plan>,
    pub credits: Option<Vec<Credit>>,
    pub credits_left_usd: Option<Usd>,
    /// When the credits are used up if every remaining day costs as much.
    #[schemars(with = "Option<String>")]
    pub credits_gone_at: Option<Timestamp>,
    /// By region, from Cost Explorer; `null` if it was not requested.
    pub regions: Option<Vec<RegionCost>>,
    /// Reserved instances and nodes and Savings Plans, the first to end first; `null` if they were not requested.
    #[serde(default)]
    pub commitments: Option<Vec<Commitment>>,
    /// What may cause the traffic; `null` if it was not requested, or if the bill does not grow by traffic.
    #[serde(default)]
    pub causes: Option<Causes>,
    /// `null` if it was not requested.
    #[serde(default)]
    pub support_plan: Option<SupportPlan>,
    /// The console page that shows the bill line by line.
    pub page: String,
}

impl Bill {
    /// The services that cost money every day and of which the sweep found nothing.
    pub fn unexplained(&self) -> impl Iterator<Item = &ServiceCost> {
        self.services.iter().filter(|service| service.explained == Some(Explained::Unexplained))
    }
}

/// The cost of one service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceCost {
    /// As AWS writes it: `AmazonES`.
    pub service: String,
    /// Month to date; `null` if this month has no figure yet.
    pub usd: Option<Usd>,
    pub usd_per_day: Option<Usd>,
    /// The cost of this service's findings per day; `null` if bill and sweep were not compared.
    pub found_usd_per_day: Option<Usd>,
    /// `null` if bill and sweep were not compared, or if the service costs less than a cent a day.
    pub explained: Option<Explained>,
    /// Why the findings may not explain the cost, the most probable reason first.
    pub reasons: Vec<Note>,
}

/// The part of the month's total that belongs to no service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rest {
    /// Month to date.
    pub usd: Usd,
    pub usd_per_day: Option<Usd>,
    /// The possible reasons, the most probable first.
    pub reasons: Vec<Note>,
}

/// How far the findings explain the cost of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Explained {
    /// The findings cost as much, or nearly as much.
    Explained,
    /// The findings cost less, or have no known price.
    Partly,
    /// Nothing was found.
    Unexplained,
}

/// The charges of a UTC day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Day {
    #[schemars(with = "String")]
    pub date: Date,
    /// Since the last figure before this day; negative if AWS corrected the bill.
    pub usd: Usd,
    /// The first day that `usd` covers, if AWS returned no figure for the days before `date`; absent if it covers `date` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub from: Option<Date>,
}

/// A budget with AWS's calculated spend.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BudgetSpend {
    pub name: String,
    /// `daily`, `monthly`, `quarterly`, `annually` or `custom`.
    pub period: String,
    /// `USD`, or the unit of a usage budget: `Hrs`, `GB-Mo`.
    pub unit: String,
    #[serde(with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<String>")]
    pub actual: Option<Decimal>,
    #[serde(with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<String>")]
    pub forecast: Option<Decimal>,
    #[serde(with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<String>")]
    pub limit: Option<Decimal>,
}

/// A free-tier offer and how much of it is used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Allowance {
    /// As AWS writes it: `Amazon Simple Storage Service`.
    pub service: String,
    /// AWS's description of the offer.
    pub offer: Option<String>,
    pub usage_type: Option<String>,
    pub region: Option<String>,
    /// `12 Months Free`, `Always Free`, `Free Trial`.
    pub kind: Option<String>,
    pub unit: Option<String>,
    #[serde(with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<String>")]
    pub used: Option<Decimal>,
    #[serde(with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<String>")]
    pub forecast: Option<Decimal>,
    #[serde(with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<String>")]
    pub limit: Option<Decimal>,
    /// Used part of the limit, to one decimal place.
    #[serde(with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<String>")]
    pub percent: Option<Decimal>,
}

/// The plan of the account; accounts created before July 2025 have none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// `free` or `paid`.
    pub kind: String,
    /// `not-started`, `active` or `expired`.
    pub status: String,
    #[schemars(with = "Option<String>")]
    pub ends_at: Option<Timestamp>,
}

/// A credit that is not used up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Credit {
    pub name: String,
    pub left_usd: Option<Usd>,
    #[schemars(with = "Option<String>")]
    pub ends_at: Option<Timestamp>,
}

/// The cost of a region this month, from Cost Explorer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RegionCost {
    /// `global` for costs that belong to no region.
    pub region: Region,
    /// The account has not enabled the region: charged things in it cannot be read.
    pub disabled: bool,
    pub usd: Usd,
    /// The most expensive first.
    pub services: Vec<RegionService>,
    /// The same costs by usage type, the most expensive first.
    pub usage_types: Vec<UsageCost>,
}

/// A usage type, as AWS writes it: `APN1-ESInstance:r5.large`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UsageCost {
    pub usage_type: String,
    pub usd: Usd,
}

/// One service in a region. Cost Explorer has its own names: `Amazon OpenSearch Service`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RegionService {
    pub service: String,
    pub usd: Usd,
}

/// The month's charges at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Figure {
    pub at: Timestamp,
    pub usd: Usd,
}
