//! Database instances of RDS, Aurora, DocumentDB and Neptune: their charges, and the commands that stop or delete them.

use jiff::Timestamp;

use super::rds_charges::{Product, hour, insights};
use super::rds_extended_support::{Database, Major, majors};
use super::rds_reading::{Instance, billing, instances, restart};
use super::rds_storage::instance_storage;
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Listed, Loss, Takes, Verb};
use crate::resources::Listing;

/// The charged instances of these products.
///
/// # Errors
/// Listing them fails.
pub async fn list(cx: &Cx, products: &[Product]) -> Result<Listing> {
    let instances = instances(cx).await?;
    let wanted: Vec<&Instance> = instances.iter().filter(|it| products.contains(&Product::of(&it.engine))).collect();
    let enrolled = wanted.iter().any(|it| Database::of_instance(it).is_enrolled());
    let (majors, faults) = majors(cx, enrolled).await;
    let now = Timestamp::now();
    let findings = wanted.into_iter().filter_map(|it| finding(it, majors.as_deref(), now)).collect();
    Ok(Listing { findings, faults, ..Listing::default() })
}

/// `None` means it is not charged, or is charged with its cluster. An unknown status is reported, not hidden.
fn finding(instance: &Instance, majors: Option<&[Major]>, now: Timestamp) -> Option<Listed> {
    let status = instance.status.as_deref();
    let billing = billing(status)?;
    let engine = instance.engine.as_str();
    let product = Product::of(engine);
    let of_cluster = match product {
        // An unknown engine: reporting it twice is better than not at all.
        Product::Rds => instance.cluster_id.is_some() && !engine.is_empty(),
        _ => instance.class == "db.serverless" || billing == Billing::Stopped,
    };
    if of_cluster {
        return None;
    }
    let mut finding = Listed {
        arn: instance.arn.clone(),
        billing,
        created_at: instance.instance_create_time,
        tags: instance.tag_list.clone(),
        ..Listed::new(&instance.id)
    };
    let support = Database::of_instance(instance).support(majors, now);
    finding.notes.extend(support.note);
    if billing == Billing::Running {
        finding.charges.push(hour(instance));
        finding.charges.extend(support.charge.clone().map(Charge::outlasting_a_stop));
        let kept = instance.performance_insights_retention_period;
        let kept = kept.filter(|_| instance.performance_insights_enabled != Some(false));
        finding.charges.extend(insights(instance.database_insights_mode.as_ref(), kept));
    }
    if billing == Billing::Stopped {
        // AWS names an upgrade and the deletion as its ends, and not a stop.
        finding.charges.extend(support.charge.map(Charge::at_most));
    }
    finding.charges.extend(instance_storage(instance));
    finding.notes.extend(restart(status, instance.automatic_restart_time));
    let replica = instance.replica_of_instance.is_some() || instance.replica_of_cluster.is_some();
    let source = !instance.replicas.is_empty();
    // AWS cannot stop Multi-AZ SQL Server.
    let mirrored = engine.starts_with("sqlserver") && instance.multi_az == Some(true);
    let alone = product == Product::Rds && !engine.starts_with("custom-") && !replica && !source && !mirrored;
    let id = &instance.id;
    let command = |verb: &str| product.command(&format!("{verb}-db-instance --db-instance-identifier")).arg(id);
    if alone && billing == Billing::Running {
        finding = finding.can(Verb::Stop, command("stop"));
    }
    let delete = command("delete");
    let delete = match product {
        // DocumentDB's command has no option for a final snapshot.
        Product::DocumentDb => delete,
        Product::Rds if !replica => delete.words("--final-db-snapshot-identifier").arg(format!("{id}-final")),
        _ => delete.words("--skip-final-snapshot"),
    };
    // A cluster member has the protection of its cluster.
    let protected = product == Product::Rds && instance.deletion_protection;
    let unlock = protected.then(|| command("modify").words("--no-deletion-protection"));
    Some(finding.loses(Loss::Backups).deleted_in(Takes::UpToAnHour).can(Verb::Delete, delete.after(unlock)))
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    fn database(engine: &str, status: &str) -> Instance {
        Instance {
            id: "study".into(),
            engine: engine.into(),
            status: Some(status.into()),
            class: "db.t3.micro".into(),
            storage_type: Some("gp2".into()),
            allocated_storage: Some(dec!(20)),
            ..Instance::default()
        }
    }

    fn listed(instance: &Instance) -> Option<Listed> {
        finding(instance, None, Timestamp::UNIX_EPOCH)
    }

    fn whats(found: &Listed) -> Vec<&str> {
        found.charges.iter().map(|charge| charge.what.as_str()).collect()
    }

    #[test]
    fn a_running_one_is_charged_for_hours_and_storage_and_can_be_stopped() {
        let mirrored = |engine| listed(&Instance { multi_az: Some(true), ..database(engine, "available") }).unwrap();
        let found = mirrored("mysql");
        assert_eq!(whats(&found), ["db.t3.micro MySQL Multi-AZ", "20 GB gp2"]);
        assert_eq!(found.can, [Verb::Stop, Verb::Delete]);
        assert!(listed(&database("mysql", "something-new")).is_some());
        assert_eq!(mirrored("sqlserver-se").can, [Verb::Delete]);
        assert_eq!(listed(&database("mysql", "deleting")), None);
    }

    #[test]
    fn a_stopped_one_is_charged_for_storage_and_restarts() {
        let stopped = database("postgres", "stopped");
        let back = Some("2026-11-29T03:00:00Z".parse().unwrap());
        let found = listed(&Instance { automatic_restart_time: back, ..stopped.clone() }).unwrap();
        assert_eq!((found.billing, whats(&found)), (Billing::Stopped, vec!["20 GB gp2"]));
        assert_eq!(found.notes[0].value(), Some("2026-11-29T03:00:00Z"));
        let found = listed(&stopped).unwrap();
        assert_eq!((found.notes[0].id(), found.can), ("restarts-by-itself-week", vec![Verb::Delete]));
    }

    #[test]
    fn a_member_is_charged_for_hours_unless_its_cluster_is() {
        let member = |engine, class: &str, status| Instance {
            cluster_id: Some("c".into()),
            class: class.into(),
            ..database(engine, status)
        };
        let found = listed(&member("docdb", "db.r5.large", "available")).unwrap();
        assert_eq!(whats(&found), ["db.r5.large DocumentDB"]);
        assert_eq!(listed(&member("aurora-mysql", "db.serverless", "available")), None);
        assert_eq!(listed(&member("neptune", "db.r5.large", "stopped")), None);
        assert_eq!(listed(&member("mysql", "db.m5d.large", "available")), None);
    }

    #[test]
    fn protection_is_removed_first() {
        let command = |engine: &str| {
            let found = listed(&Instance { deletion_protection: true, ..database(engine, "available") }).unwrap();
            found.commands[&Verb::Delete].to_string().split(" && ").count()
        };
        assert_eq!(["mysql", "aurora-mysql"].map(command), [2, 1]);
    }

    #[test]
    fn missing_fields_drop_nothing() {
        assert_eq!(listed(&Instance::default()).unwrap().charges.len(), 2);
    }
}
