//! The account's bill: what AWS has charged this month so far, how fast it grows, and what of it the sweep explains.

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::finding::Note;
use super::gap::Gap;
use super::money::Usd;
use super::place::{Account, Region};

pub const BILL_SCHEMA: &str = "guardrail/bill/v1";

/// The console page that shows a bill line by line.
pub const BILLS_PAGE: &str = "https://console.aws.amazon.com/costmanagement/home#/bills";

/// What a gap about the bill names as its resource.
pub const BILL: &str = "bill";

/// The report of `guardrail bill`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BillReport {
    pub schema: String,
    pub version: String,
    #[schemars(with = "String")]
    pub made_at: Timestamp,
    pub account: Account,
    pub bill: Bill,
    pub gaps: Vec<Gap>,
}

/// One month's bill so far. `null` is what AWS gave no figure for, or was not asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bill {
    /// The month AWS bills by, which is one of UTC: `2026-11`.
    pub month: String,
    /// The first moment that belongs to the next month's bill.
    #[schemars(with = "String")]
    pub month_ends_at: Timestamp,
    /// When AWS last gave a figure; up to an hour later is possible.
    #[schemars(with = "Option<String>")]
    pub as_of: Option<Timestamp>,
    /// Month to date.
    pub total_usd: Option<Usd>,
    /// What a day costs, by the growth of the last two days or so.
    pub usd_per_day: Option<Usd>,
    /// The total if every day to come costs as much.
    pub month_end_usd_estimate: Option<Usd>,
    /// The most a month should cost, as the person chose it.
    pub limit_usd: Option<Usd>,
    /// The dearest first.
    pub services: Vec<ServiceCost>,
    /// What of the total no service has: tax, support; `null` if that is less than a cent, or not known.
    pub rest: Option<Rest>,
    /// What each day of the month added, as far as there are figures.
    pub days: Vec<Day>,
    pub budgets: Option<Vec<BudgetSpend>>,
    /// The most used up first.
    pub free_tier: Option<Vec<Allowance>>,
    pub plan: Option<Plan>,
    pub credits: Option<Vec<Credit>>,
    pub credits_left_usd: Option<Usd>,
    /// When the credits will be used up if every day to come costs as much.
    #[schemars(with = "Option<String>")]
    pub credits_gone_at: Option<Timestamp>,
    /// By region, from Cost Explorer; `null` if it was not asked.
    pub regions: Option<Vec<RegionCost>>,
    /// The console page that shows the bill line by line.
    pub page: String,
}

impl Bill {
    /// The services that cost money every day and of which the sweep found nothing.
    pub fn unexplained(&self) -> impl Iterator<Item = &ServiceCost> {
        self.services.iter().filter(|service| service.explained == Some(Explained::Unexplained))
    }
}

/// What one service costs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceCost {
    /// As AWS writes it: `AmazonES`.
    pub service: String,
    /// Month to date; `null` if this month has no figure yet.
    pub usd: Option<Usd>,
    pub usd_per_day: Option<Usd>,
    /// What the findings of this service cost a day; `null` where bill and sweep were not compared.
    pub found_usd_per_day: Option<Usd>,
    /// `null` where bill and sweep were not compared, and where the service costs nothing worth a cent a day.
    pub explained: Option<Explained>,
    /// Why the findings may not explain it, the likeliest first.
    pub reasons: Vec<Note>,
}

/// The part of the month's total that is in no service's figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rest {
    /// Month to date.
    pub usd: Usd,
    pub usd_per_day: Option<Usd>,
    /// What it may be, the likeliest first.
    pub reasons: Vec<Note>,
}

/// How far the findings account for what a service costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Explained {
    /// The findings cost as much, or nearly.
    Explained,
    /// The findings cost less, or have no known price.
    Partly,
    /// Nothing was found.
    Unexplained,
}

/// What a UTC day added to the bill.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Day {
    #[schemars(with = "String")]
    pub date: Date,
    /// Since the last figure before this day; negative where AWS corrected the bill.
    pub usd: Usd,
    /// The first of the days that `usd` covers, where AWS gave no figure of the days before `date`; absent if it is the day's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub from: Option<Date>,
}

/// A budget and what AWS has calculated for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BudgetSpend {
    pub name: String,
    /// `daily`, `monthly`, `quarterly`, `annually` or `custom`.
    pub period: String,
    /// `USD`, or what is counted: `Hrs`, `GB-Mo`.
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

/// A free-tier offer and how much of it is used up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Allowance {
    /// As AWS writes it: `Amazon Simple Storage Service`.
    pub service: String,
    /// AWS's own words for the offer.
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
    /// Used, of the limit, to one place.
    #[serde(with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<String>")]
    pub percent: Option<Decimal>,
}

/// The plan of the account; accounts made before July 2025 have none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// `free` or `paid`.
    pub kind: String,
    /// `not-started`, `active` or `expired`.
    pub status: String,
    #[schemars(with = "Option<String>")]
    pub ends_at: Option<Timestamp>,
}

/// A credit of which something is left.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Credit {
    pub name: String,
    pub left_usd: Option<Usd>,
    #[schemars(with = "Option<String>")]
    pub ends_at: Option<Timestamp>,
}

/// What a region has cost this month, by Cost Explorer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RegionCost {
    /// `global` for what belongs to no region.
    pub region: Region,
    /// The account has not enabled it: what bills there cannot be looked at.
    pub disabled: bool,
    pub usd: Usd,
    /// The dearest first.
    pub services: Vec<RegionService>,
    /// The same money by what is counted, the dearest first.
    pub usage_types: Vec<UsageCost>,
}

/// What is counted, as AWS writes it: `APN1-ESInstance:r5.large`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UsageCost {
    pub usage_type: String,
    pub usd: Usd,
}

/// One service in a region. Cost Explorer has names of its own: `Amazon OpenSearch Service`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RegionService {
    pub service: String,
    pub usd: Usd,
}

/// What the bill came to at one moment: the month's charges so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Figure {
    pub at: Timestamp,
    pub usd: Usd,
}
