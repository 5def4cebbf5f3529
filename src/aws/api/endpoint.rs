//! The endpoint of a service: the user's own, or AWS's.

use aws_config::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

use super::model::{Operation, Service};

/// The URL of an operation's service in a region. `AWS_ENDPOINT_URL_<SERVICE>` takes precedence over `AWS_ENDPOINT_URL`, then
/// `named` (the host that the service returned for this account) over the common host.
pub(super) fn url(
    sdk: &SdkConfig,
    service: &Service,
    operation: &Operation,
    region: &str,
    named: Option<&str>,
) -> String {
    let own = own(sdk, service).or_else(|| sdk.endpoint_url().map(str::to_owned));
    own.unwrap_or_else(|| match named {
        Some(host) => format!("https://{host}"),
        None => format!("https://{}{}", operation.host_prefix, host(service, region)),
    })
}

/// AWS's host name of a service in a region.
#[must_use]
pub fn host(service: &Service, region: &str) -> String {
    let host = service.hosts.get(region).copied().unwrap_or(service.host);
    host.replace("{region}", region)
}

fn own(sdk: &SdkConfig, service: &Service) -> Option<String> {
    let key = ServiceConfigKey::builder().service_id(service.id).env("AWS_ENDPOINT_URL").profile("endpoint_url");
    sdk.service_config()?.load_config(key.build().ok()?)
}
