//! Databases of an open-source engine whose major version is past its standard support bill for extended support, by the vCPU
//! and hour, on top of everything else.

use std::sync::Arc;

use aws_sdk_rds::Client;
use aws_sdk_rds::types::{DbCluster, DbInstance, DbMajorEngineVersion, LifecycleSupportName, SupportedEngineLifecycle};
use jiff::{Span, Timestamp};

use super::rds_charges::Product;
use crate::aws::Cx;
use crate::error::Error;
use crate::model::{Charge, Sku, Unit};
use crate::resources::reading::time;

/// The lifecycle of each major version.
pub struct Majors(pub Vec<DbMajorEngineVersion>);

/// Asked for once, and only if one of the databases is enrolled. `None`: AWS was not asked, or would not say.
pub async fn majors(cx: &Cx, enrolled: bool) -> (Option<Arc<Majors>>, Vec<Error>) {
    if !enrolled {
        return (None, Vec::new());
    }
    let list = async || {
        let asked = Client::new(&cx.sdk).describe_db_major_engine_versions().max_records(100);
        Ok(Majors(asked.into_paginator().items().send().try_collect().await?))
    };
    match cx.shared.once(list).await {
        Ok(majors) => (Some(majors), Vec::new()),
        Err(error) => (None, vec![error]),
    }
}

/// What extended support asks of a database.
pub struct Database<'a> {
    engine: &'a str,
    version: &'a str,
    lifecycle: Option<&'a str>,
    /// `None` where it is not known how many AWS counts: of standbys, or of serverless capacity.
    processors: Option<i32>,
}

impl<'a> Database<'a> {
    pub fn of_instance(it: &'a DbInstance) -> Self {
        let engine = it.engine().unwrap_or_default();
        let single = Product::of(engine) == Product::Aurora || it.multi_az() == Some(false);
        Self {
            engine,
            version: it.engine_version().unwrap_or_default(),
            lifecycle: it.engine_lifecycle_support(),
            processors: it.db_instance_class().filter(|_| single).and_then(processors),
        }
    }

    pub fn of_cluster(it: &'a DbCluster) -> Self {
        let (engine, version) = (it.engine().unwrap_or_default(), it.engine_version().unwrap_or_default());
        Self { engine, version, lifecycle: it.engine_lifecycle_support(), processors: None }
    }

    /// AWS upgrades the others instead.
    pub fn is_enrolled(&self) -> bool {
        self.lifecycle == Some("open-source-rds-extended-support")
    }

    /// `None`: its version is in standard support, or has no other. What is not known is told.
    pub fn charge(&self, majors: Option<&Majors>, now: Timestamp) -> Option<Charge> {
        let sku = |item: &str| Sku::new("AmazonRDS").with("item", item).with("unit", "vcpu-hour");
        let unknown = || Charge::metered("extended support", sku("extended_support"), Unit::Hour);
        // AWS's list has no versions of DocumentDB: the first one's standard support ended in March 2026.
        if Product::of(self.engine) == Product::DocumentDb {
            let sku = || Sku::new("AmazonDocDB").with("item", "extended_support").with("unit", "vcpu-hour");
            let old = self.version.starts_with("3.");
            return old.then(|| Charge::metered("extended support", sku(), Unit::Hour));
        }
        if !self.is_enrolled() {
            return None;
        }
        let known = majors.and_then(|majors| majors.0.iter().find(|it| self.is_of(it)));
        let Some(known) = known else { return Some(unknown()) };
        let extended = |it: &&SupportedEngineLifecycle| {
            it.lifecycle_support_name() == Some(&LifecycleSupportName::OpenSourceRdsExtendedSupport)
        };
        let extended = known.supported_engine_lifecycles().iter().find(extended)?;
        let Some(since) = time(extended.lifecycle_support_start_date()) else { return Some(unknown()) };
        if now < since {
            return None;
        }
        // From the third year on it costs twice as much.
        let dearer = since.checked_add(Span::new().hours(2 * 365 * 24)).is_ok_and(|third| third <= now);
        let item = if dearer { "extended_support_year3" } else { "extended_support_year1_2" };
        Some(match self.processors {
            Some(count) => Charge::hourly("vCPU extended support", sku(item), count),
            None => unknown(),
        })
    }

    /// `8.0.36` and `8.0.mysql_aurora.3.05.2` are of `8.0`.
    fn is_of(&self, major: &DbMajorEngineVersion) -> bool {
        let rest = major.major_engine_version().and_then(|major| self.version.strip_prefix(major));
        major.engine() == Some(self.engine) && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

/// Of a class that is plainly named: `db.r6g.2xlarge` has eight.
fn processors(class: &str) -> Option<i32> {
    let ["db", family, size] = class.split('.').collect::<Vec<_>>()[..] else { return None };
    match size {
        _ if ["m1", "m2", "t1", "t2"].contains(&family) => None,
        "micro" | "small" | "medium" => ["t3", "t4g"].contains(&family).then_some(2),
        "large" => Some(2),
        "xlarge" => Some(4),
        size => size.strip_suffix("xlarge")?.parse::<i32>().ok()?.checked_mul(4),
    }
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::DateTime;

    use super::*;

    fn majors() -> Majors {
        let lifecycle = |name, since: &str| {
            let since: Timestamp = since.parse().unwrap();
            let since = DateTime::from_secs(since.as_second());
            SupportedEngineLifecycle::builder().lifecycle_support_name(name).lifecycle_support_start_date(since).build()
        };
        let (standard, extended) =
            (LifecycleSupportName::OpenSourceRdsStandardSupport, LifecycleSupportName::OpenSourceRdsExtendedSupport);
        let major = |engine: &str, version: &str, since: &str| {
            let it = DbMajorEngineVersion::builder().engine(engine).major_engine_version(version);
            let it = it.supported_engine_lifecycles(lifecycle(standard.clone(), "2018-01-01T00:00:00Z"));
            it.supported_engine_lifecycles(lifecycle(extended.clone(), since)).build()
        };
        let never = lifecycle(standard.clone(), "2018-01-01T00:00:00Z");
        let never = DbMajorEngineVersion::builder()
            .engine("mariadb")
            .major_engine_version("10.6")
            .supported_engine_lifecycles(never);
        Majors(vec![
            major("mysql", "5.7", "2024-03-01T00:00:00Z"),
            major("mysql", "8.0", "2026-08-01T00:00:00Z"),
            major("postgres", "16", "2029-03-01T00:00:00Z"),
            never.build(),
        ])
    }

    fn told(engine: &str, version: &str, majors: Option<&Majors>) -> Option<(String, String, bool)> {
        let lifecycle = Some("open-source-rds-extended-support");
        let database = Database { engine, version, lifecycle, processors: processors("db.m5.xlarge") };
        let charge = database.charge(majors, "2026-11-23T00:00:00Z".parse().unwrap())?;
        Some((charge.what, charge.sku.attributes["item"].clone(), charge.quantity.is_some()))
    }

    #[test]
    fn a_version_bills_once_its_standard_support_is_over() {
        let majors = majors();
        let of = |engine, version| told(engine, version, Some(&majors));
        let (four, exact) = ("4 × vCPU extended support", true);
        assert_eq!(of("mysql", "8.0.36"), Some((four.into(), "extended_support_year1_2".into(), exact)));
        assert_eq!(of("mysql", "5.7.44"), Some((four.into(), "extended_support_year3".into(), exact)));
        assert_eq!([of("postgres", "16.3"), of("mariadb", "10.6.1")], [None, None]);
    }

    #[test]
    fn what_is_not_known_is_told_and_only_the_enrolled_pay() {
        let majors = majors();
        let unknown = Some(("extended support".to_owned(), "extended_support".to_owned(), false));
        assert_eq!(told("mysql", "5.7.44", None), unknown);
        assert_eq!(told("postgres", "1", Some(&majors)), unknown);
        let instance = DbInstance::builder().engine("mysql").engine_version("8.0.36").db_instance_class("db.m5.xlarge");
        let charge =
            |it: DbInstance| Database::of_instance(&it).charge(Some(&majors), "2026-11-23T00:00:00Z".parse().unwrap());
        assert_eq!(
            charge(instance.clone().engine_lifecycle_support("open-source-rds-extended-support-disabled").build()),
            None
        );
        assert_eq!(charge(instance.clone().build()), None);
        let enrolled = instance.engine_lifecycle_support("open-source-rds-extended-support");
        let quantity = |zones| charge(enrolled.clone().multi_az(zones).build()).unwrap().quantity;
        assert_eq!([quantity(false), quantity(true)], [Some(4.into()), None]);
    }

    #[test]
    fn the_first_documentdb_is_past_its_standard_support() {
        let of = |version| {
            let it = DbInstance::builder().engine("docdb").engine_version(version).build();
            Database::of_instance(&it).charge(None, Timestamp::UNIX_EPOCH).map(|it| it.sku.service)
        };
        assert_eq!(["3.6.0", "4.0.0", "5.0.0"].map(of), [Some("AmazonDocDB"), None, None]);
    }

    #[test]
    fn only_a_plain_class_tells_its_processors() {
        let known = ["db.t4g.micro", "db.r6g.large", "db.m5.xlarge", "db.x2iedn.32xlarge"].map(processors);
        assert_eq!(known, [Some(2), Some(2), Some(4), Some(128)]);
        let unknown = ["db.t2.micro", "db.serverless", "db.r5.large.tpc1.mem2x", "db.r9.huge", ""];
        assert_eq!(unknown.map(processors), [None; 5]);
    }
}
