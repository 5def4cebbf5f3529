//! DocumentDB instances are charged for every hour they run; storage is charged with their cluster.

use futures::FutureExt;

use super::database_instances;
use super::rds_charges::Product;
use super::rds_reading::INSTANCES;
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
    small: false,
    billed_as: &["AmazonDocDB"],
    asks: &[&INSTANCES],
    writes: &["rds:DeleteDBInstance"],
    owns: &[],
    list: |cx| database_instances::list(cx, &[Product::DocumentDb]).boxed(),
};
