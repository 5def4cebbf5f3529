//! An IPAM of the advanced tier is charged for every hour of each active address it manages. The free tier is free.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{Ipam, IpamState as State, IpamTier};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::{ec2_tags, name_tag};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-ipam",
    names: words("VPC IP Address Manager (IPAM)", "VPC IP アドレスマネージャー(IPAM)"),
    bills: words(
        "in the advanced tier, per hour and active IP address it manages",
        "アドバンスト階層では、管理する使用中の IP アドレスごとに 1 時間ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonVPC"],
    asks: &[&Typed("ec2:DescribeIpams")],
    writes: &["ec2:ModifyIpam", "ec2:DeleteIpam"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let ipams = Client::new(&cx.sdk).describe_ipams().max_results(1000).into_paginator().items().send();
    let ipams: Vec<Ipam> = ipams.try_collect().await?;
    Ok(ipams.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is not charged. An unknown tier or state is reported, not hidden.
fn finding(ipam: &Ipam) -> Option<Listed> {
    let billing = match ipam.state() {
        Some(State::DeleteComplete) => return None,
        Some(State::DeleteInProgress) => Billing::Ending,
        _ => Billing::Running,
    };
    if ipam.tier() == Some(&IpamTier::Free) {
        return None;
    }
    let id = ipam.ipam_id().unwrap_or_default();
    let tags = ec2_tags(ipam.tags());
    let arn = ipam.ipam_arn().map(str::to_owned);
    let found = Listed { arn, name: name_tag(&tags), billing, tags, ..Listed::new(id) };
    let sku = Sku::new("AmazonVPC").with("usagetype", "IPAddressManager-IP-Hours");
    let found = found.charge(Charge::metered("active IP addresses", sku, Unit::Hour));
    let found = found.can(Verb::Stop, Command::aws("ec2 modify-ipam --ipam-id").arg(id).words("--tier free"));
    Some(found.can(Verb::Delete, Command::aws("ec2 delete-ipam --ipam-id").arg(id).words("--cascade")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_tiers_but_the_free_one_are_charged() {
        let of = |tier: &str, state: &str| {
            let found = finding(&Ipam::builder().tier(tier.into()).state(state.into()).build());
            found.map(|found| (found.billing, found.charges[0].quantity))
        };
        assert_eq!(of("free", "create-complete"), None);
        assert_eq!(of("advanced", "delete-complete"), None);
        assert_eq!(of("advanced", "delete-in-progress"), Some((Billing::Ending, None)));
        assert_eq!(of("advanced", "future"), Some((Billing::Running, None)));
        assert_eq!(of("future", "create-complete"), Some((Billing::Running, None)));
        assert!(finding(&Ipam::builder().build()).is_some());
    }
}
