//! Databases of an open-source engine are charged for extended support, per vCPU-hour and in addition to everything else, once
//! the standard support of their major version has ended.

use jiff::{Span, Timestamp};
use serde::Deserialize;

use super::rds_charges::Product;
use super::rds_reading::{Cluster, Instance};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Error;
use crate::model::{Charge, Note, Sku, Unit};
use crate::resources::extended_support::{Days, Stage, days};

const NAME: &str = "extended support";

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
    lifecycle_support_name: Option<Name>,
    lifecycle_support_start_date: Option<Timestamp>,
}

values! { enum Name { Extended = "open-source-rds-extended-support" } }

/// What AWS's list says of a version's extended support.
enum Listed {
    Never,
    Days(Days),
    /// It has one, but not since when.
    Unknown,
}

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
    /// Of all its instances, standbys too; `None` if AWS's count is unknown: serverless capacity.
    processors: Option<u32>,
    /// Charged by its capacity, at a price of its own.
    serverless: bool,
}

/// What a database is charged for the support of its version, and what a finding says of it.
#[derive(Debug, Default)]
pub struct Support {
    pub charge: Option<Charge>,
    pub note: Option<Note>,
}

impl<'a> Database<'a> {
    pub fn of_instance(it: &'a Instance) -> Self {
        let zones = if Product::of(&it.engine) == Product::Aurora { Some(false) } else { it.multi_az };
        let each = processors(&it.class);
        Self {
            engine: &it.engine,
            version: &it.engine_version,
            lifecycle: it.engine_lifecycle_support.as_deref(),
            serverless: false,
            processors: zones.zip(each).and_then(|(two, each)| each.checked_mul(if two { 2 } else { 1 })),
        }
    }

    pub fn of_cluster(it: &'a Cluster) -> Self {
        let lifecycle = it.engine_lifecycle_support.as_deref();
        // A cluster of RDS has standbys instead.
        let serverless = Product::of(&it.engine) == Product::Aurora;
        Self { engine: &it.engine, version: &it.engine_version, lifecycle, processors: None, serverless }
    }

    /// AWS upgrades databases that are not enrolled.
    pub fn is_enrolled(&self) -> bool {
        self.lifecycle == Some("open-source-rds-extended-support")
    }

    /// Nothing if its version has standard support, or no other support. An unknown version is reported.
    pub fn support(&self, majors: Option<&[Major]>, now: Timestamp) -> Support {
        // AWS's list has no DocumentDB versions.
        if Product::of(self.engine) == Product::DocumentDb {
            let stage = days(self.engine, self.version).map_or(Stage::Standard, |days| days.stage(now));
            let sku = Sku::new("AmazonDocDB").with("item", "extended_support").with("unit", "vcpu-hour");
            let charge = stage.is_charged().then(|| Charge::metered(NAME, sku, Unit::Hour));
            return Support { charge, note: stage.note() };
        }
        if !self.is_enrolled() {
            return Support::default();
        }
        let known = majors.and_then(|majors| majors.iter().find(|it| self.is_of(it)));
        let days = match known.map(|major| self.days_of(major)) {
            Some(Listed::Never) => return Support::default(),
            Some(Listed::Days(days)) => Some(days),
            Some(Listed::Unknown) | None => days(self.engine, self.version),
        };
        let Some(days) = days else {
            return Support {
                charge: Some(Charge::metered(NAME, self.charge(Stage::FirstYears).sku, Unit::Hour)),
                note: None,
            };
        };
        let stage = days.stage(now);
        Support { charge: stage.is_charged().then(|| self.charge(stage)), note: stage.note() }
    }

    fn days_of(&self, major: &Major) -> Listed {
        let extended = |it: &&Lifecycle| it.lifecycle_support_name == Some(Name::Extended);
        let Some(extended) = major.supported_engine_lifecycles.iter().find(extended) else { return Listed::Never };
        let Some(charged) = extended.lifecycle_support_start_date else { return Listed::Unknown };
        // From the third year on it costs twice as much, but not for Aurora MySQL.
        let third = charged.checked_add(Span::new().hours(2 * 365 * 24)).ok();
        Listed::Days(Days { charged, dearer: third.filter(|_| self.engine != "aurora-mysql") })
    }

    /// By the vCPU and hour of each engine and major version: `ExtendedSupport:Yr1-Yr2:MySQL8.0`.
    fn charge(&self, stage: Stage) -> Charge {
        let years = if stage == Stage::ThirdYear { "Yr3" } else { "Yr1-Yr2" };
        let mut parts = self.version.split(['.', '-']);
        let (major, minor) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let (name, major) = match self.engine {
            "mysql" => ("MySQL", format!("{major}.{minor}")),
            "postgres" => ("PostgreSQL", major.to_owned()),
            // Its third major version is of MySQL 8.0, its second of 5.7.
            "aurora-mysql" => ("AuroraMySQL", if major == "8" { "3" } else { "2" }.to_owned()),
            "aurora-postgresql" => ("AuroraPostgreSQL", major.to_owned()),
            other => (other, major.to_owned()),
        };
        let of = if self.serverless { "ASv2:" } else { "" };
        let sku = Sku::new("AmazonRDS").with("usagetype", format!("ExtendedSupport:{years}:{of}{name}{major}"));
        match self.processors {
            Some(count) => Charge::hourly("vCPU extended support", sku, count),
            None => Charge::metered(NAME, sku, Unit::Hour),
        }
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
        "micro" | "small" if family == "t2" => Some(1),
        "medium" | "large" if family == "t2" => Some(2),
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
        let database = Database {
            engine,
            version,
            lifecycle: Some(EXTENDED),
            processors: processors("db.m5.xlarge"),
            serverless: false,
        };
        let charge = database.support(majors, "2026-11-23T00:00:00Z".parse().unwrap()).charge?;
        Some((charge.what, charge.sku.attributes["usagetype"].clone(), charge.quantity.is_some()))
    }

    #[test]
    fn a_version_is_charged_once_its_standard_support_has_ended() {
        let majors = majors();
        let of = |engine, version| charged(engine, version, Some(&majors));
        let (four, exact) = ("4 × vCPU extended support", true);
        assert_eq!(of("mysql", "8.0.36"), Some((four.into(), "ExtendedSupport:Yr1-Yr2:MySQL8.0".into(), exact)));
        assert_eq!(of("mysql", "5.7.44"), Some((four.into(), "ExtendedSupport:Yr3:MySQL5.7".into(), exact)));
        assert_eq!([of("postgres", "16.3"), of("mariadb", "10.6.1")], [None, None]);
    }

    #[test]
    fn an_unknown_version_is_reported_and_only_the_enrolled_pay() {
        let majors = majors();
        let unknown = |usage: &str| Some(("extended support".to_owned(), usage.to_owned(), false));
        // Without AWS's list, the table of its published days.
        let four = |usage: &str| Some(("4 × vCPU extended support".to_owned(), usage.to_owned(), true));
        assert_eq!(charged("mysql", "5.7.44", None), four("ExtendedSupport:Yr3:MySQL5.7"));
        assert_eq!(charged("postgres", "13.4", Some(&majors)), four("ExtendedSupport:Yr1-Yr2:PostgreSQL13"));
        assert_eq!(charged("postgres", "1", Some(&majors)), unknown("ExtendedSupport:Yr1-Yr2:PostgreSQL1"));
        let aurora = |engine, version| charged(engine, version, None).map(|(_, usage, _)| usage);
        assert_eq!(
            aurora("aurora-mysql", "5.7.mysql_aurora.2.12.0").as_deref(),
            Some("ExtendedSupport:Yr1-Yr2:AuroraMySQL2")
        );
        let capacity = Cluster {
            engine: "aurora-postgresql".into(),
            engine_version: "13.9".into(),
            engine_lifecycle_support: Some(EXTENDED.into()),
            ..Cluster::default()
        };
        let charge = Database::of_cluster(&capacity).support(None, "2026-11-23T00:00:00Z".parse().unwrap()).charge;
        let usage = charge.unwrap().sku.attributes["usagetype"].clone();
        assert_eq!(usage, "ExtendedSupport:Yr1-Yr2:ASv2:AuroraPostgreSQL13");
        let instance = |lifecycle: Option<&str>, zones| Instance {
            engine: "mysql".into(),
            engine_version: "8.0.36".into(),
            class: "db.m5.xlarge".into(),
            engine_lifecycle_support: lifecycle.map(Into::into),
            multi_az: zones,
            ..Instance::default()
        };
        let charge = |it: Instance| {
            Database::of_instance(&it).support(Some(&majors), "2026-11-23T00:00:00Z".parse().unwrap()).charge
        };
        assert_eq!(charge(instance(Some("open-source-rds-extended-support-disabled"), None)), None);
        assert_eq!(charge(instance(None, None)), None);
        let quantity = |zones| charge(instance(Some(EXTENDED), zones)).unwrap().quantity;
        // A standby is charged for too.
        assert_eq!(
            [quantity(Some(false)), quantity(Some(true)), quantity(None)],
            [Some(4.into()), Some(8.into()), None]
        );
    }

    #[test]
    fn the_day_is_said_before_it_comes() {
        let note = |version: &str, now: &str| {
            let database = Database {
                engine: "postgres",
                version,
                lifecycle: Some(EXTENDED),
                processors: None,
                serverless: false,
            };
            let support = database.support(Some(&majors()), now.parse().unwrap());
            support.note.map(|note| (note.id().to_owned(), note.value().map(str::to_owned), support.charge.is_some()))
        };
        let soon = ("extended-support-from".to_owned(), Some("2029-03-01".to_owned()), false);
        assert_eq!(note("16.3", "2028-09-01T00:00:00Z"), Some(soon));
        assert_eq!(note("16.3", "2029-03-01T00:00:00Z"), Some(("extended-support".to_owned(), None, true)));
        assert_eq!(note("16.3", "2026-11-23T00:00:00Z"), None);
    }

    #[test]
    fn the_first_documentdb_is_past_its_standard_support() {
        let of = |version: &str| {
            let it = Instance { engine: "docdb".into(), engine_version: version.into(), ..Instance::default() };
            let support = Database::of_instance(&it).support(None, "2026-11-23T00:00:00Z".parse().unwrap());
            support.charge.map(|it| it.sku.service)
        };
        assert_eq!(["3.6.0", "4.0.0", "5.0.0"].map(of), [Some("AmazonDocDB".into()), None, None]);
    }

    #[test]
    fn only_a_plain_class_says_its_processors() {
        let known = ["db.t4g.micro", "db.r6g.large", "db.m5.xlarge", "db.x2iedn.32xlarge"].map(processors);
        assert_eq!(known, [Some(2), Some(2), Some(4), Some(128)]);
        assert_eq!(["db.t2.micro", "db.t2.large"].map(processors), [Some(1), Some(2)]);
        let unknown = ["db.m1.small", "db.serverless", "db.r5.large.tpc1.mem2x", "db.r9.huge", ""];
        assert_eq!(unknown.map(processors), [None; 5]);
    }
}
