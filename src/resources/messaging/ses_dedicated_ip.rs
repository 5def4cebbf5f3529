//! Dedicated IP addresses of SES bill for every month they are leased, whether mail is sent or not.

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::operation::get_dedicated_ips::GetDedicatedIpsOutput;
use aws_sdk_sesv2::types::{DedicatedIp, WarmupStatus};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ses-dedicated-ip",
    names: words("SES dedicated IP", "SES 専用 IP"),
    bills: words(
        "per month and address while it is leased, whether mail is sent or not",
        "メールを送らなくても、確保している間はアドレスごと・月ごと",
    ),
    scope: Scope::Region,
    endpoint: "email",
    small: false,
    billed_as: &["AmazonSES"],
    reads: &["ses:GetDedicatedIps"],
    writes: &["ses:DeleteDedicatedIpPool"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let pages = Client::new(&cx.sdk).get_dedicated_ips().into_paginator().send();
    let pages: Vec<GetDedicatedIpsOutput> = pages.try_collect().await?;
    Ok(pages.iter().flat_map(GetDedicatedIpsOutput::dedicated_ips).map(finding).collect::<Vec<_>>().into())
}

fn finding(address: &DedicatedIp) -> Listed {
    let sku = |item: &str| Sku::new("AmazonSES").with("item", item).with("unit", "month");
    let found = Listed::new(address.ip()).named(address.pool_name.clone());
    // Only the addresses that SES manages itself have no warm-up; an account pays for having them, however many they are.
    if address.warmup_status() != &WarmupStatus::NotApplicable {
        let charge = Charge::each_month("dedicated IP", sku("dedicated_ip_standard"), 1);
        return found.charge(charge).note(Note::new("ends-on-request"));
    }
    let charge = Charge::new("1 managed dedicated IPs", sku("dedicated_ip_managed_subscription"), 1, Unit::Month);
    let found = found.charge(charge.at_most()).note(Note::new("usage-extra"));
    match address.pool_name() {
        Some(pool) => found.can(Verb::Delete, Command::aws("sesv2 delete-dedicated-ip-pool --pool-name").arg(pool)),
        None => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn managed_ones_bill_once_for_the_account() {
        let found = |status: &str| {
            let address = DedicatedIp::builder().ip("192.0.2.1").warmup_percentage(100).pool_name("study");
            let found = finding(&address.warmup_status(status.into()).build().unwrap());
            (found.charges[0].what.clone(), found.can.len())
        };
        assert_eq!(found("DONE"), ("dedicated IP".to_owned(), 0));
        assert_eq!(found("DREAMING"), ("dedicated IP".to_owned(), 0));
        assert_eq!(found("NOT_APPLICABLE"), ("≤ 1 managed dedicated IPs".to_owned(), 1));
    }
}
