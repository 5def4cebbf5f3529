//! The query for one price: filters of `GetProducts`, and the test of the products it returns.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::model::{Region, Sku, Unit};

/// Variants of a product that differ only in these and have different prices.
const OTHERS: [&str; 5] = ["Outposts", "ExtendedSupport", "Custom", "SyncDurability", "DirectQuery"];

/// Usage types that are the same charge: the list has the one here and the other there, or both at one price.
const SAME: [(&str, &str); 5] = [
    ("AWSSecretsManager-Secrets", "AWSSecretsManager-Secret"),
    ("SearchOCU", "IndexingOCU"),
    ("ExtendedSupport:Yr1-Yr2:AuroraMySQL2", "ExtendedSupport:Yr1-Yr2:AuroraMySQL5.7"),
    ("ExtendedSupport:Yr1-Yr2:AuroraMySQL3", "ExtendedSupport:Yr1-Yr2:AuroraMySQL8.0"),
    ("Aurora:IO-OptimizedStorageUsage", "Aurora:StorageIOOptimizedUsage"),
];

/// The query of one entry in one region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Query {
    pub service: Cow<'static, str>,
    /// Attribute and exact value; all must match.
    pub equal: BTreeMap<&'static str, String>,
    /// Parts of usage types, for products that differ in nothing else: each is a question of its own.
    pub usage_contains: Vec<String>,
    /// The accepted usage types, without the prefix of their region; empty: any.
    usages: Vec<String>,
    region: Region,
    pub unit: Unit,
}

impl Query {
    /// `None` if the entry has no on-demand list price in the region, or too few attributes to ask for one.
    pub fn of(sku: &Sku, unit: Unit, region: &Region) -> Option<Self> {
        let mut equal = sku.attributes.clone();
        // The first two have their own prices; the others are names of the snapshot only.
        if ["locationType", "marketoption", "item", "bundle"].iter().any(|name| equal.contains_key(name)) {
            return None;
        }
        let usage = equal.remove("usagetype");
        let tier = equal.remove("tier");
        let class = equal.get("instanceType").cloned();
        let mut usages: Vec<String> = usage.into_iter().collect();
        match &*sku.service {
            "AmazonEC2" => usages.extend(of_ec2(&mut equal, tier.as_deref())?),
            "AmazonRDS" => usages.extend(of_rds(&mut equal)?),
            "AmazonElastiCache" if class.is_some() => usages.push("NodeUsage".to_owned()),
            "AmazonRedshift" if class.is_some() => drop(equal.insert("productFamily", "Compute Instance".to_owned())),
            "AmazonMSK" if class.is_some() => {
                usages.extend(equal.remove("instanceType"));
                equal.insert("productFamily", "Managed Streaming for Apache Kafka (MSK)".to_owned());
            }
            _ => {}
        }
        // The usage type of a node ends with its class: `InstanceUsage:db.r5.large`.
        if let Some(class) = &class {
            let of_class: Vec<String> = usages.iter().map(|usage| format!("{usage}:{class}")).collect();
            usages.extend(of_class);
        }
        usages.extend(usages.iter().filter_map(|usage| same(usage)).collect::<Vec<_>>());
        let usage_contains = if equal.is_empty() { shortest(&usages) } else { Vec::new() };
        if equal.is_empty() && usage_contains.is_empty() {
            return None;
        }
        Some(Self { service: sku.service.clone(), equal, usage_contains, usages, region: region.clone(), unit })
    }

    pub fn region(&self) -> &str {
        self.region.as_str()
    }

    /// Whether a product matches. The service has filtered already; this tests what its filters cannot express.
    pub fn takes(&self, family: &str, attributes: &BTreeMap<String, String>) -> bool {
        let value = |name: &str| attributes.get(name).map(String::as_str);
        // Attributes that old documents lack, and attributes of variants: a missing one matches.
        let young = [
            ("regionCode", self.region()),
            ("locationType", "AWS Region"),
            ("marketoption", "OnDemand"),
            ("deploymentModel", ""),
        ];
        let undenied = |(name, wanted): &(&str, &str)| value(name).is_none_or(|it| it.eq_ignore_ascii_case(wanted));
        let holds = |(name, wanted): (&&str, &String)| {
            let said = if *name == "productFamily" { Some(family) } else { value(name) };
            said.is_some_and(|said| said.eq_ignore_ascii_case(wanted))
        };
        young.iter().all(undenied) && self.equal.iter().all(holds) && self.takes_usage(value("usagetype"))
    }

    fn takes_usage(&self, usage: Option<&str>) -> bool {
        let Some(usage) = usage else { return self.usages.is_empty() };
        let (here, wanted) =
            (self.without_prefix(usage), |other: &&str| !self.usages.iter().any(|it| it.contains(*other)));
        let other = OTHERS.iter().filter(|other| wanted(other)).any(|other| usage.contains(other));
        !other && (self.usages.is_empty() || self.usages.iter().any(|it| here.eq_ignore_ascii_case(it)))
    }

    /// `APN1-NatGateway-Hours` and `NatGateway-Hours` are the same usage. A prefix is `EU`, three letters and a number, or
    /// the region.
    fn without_prefix<'a>(&self, usage: &'a str) -> &'a str {
        if let Some(rest) = usage.strip_prefix(self.region()).and_then(|rest| rest.strip_prefix('-')) {
            return rest;
        }
        let is_prefix = |word: &str| {
            let number = word.get(3..).is_some_and(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit()));
            word == "EU" || (number && word.bytes().take(3).all(|b| b.is_ascii_uppercase()))
        };
        usage.split_once('-').filter(|(prefix, _)| is_prefix(prefix)).map_or(usage, |(_, rest)| rest)
    }
}

fn same(usage: &str) -> Option<String> {
    // `ExtendedSupport:Yr3:ASv2:AuroraPostgreSQL13` in one place, `ASv2-ExtendedSupport:Yr3:AuroraPostgreSQL13` in another.
    let moved = || usage.split_once(":ASv2:").map(|(years, engine)| format!("ASv2-{years}:{engine}"));
    SAME.iter().find(|(known, _)| *known == usage).map(|(_, other)| (*other).to_owned()).or_else(moved)
}

/// Without those that contain another one, which finds them too.
fn shortest(usages: &[String]) -> Vec<String> {
    let is_found = |usage: &&String| usages.iter().any(|it| it != *usage && usage.contains(it.as_str()));
    usages.iter().filter(|usage| !is_found(usage)).cloned().collect()
}

/// Completes the attributes of an EC2 entry; its usage types.
fn of_ec2(equal: &mut BTreeMap<&'static str, String>, tier: Option<&str>) -> Option<Vec<String>> {
    let volume = equal.get("volumeApiName").cloned();
    if equal.contains_key("operatingSystem") || equal.contains_key("instanceType") {
        if equal.len() < 2 || !equal.contains_key("operatingSystem") || !equal.contains_key("instanceType") {
            return None;
        }
        let fixed = [
            ("tenancy", "Shared"),
            ("preInstalledSw", "NA"),
            ("capacitystatus", "Used"),
            ("licenseModel", "No License required"),
        ];
        for (name, value) in fixed {
            equal.entry(name).or_insert_with(|| value.to_owned());
        }
        return Some(Vec::new());
    }
    let (family, usage) = match equal.get("group").map(String::as_str) {
        Some("EBS IOPS") => ("System Operation", format!("EBS:VolumeP-IOPS.{}", iops(volume.as_deref()?, tier))),
        Some("EBS Throughput") => ("Provisioned Throughput", format!("EBS:VolumeP-Throughput.{}", volume?)),
        _ => return Some(Vec::new()),
    };
    // The higher bands of io2 are separate groups; only the usage type distinguishes them.
    equal.remove("group");
    equal.insert("productFamily", family.to_owned());
    Some(vec![usage])
}

fn iops(volume: &str, tier: Option<&str>) -> String {
    match (volume, tier) {
        ("io1", _) => "piops".to_owned(),
        (volume, Some(tier)) if tier != "1" => format!("{volume}.tier{tier}"),
        (volume, _) => volume.to_owned(),
    }
}

/// Completes the attributes of an RDS entry; its usage types.
fn of_rds(equal: &mut BTreeMap<&'static str, String>) -> Option<Vec<String>> {
    if equal.contains_key("instanceType") {
        let mirrored = equal.get("databaseEngine")? == "SQL Server" && equal.get("deploymentOption")? == "Multi-AZ";
        if mirrored {
            equal.insert("deploymentOption", "Multi-AZ (SQL Server Mirror)".to_owned());
        }
        return Some(Vec::new());
    }
    let Some(kind) = equal.remove("volumeType") else { return Some(Vec::new()) };
    equal.insert("databaseEngine", "Any".to_owned());
    let (family, deployment) = (equal.get("productFamily")?.as_str(), equal.get("deploymentOption")?.as_str());
    let zones = if deployment == "Multi-AZ" { "Multi-AZ-" } else { "" };
    let usage = match (family, kind.as_str()) {
        ("Database Storage", _) => {
            let listed = [
                ("gp2", "General Purpose"),
                ("gp3", "General Purpose-GP3"),
                ("io1", "Provisioned IOPS"),
                ("io2", "Provisioned IOPS-IO2"),
                ("standard", "Magnetic"),
            ];
            let (_, listed) = listed.into_iter().find(|(name, _)| *name == kind)?;
            equal.insert("volumeType", listed.to_owned());
            return Some(Vec::new());
        }
        ("Provisioned IOPS", "io1") => format!("RDS:{zones}PIOPS"),
        ("Provisioned IOPS", "io2") => format!("RDS:{zones}IO2-PIOPS"),
        ("Provisioned IOPS", "gp3") => format!("RDS:{zones}GP3-PIOPS"),
        ("Provisioned Throughput", "gp3") => format!("RDS:{zones}GP3-Throughput"),
        _ => return None,
    };
    Some(vec![usage])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sku(text: &'static str) -> Sku {
        let (service, attributes) = text.split_once(": ").unwrap();
        attributes.split(", ").fold(Sku::new(service), |sku, pair| {
            let (name, value) = pair.split_once('=').unwrap();
            sku.with(name, value)
        })
    }

    /// The filters, with `~` for the part of the usage type, and the accepted usage types.
    fn asked(text: &'static str) -> Option<(String, String)> {
        let query = Query::of(&sku(text), Unit::Hour, &Region::new("eu-west-1"))?;
        let equal = query.equal.iter().map(|(name, value)| format!("{name}={value}"));
        let contains = query.usage_contains.iter().map(|usage| format!("usagetype~{usage}"));
        Some((equal.chain(contains).collect::<Vec<_>>().join(", "), query.usages.join(", ")))
    }

    #[test]
    fn each_kind_of_entry_has_its_own_filters() {
        for (entry, filters, usages) in [
            (
                "AmazonEC2: instanceType=t3.micro, operatingSystem=Linux",
                "capacitystatus=Used, instanceType=t3.micro, licenseModel=No License required, operatingSystem=Linux, \
                 preInstalledSw=NA, tenancy=Shared",
                "",
            ),
            ("AmazonEC2: productFamily=Storage, volumeApiName=gp3", "productFamily=Storage, volumeApiName=gp3", ""),
            (
                "AmazonEC2: group=EBS IOPS, volumeApiName=io1",
                "productFamily=System Operation, volumeApiName=io1",
                "EBS:VolumeP-IOPS.piops",
            ),
            (
                "AmazonEC2: group=EBS IOPS, tier=2, volumeApiName=io2",
                "productFamily=System Operation, volumeApiName=io2",
                "EBS:VolumeP-IOPS.io2.tier2",
            ),
            (
                "AmazonEC2: group=EBS Throughput, volumeApiName=gp3",
                "productFamily=Provisioned Throughput, volumeApiName=gp3",
                "EBS:VolumeP-Throughput.gp3",
            ),
            ("AmazonEC2: group=NGW:NatGateway, usagetype=NatGateway-Hours", "group=NGW:NatGateway", "NatGateway-Hours"),
            (
                "AmazonVPC: usagetype=PublicIPv4:IdleAddress",
                "usagetype~PublicIPv4:IdleAddress",
                "PublicIPv4:IdleAddress",
            ),
            (
                "AmazonRDS: instanceType=db.r5.large, databaseEngine=SQL Server, deploymentOption=Multi-AZ",
                "databaseEngine=SQL Server, deploymentOption=Multi-AZ (SQL Server Mirror), instanceType=db.r5.large",
                "",
            ),
            (
                "AmazonRDS: databaseEngine=Aurora MySQL, instanceType=db.r5.large, usagetype=InstanceUsage",
                "databaseEngine=Aurora MySQL, instanceType=db.r5.large",
                "InstanceUsage, InstanceUsage:db.r5.large",
            ),
            (
                "AmazonRDS: productFamily=Database Storage, volumeType=gp3, deploymentOption=Single-AZ",
                "databaseEngine=Any, deploymentOption=Single-AZ, productFamily=Database Storage, volumeType=General Purpose-GP3",
                "",
            ),
            (
                "AmazonRDS: productFamily=Provisioned IOPS, volumeType=gp3, deploymentOption=Multi-AZ",
                "databaseEngine=Any, deploymentOption=Multi-AZ, productFamily=Provisioned IOPS",
                "RDS:Multi-AZ-GP3-PIOPS",
            ),
            ("AmazonES: instanceType=r5.large.search", "instanceType=r5.large.search", ""),
        ] {
            assert_eq!(asked(entry), Some((filters.to_owned(), usages.to_owned())), "{entry}");
        }
    }

    #[test]
    fn an_entry_may_have_several_usage_types() {
        let secret = "AWSSecretsManager: usagetype=AWSSecretsManager-Secrets";
        let both = "AWSSecretsManager-Secrets, AWSSecretsManager-Secret";
        assert_eq!(asked(secret), Some(("usagetype~AWSSecretsManager-Secret".to_owned(), both.to_owned())));
        let capacity = asked("AmazonES: usagetype=SearchOCU").unwrap();
        let said = ("usagetype~SearchOCU, usagetype~IndexingOCU", "SearchOCU, IndexingOCU");
        assert_eq!((capacity.0.as_str(), capacity.1.as_str()), said);
        let capacity = asked("AmazonRDS: usagetype=ExtendedSupport:Yr3:ASv2:AuroraPostgreSQL13").unwrap().1;
        let both = "ExtendedSupport:Yr3:ASv2:AuroraPostgreSQL13, ASv2-ExtendedSupport:Yr3:AuroraPostgreSQL13";
        assert_eq!(capacity, both);
        let support = "AmazonRDS: usagetype=ExtendedSupport:Yr1-Yr2:MySQL8.0";
        let usage = "ExtendedSupport:Yr1-Yr2:MySQL8.0";
        assert_eq!(asked(support), Some((format!("usagetype~{usage}"), usage.to_owned())));
    }

    #[test]
    fn entries_without_a_list_price_in_the_region_are_not_queried() {
        for entry in [
            "AmazonEC2: instanceType=t3.micro, operatingSystem=Linux, marketoption=Spot",
            "AmazonEC2: locationType=AWS Outposts, productFamily=Storage, volumeApiName=gp3",
            "AmazonEC2: operatingSystem=Linux",
            "AmazonFSx: item=openzfs_ssd, unit=gb-month",
            "AmazonRDS: productFamily=Database Storage, volumeType=new, deploymentOption=Single-AZ",
        ] {
            assert_eq!(asked(entry), None, "{entry}");
        }
    }

    #[test]
    fn a_usage_type_is_the_same_in_every_region_and_variants_are_not() {
        let query = Query::of(
            &sku("AWSELB: productFamily=Load Balancer, usagetype=LoadBalancerUsage"),
            Unit::Hour,
            &Region::home(),
        );
        let query = query.unwrap();
        let takes = |usage: &str| query.takes("Load Balancer", &BTreeMap::from([("usagetype".into(), usage.into())]));
        for same in [
            "LoadBalancerUsage",
            "EU-LoadBalancerUsage",
            "APN1-LoadBalancerUsage",
            "UGW1-LoadBalancerUsage",
            "us-east-1-LoadBalancerUsage",
        ] {
            assert!(takes(same), "{same}");
        }
        for other in [
            "APN1-TS-LoadBalancerUsage",
            "TS-LoadBalancerUsage",
            "Outposts-LoadBalancerUsage",
            "EU-LCUUsage",
            "USE1-Outposts-LoadBalancerUsage",
        ] {
            assert!(!takes(other), "{other}");
        }
    }
}
