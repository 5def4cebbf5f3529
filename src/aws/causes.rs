//! What may cause traffic: ports open to the world, public addresses, NAT gateways, public buckets. All calls are free.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, SystemTime};

use aws_sdk_cloudwatch::types::{Dimension, Statistic};
use aws_sdk_ec2::types::{Filter, IpPermission, NatGateway, NatGatewayState, NetworkInterface, SecurityGroup};
use aws_smithy_types::DateTime;
use futures::stream::{self, StreamExt};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::Cx;
use super::public_buckets::public_buckets;
use crate::error::{Error, Result};
use crate::model::Region;
use crate::model::cause::{CauseKind, LikelyCause, LookedAt};

/// The IAM actions of this module.
pub const READS: &[&str] = &[
    "cloudwatch:GetMetricStatistics",
    "ec2:DescribeNatGateways",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    "s3:GetAccountPublicAccessBlock",
    "s3:GetBucketAcl",
    "s3:GetBucketPolicyStatus",
    "s3:GetBucketPublicAccessBlock",
    "s3:ListAllMyBuckets",
];

const DAYS: u32 = 3;
const DAY: u64 = 24 * 3600;
const AT_ONCE: usize = 16;
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
    match public_buckets(home).await {
        Ok(buckets) => {
            all.at.buckets = buckets.looked_at;
            all.faults.extend(buckets.faults.into_iter().map(|fault| (home.place.region.clone(), fault)));
            all.likely.extend(buckets.public.into_iter().map(|(region, id)| LikelyCause {
                kind: CauseKind::PublicBucket,
                region,
                id,
                ports: Vec::new(),
                gb_per_day: None,
            }));
        }
        Err(fault) => all.faults.push((home.place.region.clone(), fault)),
    }
    // What lets nothing through is no cause; what is open may be one tomorrow.
    let idle = |it: &LikelyCause| it.gb_per_day.is_some_and(|gb| gb.is_zero()) && it.kind != CauseKind::OpenPort;
    all.likely.retain(|it| !idle(it));
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
    let figures = likely.into_iter().map(|it| async move {
        let figure = traffic(cx, &it).await;
        (it, figure)
    });
    let figures: Vec<(LikelyCause, Result<Option<Decimal>>)> = stream::iter(figures).buffered(AT_ONCE).collect().await;
    let mut likely = Vec::new();
    for (it, figure) in figures {
        // Without its figure a port is as open as with it.
        let gb_per_day = figure.unwrap_or_else(|fault| {
            faults.push(fault);
            None
        });
        likely.push(LikelyCause { gb_per_day, ..it });
    }
    (likely, at, faults)
}

/// Every instance with a public address, and the ports that its groups open to the world; and how many public addresses there are.
async fn public(cx: &Cx) -> Result<(Vec<LikelyCause>, usize)> {
    let client = aws_sdk_ec2::Client::new(&cx.sdk);
    let interfaces = client.describe_network_interfaces().into_paginator().items().send();
    let mut interfaces: Vec<NetworkInterface> = interfaces.try_collect().await?;
    // An address of IPv6 is public, too.
    interfaces
        .retain(|it| it.association().is_some_and(|of| of.public_ip().is_some()) || !it.ipv6_addresses().is_empty());
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
    let mut by_instance: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for interface in &interfaces {
        let Some(id) = interface.attachment().and_then(|of| of.instance_id()) else { continue };
        let ports = groups_of(interface).filter_map(|group| open.get(group)).flatten().cloned();
        by_instance.entry(id.to_owned()).or_default().extend(ports);
    }
    let likely = by_instance.into_iter().map(|(id, ports)| {
        let kind = if ports.is_empty() { CauseKind::PublicAddress } else { CauseKind::OpenPort };
        let region = Some(cx.place.region.clone());
        LikelyCause { kind, region, id, ports: ports.into_iter().collect(), gb_per_day: None }
    });
    Ok((likely.collect(), interfaces.len()))
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
    let all: Vec<NatGateway> = all.try_collect().await?;
    // One that is deleted stays in the list for an hour.
    let exists = |it: &&NatGateway| !matches!(it.state(), Some(NatGatewayState::Deleted | NatGatewayState::Failed));
    let likely = all.iter().filter(exists).filter_map(|gateway| {
        Some(LikelyCause {
            kind: CauseKind::NatGateway,
            region: Some(cx.place.region.clone()),
            id: gateway.nat_gateway_id()?.to_owned(),
            ports: Vec::new(),
            gb_per_day: None,
        })
    });
    Ok(likely.collect())
}

/// Gigabytes a day, the mean of the last days; `None` without figures.
async fn traffic(cx: &Cx, cause: &LikelyCause) -> Result<Option<Decimal>> {
    let (namespace, metrics, dimension): (_, &[&str], _) = match cause.kind {
        CauseKind::NatGateway => {
            ("AWS/NATGateway", &["BytesOutToDestination", "BytesInFromDestination"], "NatGatewayId")
        }
        CauseKind::OpenPort | CauseKind::PublicAddress => ("AWS/EC2", &["NetworkOut"], "InstanceId"),
        CauseKind::PublicBucket => return Ok(None),
    };
    let client = aws_sdk_cloudwatch::Client::new(&cx.sdk);
    let until = SystemTime::now();
    let from = until.checked_sub(Duration::from_secs(u64::from(DAYS) * DAY)).unwrap_or(until);
    let mut bytes: Option<Decimal> = None;
    for metric in metrics {
        let of = Dimension::builder().name(dimension).value(&cause.id).build();
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
