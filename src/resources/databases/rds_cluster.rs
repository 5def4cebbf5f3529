//! RDS and Aurora clusters are charged for storage even without instances, and for capacity that belongs to no single instance.

use futures::FutureExt;

use super::database_clusters;
use super::rds_charges::Product;
use super::rds_extended_support::MAJORS;
use super::rds_reading::{CLUSTERS, INSTANCES};
use crate::model::{Scope, words};
use crate::resources::Resource;

pub(super) static RESOURCE: Resource = Resource {
    id: "rds-cluster",
    names: words("Database cluster (Aurora, RDS)", "データベースクラスター(Aurora、RDS)"),
    bills: words(
        "its storage per GB and month even when stopped, and serverless capacity per hour; its instances are charged separately",
        "ストレージは停止中も GB・月ごと、サーバーレスの容量は 1 時間ごと。インスタンスは別に課金",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonRDS", "AmazonCloudWatch"],
    asks: &[&CLUSTERS, &INSTANCES, &MAJORS],
    writes: &["rds:StopDBCluster", "rds:RemoveFromGlobalCluster", "rds:ModifyDBCluster", "rds:DeleteDBCluster"],
    owns: &[],
    list: |cx| database_clusters::list(cx, &[Product::Rds, Product::Aurora]).boxed(),
};
