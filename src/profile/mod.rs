//! What the user wants.

use crate::model::Usd;

/// STUB until the profile branch lands.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    pub name: String,
    pub budgets: Budgets,
    pub trail: Trail,
}

#[derive(Debug, Clone, Default)]
pub struct Budgets {
    pub zero_spend: bool,
    pub monthly: Monthly,
    pub free_tier: Vec<FreeTier>,
}

#[derive(Debug, Clone, Default)]
pub struct Monthly {
    pub enabled: bool,
    pub actual_percent: Vec<u32>,
    pub forecast_percent: Vec<u32>,
}

/// A free allowance of a month to be warned about.
#[derive(Debug, Clone, Default)]
pub struct FreeTier {
    /// Kebab-case, part of the budget's name: `ec2-hours`.
    pub name: String,
    /// The usage type group that counts: `EC2: Running Hours`.
    pub usage_type_group: String,
    /// How much is free in a month.
    pub limit: rust_decimal::Decimal,
    /// `Hrs`, `GB-Mo`.
    pub unit: String,
    /// Warn at this share of it.
    pub alert_percent: u32,
}

#[derive(Debug, Clone, Default)]
pub struct Trail {
    pub enabled: bool,
    pub retention_days: u32,
}

impl Profile {
    pub fn alarm_thresholds(&self, limit: Usd) -> Vec<Usd> {
        vec![limit]
    }
}
