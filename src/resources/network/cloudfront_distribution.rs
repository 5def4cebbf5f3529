//! CloudFront distributions bill by use, except those whose certificate has addresses of its own: that bills by the month.

use std::collections::BTreeSet;

use aws_sdk_cloudfront::Client;
use aws_sdk_cloudfront::types::{DistributionSummary, SslSupportMethod, ViewerCertificate};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "cloudfront-distribution",
    names: words("CloudFront distribution (dedicated IP)", "CloudFront ディストリビューション (専用 IP)"),
    bills: words(
        "per month and certificate that is served from dedicated addresses; all else by use",
        "専用 IP で配信する証明書ごと・月ごと。それ以外は使用量に応じて",
    ),
    scope: Scope::Global,
    endpoint: "cloudfront",
    small: false,
    billed_as: &["AmazonCloudFront"],
    reads: &["cloudfront:ListDistributions"],
    writes: &["cloudfront:DeleteDistribution"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let distributions = Client::new(&cx.sdk).list_distributions().max_items(100).into_paginator().items().send();
    let distributions: Vec<DistributionSummary> = distributions.try_collect().await?;
    Ok(findings(&distributions).into())
}

/// A certificate bills once, however many distributions use it.
fn findings(distributions: &[DistributionSummary]) -> Vec<Listed> {
    let mut billed = BTreeSet::new();
    let dedicated = distributions.iter().filter_map(|it| Some((it, addresses(it.viewer_certificate()?)?)));
    let finding = |(it, (charge, certificate)): (&DistributionSummary, (Charge, Option<String>))| {
        let again = certificate.is_some_and(|certificate| !billed.insert(certificate));
        // The charge begins when the distribution is enabled; whether it ends when it is disabled, AWS does not say.
        let charge = if again || !it.enabled() { charge.at_most() } else { charge };
        found(it, charge)
    };
    dedicated.map(finding).collect()
}

/// What its addresses cost, and the certificate they are for; `None` means it has none of its own.
fn addresses(certificate: &ViewerCertificate) -> Option<(Charge, Option<String>)> {
    let sku = Sku::new("AmazonCloudFront");
    let charge = match certificate.ssl_support_method()? {
        _ if certificate.cloud_front_default_certificate() == Some(true) => return None,
        SslSupportMethod::SniOnly => return None,
        SslSupportMethod::Vip => {
            Charge::new("1 dedicated IP certificate", sku.with("usagetype", "SSL-Cert-Custom"), 1, Unit::Month)
        }
        other => {
            let item = other.as_str().to_owned();
            Charge::new(format!("1 {item} certificate"), sku.with("item", item).with("unit", "month"), 1, Unit::Month)
        }
    };
    let id = certificate.acm_certificate_arn().or(certificate.iam_certificate_id());
    Some((charge, id.map(str::to_owned)))
}

fn found(distribution: &DistributionSummary, charge: Charge) -> Listed {
    let id = distribution.id();
    let alias = distribution.aliases().and_then(|it| it.items().first().cloned());
    let found = Listed { arn: Some(distribution.arn().to_owned()), ..Listed::new(id) }
        .named(alias.or_else(|| Some(distribution.domain_name().to_owned())))
        .charge(charge)
        .note(Note::new("use-sni"));
    match distribution.e_tag().filter(|_| !distribution.enabled()) {
        Some(tag) => found.can(
            Verb::Delete,
            Command::aws("cloudfront delete-distribution --id").arg(id).words("--if-match").arg(tag),
        ),
        None => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(method: Option<&str>) -> Option<String> {
        let certificate = ViewerCertificate::builder().acm_certificate_arn("arn:a");
        let certificate = certificate.set_ssl_support_method(method.map(Into::into)).build();
        addresses(&certificate).map(|(charge, _)| charge.what)
    }

    #[test]
    fn only_addresses_of_its_own_bill() {
        assert_eq!([None, Some("sni-only")].map(what), [None, None]);
        assert_eq!(what(Some("vip")).unwrap(), "1 dedicated IP certificate");
        assert_eq!(what(Some("dream")).unwrap(), "1 dream certificate");
        let default = ViewerCertificate::builder().cloud_front_default_certificate(true);
        assert!(addresses(&default.ssl_support_method(SslSupportMethod::Vip).build()).is_none());
    }
}
