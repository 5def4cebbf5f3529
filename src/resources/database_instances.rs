//! Database instances behind the calls of RDS, whichever product they belong to: what bills, and what can be done about it.

use aws_sdk_rds::types::DbInstance;

use super::Listing;
use super::rds_charges::{Product, hour, instance_storage};
use super::rds_reading::{billing, instances, rds_tags, restart};
use super::reading::time;
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Finding, Verb};

/// The instances of these products that bill.
///
/// # Errors
/// What listing them failed with.
pub async fn list(cx: &Cx, products: &[Product]) -> Result<Listing> {
    let instances = instances(cx).await?;
    let wanted = instances.0.iter().filter(|it| products.contains(&Product::of(it.engine().unwrap_or_default())));
    Ok(wanted.filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it does not bill, or bills as part of its cluster. An unknown status is reported, not hidden.
fn finding(instance: &DbInstance) -> Option<Finding> {
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
    let mut finding = Finding {
        arn: instance.db_instance_arn().map(str::to_owned),
        billing,
        created_at: time(instance.instance_create_time()),
        tags: rds_tags(instance.tag_list()),
        ..Finding::new(instance.db_instance_identifier().unwrap_or_default())
    };
    if billing == Billing::Running {
        finding.charges.push(hour(instance));
    }
    finding.charges.extend(instance_storage(instance));
    finding.notes.extend(restart(instance.db_instance_status(), instance.automatic_restart_time()));
    let replica = instance.read_replica_source_db_instance_identifier().is_some()
        || instance.read_replica_source_db_cluster_identifier().is_some();
    let source = !instance.read_replica_db_instance_identifiers().is_empty();
    let alone = product == Product::Rds && !engine.starts_with("custom-") && !replica && !source;
    let (command, id) = (product.command(), finding.id.clone());
    if alone && billing == Billing::Running {
        finding = finding.can(Verb::Stop, format!("{command} stop-db-instance --db-instance-identifier {id}"));
    }
    let last = match product {
        // DocumentDB's command knows no snapshots of instances.
        Product::DocumentDb => String::new(),
        Product::Rds if !replica => format!(" --final-db-snapshot-identifier {id}-final"),
        _ => " --skip-final-snapshot".to_owned(),
    };
    Some(finding.can(Verb::Delete, format!("{command} delete-db-instance --db-instance-identifier {id}{last}")))
}

#[cfg(test)]
mod tests {
    use aws_sdk_rds::types::builders::DbInstanceBuilder;

    use super::*;

    fn database(engine: &str, status: &str) -> DbInstanceBuilder {
        let it = DbInstance::builder().db_instance_identifier("study").engine(engine).db_instance_status(status);
        it.db_instance_class("db.t3.micro").storage_type("gp2").allocated_storage(20)
    }

    fn whats(found: &Finding) -> Vec<&str> {
        found.charges.iter().map(|charge| charge.what.as_str()).collect()
    }

    #[test]
    fn a_running_one_bills_hours_and_storage_and_can_be_stopped() {
        let found = finding(&database("mysql", "available").multi_az(true).build()).unwrap();
        assert_eq!(whats(&found), ["db.t3.micro MySQL Multi-AZ", "20 GB gp2"]);
        assert_eq!(found.can, [Verb::Stop, Verb::Delete]);
        assert!(finding(&database("mysql", "something-new").build()).is_some());
        assert_eq!(finding(&database("mysql", "deleting").build()), None);
    }

    #[test]
    fn a_stopped_one_bills_storage_and_comes_back() {
        let back = aws_smithy_types::DateTime::from_secs(1_795_921_200);
        let found = finding(&database("postgres", "stopped").automatic_restart_time(back).build()).unwrap();
        assert_eq!((found.billing, whats(&found)), (Billing::Stopped, vec!["20 GB gp2"]));
        assert_eq!(found.notes[0].value(), Some("2026-11-29T03:00:00Z"));
        let found = finding(&database("postgres", "stopped").build()).unwrap();
        assert_eq!((found.notes[0].id(), found.can), ("restarts-by-itself-week", vec![Verb::Delete]));
    }

    #[test]
    fn a_member_bills_hours_unless_its_cluster_says_so() {
        let member = |engine, class| database(engine, "available").db_cluster_identifier("c").db_instance_class(class);
        assert_eq!(whats(&finding(&member("docdb", "db.r5.large").build()).unwrap()), ["db.r5.large DocumentDB"]);
        assert_eq!(finding(&member("aurora-mysql", "db.serverless").build()), None);
        assert_eq!(finding(&member("neptune", "db.r5.large").db_instance_status("stopped").build()), None);
        assert_eq!(finding(&member("mysql", "db.m5d.large").build()), None);
    }

    #[test]
    fn missing_fields_drop_nothing() {
        assert_eq!(finding(&DbInstance::builder().build()).unwrap().charges.len(), 2);
    }
}
