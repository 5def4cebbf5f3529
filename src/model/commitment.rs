//! A commitment: something that is paid for until the end of its term, used or not.

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::money::Usd;
use super::place::Region;

/// How near the end of a term is worth a word.
pub const SOON: i64 = 30;

/// The kinds of commitments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Ec2,
    Rds,
    #[serde(rename = "elasticache")]
    ElastiCache,
    Redshift,
    #[serde(rename = "memorydb")]
    MemoryDb,
    #[serde(rename = "opensearch")]
    OpenSearch,
    SavingsPlan,
}

impl Kind {
    pub const ALL: [Self; 7] =
        [Self::Ec2, Self::Rds, Self::ElastiCache, Self::Redshift, Self::MemoryDb, Self::OpenSearch, Self::SavingsPlan];

    /// Its name, the same in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ec2 => "EC2",
            Self::Rds => "RDS",
            Self::ElastiCache => "ElastiCache",
            Self::Redshift => "Redshift",
            Self::MemoryDb => "MemoryDB",
            Self::OpenSearch => "OpenSearch",
            Self::SavingsPlan => "Savings Plan",
        }
    }
}

/// Reserved instances or nodes, or a Savings Plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Commitment {
    pub kind: Kind,
    pub id: String,
    /// `null` for a Savings Plan.
    pub region: Option<Region>,
    /// `db.t3.medium (mysql)`
    pub what: String,
    pub count: Option<u32>,
    /// As AWS writes it: `active`, `queued`, `payment-pending`.
    pub state: String,
    /// As AWS writes it: `No Upfront`.
    pub payment: Option<String>,
    /// All of them together; `null` if AWS does not say it in US dollars an hour.
    pub usd_per_hour: Option<Usd>,
    pub usd_per_month: Option<Usd>,
    /// Paid at the beginning.
    pub upfront_usd: Option<Usd>,
    #[schemars(with = "Option<String>")]
    pub starts_at: Option<Timestamp>,
    #[schemars(with = "Option<String>")]
    pub ends_at: Option<Timestamp>,
    /// Whole days until its end.
    pub days_left: Option<i64>,
    /// Another one of the same kind is queued for its end. None renews by itself.
    pub renews: bool,
}

impl Commitment {
    /// Whether something of it is still to pay or to use.
    #[must_use]
    pub fn is_open(&self) -> bool {
        let state = self.state.as_str();
        !["retired", "payment-failed", "queued-deleted", "returned", "cancelled", "expired", "deleted"].contains(&state)
    }

    #[must_use]
    pub fn ends_soon(&self) -> bool {
        self.days_left.is_some_and(|days| days <= SOON)
    }

    fn is_queued(&self) -> bool {
        self.state == "queued"
    }

    /// Counts the days, finds what renews, and sorts by the end.
    pub fn arrange(all: &mut [Self], now: Timestamp) {
        let queued: Vec<Self> = all.iter().filter(|it| it.is_queued()).cloned().collect();
        for it in all.iter_mut() {
            let day = SignedDuration::from_hours(24);
            it.days_left = it.ends_at.map(|end| end.duration_since(now).as_secs() / day.as_secs());
            let follows = |next: &Self| {
                let near =
                    next.starts_at.zip(it.ends_at).is_some_and(|(start, end)| start.duration_since(end).abs() <= day);
                (next.kind, &next.region, &next.what) == (it.kind, &it.region, &it.what) && near
            };
            it.renews = !it.is_queued() && queued.iter().any(follows);
        }
        let end = |it: &Self| (it.ends_at.is_none(), it.ends_at, it.kind, it.id.clone());
        all.sort_by_key(end);
    }
}

/// The support plan, as far as AWS's API tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupportPlan {
    pub level: SupportLevel,
    /// Month to date, on the bill; `null` if the bill has no figure for it.
    pub usd: Option<Usd>,
    /// What the Business plan would cost at this month's forecast, by the list price; `null` for other plans.
    pub usd_per_month_estimate: Option<Usd>,
}

/// The support plans that AWS's API distinguishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SupportLevel {
    /// Free, or the Developer plan, which only the bill shows.
    BasicOrDeveloper,
    Business,
    /// Enterprise On-Ramp, Enterprise or Unified Operations.
    Enterprise,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commitment(id: &str, state: &str, starts: &str, ends: &str) -> Commitment {
        Commitment {
            kind: Kind::Rds,
            id: id.to_owned(),
            region: Some(Region::home()),
            what: "db.t3.medium (mysql)".to_owned(),
            count: Some(1),
            state: state.to_owned(),
            payment: None,
            usd_per_hour: None,
            usd_per_month: None,
            upfront_usd: None,
            starts_at: starts.parse().ok(),
            ends_at: ends.parse().ok(),
            days_left: None,
            renews: false,
        }
    }

    #[test]
    fn the_first_to_end_comes_first_and_a_queued_one_renews_it() {
        let now = "2026-11-23T00:00:00Z".parse().unwrap();
        let mut all = [
            commitment("later", "active", "2026-06-01T00:00:00Z", "2027-06-01T00:00:00Z"),
            commitment("soon", "active", "2025-12-10T00:00:00Z", "2026-12-10T00:00:00Z"),
            commitment("next", "queued", "2026-12-10T00:00:01Z", "2027-12-10T00:00:01Z"),
            commitment("unknown", "active", "", ""),
        ];
        Commitment::arrange(&mut all, now);
        let shown: Vec<_> = all.iter().map(|it| (&*it.id, it.days_left, it.ends_soon(), it.renews)).collect();
        assert_eq!(
            shown,
            [
                ("soon", Some(17), true, true),
                ("later", Some(190), false, false),
                ("next", Some(382), false, false),
                ("unknown", None, false, false)
            ]
        );
    }

    #[test]
    fn what_is_over_is_not_open() {
        let open = |state| commitment("", state, "", "").is_open();
        assert_eq!(["active", "queued", "payment-pending", "future"].map(open), [true; 4]);
        assert_eq!(["retired", "returned", "payment-failed"].map(open), [false; 3]);
    }
}
