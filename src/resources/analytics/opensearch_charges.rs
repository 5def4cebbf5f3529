//! What an OpenSearch domain charges, in the words of the price list.

use aws_sdk_opensearch::types::{ClusterConfig, EbsOptions, NodeOption, OpenSearchPartitionInstanceType, VolumeType};

use crate::model::{Charge, Sku, Unit};

/// Data nodes, dedicated masters, UltraWarm nodes and whatever else has nodes of its own.
pub fn nodes(cluster: &ClusterConfig) -> Vec<Charge> {
    let (master, warm) = (cluster.dedicated_master_enabled(), cluster.warm_enabled());
    let kind = |it: Option<&OpenSearchPartitionInstanceType>| it.map(|it| it.as_str().to_owned());
    let others = cluster.node_options().iter().filter_map(NodeOption::node_config);
    [
        (Some(true), kind(cluster.instance_type()), cluster.instance_count()),
        (master, kind(cluster.dedicated_master_type()), cluster.dedicated_master_count()),
        (warm, cluster.warm_type().map(|it| it.as_str().to_owned()), cluster.warm_count()),
    ]
    .into_iter()
    .chain(others.map(|it| (it.enabled(), kind(it.r#type()), it.count())))
    .filter(|(enabled, ..)| *enabled == Some(true))
    .map(|(_, kind, count)| {
        let kind = kind.unwrap_or_else(|| "node".to_owned());
        // Domains of the Elasticsearch days keep the old name; the price list has only the new one.
        let sku = Sku::new("AmazonES").with("instanceType", kind.replace(".elasticsearch", ".search"));
        Charge::hourly(&kind, sku, count.unwrap_or(1))
    })
    .collect()
}

/// What UltraWarm nodes, and data nodes of the optimised kinds, keep besides the volumes; it grows and shrinks by itself.
pub fn managed_storage(cluster: &ClusterConfig) -> Option<Charge> {
    let optimised = |kind: &str| ["or", "om", "oi"].iter().any(|it| kind.starts_with(it));
    let keeps =
        cluster.warm_enabled() == Some(true) || cluster.instance_type().is_some_and(|it| optimised(it.as_str()));
    let sku = || Sku::new("AmazonES").with("item", "managed_storage").with("unit", "gb-month");
    keeps.then(|| Charge::metered("managed storage", sku(), Unit::GbMonth))
}

/// What the standard support of November 2025 left behind costs more: `Elasticsearch_7.1`, `OpenSearch_1.0`.
pub fn extended_support(version: &str) -> Option<Charge> {
    let (engine, version) = version.split_once('_')?;
    let (major, minor) = version.split_once('.')?;
    let old = match (engine, major.parse::<u32>().ok()?, minor.parse::<u32>().ok()?) {
        ("Elasticsearch", major, minor) => major <= 5 || (major, minor) <= (6, 7) || (major == 7 && minor <= 8),
        ("OpenSearch", major, minor) => (major == 1 && minor <= 2) || (major == 2 && minor <= 9),
        _ => false,
    };
    let sku = || Sku::new("AmazonES").with("item", "extended_support").with("unit", "normalized-hour");
    old.then(|| Charge::metered("extended support", sku(), Unit::Hour))
}

/// Each data node has a volume of its own.
pub fn volumes(volume: &EbsOptions, data_nodes: i32) -> Vec<Charge> {
    if volume.ebs_enabled() != Some(true) {
        return Vec::new();
    }
    let kind = volume.volume_type().map_or("EBS", VolumeType::as_str);
    let usage = match kind {
        "io1" => "ES:PIOPS-Storage".to_owned(),
        "standard" => "ES:Magnetic-Storage".to_owned(),
        other => format!("ES:{}-Storage", other.to_ascii_uppercase()),
    };
    let sku = |usage: &str| Sku::new("AmazonES").with("usagetype", usage);
    let mut charges = vec![match volume.volume_size() {
        Some(gigabytes) => Charge::storage(kind, sku(&usage), gigabytes * data_nodes),
        None => Charge::metered(kind, sku(&usage), Unit::GbMonth),
    }];
    if let ("io1", Some(iops)) = (kind, volume.iops()) {
        let iops = iops * data_nodes;
        charges.push(Charge::new(format!("{iops} IOPS io1"), sku("ES:PIOPS"), iops, Unit::IopsMonth));
    }
    if kind == "gp3" {
        charges.extend(extra_speed(volume, data_nodes));
    }
    charges
}

/// What a gp3 volume is paid for above its included speed: 3,000 operations per second, from 1 TiB on three for each GiB;
/// 125 MiB/s, above 170 GiB 250 for each begun 3 TiB, at most 1,000.
fn extra_speed(volume: &EbsOptions, data_nodes: i32) -> Vec<Charge> {
    let gigabytes = volume.volume_size().unwrap_or_default();
    let operations = gigabytes.saturating_mul(3).max(3_000);
    let throughput =
        if gigabytes <= 170 { 125 } else { (gigabytes.saturating_sub(1) / 3_072 + 1).saturating_mul(250).min(1_000) };
    let bands = [
        ("IOPS", "GP3-PIOPS-Storage", Unit::IopsMonth, volume.iops(), operations),
        ("MiB/s", "GP3-ThroughPut-Storage", Unit::MibpsMonth, volume.throughput(), throughput),
    ];
    let paid = bands.into_iter().filter_map(|(word, media, unit, speed, included)| {
        let count = speed?.saturating_sub(included).max(0) * data_nodes;
        let sku =
            Sku::new("AmazonES").with("productFamily", "Amazon OpenSearch Service Volume").with("storageMedia", media);
        (count > 0).then(|| Charge::new(format!("{count} {word} gp3"), sku, count, unit))
    });
    paid.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_node_and_every_volume_bills() {
        let cluster = ClusterConfig::builder().instance_type("r5.large.elasticsearch".into()).instance_count(3);
        let cluster = cluster.dedicated_master_enabled(true).dedicated_master_type("m5.large.search".into());
        let cluster = cluster.dedicated_master_count(3).warm_enabled(false).warm_count(2).build();
        let volume =
            EbsOptions::builder().ebs_enabled(true).volume_type("io1".into()).volume_size(30).iops(1000).build();
        let found = [nodes(&cluster), volumes(&volume, 3)].concat();
        let whats: Vec<&str> = found.iter().map(|charge| charge.what.as_str()).collect();
        assert_eq!(whats, ["3 × r5.large.elasticsearch", "3 × m5.large.search", "90 GB io1", "3000 IOPS io1"]);
        assert_eq!(found[0].sku.to_string(), "AmazonES instanceType=r5.large.search");
    }

    #[test]
    fn gp3_speed_above_the_included_is_paid_for_on_every_node() {
        let whats = |gigabytes, iops, throughput| -> Vec<String> {
            let volume = EbsOptions::builder().ebs_enabled(true).volume_type("gp3".into()).volume_size(gigabytes);
            volumes(&volume.iops(iops).throughput(throughput).build(), 2).into_iter().map(|it| it.what).collect()
        };
        assert_eq!(whats(100, 3_000, 125), ["200 GB gp3"]);
        assert_eq!(whats(100, 4_000, 250), ["200 GB gp3", "2000 IOPS gp3", "250 MiB/s gp3"]);
        assert_eq!(whats(171, 3_000, 250), ["342 GB gp3"]);
        assert_eq!(whats(2_000, 6_000, 251), ["4000 GB gp3", "2 MiB/s gp3"]);
    }

    #[test]
    fn warm_and_optimised_nodes_store_more_than_their_volumes() {
        let of = |kind: &str, warm| {
            managed_storage(&ClusterConfig::builder().instance_type(kind.into()).warm_enabled(warm).build()).is_some()
        };
        assert_eq!([of("r5.large.search", false), of("r5.large.search", true)], [false, true]);
        assert_eq!([of("or1.medium.search", false), of("om2.large.search", false)], [true, true]);
    }

    #[test]
    fn old_versions_pay_for_extended_support() {
        let old = |version: &str| extended_support(version).is_some();
        assert!(["Elasticsearch_5.6", "Elasticsearch_6.7", "Elasticsearch_7.8", "OpenSearch_2.9"].into_iter().all(old));
        let young = ["Elasticsearch_6.8", "Elasticsearch_7.10", "OpenSearch_1.3", "OpenSearch_2.11", "OpenSearch_3.1"];
        assert!(!young.into_iter().chain(["", "new"]).any(old));
    }

    #[test]
    fn missing_fields_drop_no_charge() {
        assert_eq!(nodes(&ClusterConfig::builder().build()).len(), 1);
        assert_eq!(volumes(&EbsOptions::builder().ebs_enabled(true).build(), 1)[0].quantity, None);
        assert_eq!(volumes(&EbsOptions::builder().build(), 1), []);
    }
}
