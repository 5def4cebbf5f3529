//! RDS and Aurora instances are charged for every hour they run; RDS instances also for their storage, even when stopped.

use futures::FutureExt;

use super::database_instances;
use super::rds_charges::Product;
use super::rds_extended_support::MAJORS;
use super::rds_reading::INSTANCES;
use crate::model::{Scope, words};
use crate::resources::Resource;

pub(super) static RESOURCE: Resource = Resource {
    id: "rds-instance",
    names: words("Database instance (RDS)", "データベースインスタンス(RDS)"),
    bills: words(
        "per hour while it runs; its storage per GB and month even when stopped, and AWS starts it again after 7 days",
        "実行中は 1 時間ごと。ストレージは停止中も GB・月ごと。停止しても 7 日後に自動で起動",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonRDS", "AmazonCloudWatch"],
    asks: &[&INSTANCES, &MAJORS],
    writes: &["rds:StopDBInstance", "rds:ModifyDBInstance", "rds:DeleteDBInstance"],
    owns: &[],
    list: |cx| database_instances::list(cx, &[Product::Rds, Product::Aurora]).boxed(),
};
