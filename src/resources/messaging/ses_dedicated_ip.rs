//! Dedicated IP addresses of SES are charged every month they are leased, used or not.

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ses-dedicated-ip",
    names: words("SES dedicated IP", "SES 専用 IP"),
    bills: words(
        "per month and address while it is leased, whether mail is sent or not",
        "メールを送らなくても、確保している間はアドレスごと・月ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonSES"],
    asks: &[&ADDRESSES],
    writes: &["ses:DeleteDedicatedIpPool"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const ADDRESSES: Operation<Address> = Operation::new("sesv2:GetDedicatedIps").at("DedicatedIps");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Address {
    ip: String,
    warmup_status: Option<WarmUp>,
    pool_name: Option<String>,
}

values! { enum WarmUp { NotApplicable = "NOT_APPLICABLE" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let addresses = cx.ask(&ADDRESSES).all().await?;
    Ok(addresses.iter().map(finding).collect::<Vec<_>>().into())
}

fn finding(address: &Address) -> Listed {
    let sku = |item: &str| Sku::new("AmazonSES").with("item", item).with("unit", "month");
    let found = Listed::new(&address.ip).named(address.pool_name.clone());
    // Only managed addresses have no warm-up; all of them together have one price for the account.
    if address.warmup_status != Some(WarmUp::NotApplicable) {
        let charge = Charge::each_month("dedicated IP", sku("dedicated_ip_standard"), 1);
        return found.charge(charge).note(Note::new("ends-on-request"));
    }
    let charge = Charge::new("1 managed dedicated IPs", sku("dedicated_ip_managed_subscription"), 1, Unit::Month);
    let found = found.charge(charge.at_most()).note(Note::new("usage-extra"));
    match &address.pool_name {
        Some(pool) => found
            .loses(Loss::Address)
            .can(Verb::Delete, Command::aws("sesv2 delete-dedicated-ip-pool --pool-name").arg(pool)),
        None => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn managed_ones_bill_once_for_the_account() {
        let found = |status: &str| {
            let (warmup_status, pool_name) = (Some(status.into()), Some("study".into()));
            let found = finding(&Address { ip: "192.0.2.1".into(), warmup_status, pool_name });
            (found.charges[0].what.clone(), found.can.len())
        };
        assert_eq!(found("DONE"), ("dedicated IP".to_owned(), 0));
        assert_eq!(found("FUTURE"), ("dedicated IP".to_owned(), 0));
        assert_eq!(found("NOT_APPLICABLE"), ("≤ 1 managed dedicated IPs".to_owned(), 1));
    }
}
