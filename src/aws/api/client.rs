//! Sends one request with the SDK's signing, retries and timeouts.

use std::fmt;
use std::sync::Arc;

use aws_config::SdkConfig;
use aws_runtime::auth::sigv4::{SCHEME_ID, SigV4AuthScheme};
use aws_runtime::auth::{SigV4OperationSigningConfig, SigningOptions};
use aws_runtime::invocation_id::InvocationIdInterceptor;
use aws_runtime::request_info::RequestInfoInterceptor;
use aws_runtime::retries::classifiers::AwsErrorCodeClassifier;
use aws_runtime::user_agent::{ApiMetadata, AwsUserAgent, UserAgentInterceptor};
use aws_smithy_runtime::client::orchestrator::operation::Operation as Orchestrated;
use aws_smithy_runtime::client::retries::classifiers::{HttpStatusCodeClassifier, TransientErrorClassifier};
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::{
    AuthSchemeOptionResolverParams, SharedAuthScheme, SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::{SharedRuntimePlugin, StaticRuntimePlugin};
use aws_smithy_types::config_bag::Layer;
use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SigningName;
use aws_types::os_shim_internal::Env;
use aws_types::region::{Region, SigningRegion};
use serde_json::{Map, Value};

use super::memo::Memo;
use super::model::{self, Service};
use super::{Operation, endpoint, otherwise};
use crate::aws::fault::is_page;

/// The error code and message of a refused request, for any service.
#[derive(Debug)]
pub(super) struct Refusal(ErrorMetadata);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Refusal {}

impl ProvideErrorMetadata for Refusal {
    fn meta(&self) -> &ErrorMetadata {
        &self.0
    }
}

/// Credentials, retries, region and HTTP client of a configuration, assembled once.
#[derive(Clone)]
pub struct Client {
    sdk: SdkConfig,
    plugin: SharedRuntimePlugin,
    /// The cached answers of shared operations.
    pub(super) memo: Arc<Memo>,
}

impl Client {
    #[must_use]
    pub fn new(sdk: &SdkConfig) -> Self {
        let mut components = RuntimeComponentsBuilder::new("guardrail");
        components.set_identity_cache(sdk.identity_cache());
        if let Some(credentials) = sdk.credentials_provider() {
            components.set_identity_resolver(SCHEME_ID, credentials);
        }
        components.push_auth_scheme(SharedAuthScheme::new(SigV4AuthScheme::new()));
        let schemes = StaticAuthSchemeOptionResolver::new(vec![SCHEME_ID]);
        components.set_auth_scheme_option_resolver(Some(SharedAuthSchemeOptionResolver::new(schemes)));
        components.set_sleep_impl(sdk.sleep_impl());
        components.set_time_source(sdk.time_source());
        components.set_http_client(sdk.http_client());
        components.push_retry_classifier(HttpStatusCodeClassifier::default());
        components.push_retry_classifier(TransientErrorClassifier::<Refusal>::new());
        components.push_retry_classifier(AwsErrorCodeClassifier::<Refusal>::new());
        components.push_interceptor(RequestInfoInterceptor::new());
        components.push_interceptor(UserAgentInterceptor::new());
        components.push_interceptor(InvocationIdInterceptor::new());
        let mut config = Layer::new("guardrail");
        config.store_put(AuthSchemeOptionResolverParams::new(()));
        let mut agent =
            AwsUserAgent::new_from_environment(Env::real(), ApiMetadata::new("guardrail", env!("CARGO_PKG_VERSION")));
        if let Some(name) = sdk.app_name() {
            agent.set_app_name(name.clone());
        }
        config.store_put(agent);
        let plugin = StaticRuntimePlugin::new().with_config(config.freeze()).with_runtime_components(components);
        Self { sdk: sdk.clone(), plugin: SharedRuntimePlugin::new(plugin), memo: Arc::default() }
    }

    /// Drops the cached answers of a shared operation after a write.
    pub fn forget<T>(&self, operation: &Operation<T>) {
        self.memo.forget(operation.name());
    }

    /// Sends one request and returns its answer; `host` is the one that the service returned for this account.
    pub(super) async fn send(
        &self,
        (service, name, operation): (&'static Service, &'static str, &'static model::Operation),
        host: Option<&str>,
        input: Arc<Map<String, Value>>,
    ) -> Result<Value, SdkError<Refusal, HttpResponse>> {
        let region = self.sdk.region().map_or("", AsRef::as_ref);
        let (asking, answering) = (&operation.wire, &operation.wire);
        let builder = Orchestrated::builder()
            .service_name(service.name)
            .operation_name(name)
            .endpoint_url(&endpoint::url(&self.sdk, service, operation, region, (host, &input)))
            .runtime_plugin(self.plugin.clone())
            .runtime_plugin(signing(service, region))
            .timeout_config(self.sdk.timeout_config().cloned().unwrap_or_else(TimeoutConfig::disabled));
        let builder = match self.sdk.retry_config() {
            Some(retries) => builder.standard_retry(retries),
            None => builder.no_retry(),
        };
        let request = move |input: Arc<Map<String, Value>>| {
            let mut request = asking.request(operation.input, &input)?;
            for (header, value) in otherwise::headers(service.name) {
                request.headers_mut().insert(*header, *value);
            }
            Ok(request)
        };
        let answer = move |response: &HttpResponse| {
            if response.status().is_success() {
                if is_page(response) {
                    return Err(OrchestratorError::response("a web page".into()));
                }
                return answering
                    .answer(operation.output, response)
                    .map_err(|error| OrchestratorError::response(error.into()));
            }
            Err(OrchestratorError::operation(Refusal(answering.failure(response))))
        };
        builder.serializer(request).deserializer(answer).build().invoke(input).await
    }
}

fn signing(service: &Service, region: &str) -> StaticRuntimePlugin {
    let region = Region::new(service.signing_region.unwrap_or(region).to_owned());
    let mut options = SigningOptions::default();
    options.double_uri_encode = true;
    options.normalize_uri_path = true;
    let mut config = Layer::new("signing");
    config.store_put(SigV4OperationSigningConfig { signing_options: options, ..Default::default() });
    config.store_put(SigningName::from(service.signing));
    config.store_put(region.clone());
    config.store_put(SigningRegion::from(region));
    StaticRuntimePlugin::new().with_config(config.freeze())
}
