//! Site-to-Site VPN connections are charged for every hour they exist, with their tunnels up or down.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{GatewayType, VpnConnection, VpnConnectionOptions, VpnState, VpnTunnelBandwidth};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Verb, words};
use crate::resources::reading::{ec2_tags, name_tag, sku};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-vpn-connection",
    names: words("Site-to-Site VPN connection", "Site-to-Site VPN 接続"),
    bills: words(
        "per hour while it exists, its tunnels up or down, and per GB that leaves AWS",
        "存在する間はトンネルの状態によらず 1 時間ごと、加えて AWS から出る GB ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonVPC"],
    asks: &[&Typed("ec2:DescribeVpnConnections")],
    writes: &["ec2:DeleteVpnConnection"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let answer = Client::new(&cx.sdk).describe_vpn_connections().send().await?;
    Ok(answer.vpn_connections().iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is no longer charged. An unknown state is reported, not hidden.
fn finding(connection: &VpnConnection) -> Option<Listed> {
    let billing = match connection.state() {
        Some(VpnState::Deleted) => return None,
        Some(VpnState::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = connection.vpn_connection_id().unwrap_or_default();
    let tags = ec2_tags(connection.tags());
    let notes = ["delete-only", "usage-extra"].map(Note::new).to_vec();
    let found = Listed { name: name_tag(&tags), billing, tags, notes, ..Listed::new(id) };
    let found = found.charge(charge(connection));
    Some(
        found
            .loses(Loss::Address)
            .can(Verb::Delete, Command::aws("ec2 delete-vpn-connection --vpn-connection-id").arg(id)),
    )
}

/// A large or an accelerated connection has its own price, never that of a plain one.
fn charge(connection: &VpnConnection) -> Charge {
    let options = connection.options();
    let wide = options.and_then(VpnConnectionOptions::tunnel_bandwidth).map(VpnTunnelBandwidth::as_str);
    let fast = options.and_then(VpnConnectionOptions::enable_acceleration) == Some(true);
    let usage = connection.r#type().map(|kind: &GatewayType| format!("VPN-Usage-Hours:{}", kind.as_str()));
    let known = [
        ("usagetype", usage.as_deref()),
        ("tunnelBandwidth", wide.filter(|wide| *wide != "standard")),
        ("acceleration", fast.then_some("enabled")),
        ("attachedTo", connection.vpn_concentrator_id().filter(|id| !id.is_empty()).map(|_| "VPN concentrator")),
    ];
    Charge::hourly("VPN connection", sku("AmazonVPC", known), 1)
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::builders::VpnConnectionBuilder;

    use super::*;

    #[test]
    fn is_charged_until_it_is_deleted() {
        let billing = |state: &str| finding(&VpnConnection::builder().state(state.into()).build()).map(|it| it.billing);
        let running = Some(Billing::Running);
        let states = ["available", "pending", "future", "deleting", "deleted"].map(billing);
        assert_eq!(states, [running, running, running, Some(Billing::Ending), None]);
        assert!(finding(&VpnConnection::builder().build()).is_some());
    }

    #[test]
    fn only_the_plain_one_has_the_plain_price() {
        let key = |it: VpnConnectionBuilder| charge(&it.r#type(GatewayType::Ipsec1).build()).sku.to_string();
        let with = |options| VpnConnection::builder().options(options);
        let plain = VpnConnectionOptions::builder().enable_acceleration(false).tunnel_bandwidth("standard".into());
        assert_eq!(key(with(plain.clone().build())), "AmazonVPC usagetype=VPN-Usage-Hours:ipsec.1");
        let others = [plain.clone().enable_acceleration(true), plain.tunnel_bandwidth("large".into())];
        for options in others {
            assert_ne!(key(with(options.build())), "AmazonVPC usagetype=VPN-Usage-Hours:ipsec.1");
        }
        assert_eq!(charge(&VpnConnection::builder().build()).sku.to_string(), "AmazonVPC");
    }
}
