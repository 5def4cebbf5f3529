//! Database clusters of RDS, Aurora, DocumentDB and Neptune: their charges, and the commands that stop or delete them.

use jiff::Timestamp;

use super::rds_charges::{Product, capacity, insights, is_first_serverless, is_io_optimised};
use super::rds_extended_support::{Database, Major, majors};
use super::rds_reading::{Cluster, Instance, billing, clusters, instances, restart};
use super::rds_storage::cluster_storage;
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Loss, Note, Takes, Verb};
use crate::resources::Listing;

/// The charged clusters of these products.
///
/// # Errors
/// Listing them fails.
pub async fn list(cx: &Cx, products: &[Product]) -> Result<Listing> {
    let (clusters, instances) = futures::join!(clusters(cx), instances(cx));
    let all = instances.as_deref().ok();
    let clusters = clusters?;
    let wanted: Vec<&Cluster> = clusters.iter().filter(|it| products.contains(&Product::of(&it.engine))).collect();
    let enrolled = wanted.iter().any(|it| Database::of_cluster(it).is_enrolled());
    let (majors, mut faults) = majors(cx, enrolled).await;
    let support = Support { majors: majors.as_deref(), now: Timestamp::now() };
    let findings = wanted.into_iter().filter_map(|cluster| finding(cluster, all, &support)).collect();
    faults.extend(instances.err());
    Ok(Listing { findings, faults, ..Listing::default() })
}

/// The input of the decision whether a version is charged for extended support.
struct Support<'a> {
    majors: Option<&'a [Major]>,
    now: Timestamp,
}

/// `None` means it is not charged. `instances` are those of the region, if they could be listed.
fn finding(cluster: &Cluster, instances: Option<&[Instance]>, support: &Support) -> Option<Listed> {
    let status = cluster.status.as_deref();
    let mut billing = billing(status)?;
    let product = Product::of(&cluster.engine);
    let serverless = is_first_serverless(cluster);
    if serverless && cluster.capacity.is_some_and(|capacity| capacity.is_zero()) {
        billing = Billing::Stopped;
    }
    let mut finding = Listed {
        arn: cluster.arn.clone(),
        billing,
        created_at: cluster.cluster_create_time,
        tags: cluster.tag_list.clone(),
        ..Listed::new(cluster.id.as_deref().unwrap_or_default())
    };
    // Whether the cluster itself has capacity, or only its instances.
    let mut serves = false;
    if billing == Billing::Running {
        let members = instances.map(|all| all.iter().filter(|it| is_serverless_member(it, cluster)).count());
        let capacity = capacity(cluster, members);
        serves = capacity.is_some();
        finding.charges.extend(capacity);
    }
    let versions = Database::of_cluster(cluster).support(support.majors, support.now);
    finding.notes.extend(versions.note);
    if serves {
        finding.charges.extend(versions.charge);
        let kept = cluster.performance_insights_retention_period;
        let kept = kept.filter(|_| cluster.performance_insights_enabled != Some(false));
        finding.charges.extend(insights(cluster.database_insights_mode.as_ref(), kept));
    }
    finding.charges.extend(cluster_storage(cluster));
    finding.notes.extend(restart(status, cluster.automatic_restart_time));
    if product != Product::Rds && !cluster.members.is_empty() {
        finding = finding.note(Note::new("members-first"));
    }
    // The charge for serverless capacity covers its minimum only.
    let by_use = serves || !is_io_optimised(cluster.storage_type.as_deref());
    if product != Product::Rds && by_use {
        finding = finding.note(Note::new("usage-extra"));
    }
    let command = |verb: &str, id: &str| product.command(&format!("{verb}-db-cluster --db-cluster-identifier")).arg(id);
    let delete = command("delete", &finding.id);
    let delete = delete.words("--final-db-snapshot-identifier").arg(format!("{}-final", finding.id));
    let alone = product != Product::Rds && !serverless && cluster.global_cluster_identifier.is_none();
    if alone && billing == Billing::Running {
        let stop = command("stop", &finding.id);
        finding = finding.can(Verb::Stop, stop);
    }
    Some(
        finding
            .loses(Loss::Backups)
            .deleted_in(Takes::UpToAnHour)
            .can(Verb::Delete, delete.after(unlocked(cluster, product))),
    )
}

/// The step that AWS requires before deleting: leaving the global database, or removing deletion protection.
fn unlocked(cluster: &Cluster, product: Product) -> Option<Command> {
    let (arn, id) = (cluster.arn.as_deref().unwrap_or_default(), cluster.id.as_deref().unwrap_or_default());
    let leave = cluster.global_cluster_identifier.as_ref().filter(|global| !global.is_empty()).map(|global| {
        let leave = product.command("remove-from-global-cluster --global-cluster-identifier").arg(global);
        leave.words("--db-cluster-identifier").arg(arn)
    });
    let unlock =
        || product.command("modify-db-cluster --db-cluster-identifier").arg(id).words("--no-deletion-protection");
    let unlock = cluster.deletion_protection.then(unlock);
    [leave, unlock].into_iter().flatten().reduce(Command::then)
}

fn is_serverless_member(instance: &Instance, cluster: &Cluster) -> bool {
    instance.class == "db.serverless"
        && instance.cluster_id == cluster.id
        && billing(instance.status.as_deref()) == Some(Billing::Running)
}

#[cfg(test)]
mod tests {
    use rust_decimal::{Decimal, dec};
    use serde::de::IgnoredAny;

    use super::super::rds_reading::Scaling;
    use super::*;

    fn cluster(engine: &str, status: &str) -> Cluster {
        Cluster { id: Some("c".into()), engine: engine.into(), status: Some(status.into()), ..Cluster::default() }
    }

    fn scaling(least: Decimal) -> Scaling {
        Scaling { min_capacity: Some(least) }
    }

    fn listed(cluster: &Cluster, instances: Option<&[Instance]>) -> Option<Listed> {
        finding(cluster, instances, &Support { majors: None, now: Timestamp::UNIX_EPOCH })
    }

    fn whats(cluster: &Cluster, instances: Option<&[Instance]>) -> Vec<String> {
        listed(cluster, instances).unwrap().charges.into_iter().map(|charge| charge.what).collect()
    }

    #[test]
    fn storage_is_charged_in_every_state_but_the_last() {
        let found = listed(&cluster("docdb", "stopped"), None).unwrap();
        assert_eq!((found.billing, found.charges.len(), found.can), (Billing::Stopped, 1, vec![Verb::Delete]));
        let found = Cluster { members: vec![IgnoredAny], ..cluster("neptune", "something-new") };
        let found = listed(&found, None).unwrap();
        assert_eq!(found.can, [Verb::Stop, Verb::Delete]);
        assert_eq!(found.notes, [Note::new("members-first"), Note::new("usage-extra")]);
        assert_eq!(listed(&cluster("aurora-mysql", "deleting"), None), None);
        assert_eq!(listed(&Cluster::default(), None).unwrap().charges.len(), 1);
    }

    #[test]
    fn serverless_capacity_is_charged_for_the_minimum_of_each_member() {
        let v2 = |least| Cluster {
            serverless_v2_scaling_configuration: Some(scaling(least)),
            ..cluster("aurora-mysql", "available")
        };
        let member = Instance { class: "db.serverless".into(), cluster_id: Some("c".into()), ..Instance::default() };
        let two = [member.clone(), member];
        assert_eq!(whats(&v2(dec!(1.5)), Some(&two)), ["3 × ACU", "Aurora MySQL storage"]);
        assert_eq!(whats(&v2(dec!(0.0)), Some(&two)), ["ACU", "Aurora MySQL storage"]);
        assert_eq!(whats(&v2(Decimal::MAX), Some(&two)), ["ACU", "Aurora MySQL storage"]);
        assert_eq!(whats(&v2(dec!(1.5)), None), ["ACU", "Aurora MySQL storage"]);
        assert_eq!(whats(&v2(dec!(1.5)), Some(&[])), ["Aurora MySQL storage"]);
    }

    #[test]
    fn a_cluster_without_instances_is_charged_for_extended_support_itself() {
        let old = |engine| Cluster {
            engine_lifecycle_support: Some("open-source-rds-extended-support".into()),
            ..cluster(engine, "available")
        };
        let three = Cluster {
            instance_class: Some("db.m5d.large".into()),
            storage_type: Some("io1".into()),
            allocated_storage: Some(dec!(100)),
            ..old("postgres")
        };
        assert_eq!(whats(&three, Some(&[]))[1], "extended support");
        assert_eq!(whats(&old("aurora-postgresql"), Some(&[])), ["Aurora PostgreSQL storage"]);
    }

    #[test]
    fn prerequisites_of_deleting_it_come_first() {
        let command = |it: &Cluster| listed(it, None).unwrap().commands[&Verb::Delete].to_string();
        let protected = Cluster { deletion_protection: true, ..cluster("docdb", "available") };
        let unlock =
            "aws docdb modify-db-cluster --db-cluster-identifier c --no-deletion-protection && aws docdb delete";
        assert!(command(&protected).starts_with(unlock));
        let (world, arn) = (Some("world".into()), Some("arn:c".into()));
        let global = command(&Cluster { global_cluster_identifier: world, arn, ..protected });
        let leave =
            "aws docdb remove-from-global-cluster --global-cluster-identifier world --db-cluster-identifier arn:c";
        assert!(global.starts_with(leave) && global.split(" && ").count() == 3, "{global}");
    }

    #[test]
    fn serverless_capacity_may_be_more_than_the_minimum() {
        let it = Cluster {
            storage_type: Some("aurora-iopt1".into()),
            serverless_v2_scaling_configuration: Some(scaling(dec!(1))),
            ..cluster("aurora-mysql", "available")
        };
        assert_eq!(listed(&it, None).unwrap().notes, [Note::new("usage-extra")]);
    }
}
