//! CloudFront distributions are charged by use; a certificate with dedicated IP addresses is charged every month.

use std::collections::BTreeSet;

use futures::FutureExt;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "cloudfront-distribution",
    names: words("CloudFront distribution (dedicated IP)", "CloudFront ディストリビューション(専用 IP)"),
    bills: words(
        "per month and certificate that is served from dedicated addresses; all else by use",
        "専用 IP で配信する証明書ごと・月ごと。それ以外は使用量に応じて",
    ),
    scope: Scope::Global,
    small: false,
    billed_as: &["AmazonCloudFront"],
    asks: &[&DISTRIBUTIONS],
    writes: &["cloudfront:DeleteDistribution"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const DISTRIBUTIONS: Operation<Distribution> =
    Operation::new("cloudfront:ListDistributions").at("DistributionList.Items");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Distribution {
    id: String,
    #[serde(rename = "ARN")]
    arn: String,
    e_tag: Option<String>,
    domain_name: String,
    aliases: Aliases,
    enabled: bool,
    viewer_certificate: Option<Certificate>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Aliases {
    items: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Certificate {
    cloud_front_default_certificate: Option<bool>,
    #[serde(rename = "IAMCertificateId")]
    iam_certificate_id: Option<String>,
    #[serde(rename = "ACMCertificateArn")]
    acm_certificate_arn: Option<String>,
    #[serde(rename = "SSLSupportMethod")]
    ssl_support_method: Option<Method>,
}

values! { enum Method { SniOnly = "sni-only", Vip = "vip" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let distributions = cx.ask(&DISTRIBUTIONS).with("MaxItems", "100").all().await?;
    Ok(findings(&distributions).into())
}

/// A certificate is charged once, however many distributions use it.
fn findings(distributions: &[Distribution]) -> Vec<Listed> {
    let mut billed = BTreeSet::new();
    let dedicated = distributions.iter().filter_map(|it| Some((it, addresses(it.viewer_certificate.as_ref()?)?)));
    let finding = |(it, (charge, certificate)): (&Distribution, (Charge, Option<String>))| {
        let again = certificate.is_some_and(|certificate| !billed.insert(certificate));
        // The charge begins when the distribution is enabled; AWS does not say whether it ends when it is disabled.
        let charge = if again || !it.enabled { charge.at_most() } else { charge };
        found(it, charge)
    };
    dedicated.map(finding).collect()
}

/// The price of the dedicated addresses, and their certificate; `None` if there are none.
fn addresses(certificate: &Certificate) -> Option<(Charge, Option<String>)> {
    let sku = Sku::new("AmazonCloudFront");
    let charge = match certificate.ssl_support_method.as_ref()? {
        _ if certificate.cloud_front_default_certificate == Some(true) => return None,
        Method::SniOnly => return None,
        Method::Vip => {
            Charge::new("1 dedicated IP certificate", sku.with("usagetype", "SSL-Cert-Custom"), 1, Unit::Month)
        }
        Method::Other(item) => {
            let item = item.clone();
            Charge::new(format!("1 {item} certificate"), sku.with("item", item).with("unit", "month"), 1, Unit::Month)
        }
    };
    let id = certificate.acm_certificate_arn.as_ref().or(certificate.iam_certificate_id.as_ref());
    Some((charge, id.cloned()))
}

fn found(distribution: &Distribution, charge: Charge) -> Listed {
    let id = &distribution.id;
    let alias = distribution.aliases.items.first().cloned();
    let found = Listed { arn: Some(distribution.arn.clone()), ..Listed::new(id) }
        .named(alias.or_else(|| Some(distribution.domain_name.clone())))
        .charge(charge)
        .note(Note::new("use-sni"));
    match distribution.e_tag.as_ref().filter(|_| !distribution.enabled) {
        Some(tag) => found.loses(Loss::Address).can(
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
        let (acm_certificate_arn, ssl_support_method) = (Some("arn:a".into()), method.map(Into::into));
        addresses(&Certificate { acm_certificate_arn, ssl_support_method, ..Certificate::default() })
            .map(|(charge, _)| charge.what)
    }

    #[test]
    fn only_addresses_of_its_own_bill() {
        assert_eq!([None, Some("sni-only")].map(what), [None, None]);
        assert_eq!(what(Some("vip")).unwrap(), "1 dedicated IP certificate");
        assert_eq!(what(Some("future")).unwrap(), "1 future certificate");
        let default = Certificate {
            cloud_front_default_certificate: Some(true),
            ssl_support_method: Some(Method::Vip),
            ..Certificate::default()
        };
        assert!(addresses(&default).is_none());
    }
}
