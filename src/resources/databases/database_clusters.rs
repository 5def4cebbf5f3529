//! Database clusters behind the calls of RDS, whichever product they belong to: what bills, and what can be done about it.

use aws_sdk_rds::types::{DbCluster, DbInstance};
use jiff::Timestamp;

use super::rds_charges::{Product, capacity, cluster_storage, insights, is_io_optimised};
use super::rds_extended_support::{Database, Majors, majors};
use super::rds_reading::{billing, clusters, instances, rds_tags, restart};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Note, Verb};
use crate::resources::Listing;
use crate::resources::reading::time;

/// The clusters of these products that bill.
///
/// # Errors
/// What listing them failed with.
pub async fn list(cx: &Cx, products: &[Product]) -> Result<Listing> {
    let (clusters, instances) = futures::join!(clusters(cx), instances(cx));
    let all = instances.as_ref().ok().map(|instances| instances.0.as_slice());
    let clusters = clusters?;
    let wanted = clusters.0.iter().filter(|it| products.contains(&Product::of(it.engine().unwrap_or_default())));
    let wanted: Vec<&DbCluster> = wanted.collect();
    let enrolled = wanted.iter().any(|it| Database::of_cluster(it).is_enrolled());
    let (majors, mut faults) = majors(cx, enrolled).await;
    let support = Support { majors: majors.as_deref(), now: Timestamp::now() };
    let findings = wanted.into_iter().filter_map(|cluster| finding(cluster, all, &support)).collect();
    faults.extend(instances.err());
    Ok(Listing { findings, faults, ..Listing::default() })
}

/// What tells whether a version bills for extended support.
struct Support<'a> {
    majors: Option<&'a Majors>,
    now: Timestamp,
}

/// `None` means it does not bill. `instances` are those of the region, if they could be listed.
fn finding(cluster: &DbCluster, instances: Option<&[DbInstance]>, support: &Support) -> Option<Listed> {
    let mut billing = billing(cluster.status())?;
    let product = Product::of(cluster.engine().unwrap_or_default());
    let serverless = cluster.engine_mode() == Some("serverless");
    if serverless && cluster.capacity() == Some(0) {
        billing = Billing::Stopped;
    }
    let mut finding = Listed {
        arn: cluster.db_cluster_arn().map(str::to_owned),
        billing,
        created_at: time(cluster.cluster_create_time()),
        tags: rds_tags(cluster.tag_list()),
        ..Listed::new(cluster.db_cluster_identifier().unwrap_or_default())
    };
    // Whether it has a capacity of its own, or only that of its instances.
    let mut serves = false;
    if billing == Billing::Running {
        let members = instances.map(|all| all.iter().filter(|it| is_serverless_member(it, cluster)).count());
        let capacity = capacity(cluster, members);
        serves = capacity.is_some();
        finding.charges.extend(capacity);
    }
    if serves {
        finding.charges.extend(Database::of_cluster(cluster).charge(support.majors, support.now));
        let kept = cluster.performance_insights_retention_period();
        let kept = kept.filter(|_| cluster.performance_insights_enabled() != Some(false));
        finding.charges.extend(insights(cluster.database_insights_mode(), kept));
    }
    finding.charges.extend(cluster_storage(cluster));
    finding.notes.extend(restart(cluster.status(), cluster.automatic_restart_time()));
    if product != Product::Rds && !cluster.db_cluster_members().is_empty() {
        finding = finding.note(Note::new("members-first"));
    }
    // Serverless capacity is told at its least.
    let by_use = serves || !is_io_optimised(cluster.storage_type());
    if product != Product::Rds && by_use {
        finding = finding.note(Note::new("usage-extra"));
    }
    let command = |verb: &str, id: &str| product.command(&format!("{verb}-db-cluster --db-cluster-identifier")).arg(id);
    let delete = command("delete", &finding.id);
    let delete = delete.words("--final-db-snapshot-identifier").arg(format!("{}-final", finding.id));
    let alone = product != Product::Rds && !serverless && cluster.global_cluster_identifier().is_none();
    if alone && billing == Billing::Running {
        let stop = command("stop", &finding.id);
        finding = finding.can(Verb::Stop, stop);
    }
    Some(finding.can(Verb::Delete, delete.after(unlocked(cluster, product))))
}

/// What has to come before AWS deletes it: it leaves its global database, and its protection is taken off.
fn unlocked(cluster: &DbCluster, product: Product) -> Option<Command> {
    let (arn, id) = (cluster.db_cluster_arn().unwrap_or_default(), cluster.db_cluster_identifier().unwrap_or_default());
    let leave = cluster.global_cluster_identifier().filter(|global| !global.is_empty()).map(|global| {
        let leave = product.command("remove-from-global-cluster --global-cluster-identifier").arg(global);
        leave.words("--db-cluster-identifier").arg(arn)
    });
    let unlock =
        || product.command("modify-db-cluster --db-cluster-identifier").arg(id).words("--no-deletion-protection");
    let unlock = (cluster.deletion_protection() == Some(true)).then(unlock);
    [leave, unlock].into_iter().flatten().reduce(Command::then)
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

    fn told(cluster: &DbCluster, instances: Option<&[DbInstance]>) -> Option<Listed> {
        finding(cluster, instances, &Support { majors: None, now: Timestamp::UNIX_EPOCH })
    }

    fn whats(cluster: DbClusterBuilder, instances: Option<&[DbInstance]>) -> Vec<String> {
        told(&cluster.build(), instances).unwrap().charges.into_iter().map(|charge| charge.what).collect()
    }

    #[test]
    fn storage_bills_in_every_state_but_the_last() {
        let found = told(&cluster("docdb", "stopped").build(), None).unwrap();
        assert_eq!((found.billing, found.charges.len(), found.can), (Billing::Stopped, 1, vec![Verb::Delete]));
        let member = DbClusterMember::builder().build();
        let found = told(&cluster("neptune", "something-new").db_cluster_members(member).build(), None).unwrap();
        assert_eq!(found.can, [Verb::Stop, Verb::Delete]);
        assert_eq!(found.notes, [Note::new("members-first"), Note::new("usage-extra")]);
        assert_eq!(told(&cluster("aurora-mysql", "deleting").build(), None), None);
        assert_eq!(told(&DbCluster::builder().build(), None).unwrap().charges.len(), 1);
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

    #[test]
    fn what_serves_without_instances_pays_for_extended_support_itself() {
        let old = |engine| cluster(engine, "available").engine_lifecycle_support("open-source-rds-extended-support");
        let three =
            old("postgres").db_cluster_instance_class("db.m5d.large").storage_type("io1").allocated_storage(100);
        assert_eq!(whats(three, Some(&[]))[1], "extended support");
        assert_eq!(whats(old("aurora-postgresql"), Some(&[])), ["Aurora PostgreSQL storage"]);
    }

    #[test]
    fn what_holds_it_is_taken_off_first() {
        let command = |it: DbClusterBuilder| told(&it.build(), None).unwrap().commands[&Verb::Delete].to_string();
        let protected = || cluster("docdb", "available").deletion_protection(true);
        let unlock =
            "aws docdb modify-db-cluster --db-cluster-identifier c --no-deletion-protection && aws docdb delete";
        assert!(command(protected()).starts_with(unlock));
        let global = command(protected().global_cluster_identifier("world").db_cluster_arn("arn:c"));
        let leave =
            "aws docdb remove-from-global-cluster --global-cluster-identifier world --db-cluster-identifier arn:c";
        assert!(global.starts_with(leave) && global.split(" && ").count() == 3, "{global}");
    }

    #[test]
    fn serverless_capacity_may_be_more_than_is_told() {
        let scaling = ServerlessV2ScalingConfigurationInfo::builder().min_capacity(1.0).build();
        let it = cluster("aurora-mysql", "available").storage_type("aurora-iopt1");
        let found = told(&it.serverless_v2_scaling_configuration(scaling).build(), None).unwrap();
        assert_eq!(found.notes, [Note::new("usage-extra")]);
    }
}
