//! Databases of an open-source engine are charged for extended support, per vCPU-hour and in addition to everything else, once
//! the standard support of their major version has ended.

use jiff::{Span, Timestamp};
use serde::Deserialize;

use super::rds_charges::Product;
use super::rds_reading::{Cluster, Instance};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Error;
use crate::model::{Charge, Sku, Unit};

pub const MAJORS: Operation<Major> =
    Operation::new("rds:DescribeDBMajorEngineVersions").at("DBMajorEngineVersions").shared();

/// A major version of an engine.
#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Major {
    engine: Option<String>,
    major_engine_version: Option<String>,
    supported_engine_lifecycles: Vec<Lifecycle>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Lifecycle {
    lifecycle_support_name: Option<Support>,
    lifecycle_support_start_date: Option<Timestamp>,
}

values! { enum Support { Extended = "open-source-rds-extended-support" } }

/// The lifecycle of each major version, requested only if a database is enrolled. `None`: not requested, or denied.
pub async fn majors(cx: &Cx, enrolled: bool) -> (Option<Vec<Major>>, Vec<Error>) {
    if !enrolled {
        return (None, Vec::new());
    }
    match cx.ask(&MAJORS).all().await {
        Ok(majors) => (Some(majors), Vec::new()),
        Err(error) => (None, vec![error]),
    }
}

/// The input of the decision whether a database is charged for extended support.
pub struct Database<'a> {
    engine: &'a str,
    version: &'a str,
    lifecycle: Option<&'a str>,
    /// `None` if AWS's count is unknown: standbys, serverless capacity.
    processors: Option<u32>,
}

impl<'a> Database<'a> {
    pub fn of_instance(it: &'a Instance) -> Self {
        let single = Product::of(&it.engine) == Product::Aurora || it.multi_az == Some(false);
        Self {
            engine: &it.engine,
            version: &it.engine_version,
            lifecycle: it.engine_lifecycle_support.as_deref(),
            processors: Some(it.class.as_str()).filter(|_| single).and_then(processors),
        }
    }

    pub fn of_cluster(it: &'a Cluster) -> Self {
        let lifecycle = it.engine_lifecycle_support.as_deref();
        Self { engine: &it.engine, version: &it.engine_version, lifecycle, processors: None }
    }

    /// AWS upgrades databases that are not enrolled.
    pub fn is_enrolled(&self) -> bool {
        self.lifecycle == Some("open-source-rds-extended-support")
    }

    /// `None` if its version has standard support, or no other support. An unknown version is reported.
    pub fn charge(&self, majors: Option<&[Major]>, now: Timestamp) -> Option<Charge> {
        let sku = |item: &str| Sku::new("AmazonRDS").with("item", item).with("unit", "vcpu-hour");
        let unknown = || Charge::metered("extended support", sku("extended_support"), Unit::Hour);
        // AWS's list has no DocumentDB versions: the standard support of its first version ended in March 2026.
        if Product::of(self.engine) == Product::DocumentDb {
            let sku = || Sku::new("AmazonDocDB").with("item", "extended_support").with("unit", "vcpu-hour");
            let old = self.version.starts_with("3.");
            return old.then(|| Charge::metered("extended support", sku(), Unit::Hour));
        }
        if !self.is_enrolled() {
            return None;
        }
        let known = majors.and_then(|majors| majors.iter().find(|it| self.is_of(it)));
        let Some(known) = known else { return Some(unknown()) };
        let extended = |it: &&Lifecycle| it.lifecycle_support_name == Some(Support::Extended);
        let extended = known.supported_engine_lifecycles.iter().find(extended)?;
        let Some(since) = extended.lifecycle_support_start_date else { return Some(unknown()) };
        if now < since {
            return None;
        }
        // The price doubles from the third year on.
        let dearer = since.checked_add(Span::new().hours(2 * 365 * 24)).is_ok_and(|third| third <= now);
        let item = if dearer { "extended_support_year3" } else { "extended_support_year1_2" };
        Some(match self.processors {
            Some(count) => Charge::hourly("vCPU extended support", sku(item), count),
            None => unknown(),
        })
    }

    /// `8.0.36` and `8.0.mysql_aurora.3.05.2` belong to `8.0`.
    fn is_of(&self, major: &Major) -> bool {
        let rest = major.major_engine_version.as_deref().and_then(|major| self.version.strip_prefix(major));
        major.engine.as_deref() == Some(self.engine)
            && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

/// The vCPUs by the size in the class name: eight for `db.r6g.2xlarge`.
fn processors(class: &str) -> Option<u32> {
    let ["db", family, size] = class.split('.').collect::<Vec<_>>()[..] else { return None };
    match size {
        _ if ["m1", "m2", "t1", "t2"].contains(&family) => None,
        "micro" | "small" | "medium" => ["t3", "t4g"].contains(&family).then_some(2),
        "large" => Some(2),
        "xlarge" => Some(4),
        size => size.strip_suffix("xlarge")?.parse::<u32>().ok()?.checked_mul(4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STANDARD: &str = "open-source-rds-standard-support";
    const EXTENDED: &str = "open-source-rds-extended-support";

    fn major(engine: &str, version: &str, lifecycles: &[(&str, &str)]) -> Major {
        let lifecycle = |(name, since): &(&str, &str)| Lifecycle {
            lifecycle_support_name: Some((*name).into()),
            lifecycle_support_start_date: Some(since.parse().unwrap()),
        };
        Major {
            engine: Some(engine.into()),
            major_engine_version: Some(version.into()),
            supported_engine_lifecycles: lifecycles.iter().map(lifecycle).collect(),
        }
    }

    fn majors() -> Vec<Major> {
        let standard = (STANDARD, "2018-01-01T00:00:00Z");
        vec![
            major("mysql", "5.7", &[standard, (EXTENDED, "2024-03-01T00:00:00Z")]),
            major("mysql", "8.0", &[standard, (EXTENDED, "2026-08-01T00:00:00Z")]),
            major("postgres", "16", &[standard, (EXTENDED, "2029-03-01T00:00:00Z")]),
            major("mariadb", "10.6", &[standard]),
        ]
    }

    fn charged(engine: &str, version: &str, majors: Option<&[Major]>) -> Option<(String, String, bool)> {
        let database = Database { engine, version, lifecycle: Some(EXTENDED), processors: processors("db.m5.xlarge") };
        let charge = database.charge(majors, "2026-11-23T00:00:00Z".parse().unwrap())?;
        Some((charge.what, charge.sku.attributes["item"].clone(), charge.quantity.is_some()))
    }

    #[test]
    fn a_version_is_charged_once_its_standard_support_has_ended() {
        let majors = majors();
        let of = |engine, version| charged(engine, version, Some(&majors));
        let (four, exact) = ("4 × vCPU extended support", true);
        assert_eq!(of("mysql", "8.0.36"), Some((four.into(), "extended_support_year1_2".into(), exact)));
        assert_eq!(of("mysql", "5.7.44"), Some((four.into(), "extended_support_year3".into(), exact)));
        assert_eq!([of("postgres", "16.3"), of("mariadb", "10.6.1")], [None, None]);
    }

    #[test]
    fn an_unknown_version_is_reported_and_only_the_enrolled_pay() {
        let majors = majors();
        let unknown = Some(("extended support".to_owned(), "extended_support".to_owned(), false));
        assert_eq!(charged("mysql", "5.7.44", None), unknown);
        assert_eq!(charged("postgres", "1", Some(&majors)), unknown);
        let instance = |lifecycle: Option<&str>, zones| Instance {
            engine: "mysql".into(),
            engine_version: "8.0.36".into(),
            class: "db.m5.xlarge".into(),
            engine_lifecycle_support: lifecycle.map(Into::into),
            multi_az: zones,
            ..Instance::default()
        };
        let charge =
            |it: Instance| Database::of_instance(&it).charge(Some(&majors), "2026-11-23T00:00:00Z".parse().unwrap());
        assert_eq!(charge(instance(Some("open-source-rds-extended-support-disabled"), None)), None);
        assert_eq!(charge(instance(None, None)), None);
        let quantity = |zones| charge(instance(Some(EXTENDED), Some(zones))).unwrap().quantity;
        assert_eq!([quantity(false), quantity(true)], [Some(4.into()), None]);
    }

    #[test]
    fn the_first_documentdb_is_past_its_standard_support() {
        let of = |version: &str| {
            let it = Instance { engine: "docdb".into(), engine_version: version.into(), ..Instance::default() };
            Database::of_instance(&it).charge(None, Timestamp::UNIX_EPOCH).map(|it| it.sku.service)
        };
        assert_eq!(["3.6.0", "4.0.0", "5.0.0"].map(of), [Some("AmazonDocDB"), None, None]);
    }

    #[test]
    fn only_a_plain_class_says_its_processors() {
        let known = ["db.t4g.micro", "db.r6g.large", "db.m5.xlarge", "db.x2iedn.32xlarge"].map(processors);
        assert_eq!(known, [Some(2), Some(2), Some(4), Some(128)]);
        let unknown = ["db.t2.micro", "db.serverless", "db.r5.large.tpc1.mem2x", "db.r9.huge", ""];
        assert_eq!(unknown.map(processors), [None; 5]);
    }
}
