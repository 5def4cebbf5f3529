//! Database instances behind the calls of RDS, whichever product they belong to: what bills, and what can be done about it.

use aws_sdk_rds::types::DbInstance;
use jiff::Timestamp;

use super::rds_charges::{Product, hour, insights, instance_storage};
use super::rds_extended_support::{Database, Majors, majors};
use super::rds_reading::{billing, instances, rds_tags, restart};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Listed, Verb};
use crate::resources::Listing;
use crate::resources::reading::time;

/// The instances of these products that bill.
///
/// # Errors
/// What listing them failed with.
pub async fn list(cx: &Cx, products: &[Product]) -> Result<Listing> {
    let instances = instances(cx).await?;
    let wanted = instances.0.iter().filter(|it| products.contains(&Product::of(it.engine().unwrap_or_default())));
    let wanted: Vec<&DbInstance> = wanted.collect();
    let enrolled = wanted.iter().any(|it| Database::of_instance(it).is_enrolled());
    let (majors, faults) = majors(cx, enrolled).await;
    let now = Timestamp::now();
    let findings = wanted.into_iter().filter_map(|it| finding(it, majors.as_deref(), now)).collect();
    Ok(Listing { findings, faults, ..Listing::default() })
}

/// `None` means it does not bill, or bills as part of its cluster. An unknown status is reported, not hidden.
fn finding(instance: &DbInstance, majors: Option<&Majors>, now: Timestamp) -> Option<Listed> {
    let billing = billing(instance.db_instance_status())?;
    let engine = instance.engine().unwrap_or_default();
    let (product, class) = (Product::of(engine), instance.db_instance_class().unwrap_or_default());
    let of_cluster = match product {
        // Of an unknown engine: rather told twice than not at all.
        Product::Rds => instance.db_cluster_identifier().is_some() && !engine.is_empty(),
        _ => class == "db.serverless" || billing == Billing::Stopped,
    };
    if of_cluster {
        return None;
    }
    let mut finding = Listed {
        arn: instance.db_instance_arn().map(str::to_owned),
        billing,
        created_at: time(instance.instance_create_time()),
        tags: rds_tags(instance.tag_list()),
        ..Listed::new(instance.db_instance_identifier().unwrap_or_default())
    };
    if billing == Billing::Running {
        finding.charges.push(hour(instance));
        finding.charges.extend(Database::of_instance(instance).charge(majors, now));
        let kept = instance.performance_insights_retention_period();
        let kept = kept.filter(|_| instance.performance_insights_enabled() != Some(false));
        finding.charges.extend(insights(instance.database_insights_mode(), kept));
    }
    finding.charges.extend(instance_storage(instance));
    finding.notes.extend(restart(instance.db_instance_status(), instance.automatic_restart_time()));
    let replica = instance.read_replica_source_db_instance_identifier().is_some()
        || instance.read_replica_source_db_cluster_identifier().is_some();
    let source = !instance.read_replica_db_instance_identifiers().is_empty();
    // AWS cannot stop SQL Server in two zones.
    let mirrored = engine.starts_with("sqlserver") && instance.multi_az() == Some(true);
    let alone = product == Product::Rds && !engine.starts_with("custom-") && !replica && !source && !mirrored;
    let id = finding.id.clone();
    let command = |verb: &str| product.command(&format!("{verb}-db-instance --db-instance-identifier")).arg(&id);
    if alone && billing == Billing::Running {
        finding = finding.can(Verb::Stop, command("stop"));
    }
    let delete = command("delete");
    let delete = match product {
        // DocumentDB's command knows no snapshots of instances.
        Product::DocumentDb => delete,
        Product::Rds if !replica => delete.words("--final-db-snapshot-identifier").arg(format!("{id}-final")),
        _ => delete.words("--skip-final-snapshot"),
    };
    // The protection of a member is that of its cluster.
    let protected = product == Product::Rds && instance.deletion_protection() == Some(true);
    let unlock = protected.then(|| command("modify").words("--no-deletion-protection"));
    Some(finding.can(Verb::Delete, delete.after(unlock)))
}

#[cfg(test)]
mod tests {
    use aws_sdk_rds::types::builders::DbInstanceBuilder;

    use super::*;

    fn database(engine: &str, status: &str) -> DbInstanceBuilder {
        let it = DbInstance::builder().db_instance_identifier("study").engine(engine).db_instance_status(status);
        it.db_instance_class("db.t3.micro").storage_type("gp2").allocated_storage(20)
    }

    fn told(instance: &DbInstance) -> Option<Listed> {
        finding(instance, None, Timestamp::UNIX_EPOCH)
    }

    fn whats(found: &Listed) -> Vec<&str> {
        found.charges.iter().map(|charge| charge.what.as_str()).collect()
    }

    #[test]
    fn a_running_one_bills_hours_and_storage_and_can_be_stopped() {
        let found = told(&database("mysql", "available").multi_az(true).build()).unwrap();
        assert_eq!(whats(&found), ["db.t3.micro MySQL Multi-AZ", "20 GB gp2"]);
        assert_eq!(found.can, [Verb::Stop, Verb::Delete]);
        assert!(told(&database("mysql", "something-new").build()).is_some());
        let mirrored = told(&database("sqlserver-se", "available").multi_az(true).build()).unwrap();
        assert_eq!(mirrored.can, [Verb::Delete]);
        assert_eq!(told(&database("mysql", "deleting").build()), None);
    }

    #[test]
    fn a_stopped_one_bills_storage_and_comes_back() {
        let back = aws_smithy_types::DateTime::from_secs(1_795_921_200);
        let found = told(&database("postgres", "stopped").automatic_restart_time(back).build()).unwrap();
        assert_eq!((found.billing, whats(&found)), (Billing::Stopped, vec!["20 GB gp2"]));
        assert_eq!(found.notes[0].value(), Some("2026-11-29T03:00:00Z"));
        let found = told(&database("postgres", "stopped").build()).unwrap();
        assert_eq!((found.notes[0].id(), found.can), ("restarts-by-itself-week", vec![Verb::Delete]));
    }

    #[test]
    fn a_member_bills_hours_unless_its_cluster_says_so() {
        let member = |engine, class| database(engine, "available").db_cluster_identifier("c").db_instance_class(class);
        assert_eq!(whats(&told(&member("docdb", "db.r5.large").build()).unwrap()), ["db.r5.large DocumentDB"]);
        assert_eq!(told(&member("aurora-mysql", "db.serverless").build()), None);
        assert_eq!(told(&member("neptune", "db.r5.large").db_instance_status("stopped").build()), None);
        assert_eq!(told(&member("mysql", "db.m5d.large").build()), None);
    }

    #[test]
    fn protection_is_taken_off_first() {
        let command = |engine: &str| {
            let found = told(&database(engine, "available").deletion_protection(true).build()).unwrap();
            found.commands[&Verb::Delete].to_string().split(" && ").count()
        };
        assert_eq!(["mysql", "aurora-mysql"].map(command), [2, 1]);
    }

    #[test]
    fn missing_fields_drop_nothing() {
        assert_eq!(told(&DbInstance::builder().build()).unwrap().charges.len(), 2);
    }
}
