//! The settings of a profile.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};

use super::webhook::Webhook;
use crate::model::{AccountId, Choice, Region, Usd, Words};

/// The profile without `-c`, which a user's profile extends by default.
pub const DEFAULT: &str = "personal";

/// The merged values of the profile files. Those that only a person can choose may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    pub name: String,
    /// A shipped name or an absolute path: valid in any folder.
    pub reference: String,
    pub description: Words,
    pub notify: Notify,
    /// The monthly limit.
    pub limit_usd: Option<Usd>,
    /// The limit that a shipped profile suggests. A remembered limit takes precedence.
    pub suggested_limit_usd: Option<Usd>,
    pub alarms: AlarmRule,
    pub budgets: Budgets,
    pub anomaly: Anomaly,
    pub trail: Trail,
    pub sweep: Sweep,
    pub organization: Organization,
}

/// The recipients of warnings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notify {
    pub emails: Vec<String>,
    /// Where `sweep --notify` sends what is new, instead of the topic.
    pub webhook: Option<Webhook>,
}

/// The thresholds of the billing alarms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlarmRule {
    /// Percentages of the limit.
    PercentOfLimit(Vec<u16>),
    /// Fixed amounts, whatever the limit.
    Usd(Vec<Usd>),
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Budgets {
    /// Warns at the first cent.
    pub zero_spend: bool,
    pub monthly: Monthly,
    pub free_tier: FreeTier,
    pub action: BudgetAction,
}

/// The budget of the limit. Percentages refer to the limit, ascending, without duplicates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Monthly {
    pub enabled: bool,
    /// Warns when the money is spent.
    pub actual_percent: Vec<u16>,
    /// Warns when AWS forecasts that it will be spent by the end of the month.
    pub forecast_percent: Vec<u16>,
}

/// Usage budgets: they warn before the free tier is used up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FreeTier {
    pub enabled: bool,
    /// Percentages of each allowance, ascending, without duplicates.
    pub alert_percent: Vec<u16>,
    pub usage: Vec<Allowance>,
}

/// The free use of one thing in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// Kebab-case; part of the budget's name.
    pub name: String,
    pub of: Usage,
    pub limit: Decimal,
    /// AWS's unit of this usage: `Hrs`, `GB-Mo`.
    pub unit: String,
}

/// The measured usage, by AWS's names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Usage {
    Type(String),
    TypeGroup(String),
}

/// When the monthly budget is used up, a policy denies these principals starting costly things.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BudgetAction {
    pub enabled: bool,
    pub approval: Approval,
    /// Names in IAM. If all three lists are empty, the caller of `init` is the target.
    pub users: Vec<String>,
    pub groups: Vec<String>,
    pub roles: Vec<String>,
}

/// The approval of a budget action.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Approval {
    /// A person, in the console, after AWS's mail.
    #[default]
    Manual,
    /// It runs as soon as the budget is used up.
    Automatic,
}

/// AWS's cost anomaly detection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Anomaly {
    pub enabled: bool,
    /// Warns of an anomaly of this share of the limit.
    pub percent_of_limit: u16,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trail {
    pub enabled: bool,
    pub by: TrailBy,
    /// How long its log files are kept.
    pub retention_days: u16,
}

/// The owner of the trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrailBy {
    /// guardrail creates a trail, unless the account already has one.
    Guardrail,
    /// The organisation has one for all its accounts; guardrail only checks that it exists.
    Organization,
}

/// The scope of a sweep, and its exemptions. An empty list means everything, or no exemption.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sweep {
    pub regions: Vec<Region>,
    /// Ids of resource types.
    pub resources: Vec<String>,
    pub keep: Vec<Keep>,
}

/// The accounts of an organisation. Without accounts and units it is every account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Organization {
    pub accounts: Vec<AccountId>,
    /// Organisational units, by id or by path, each with those below it.
    pub ou: Vec<String>,
    /// Accounts and organisational units that are left out.
    pub exclude: Vec<String>,
    /// The role that only reads, for `sweep`.
    pub role: Option<String>,
    /// The role that may change things, for `init`, `check` and `remove`.
    pub setup_role: Option<String>,
    pub external_id: Option<String>,
    pub management: Management,
}

/// What only the management account of an organisation can have. It is set up by `init --organization`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the profile")]
pub struct Management {
    /// The monthly limit of the whole organisation, which the management account's own alarms and budget watch.
    pub limit_usd: Option<Usd>,
    /// An alarm for each account.
    pub alarms: bool,
    /// A monthly budget for each account.
    pub budgets: bool,
    /// A monitor of anomalies by account.
    pub anomaly: bool,
    /// The trail of all accounts.
    pub trail: bool,
}

/// One thing that is kept on purpose, for a reason and until a day.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Keep {
    /// The id of its resource type.
    pub resource: String,
    pub which: Which,
    pub reason: String,
    /// The last day it is kept.
    pub until: Date,
}

#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    Id(String),
    Name(String),
}

impl Profile {
    /// The profile before any file is read.
    pub(super) fn blank() -> Self {
        Self {
            name: String::new(),
            reference: String::new(),
            description: crate::model::words("", ""),
            notify: Notify::default(),
            limit_usd: None,
            suggested_limit_usd: None,
            alarms: AlarmRule::PercentOfLimit(Vec::new()),
            budgets: Budgets::default(),
            anomaly: Anomaly { enabled: false, percent_of_limit: 10 },
            trail: Trail { enabled: false, by: TrailBy::Guardrail, retention_days: 90 },
            sweep: Sweep::default(),
            organization: Organization::default(),
        }
    }

    /// The profile with a person's choices.
    #[must_use]
    pub fn chosen(self, choice: &Choice) -> Self {
        Self { notify: Notify { emails: choice.emails.clone(), ..self.notify }, limit_usd: choice.limit_usd, ..self }
    }
}

impl AlarmRule {
    /// Whether there are no alarms.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::PercentOfLimit(percents) => percents.is_empty(),
            Self::Usd(amounts) => amounts.is_empty(),
        }
    }

    /// The amounts for this limit, ascending, without duplicates, in whole cents and at least one. `None` if they depend on a limit
    /// that is not chosen.
    #[must_use]
    pub fn thresholds(&self, limit: Option<Usd>) -> Option<Vec<Usd>> {
        let amounts: BTreeSet<Usd> = match self {
            Self::Usd(amounts) => amounts.iter().copied().collect(),
            Self::PercentOfLimit(percents) if percents.is_empty() => BTreeSet::new(),
            Self::PercentOfLimit(percents) => {
                let limit = limit?;
                percents.iter().map(|&percent| share(limit, percent)).collect()
            }
        };
        Some(amounts.into_iter().collect())
    }
}

impl BudgetAction {
    /// Whether the profile names no target: it is then the caller of `init`.
    #[must_use]
    pub fn names_no_target(&self) -> bool {
        self.users.is_empty() && self.groups.is_empty() && self.roles.is_empty()
    }
}

impl Anomaly {
    /// The smallest impact that alerts: whole dollars, at least one.
    #[must_use]
    pub fn threshold(&self, limit: Usd) -> Usd {
        Usd(exact_share(limit, self.percent_of_limit).ceil().max(Decimal::ONE))
    }
}

fn share(limit: Usd, percent: u16) -> Usd {
    let cents = exact_share(limit, percent).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    Usd(cents.max(Decimal::new(1, 2)).normalize())
}

fn exact_share(limit: Usd, percent: u16) -> Decimal {
    limit.0 * Decimal::new(i64::from(percent), 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(text: &str) -> Usd {
        text.parse().unwrap()
    }

    #[test]
    fn thresholds_are_exact_shares_of_the_limit() {
        let rule = AlarmRule::PercentOfLimit(vec![100, 20, 50]);
        let amounts: Vec<String> =
            rule.thresholds(Some(usd("5.55"))).unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(amounts, ["1.11", "2.78", "5.55"]);
    }

    #[test]
    fn thresholds_of_a_tiny_limit_are_a_cent_and_each_once() {
        assert_eq!(AlarmRule::PercentOfLimit(vec![1, 20, 100]).thresholds(usd("0.01").into()), Some(vec![usd("0.01")]));
    }

    #[test]
    fn an_anomaly_is_worth_a_mail_from_whole_dollars_on() {
        let threshold = |limit, percent_of_limit| Anomaly { enabled: true, percent_of_limit }.threshold(usd(limit));
        assert_eq!(["5", "10", "10.01", "255"].map(|limit| threshold(limit, 10)), ["1", "1", "2", "26"].map(usd));
        assert_eq!(threshold("30", 100), usd("30"));
    }

    #[test]
    fn fixed_amounts_do_not_follow_the_limit() {
        let rule = AlarmRule::Usd(vec![usd("9"), usd("3")]);
        assert_eq!(rule.thresholds(Some(usd("1000"))), Some(vec![usd("3"), usd("9")]));
        assert_eq!(rule.thresholds(None), rule.thresholds(Some(usd("1000"))));
    }

    #[test]
    fn percentages_of_a_limit_that_is_not_chosen_are_no_amounts() {
        assert_eq!(AlarmRule::PercentOfLimit(vec![20]).thresholds(None), None);
        assert_eq!(AlarmRule::PercentOfLimit(Vec::new()).thresholds(None), Some(Vec::new()));
    }
}
