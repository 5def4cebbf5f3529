//! The endpoint of a service: the user's own, or AWS's.

use aws_config::SdkConfig;
use aws_types::service_config::ServiceConfigKey;
use serde_json::{Map, Value};

use super::model::{Operation, Service};

/// The URL of an operation's service in a region. `AWS_ENDPOINT_URL_<SERVICE>` takes precedence over `AWS_ENDPOINT_URL`, then
/// `named` (the host that the service returned for this account) over the common host.
pub(super) fn url(
    sdk: &SdkConfig,
    service: &Service,
    operation: &Operation,
    region: &str,
    (named, input): (Option<&str>, &Map<String, Value>),
) -> String {
    let own = own(sdk, service).or_else(|| sdk.endpoint_url().map(str::to_owned));
    own.unwrap_or_else(|| match named {
        Some(host) => format!("https://{host}"),
        None => format!("https://{}{}", prefix(operation.host_prefix, input), host(service, region)),
    })
}

/// A prefix may name members of the request: `{AccountId}.`.
fn prefix(template: &str, input: &Map<String, Value>) -> String {
    let texts = input.iter().filter_map(|(member, value)| Some((member, value.as_str()?)));
    texts.fold(template.to_owned(), |prefix, (member, text)| prefix.replace(&format!("{{{member}}}"), text))
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_prefix_has_the_member_that_it_names() {
        let input = json!({ "AccountId": "123456789012", "Other": 5 });
        let of = |template: &str| prefix(template, input.as_object().unwrap());
        assert_eq!(
            (of("{AccountId}."), of("api."), of("")),
            ("123456789012.".to_owned(), "api.".to_owned(), String::new())
        );
    }
}
