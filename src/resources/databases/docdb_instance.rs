//! DocumentDB instances bill for every hour they run; their storage is that of their cluster.

use futures::FutureExt;

use super::database_instances;
use super::rds_charges::Product;
use crate::model::{Scope, words};
use crate::resources::Resource;

pub(super) static RESOURCE: Resource = Resource {
    id: "docdb-instance",
    names: words("DocumentDB instance", "DocumentDB インスタンス"),
    bills: words(
        "per hour while it runs; only its cluster can be stopped, for 7 days at most",
        "実行中は 1 時間ごと。停止はクラスター単位で最長 7 日間",
    ),
    scope: Scope::Region,
    endpoint: "rds",
    small: false,
    billed_as: &["AmazonDocDB"],
    reads: &["rds:DescribeDBInstances"],
    writes: &["rds:DeleteDBInstance"],
    list: |cx| database_instances::list(cx, &[Product::DocumentDb]).boxed(),
};
