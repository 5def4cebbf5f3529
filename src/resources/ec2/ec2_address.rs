//! Every public IPv4 address is charged per hour, an Elastic IP or one that AWS assigned, in use or idle.

use std::collections::BTreeSet;

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{Address, NetworkInterface, Tag};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Verb, words};
use crate::resources::reading::{ec2_tags, either, first_non_empty, managed_by, name_tag};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-address",
    names: words("Public IPv4 address", "パブリック IPv4 アドレス"),
    bills: words("per hour, in use or idle", "使用中でも未使用でも 1 時間ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonVPC"],
    asks: &[&Typed("ec2:DescribeAddresses"), &Typed("ec2:DescribeNetworkInterfaces")],
    writes: &["ec2:DisassociateAddress", "ec2:ReleaseAddress"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const IN_USE: &str = "PublicIPv4:InUseAddress";

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let interfaces = client.describe_network_interfaces().max_results(1000).include_managed_resources(true);
    let interfaces = interfaces.into_paginator().items().send().try_collect();
    let (addresses, interfaces) = futures::join!(client.describe_addresses().send(), interfaces);
    let (addresses, interfaces, faults) = either(addresses, interfaces)?;
    let addresses = addresses.and_then(|answer| answer.addresses).unwrap_or_default();
    Ok(Listing { findings: findings(&addresses, &interfaces.unwrap_or_default()), faults, ..Listing::default() })
}

/// An attached Elastic IP is in both answers, and is counted once.
fn findings(addresses: &[Address], interfaces: &[NetworkInterface]) -> Vec<Listed> {
    let mut findings: Vec<Listed> = addresses.iter().filter_map(|address| elastic(address, interfaces)).collect();
    let mut seen: BTreeSet<&str> = addresses.iter().filter_map(Address::public_ip).collect();
    for interface in interfaces {
        let others = interface.private_ip_addresses().iter().map(|private| private.association());
        for association in others.chain([interface.association()]).flatten() {
            if let Some(ip) = association.public_ip().filter(|ip| seen.insert(ip)) {
                let (id, manager) = (association.allocation_id().unwrap_or(ip), managed_by(interface.operator()));
                let owner = owner(interface);
                // AWS gave it to the instance for as long as that runs, and no command takes it away.
                let own = association.allocation_id().is_none() && owner.is_some_and(|owner| owner.starts_with("i-"));
                let released = own.then(|| Note::new("released-with-instance"));
                let found = finding(id, ip, interface.tag_set(), IN_USE, owner, manager);
                findings.push(released.into_iter().fold(found, Listed::note));
            }
        }
    }
    findings
}

/// `None` means an address brought to AWS by the user (BYOIP), which is free.
fn elastic(address: &Address, interfaces: &[NetworkInterface]) -> Option<Listed> {
    let pool = first_non_empty([address.public_ipv4_pool()]).unwrap_or("amazon");
    if pool.starts_with("ipv4pool-") || first_non_empty([address.customer_owned_ip()]).is_some() {
        return None;
    }
    let on = address.network_interface_id();
    let interface = interfaces.iter().find(|interface| on.is_some() && interface.network_interface_id() == on);
    let owner = first_non_empty([address.instance_id(), interface.and_then(owner), on, address.association_id()]);
    let usage = match owner {
        // A contiguous block of AWS's has its own price.
        _ if pool != "amazon" => "PublicIPv4:ContiguousBlock",
        Some(_) => IN_USE,
        None => "PublicIPv4:IdleAddress",
    };
    let service = address.service_managed().map(|service| Note::with("service-managed", service.as_str()));
    let (id, ip) = (address.allocation_id(), address.public_ip().unwrap_or_default());
    let release = id.filter(|_| service.is_none()).and_then(|id| {
        let release = Command::aws("ec2 release-address --allocation-id").arg(id);
        match (owner, address.association_id()) {
            (None, _) => Some(release),
            (_, Some(association)) => {
                Some(Command::aws("ec2 disassociate-address --association-id").arg(association).then(release))
            }
            (Some(_), None) => None,
        }
    });
    let found = finding(id.unwrap_or(ip), ip, address.tags(), usage, owner, service);
    Some(match release {
        Some(command) => found.loses(Loss::Address).can(Verb::Delete, command),
        None => found,
    })
}

fn finding(id: &str, ip: &str, tags: &[Tag], usage: &str, owner: Option<&str>, service: Option<Note>) -> Listed {
    let tags = ec2_tags(tags);
    let name = name_tag(&tags).or_else(|| (ip != id).then(|| ip.to_owned()));
    let attached = owner.map_or_else(|| Note::new("unattached"), |owner| Note::with("attached-to", owner));
    let notes = [Some(attached), service].into_iter().flatten().collect();
    let charges = vec![Charge::hourly("public IPv4", Sku::new("AmazonVPC").with("usagetype", usage), 1)];
    Listed { name, tags, charges, notes, ..Listed::new(id) }
}

/// The thing to which the interface belongs, as precisely as AWS says.
fn owner(interface: &NetworkInterface) -> Option<&str> {
    let instance = interface.attachment().and_then(|attachment| attachment.instance_id());
    first_non_empty([instance, interface.description(), interface.requester_id(), interface.network_interface_id()])
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::types::{NetworkInterfaceAssociation, builders::AddressBuilder};

    use super::*;

    fn elastic_ip(ip: &str) -> AddressBuilder {
        Address::builder().allocation_id(format!("eipalloc-{ip}")).public_ip(ip)
    }
    fn interface(ip: &str) -> NetworkInterface {
        let association = NetworkInterfaceAssociation::builder().public_ip(ip).build();
        NetworkInterface::builder().network_interface_id("eni-1").description("ELB").association(association).build()
    }

    #[test]
    fn every_address_once_and_only_an_idle_one_can_be_released() {
        let (used, idle) = (elastic_ip("1").network_interface_id("eni-1").instance_id(""), elastic_ip("2"));
        let rds = elastic_ip("3").service_managed("rds".into());
        let addresses = [used, idle, rds, elastic_ip("4").public_ipv4_pool("ipv4pool-ec2-1"), Address::builder()];
        let found = findings(&addresses.map(AddressBuilder::build), &["1", "4", "5"].map(interface));
        let key = |it: &Listed| it.charges[0].sku.to_string().replace("AmazonVPC usagetype=PublicIPv4:", "");
        let seen: Vec<_> = found.iter().map(|it| format!("{} {} {}", it.id, key(it), it.can.len())).collect();
        let used = ["eipalloc-1 InUseAddress 0", "5 InUseAddress 0"];
        let idle = ["eipalloc-2 IdleAddress 1", "eipalloc-3 IdleAddress 0", " IdleAddress 0"];
        assert_eq!(seen, [used[0], idle[0], idle[1], idle[2], used[1]]);
        assert_eq!(found[0].notes, [Note::with("attached-to", "ELB")]);
    }
}
