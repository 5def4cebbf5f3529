//! Lightsail static IP addresses bill for every hour they are attached to nothing; attached ones are free.

use aws_sdk_lightsail::Client;
use aws_sdk_lightsail::types::StaticIp;
use futures::{FutureExt, TryFutureExt};

use super::lightsail_reading::pages;
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "lightsail-static-ip",
    names: words("Lightsail static IP", "Lightsail 静的 IP"),
    bills: words("per hour while it is attached to no instance", "インスタンスに接続していない間、1 時間ごと"),
    scope: Scope::Region,
    endpoint: "lightsail",
    small: false,
    billed_as: &["AmazonLightsail"],
    reads: &["lightsail:GetStaticIps"],
    writes: &["lightsail:ReleaseStaticIp"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let ask = |token| client.get_static_ips().set_page_token(token).send();
    let addresses = pages(|token| ask(token).map_ok(|page| (page.static_ips, page.next_page_token))).await?;
    Ok(addresses.iter().filter_map(finding).collect::<Vec<_>>().into())
}

fn finding(address: &StaticIp) -> Option<Listed> {
    if address.is_attached() == Some(true) {
        return None;
    }
    let id = address.name().unwrap_or_default();
    let sku = Sku::new("AmazonLightsail").with("usagetype", "UnusedStaticIP");
    let found = Listed {
        arn: address.arn().map(str::to_owned),
        created_at: time(address.created_at()),
        charges: vec![Charge::hourly("static IP", sku, 1)],
        notes: vec![Note::new("unattached")],
        ..Listed::new(id)
    };
    let found = found.named(address.ip_address().map(str::to_owned));
    Some(found.can(Verb::Delete, Command::aws("lightsail release-static-ip --static-ip-name").arg(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_attached_one_is_free() {
        let address = |attached| finding(&StaticIp::builder().name("ip").set_is_attached(attached).build());
        assert_eq!([Some(true), Some(false), None].map(|it| address(it).is_some()), [false, true, true]);
    }
}
