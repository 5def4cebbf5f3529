//! Network firewalls as AWS returns them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::aws::api::values;
use crate::resources::reading::tag_list;

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Named {
    pub firewall_name: Option<String>,
    pub firewall_arn: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Detail {
    pub firewall: Firewall,
    pub firewall_status: FirewallStatus,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Firewall {
    pub subnet_mappings: Vec<IgnoredAny>,
    pub availability_zone_mappings: Vec<IgnoredAny>,
    pub delete_protection: bool,
    #[serde(deserialize_with = "tag_list")]
    pub tags: BTreeMap<String, String>,
    pub number_of_associations: Option<Decimal>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct FirewallStatus {
    pub status: Option<Status>,
    pub sync_states: BTreeMap<String, SyncState>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct SyncState {
    pub attachment: Attachment,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Attachment {
    pub endpoint_id: Option<String>,
}

values! { pub enum Status { Deleting = "DELETING" } }
