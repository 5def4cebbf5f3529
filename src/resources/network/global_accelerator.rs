//! Accelerators are charged for every hour they exist, enabled or not, and for their public addresses.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Verb, words};
use crate::resources::reading::either;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "global-accelerator",
    names: words("Global Accelerator", "Global Accelerator"),
    bills: words(
        "per hour while it exists, disabled ones too, and per GB that passes",
        "無効にしても存在する間は 1 時間ごと、加えて通過した GB ごと",
    ),
    scope: Scope::Only("us-west-2"),
    small: false,
    billed_as: &["AWSGlobalAccelerator", "AmazonVPC"],
    asks: &[&STANDARD, &CUSTOM_ROUTING],
    writes: &[
        "globalaccelerator:UpdateAccelerator",
        "globalaccelerator:DeleteAccelerator",
        "globalaccelerator:UpdateCustomRoutingAccelerator",
        "globalaccelerator:DeleteCustomRoutingAccelerator",
    ],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const STANDARD: Operation<Accelerator> = Operation::new("globalaccelerator:ListAccelerators").at("Accelerators");
const CUSTOM_ROUTING: Operation<Accelerator> =
    Operation::new("globalaccelerator:ListCustomRoutingAccelerators").at("Accelerators");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Accelerator {
    accelerator_arn: Option<String>,
    name: Option<String>,
    ip_sets: Vec<IpSet>,
    created_time: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct IpSet {
    ip_addresses: Vec<String>,
    ip_address_family: Option<Family>,
}

values! { enum Family { IPv6 = "IPv6" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let (plain, custom) = futures::join!(cx.ask(&STANDARD).all(), cx.ask(&CUSTOM_ROUTING).all());
    let (plain, custom, faults) = either(plain, custom)?;
    let (plain, custom) = (plain.unwrap_or_default(), custom.unwrap_or_default());
    let findings = plain.iter().map(of_standard).chain(custom.iter().map(of_custom_routing)).collect();
    Ok(Listing { findings, faults, ..Listing::default() })
}

fn of_standard(it: &Accelerator) -> Listed {
    finding("accelerator", it)
}

fn of_custom_routing(it: &Accelerator) -> Listed {
    finding("custom-routing-accelerator", it)
}

/// No state is free: it is charged until it is deleted.
fn finding(kind: &str, it: &Accelerator) -> Listed {
    let arn = it.accelerator_arn.as_deref();
    let step = |verb: &str| {
        Command::aws(&format!("globalaccelerator {verb}-{kind} --accelerator-arn")).arg(arn.unwrap_or_default())
    };
    let delete = step("update").words("--no-enabled").then(step("delete"));
    let notes = [Note::new("delete-only"), Note::with("parts-first", "listeners"), Note::new("usage-extra")];
    let found = Listed {
        arn: arn.map(str::to_owned),
        created_at: it.created_time,
        bills_since_creation: true,
        notes: notes.to_vec(),
        ..Listed::new(arn.and_then(|arn| arn.rsplit('/').next()).unwrap_or_default())
    };
    let sku = Sku::new("AWSGlobalAccelerator").with("item", "accelerator").with("unit", "hour");
    let mut found = found.named(it.name.clone()).charge(Charge::hourly("accelerator", sku, 1));
    let public = it.ip_sets.iter().filter(|set| set.ip_address_family != Some(Family::IPv6));
    let addresses: usize = public.map(|set| set.ip_addresses.len()).sum();
    if addresses > 0 {
        let sku = Sku::new("AmazonVPC").with("usagetype", "PublicIPv4:InUseAddress");
        // A BYOIP address is free, and nothing in the answer distinguishes it from one of AWS's.
        found = found.charge(Charge::hourly("public IPv4", sku, addresses).at_most());
    }
    found.loses(Loss::Address).can(Verb::Delete, delete)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_charged_even_if_disabled_or_without_details() {
        let arn = "arn:aws:globalaccelerator::123456789012:accelerator/1234abcd";
        let named = || Accelerator { accelerator_arn: Some(arn.into()), ..Accelerator::default() };
        let found = of_standard(&named());
        assert_eq!((&*found.id, found.charges.len()), ("1234abcd", 1));
        assert_eq!(of_standard(&Accelerator::default()).charges.len(), 1);
        let custom = of_custom_routing(&named());
        assert!(custom.commands[&Verb::Delete].to_string().contains("delete-custom-routing-accelerator"));
    }

    #[test]
    fn its_ipv4_addresses_bill_too() {
        let set =
            |family: &str| IpSet { ip_addresses: vec!["a".into(), "b".into()], ip_address_family: Some(family.into()) };
        let both = Accelerator { ip_sets: vec![set("IPv4"), set("IPv6")], ..Accelerator::default() };
        assert_eq!(of_standard(&both).charges[1].what, "≤ 2 × public IPv4");
    }
}
