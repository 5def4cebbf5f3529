//! The likely causes of traffic on the bill, which belongs to no single resource, and what was looked at to find them.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::place::Region;

/// Present only if the bill grows by traffic or requests.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Causes {
    /// The services on the bill that grow by use: `AWSDataTransfer`.
    pub services: Vec<String>,
    /// The most traffic first, then what is open to the world.
    pub likely: Vec<LikelyCause>,
    pub looked_at: LookedAt,
}

/// How much was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct LookedAt {
    pub regions: usize,
    /// Network interfaces with a public address.
    pub addresses: usize,
    pub nat_gateways: usize,
    pub buckets: usize,
}

/// One likely cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LikelyCause {
    pub kind: CauseKind,
    pub region: Option<Region>,
    /// The instance, gateway or bucket.
    pub id: String,
    /// The open ports, as AWS writes them: `22`, `3389`, `0-65535`, `all`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<String>,
    /// The mean of the last days, by CloudWatch's free figures; `null` if there is no figure.
    #[serde(with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<String>")]
    pub gb_per_day: Option<Decimal>,
}

/// The kinds of causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CauseKind {
    /// An instance with a port that is open to the whole world.
    OpenPort,
    /// An instance or another thing with a public address.
    PublicAddress,
    NatGateway,
    /// A bucket whose policy or ACL makes it public.
    PublicBucket,
}
