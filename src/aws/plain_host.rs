//! Some services put a word before the host name (`api.airflow.…`); an endpoint of the user's own has no such name.

use aws_config::SdkConfig;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

/// Sends requests to the endpoint as it was given, if one was given (`AWS_ENDPOINT_URL`).
#[derive(Debug)]
struct PlainHost {
    given: Option<String>,
}

/// An interceptor for the client of a service with such a word.
#[must_use]
pub fn plain_host(sdk: &SdkConfig) -> SharedInterceptor {
    SharedInterceptor::new(PlainHost { given: sdk.endpoint_url().map(|url| url.trim_end_matches('/').to_owned()) })
}

#[dyn_dispatch_hint]
impl Intercept for PlainHost {
    fn name(&self) -> &'static str {
        "PlainHost"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _settings: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Some(given) = &self.given else { return Ok(()) };
        let request = context.request_mut();
        let path = request.uri().split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned()));
        request.set_uri(format!("{given}{}", path.unwrap_or_default()))?;
        Ok(())
    }
}
