//! The charges of an OpenSearch domain, by the names of the price list.

use jiff::Timestamp;
use rust_decimal::{Decimal, dec};
use serde::Deserialize;

use crate::model::{Charge, Note, Sku, Unit};
use crate::resources::extended_support::{Stage, days};

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Cluster {
    instance_type: Option<String>,
    pub instance_count: Option<Decimal>,
    dedicated_master_enabled: Option<bool>,
    dedicated_master_type: Option<String>,
    dedicated_master_count: Option<Decimal>,
    warm_enabled: Option<bool>,
    warm_type: Option<String>,
    warm_count: Option<Decimal>,
    node_options: Vec<NodeOption>,
    pub cold_storage_options: ColdStorage,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct NodeOption {
    node_config: NodeConfig,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct NodeConfig {
    enabled: Option<bool>,
    #[serde(rename = "Type")]
    kind: Option<String>,
    count: Option<Decimal>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct ColdStorage {
    pub enabled: bool,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Volume {
    #[serde(rename = "EBSEnabled")]
    enabled: Option<bool>,
    volume_type: Option<String>,
    volume_size: Option<Decimal>,
    iops: Option<Decimal>,
    throughput: Option<Decimal>,
}

/// Data nodes, dedicated master nodes, UltraWarm nodes and all other kinds of nodes.
pub fn nodes(cluster: &Cluster) -> Vec<Charge> {
    let others = cluster.node_options.iter().map(|it| &it.node_config);
    [
        (Some(true), &cluster.instance_type, cluster.instance_count),
        (cluster.dedicated_master_enabled, &cluster.dedicated_master_type, cluster.dedicated_master_count),
        (cluster.warm_enabled, &cluster.warm_type, cluster.warm_count),
    ]
    .into_iter()
    .chain(others.map(|it| (it.enabled, &it.kind, it.count)))
    .filter(|(enabled, ..)| *enabled == Some(true))
    .map(|(_, kind, count)| {
        let kind = kind.as_deref().unwrap_or("node");
        // Elasticsearch domains keep the old name of their type; the price list has only the new one.
        let sku = Sku::new("AmazonES").with("instanceType", kind.replace(".elasticsearch", ".search"));
        Charge::hourly(kind, sku, count.unwrap_or(Decimal::ONE))
    })
    .collect()
}

/// The storage of UltraWarm nodes and of data nodes of the optimised types, in addition to volumes. It grows and shrinks
/// automatically.
pub fn managed_storage(cluster: &Cluster) -> Option<Charge> {
    let optimised = |kind: &str| ["or", "om", "oi"].iter().any(|it| kind.starts_with(it));
    let keeps = cluster.warm_enabled == Some(true) || cluster.instance_type.as_deref().is_some_and(optimised);
    let sku = || Sku::new("AmazonES").with("usagetype", "ES:Managed-Storage");
    keeps.then(|| Charge::metered("managed storage", sku(), Unit::GbMonth))
}

/// Versions without standard support since November 2025 cost more, by the normalized hour of each node; others will:
/// `Elasticsearch_7.1`, `OpenSearch_1.0`.
pub fn extended_support(version: &str, now: Timestamp) -> (Option<Charge>, Option<Note>) {
    let Some((engine, version)) = version.split_once('_') else { return (None, None) };
    let stage = if is_old(engine, version) {
        Stage::FirstYears
    } else {
        days(engine, version).map_or(Stage::Standard, |days| days.stage(now))
    };
    let sku = || Sku::new("AmazonES").with("usagetype", "OpenSearchExtendedSupport");
    (stage.is_charged().then(|| Charge::metered("extended support", sku(), Unit::Hour)), stage.note())
}

fn is_old(engine: &str, version: &str) -> bool {
    let Some((major, minor)) = version.split_once('.') else { return false };
    match (engine, major.parse::<u32>(), minor.parse::<u32>()) {
        ("Elasticsearch", Ok(major), Ok(minor)) => major <= 5 || (major, minor) <= (6, 7) || (major == 7 && minor <= 8),
        ("OpenSearch", Ok(major), Ok(minor)) => (major == 1 && minor <= 2) || (major == 2 && minor <= 9),
        _ => false,
    }
}

/// Each data node has its own volume.
pub fn volumes(volume: &Volume, data_nodes: Decimal) -> Vec<Charge> {
    if volume.enabled != Some(true) {
        return Vec::new();
    }
    let kind = volume.volume_type.as_deref().unwrap_or("EBS");
    let usage = match kind {
        "io1" => "ES:PIOPS-Storage".to_owned(),
        "standard" => "ES:Magnetic-Storage".to_owned(),
        other => format!("ES:{}-Storage", other.to_ascii_uppercase()),
    };
    let sku = |usage: &str| Sku::new("AmazonES").with("usagetype", usage);
    let of_all = |each: Decimal| each.checked_mul(data_nodes);
    let mut charges = vec![match volume.volume_size.and_then(of_all) {
        Some(gigabytes) => Charge::storage(kind, sku(&usage), gigabytes),
        None => Charge::metered(kind, sku(&usage), Unit::GbMonth),
    }];
    if let ("io1", Some(iops)) = (kind, volume.iops) {
        charges.push(speed(of_all(iops), "IOPS io1", sku("ES:PIOPS"), Unit::IopsMonth));
    }
    if kind == "gp3" {
        charges.extend(extra_speed(volume, data_nodes));
    }
    charges
}

/// The paid part of a gp3 volume's performance. Included are 3,000 IOPS, from 1 TiB on three for each GiB; and 125 MiB/s,
/// above 170 GiB 250 for each begun 3 TiB, at most 1,000.
fn extra_speed(volume: &Volume, data_nodes: Decimal) -> Vec<Charge> {
    let gigabytes = volume.volume_size.unwrap_or_default();
    let operations = gigabytes.saturating_mul(dec!(3)).max(dec!(3000));
    let steps = (gigabytes / dec!(3072)).ceil();
    let throughput = if gigabytes <= dec!(170) { dec!(125) } else { steps.saturating_mul(dec!(250)).min(dec!(1000)) };
    let bands = [
        ("IOPS gp3", "GP3-PIOPS-Storage", Unit::IopsMonth, volume.iops, operations),
        ("MiB/s gp3", "GP3-ThroughPut-Storage", Unit::MibpsMonth, volume.throughput, throughput),
    ];
    let paid = bands.into_iter().filter_map(|(name, media, unit, asked, included)| {
        let extra = asked?.saturating_sub(included);
        let sku =
            Sku::new("AmazonES").with("productFamily", "Amazon OpenSearch Service Volume").with("storageMedia", media);
        let count = extra.checked_mul(data_nodes);
        (extra > Decimal::ZERO && count.is_none_or(|it| it > Decimal::ZERO)).then(|| speed(count, name, sku, unit))
    });
    paid.collect()
}

/// IOPS or MiB/s of all volumes; metered if the number overflows.
fn speed(count: Option<Decimal>, name: &str, sku: Sku, unit: Unit) -> Charge {
    match count {
        Some(count) => Charge::new(format!("{count} {name}"), sku, count, unit),
        None => Charge::metered(name, sku, unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_node_and_every_volume_is_charged() {
        let cluster = Cluster {
            instance_type: Some("r5.large.elasticsearch".into()),
            instance_count: Some(3.into()),
            dedicated_master_enabled: Some(true),
            dedicated_master_type: Some("m5.large.search".into()),
            dedicated_master_count: Some(3.into()),
            warm_enabled: Some(false),
            warm_count: Some(2.into()),
            ..Cluster::default()
        };
        let volume = Volume {
            enabled: Some(true),
            volume_type: Some("io1".into()),
            volume_size: Some(30.into()),
            iops: Some(1000.into()),
            ..Volume::default()
        };
        let found = [nodes(&cluster), volumes(&volume, 3.into())].concat();
        let whats: Vec<&str> = found.iter().map(|charge| charge.what.as_str()).collect();
        assert_eq!(whats, ["3 × r5.large.elasticsearch", "3 × m5.large.search", "90 GB io1", "3000 IOPS io1"]);
        assert_eq!(found[0].sku.to_string(), "AmazonES instanceType=r5.large.search");
    }

    #[test]
    fn gp3_speed_above_the_included_is_paid_for_on_every_node() {
        let whats = |gigabytes: i64, iops: i64, throughput: i64| -> Vec<String> {
            let volume = Volume {
                enabled: Some(true),
                volume_type: Some("gp3".into()),
                volume_size: Some(gigabytes.into()),
                iops: Some(iops.into()),
                throughput: Some(throughput.into()),
            };
            volumes(&volume, 2.into()).into_iter().map(|it| it.what).collect()
        };
        assert_eq!(whats(100, 3_000, 125), ["200 GB gp3"]);
        assert_eq!(whats(100, 4_000, 250), ["200 GB gp3", "2000 IOPS gp3", "250 MiB/s gp3"]);
        assert_eq!(whats(171, 3_000, 250), ["342 GB gp3"]);
        assert_eq!(whats(2_000, 6_000, 251), ["4000 GB gp3", "2 MiB/s gp3"]);
    }

    #[test]
    fn warm_and_optimised_nodes_store_more_than_their_volumes() {
        let of = |kind: &str, warm| {
            let instance_type = Some(kind.into());
            managed_storage(&Cluster { instance_type, warm_enabled: Some(warm), ..Cluster::default() }).is_some()
        };
        assert_eq!([of("r5.large.search", false), of("r5.large.search", true)], [false, true]);
        assert_eq!([of("or1.medium.search", false), of("om2.large.search", false)], [true, true]);
    }

    #[test]
    fn old_versions_pay_for_extended_support() {
        let old = |version: &str| extended_support(version, "2026-11-23T00:00:00Z".parse().unwrap()).0.is_some();
        assert!(["Elasticsearch_5.6", "Elasticsearch_6.7", "Elasticsearch_7.8", "OpenSearch_2.9"].into_iter().all(old));
        let young = ["Elasticsearch_6.8", "Elasticsearch_7.10", "OpenSearch_1.3", "OpenSearch_2.11", "OpenSearch_3.1"];
        assert!(!young.into_iter().chain(["", "new"]).any(old));
    }

    #[test]
    fn missing_fields_drop_no_charge() {
        assert_eq!(nodes(&Cluster::default()).len(), 1);
        let volume = Volume { enabled: Some(true), ..Volume::default() };
        assert_eq!(volumes(&volume, 1.into())[0].quantity, None);
        assert_eq!(volumes(&Volume::default(), 1.into()), []);
        let endless = Volume { volume_size: Some(Decimal::MAX), iops: Some(Decimal::MAX), ..volume };
        let io1 = volumes(&Volume { volume_type: Some("io1".into()), ..endless }, 2.into());
        assert_eq!(io1.iter().map(|it| it.quantity).collect::<Vec<_>>(), [None, None]);
    }
}
