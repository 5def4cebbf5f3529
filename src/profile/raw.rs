//! The grammar of a profile file: the TOML structure, before any rule is applied.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use toml::Spanned;

use super::settings::{Approval, TrailBy};

pub(super) type Values = Spanned<Vec<Spanned<Raw>>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Layer {
    pub extends: Option<Spanned<String>>,
    pub description: Option<Description>,
    pub limit_usd: Option<Spanned<Raw>>,
    #[serde(default)]
    pub notify: NotifyLayer,
    #[serde(default)]
    pub alarms: AlarmsLayer,
    #[serde(default)]
    pub budgets: BudgetsLayer,
    #[serde(default)]
    pub anomaly: AnomalyLayer,
    #[serde(default)]
    pub trail: TrailLayer,
    #[serde(default)]
    pub sweep: SweepLayer,
    #[serde(default)]
    pub organization: OrganizationLayer,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Description {
    pub en: String,
    pub ja: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct NotifyLayer {
    pub emails: Option<Values>,
    pub webhook: Option<Spanned<Raw>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct AlarmsLayer {
    pub percent_of_limit: Option<Values>,
    pub thresholds_usd: Option<Values>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct BudgetsLayer {
    pub zero_spend: Option<bool>,
    #[serde(default)]
    pub monthly: MonthlyLayer,
    #[serde(default)]
    pub free_tier: FreeTierLayer,
    #[serde(default)]
    pub action: ActionLayer,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct MonthlyLayer {
    pub enabled: Option<Spanned<bool>>,
    pub actual_percent: Option<Values>,
    pub forecast_percent: Option<Values>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct FreeTierLayer {
    pub enabled: Option<Spanned<bool>>,
    pub alert_percent: Option<Values>,
    pub usage: Option<Vec<Spanned<AllowanceLayer>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AllowanceLayer {
    pub name: Spanned<Raw>,
    pub usage_type: Option<String>,
    pub usage_type_group: Option<String>,
    pub limit: Spanned<Raw>,
    pub unit: Spanned<Raw>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct ActionLayer {
    pub enabled: Option<Spanned<bool>>,
    pub approval: Option<Approval>,
    pub users: Option<Values>,
    pub groups: Option<Values>,
    pub roles: Option<Values>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct AnomalyLayer {
    pub enabled: Option<bool>,
    pub percent_of_limit: Option<Spanned<Raw>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct TrailLayer {
    pub enabled: Option<bool>,
    pub by: Option<TrailBy>,
    pub retention_days: Option<Spanned<Raw>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct SweepLayer {
    pub regions: Option<Values>,
    pub resources: Option<Values>,
    pub keep: Option<Vec<Spanned<KeepLayer>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeepLayer {
    pub resource: Spanned<Raw>,
    pub id: Option<Spanned<Raw>>,
    pub name: Option<Spanned<Raw>>,
    pub reason: Spanned<Raw>,
    pub until: Spanned<Raw>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct OrganizationLayer {
    pub accounts: Option<Values>,
    pub ou: Option<Values>,
    pub exclude: Option<Values>,
    pub role: Option<Spanned<Raw>>,
    pub setup_role: Option<Spanned<Raw>>,
    pub external_id: Option<Spanned<Raw>>,
    #[serde(default)]
    pub management: ManagementLayer,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct ManagementLayer {
    pub limit_usd: Option<Spanned<Raw>>,
    pub alarms: Option<bool>,
    pub budgets: Option<bool>,
    pub anomaly: Option<bool>,
    pub trail: Option<bool>,
}

/// A value. Rules parse it from the file's text, so that `5.5` never becomes a float.
pub(super) enum Raw {
    Text(String),
    Literal,
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Raw;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Literal)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Literal)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Literal)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Literal)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Literal)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Literal)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Raw::Literal)
    }

    /// TOML dates arrive here too.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Raw::Literal)
    }
}
