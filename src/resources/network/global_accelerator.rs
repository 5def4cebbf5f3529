//! Accelerators bill for every hour they exist, enabled or not, and for the public addresses they hold.

use aws_sdk_globalaccelerator::Client;
use aws_sdk_globalaccelerator::types::{Accelerator, CustomRoutingAccelerator, IpAddressFamily, IpSet};
use aws_smithy_types::DateTime;
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::reading::{either, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "global-accelerator",
    names: words("Global Accelerator", "Global Accelerator"),
    bills: words(
        "per hour while it exists, disabled ones too, and per GB that passes",
        "無効にしても存在する間は 1 時間ごと、加えて通過した GB ごと",
    ),
    scope: Scope::Only("us-west-2"),
    endpoint: "globalaccelerator",
    small: false,
    billed_as: &["AWSGlobalAccelerator", "AmazonVPC"],
    reads: &["globalaccelerator:ListAccelerators", "globalaccelerator:ListCustomRoutingAccelerators"],
    writes: &[
        "globalaccelerator:UpdateAccelerator",
        "globalaccelerator:DeleteAccelerator",
        "globalaccelerator:UpdateCustomRoutingAccelerator",
        "globalaccelerator:DeleteCustomRoutingAccelerator",
    ],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let plain = client.list_accelerators().max_results(100).into_paginator().items().send();
    let custom = client.list_custom_routing_accelerators().max_results(100).into_paginator().items().send();
    let (plain, custom) = futures::join!(plain.collect::<Result<Vec<_>, _>>(), custom.collect::<Result<Vec<_>, _>>());
    let (plain, custom, faults) = either(plain, custom)?;
    let (plain, custom) = (plain.unwrap_or_default(), custom.unwrap_or_default());
    let findings = plain.iter().map(of_standard).chain(custom.iter().map(of_custom_routing)).collect();
    Ok(Listing { findings, faults, ..Listing::default() })
}

/// No state makes it free: it bills until it is deleted.
fn of_standard(it: &Accelerator) -> Listed {
    finding("accelerator", it.accelerator_arn(), it.name(), it.created_time(), it.ip_sets())
}

fn of_custom_routing(it: &CustomRoutingAccelerator) -> Listed {
    finding("custom-routing-accelerator", it.accelerator_arn(), it.name(), it.created_time(), it.ip_sets())
}

fn finding(kind: &str, arn: Option<&str>, name: Option<&str>, created: Option<&DateTime>, sets: &[IpSet]) -> Listed {
    let step = |verb: &str| {
        Command::aws(&format!("globalaccelerator {verb}-{kind} --accelerator-arn")).arg(arn.unwrap_or_default())
    };
    let delete = step("update").words("--no-enabled").then(step("delete"));
    let notes = [Note::new("delete-only"), Note::with("parts-first", "listeners"), Note::new("usage-extra")];
    let found = Listed {
        arn: arn.map(str::to_owned),
        created_at: time(created),
        bills_since_creation: true,
        notes: notes.to_vec(),
        ..Listed::new(arn.and_then(|arn| arn.rsplit('/').next()).unwrap_or_default())
    };
    let sku = Sku::new("AWSGlobalAccelerator").with("item", "accelerator").with("unit", "hour");
    let mut found = found.named(name.map(str::to_owned)).charge(Charge::hourly("accelerator", sku, 1));
    let public = sets.iter().filter(|set| set.ip_address_family() != Some(&IpAddressFamily::IPv6));
    let addresses: usize = public.map(|set| set.ip_addresses().len()).sum();
    if addresses > 0 {
        let sku = Sku::new("AmazonVPC").with("usagetype", "PublicIPv4:InUseAddress");
        // An address that the user brought along is free, and nothing here tells it from one of AWS's.
        found = found.charge(Charge::hourly("public IPv4", sku, addresses).at_most());
    }
    found.can(Verb::Delete, delete)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bills_even_if_nothing_is_known_of_it_or_it_is_disabled() {
        let arn = "arn:aws:globalaccelerator::123456789012:accelerator/1234abcd";
        let found = of_standard(&Accelerator::builder().accelerator_arn(arn).enabled(false).build());
        assert_eq!((&*found.id, found.charges.len()), ("1234abcd", 1));
        assert_eq!(of_standard(&Accelerator::builder().build()).charges.len(), 1);
        let custom = of_custom_routing(&CustomRoutingAccelerator::builder().accelerator_arn(arn).build());
        assert!(custom.commands[&Verb::Delete].to_string().contains("delete-custom-routing-accelerator"));
    }

    #[test]
    fn its_ipv4_addresses_bill_too() {
        let set = |family: &str| IpSet::builder().ip_address_family(family.into()).ip_addresses("a").ip_addresses("b");
        let both = Accelerator::builder().ip_sets(set("IPv4").build()).ip_sets(set("IPv6").build());
        assert_eq!(of_standard(&both.build()).charges[1].what, "≤ 2 × public IPv4");
    }
}
