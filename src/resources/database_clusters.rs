//! Database clusters behind the calls of RDS, whichever product they belong to: what bills, and what can be done about it.

use aws_sdk_rds::types::{DbCluster, DbInstance};

use super::Listing;
use super::rds_charges::{Product, capacity, cluster_storage, is_io_optimised};
use super::rds_reading::{billing, clusters, instances, rds_tags, restart};
use super::reading::time;
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Finding, Note, Verb};

/// The clusters of these products that bill.
///
/// # Errors
/// What listing them failed with.
pub async fn list(cx: &Cx, products: &[Product]) -> Result<Listing> {
    let (clusters, instances) = futures::join!(clusters(cx), instances(cx));
    let all = instances.as_ref().ok().map(|instances| instances.0.as_slice());
    let clusters = clusters?;
    let wanted = clusters.0.iter().filter(|it| products.contains(&Product::of(it.engine().unwrap_or_default())));
    let findings = wanted.filter_map(|cluster| finding(cluster, all)).collect();
    Ok(Listing { findings, faults: instances.err().into_iter().collect(), ..Listing::default() })
}

/// `None` means it does not bill. `instances` are those of the region, if they could be listed.
fn finding(cluster: &DbCluster, instances: Option<&[DbInstance]>) -> Option<Finding> {
    let mut billing = billing(cluster.status())?;
    let product = Product::of(cluster.engine().unwrap_or_default());
    let serverless = cluster.engine_mode() == Some("serverless");
    if serverless && cluster.capacity() == Some(0) {
        billing = Billing::Stopped;
    }
    let mut finding = Finding {
        arn: cluster.db_cluster_arn().map(str::to_owned),
        billing,
        created_at: time(cluster.cluster_create_time()),
        tags: rds_tags(cluster.tag_list()),
        ..Finding::new(cluster.db_cluster_identifier().unwrap_or_default())
    };
    if billing == Billing::Running {
        let members = instances.map(|all| all.iter().filter(|it| is_serverless_member(it, cluster)).count());
        finding.charges.extend(capacity(cluster, members));
    }
    finding.charges.extend(cluster_storage(cluster));
    finding.notes.extend(restart(cluster.status(), cluster.automatic_restart_time()));
    if product != Product::Rds && !cluster.db_cluster_members().is_empty() {
        finding = finding.note(Note::new("members-first"));
    }
    if product != Product::Rds && !is_io_optimised(cluster.storage_type()) {
        finding = finding.note(Note::new("usage-extra"));
    }
    let (command, id) = (product.command(), format!("--db-cluster-identifier {}", finding.id));
    let alone = product != Product::Rds && !serverless && cluster.global_cluster_identifier().is_none();
    if alone && billing == Billing::Running {
        finding = finding.can(Verb::Stop, format!("{command} stop-db-cluster {id}"));
    }
    let last = format!("--final-db-snapshot-identifier {}-final", finding.id);
    Some(finding.can(Verb::Delete, format!("{command} delete-db-cluster {id} {last}")))
}

fn is_serverless_member(instance: &DbInstance, cluster: &DbCluster) -> bool {
    instance.db_instance_class() == Some("db.serverless")
        && instance.db_cluster_identifier() == cluster.db_cluster_identifier()
        && billing(instance.db_instance_status()) == Some(Billing::Running)
}

#[cfg(test)]
mod tests {
    use aws_sdk_rds::types::builders::DbClusterBuilder;
    use aws_sdk_rds::types::{DbClusterMember, ServerlessV2ScalingConfigurationInfo};

    use super::*;

    fn cluster(engine: &str, status: &str) -> DbClusterBuilder {
        DbCluster::builder().db_cluster_identifier("c").engine(engine).status(status)
    }

    fn whats(cluster: DbClusterBuilder, instances: Option<&[DbInstance]>) -> Vec<String> {
        finding(&cluster.build(), instances).unwrap().charges.into_iter().map(|charge| charge.what).collect()
    }

    #[test]
    fn storage_bills_in_every_state_but_the_last() {
        let found = finding(&cluster("docdb", "stopped").build(), None).unwrap();
        assert_eq!((found.billing, found.charges.len(), found.can), (Billing::Stopped, 1, vec![Verb::Delete]));
        let member = DbClusterMember::builder().build();
        let found = finding(&cluster("neptune", "something-new").db_cluster_members(member).build(), None).unwrap();
        assert_eq!(found.can, [Verb::Stop, Verb::Delete]);
        assert_eq!(found.notes, [Note::new("members-first"), Note::new("usage-extra")]);
        assert_eq!(finding(&cluster("aurora-mysql", "deleting").build(), None), None);
        assert_eq!(finding(&DbCluster::builder().build(), None).unwrap().charges.len(), 1);
    }

    #[test]
    fn serverless_capacity_bills_its_least_for_each_member() {
        let scaling = |least| ServerlessV2ScalingConfigurationInfo::builder().min_capacity(least).build();
        let v2 = |least| cluster("aurora-mysql", "available").serverless_v2_scaling_configuration(scaling(least));
        let member = DbInstance::builder().db_instance_class("db.serverless").db_cluster_identifier("c").build();
        let two = [member.clone(), member];
        assert_eq!(whats(v2(1.5), Some(&two)), ["3 × ACU", "Aurora MySQL storage"]);
        assert_eq!(whats(v2(0.0), Some(&two)), ["ACU", "Aurora MySQL storage"]);
        assert_eq!(whats(v2(1.5), None), ["ACU", "Aurora MySQL storage"]);
        assert_eq!(whats(v2(1.5), Some(&[])), ["Aurora MySQL storage"]);
    }
}
