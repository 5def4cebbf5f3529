//! What may cause traffic: ports open to the world, public addresses, NAT gateways, public buckets. All calls are free.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, SystemTime};

use aws_sdk_cloudwatch::types::{Dimension, Statistic};
use aws_sdk_ec2::types::{Filter, IpPermission, NetworkInterface, SecurityGroup};
use aws_smithy_types::DateTime;
use futures::stream::{self, StreamExt};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::Cx;
use super::fault::found;
use crate::error::{Error, Result};
use crate::model::Region;
use crate::model::cause::{CauseKind, LikelyCause, LookedAt};

/// The IAM actions of this module.
pub const READS: &[&str] = &[
    "cloudwatch:GetMetricStatistics",
    "ec2:DescribeNatGateways",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    "s3:GetBucketAcl",
    "s3:GetBucketPolicyStatus",
    "s3:GetBucketPublicAccessBlock",
    "s3:ListAllMyBuckets",
];

const DAYS: u32 = 3;
const DAY: u64 = 24 * 3600;
const AT_ONCE: usize = 16;
/// The groups of AWS's ACLs that are everybody.
const EVERYBODY: [&str; 2] =
    ["http://acs.amazonaws.com/groups/global/AllUsers", "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"];
const WORLD: [&str; 2] = ["0.0.0.0/0", "::/0"];

/// What one part found, how much it looked at, and what could not be read.
#[derive(Debug, Default)]
pub struct Looked {
    pub likely: Vec<LikelyCause>,
    pub at: LookedAt,
    pub faults: Vec<(Region, Error)>,
}

/// The causes in these regions, and among the buckets of the account.
pub async fn causes(home: &Cx, regions: &[Region]) -> Looked {
    let mut all = Looked::default();
    let here = regions.iter().map(|region| async move { (region.clone(), in_region(&home.at(region)).await) });
    let mut answers = stream::iter(here).buffer_unordered(AT_ONCE);
    while let Some((region, (likely, at, faults))) = answers.next().await {
        all.likely.extend(likely);
        all.at.regions += 1;
        all.at.addresses += at.addresses;
        all.at.nat_gateways += at.nat_gateways;
        all.faults.extend(faults.into_iter().map(|fault| (region.clone(), fault)));
    }
    match buckets(home).await {
        Ok((likely, count, fault)) => {
            all.likely.extend(likely);
            all.at.buckets = count;
            all.faults.extend(fault.map(|fault| (home.place.region.clone(), fault)));
        }
        Err(fault) => all.faults.push((home.place.region.clone(), fault)),
    }
    all.likely.sort_by(|a, b| b.gb_per_day.cmp(&a.gb_per_day).then_with(|| (a.kind, &a.id).cmp(&(b.kind, &b.id))));
    all
}

async fn in_region(cx: &Cx) -> (Vec<LikelyCause>, LookedAt, Vec<Error>) {
    let (mut likely, mut at, mut faults) = (Vec::new(), LookedAt::default(), Vec::new());
    let (addresses, gateways) = futures::join!(public(cx), gateways(cx));
    match addresses {
        Ok((found, count)) => {
            likely.extend(found);
            at.addresses = count;
        }
        Err(fault) => faults.push(fault),
    }
    match gateways {
        Ok(found) => {
            at.nat_gateways = found.len();
            likely.extend(found);
        }
        Err(fault) => faults.push(fault),
    }
    (likely, at, faults)
}

/// Every instance with a public address, its traffic, and the ports that its groups open to the world.
async fn public(cx: &Cx) -> Result<(Vec<LikelyCause>, usize)> {
    let client = aws_sdk_ec2::Client::new(&cx.sdk);
    let addressed = Filter::builder().name("association.public-ip").values("*").build();
    let interfaces = client.describe_network_interfaces().filters(addressed).into_paginator().items().send();
    let interfaces: Vec<NetworkInterface> = interfaces.try_collect().await?;
    let groups: BTreeSet<&str> = interfaces.iter().flat_map(groups_of).collect();
    let mut open: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    if !groups.is_empty() {
        let ids = groups.iter().map(|group| (*group).to_owned()).collect();
        let named = Filter::builder().name("group-id").set_values(Some(ids)).build();
        let all = client.describe_security_groups().filters(named).into_paginator().items().send();
        let all: Vec<SecurityGroup> = all.try_collect().await?;
        for group in &all {
            let ports = group.ip_permissions().iter().filter(|rule| is_open(rule)).map(ports).collect();
            open.insert(group.group_id().unwrap_or_default().to_owned(), ports);
        }
    }
    let instances = interfaces.iter().filter_map(|interface| {
        let id = interface.attachment()?.instance_id()?;
        let ports: BTreeSet<String> =
            groups_of(interface).filter_map(|group| open.get(group)).flatten().cloned().collect();
        Some((id.to_owned(), ports))
    });
    let mut by_instance: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (id, ports) in instances {
        by_instance.entry(id).or_default().extend(ports);
    }
    let one = |(id, ports): (String, BTreeSet<String>)| async move {
        let gb_per_day = traffic(cx, "AWS/EC2", &["NetworkOut"], "InstanceId", &id).await?;
        let kind = if ports.is_empty() { CauseKind::PublicAddress } else { CauseKind::OpenPort };
        let region = Some(cx.place.region.clone());
        Ok::<_, Error>(LikelyCause { kind, region, id, ports: ports.into_iter().collect(), gb_per_day })
    };
    let likely: Vec<Result<LikelyCause>> =
        stream::iter(by_instance.into_iter().map(one)).buffered(AT_ONCE).collect().await;
    Ok((likely.into_iter().collect::<Result<_>>()?, interfaces.len()))
}

fn groups_of(interface: &NetworkInterface) -> impl Iterator<Item = &str> {
    interface.groups().iter().filter_map(|group| group.group_id())
}

fn is_open(rule: &IpPermission) -> bool {
    let four = rule.ip_ranges().iter().filter_map(|range| range.cidr_ip());
    let six = rule.ipv6_ranges().iter().filter_map(|range| range.cidr_ipv6());
    four.chain(six).any(|range| WORLD.contains(&range))
}

fn ports(rule: &IpPermission) -> String {
    match (rule.from_port(), rule.to_port()) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from}-{to}"),
        _ => "all".to_owned(),
    }
}

async fn gateways(cx: &Cx) -> Result<Vec<LikelyCause>> {
    let client = aws_sdk_ec2::Client::new(&cx.sdk);
    let all = client.describe_nat_gateways().into_paginator().items().send();
    let all: Vec<aws_sdk_ec2::types::NatGateway> = all.try_collect().await?;
    let mut likely = Vec::new();
    for id in all.iter().filter_map(|gateway| gateway.nat_gateway_id()) {
        let passed = ["BytesOutToDestination", "BytesInFromDestination"];
        let gb_per_day = traffic(cx, "AWS/NATGateway", &passed, "NatGatewayId", id).await?;
        let region = Some(cx.place.region.clone());
        likely.push(LikelyCause {
            kind: CauseKind::NatGateway,
            region,
            id: id.to_owned(),
            ports: Vec::new(),
            gb_per_day,
        });
    }
    Ok(likely)
}

/// Gigabytes a day, the mean of the last days; `None` without figures.
async fn traffic(cx: &Cx, namespace: &str, metrics: &[&str], dimension: &str, id: &str) -> Result<Option<Decimal>> {
    let client = aws_sdk_cloudwatch::Client::new(&cx.sdk);
    let until = SystemTime::now();
    let from = until.checked_sub(Duration::from_secs(u64::from(DAYS) * DAY)).unwrap_or(until);
    let mut bytes: Option<Decimal> = None;
    for metric in metrics {
        let of = Dimension::builder().name(dimension).value(id).build();
        let asked = client.get_metric_statistics().namespace(namespace).metric_name(*metric).dimensions(of);
        let asked = asked.statistics(Statistic::Sum).period(i32::try_from(DAY).unwrap_or(i32::MAX));
        let answer = asked.start_time(DateTime::from(from)).end_time(DateTime::from(until)).send().await?;
        for point in answer.datapoints() {
            let sum = point.sum().and_then(Decimal::from_f64).unwrap_or_default();
            bytes = Some(bytes.unwrap_or_default().saturating_add(sum));
        }
    }
    Ok(bytes.map(|bytes| (bytes / Decimal::from(1_000_000_000) / Decimal::from(DAYS)).round_dp(2)))
}

/// The public buckets, how many were looked at, and the first that could not be read.
async fn buckets(home: &Cx) -> Result<(Vec<LikelyCause>, usize, Option<Error>)> {
    let client = aws_sdk_s3::Client::new(&home.sdk);
    let all = client.list_buckets().max_buckets(1000).into_paginator().items().send();
    let all: Vec<aws_sdk_s3::types::Bucket> = all.try_collect().await?;
    let one = |bucket: aws_sdk_s3::types::Bucket| async move {
        let region = bucket.bucket_region().filter(|name| Region::is_well_formed(name)).map(Region::new);
        let name = bucket.name().unwrap_or_default().to_owned();
        let there = home.at(region.as_ref().unwrap_or(&home.place.region));
        (is_public(&there, &name).await, region, name)
    };
    let count = all.len();
    let (mut likely, mut fault) = (Vec::new(), None);
    let mut answers = stream::iter(all.into_iter().map(one)).buffered(AT_ONCE);
    while let Some((public, region, id)) = answers.next().await {
        match public {
            Ok(false) => {}
            Ok(true) => likely.push(LikelyCause {
                kind: CauseKind::PublicBucket,
                region,
                id,
                ports: Vec::new(),
                gb_per_day: None,
            }),
            Err(error) => fault = fault.or(Some(error)),
        }
    }
    Ok((likely, count, fault))
}

async fn is_public(cx: &Cx, name: &str) -> Result<bool> {
    let client = aws_sdk_s3::Client::new(&cx.sdk);
    let block = client.get_public_access_block().bucket(name).send().await;
    let block = found(block, &["NoSuchPublicAccessBlockConfiguration"])?;
    let block = block.and_then(|it| it.public_access_block_configuration);
    let is = |flag: Option<bool>| flag == Some(true);
    let (acls, policies) =
        block.map_or((false, false), |it| (is(it.ignore_public_acls), is(it.restrict_public_buckets)));
    if !policies {
        let status = client.get_bucket_policy_status().bucket(name).send().await;
        let status = found(status, &["NoSuchBucketPolicy"])?.and_then(|it| it.policy_status);
        if status.is_some_and(|it| it.is_public() == Some(true)) {
            return Ok(true);
        }
    }
    if acls {
        return Ok(false);
    }
    let acl = client.get_bucket_acl().bucket(name).send().await?;
    let everybody = |uri: &str| EVERYBODY.contains(&uri);
    Ok(acl.grants().iter().filter_map(|grant| grant.grantee()?.uri()).any(everybody))
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::{IpRange, Ipv6Range};

    use super::*;

    #[test]
    fn a_port_is_open_if_the_whole_world_may_use_it() {
        let rule = |from: i32, to: i32| IpPermission::builder().from_port(from).to_port(to);
        let four = |range: &str| IpRange::builder().cidr_ip(range).build();
        let ssh = rule(22, 22).ip_ranges(four("0.0.0.0/0")).build();
        assert_eq!((is_open(&ssh), ports(&ssh)), (true, "22".to_owned()));
        let home = rule(22, 22).ip_ranges(four("203.0.113.7/32")).build();
        assert!(!is_open(&home));
        let six = rule(0, 65535).ipv6_ranges(Ipv6Range::builder().cidr_ipv6("::/0").build()).build();
        assert_eq!((is_open(&six), ports(&six)), (true, "0-65535".to_owned()));
        let all = IpPermission::builder().ip_protocol("-1").ip_ranges(four("0.0.0.0/0")).build();
        assert_eq!((is_open(&all), ports(&all)), (true, "all".to_owned()));
    }
}
