//! What RDS says, as model values: RDS, Aurora, DocumentDB and Neptune answer the same calls.

use std::collections::BTreeMap;
use std::sync::Arc;

use aws_sdk_rds::Client;
use aws_sdk_rds::types::{DbCluster, DbInstance, Tag};
use aws_smithy_types::DateTime;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Note};
use crate::resources::reading::{tags, time};

pub struct Instances(pub Vec<DbInstance>);

/// The instances of this place, listed once for all who ask.
pub async fn instances(cx: &Cx) -> Result<Arc<Instances>> {
    let list = async || {
        let pages = Client::new(&cx.sdk).describe_db_instances().max_records(100).into_paginator().items().send();
        Ok(Instances(pages.try_collect().await?))
    };
    cx.shared.once(list).await
}

pub struct Clusters(pub Vec<DbCluster>);

/// The clusters of this place, listed once for all who ask.
pub async fn clusters(cx: &Cx) -> Result<Arc<Clusters>> {
    let list = async || {
        let pages = Client::new(&cx.sdk).describe_db_clusters().max_records(100).into_paginator().items().send();
        Ok(Clusters(pages.try_collect().await?))
    };
    cx.shared.once(list).await
}

pub fn rds_tags(tags_of: &[Tag]) -> BTreeMap<String, String> {
    tags(tags_of.iter().map(|tag| (tag.key(), tag.value())))
}

/// What a status bills (AWS's own table); `None` is nothing. Unknown ones bill in full, and so does `creating`: a restore
/// bills while it is created, and everything else soon will.
pub fn billing(status: Option<&str>) -> Option<Billing> {
    match status.unwrap_or_default().to_ascii_lowercase().as_str() {
        "starting" | "stopped" | "stopping" | "inaccessible-encryption-credentials-recoverable" => {
            Some(Billing::Stopped)
        }
        "delete-precheck"
        | "deleting"
        | "failed"
        | "inaccessible-encryption-credentials"
        | "incompatible-create"
        | "incompatible-network"
        | "incompatible-restore"
        | "insufficient-capacity"
        | "upgrade-failed" => None,
        _ => Some(Billing::Running),
    }
}

/// When a stopped database is back.
pub fn restart(status: Option<&str>, at: Option<&DateTime>) -> Option<Note> {
    match status.unwrap_or_default().to_ascii_lowercase().as_str() {
        "starting" => Some(Note::new("starts-now")),
        "stopped" | "stopping" => {
            let week = || Note::new("restarts-by-itself-week");
            Some(time(at).map_or_else(week, |at| Note::with("restarts-by-itself", at)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_bills_as_the_table_of_aws_says() {
        for status in [Some("available"), Some("Storage-Full"), Some("creating"), Some("something-new"), None] {
            assert_eq!(billing(status), Some(Billing::Running), "{status:?}");
        }
        for status in ["starting", "Stopped", "stopping", "inaccessible-encryption-credentials-recoverable"] {
            assert_eq!(billing(Some(status)), Some(Billing::Stopped), "{status}");
        }
        for status in ["deleting", "failed", "incompatible-restore", "inaccessible-encryption-credentials"] {
            assert_eq!(billing(Some(status)), None, "{status}");
        }
    }
}
