//! VPN concentrators are charged for every hour they exist; their attachment and VPN connections are charged separately.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::VpnConcentrator;
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::reading::{ec2_tags, name_tag};
use crate::resources::{Listing, Resource, lifecycle};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-vpn-concentrator",
    names: words("Site-to-Site VPN concentrator", "Site-to-Site VPN コンセントレーター"),
    bills: words(
        "per hour while it exists; its attachment and its VPN connections are charged separately",
        "存在する間は 1 時間ごと。アタッチメントと VPN 接続は別に課金",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonVPC"],
    asks: &[&Typed("ec2:DescribeVpnConcentrators")],
    writes: &["ec2:DeleteVpnConcentrator"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let asked = Client::new(&cx.sdk).describe_vpn_concentrators().max_results(1000);
    let concentrators: Vec<VpnConcentrator> = asked.into_paginator().items().send().try_collect().await?;
    Ok(concentrators.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is no longer charged. An unknown state is reported, not hidden.
fn finding(concentrator: &VpnConcentrator) -> Option<Listed> {
    let billing = lifecycle::billing(concentrator.state())?;
    let id = concentrator.vpn_concentrator_id().unwrap_or_default();
    let tags = ec2_tags(concentrator.tags());
    let notes = vec![Note::new("delete-only"), Note::with("delete-first", "VPN connections")];
    let found = Listed { name: name_tag(&tags), billing, tags, notes, ..Listed::new(id) };
    let sku = Sku::new("AmazonVPC").with("item", "vpn_concentrator").with("unit", "hour");
    let found = found.charge(Charge::hourly("VPN concentrator", sku, 1));
    Some(found.can(Verb::Delete, Command::aws("ec2 delete-vpn-concentrator --vpn-concentrator-id").arg(id)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Billing;

    #[test]
    fn is_charged_until_it_is_deleted() {
        let billing = |state: &str| finding(&VpnConcentrator::builder().state(state).build()).map(|it| it.billing);
        let running = Some(Billing::Running);
        let states = ["available", "pending", "future", "deleting", "deleted"].map(billing);
        assert_eq!(states, [running, running, running, Some(Billing::Ending), None]);
        assert!(finding(&VpnConcentrator::builder().build()).is_some());
    }
}
