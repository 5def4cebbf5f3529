//! Neptune clusters are charged for storage and backups even without instances or stopped, and for serverless capacity.

use futures::FutureExt;

use super::database_clusters;
use super::rds_charges::Product;
use super::rds_reading::{CLUSTERS, INSTANCES};
use crate::model::{Scope, words};
use crate::resources::Resource;

pub(super) static RESOURCE: Resource = Resource {
    id: "neptune-cluster",
    names: words("Neptune cluster", "Neptune クラスター"),
    bills: words(
        "its storage per GB and month even when stopped, and serverless capacity per hour; its instances are charged separately",
        "ストレージは停止中も GB・月ごと、サーバーレスの容量は 1 時間ごと。インスタンスは別に課金",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonNeptune"],
    asks: &[&CLUSTERS, &INSTANCES],
    writes: &["rds:StopDBCluster", "rds:RemoveFromGlobalCluster", "rds:ModifyDBCluster", "rds:DeleteDBCluster"],
    owns: &[],
    list: |cx| database_clusters::list(cx, &[Product::Neptune]).boxed(),
};
