//! Credentials, retries, timeouts and the one HTTP client of a run.

use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{AppName, BehaviorVersion, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient, http_client_fn};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

use super::limits;
use crate::error::{Error, Kind, Result};
use crate::model::{Reason, Region, Text};

/// Total time allowed for one operation, retries included.
const OPERATION: Duration = Duration::from_secs(15);
const ATTEMPT: Duration = Duration::from_secs(8);
const CONNECT: Duration = Duration::from_millis(3100);

/// The user's options for the connection.
#[derive(Debug, Clone, Default)]
pub struct ConnectOptions {
    /// The AWS named profile.
    pub profile: Option<String>,
    /// The region of the credentials; a sweep covers all regions whatever it is.
    pub region: Option<Region>,
    /// Answers requests of the demo account; no credentials are read.
    pub practice: Option<SharedHttpClient>,
}

/// The configuration from which every client of this run is made.
///
/// # Errors
/// No credentials, expired ones, or a named profile that does not exist.
pub async fn connect(options: &ConnectOptions) -> Result<SdkConfig> {
    let mut loader = aws_config::defaults(BehaviorVersion::v2026_01_12())
        .retry_config(RetryConfig::standard().with_max_attempts(attempts()))
        .timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(CONNECT)
                .operation_attempt_timeout(ATTEMPT)
                .operation_timeout(OPERATION)
                .build(),
        );
    if let Ok(name) = AppName::new("guardrail") {
        loader = loader.app_name(name);
    }
    if let Some(practice) = &options.practice {
        let region = aws_config::Region::from_static(Region::HOME);
        let credentials = Credentials::new("PRACTICE", "PRACTICE", None, None, "practice");
        let loader = loader.region(region).credentials_provider(credentials).http_client(practice.clone());
        return Ok(loader.empty_test_environment().load().await);
    }
    if let Some(profile) = &options.profile {
        loader = loader.profile_name(profile);
    }
    if let Some(region) = &options.region {
        loader = loader.region(aws_config::Region::new(region.as_str().to_owned()));
    }
    let sdk = loader.http_client(http_client()).load().await;
    let sdk = if sdk.region().is_some() {
        sdk
    } else {
        sdk.to_builder().region(aws_config::Region::from_static(Region::HOME)).build()
    };
    prove_credentials(&sdk, options.profile.as_deref()).await?;
    Ok(sdk)
}

/// The number of attempts; AWS's own variable overrides it, which tests against emulators use to disable retries.
fn attempts() -> u32 {
    std::env::var("AWS_MAX_ATTEMPTS").ok().and_then(|text| text.parse().ok()).filter(|count| *count > 0).unwrap_or(3)
}

/// The SDK takes no proxy from the environment unless it is asked to.
fn http_client() -> SharedHttpClient {
    let idle = (!limits::may_stay_open()).then_some(0);
    let https = Builder::new().build_with_connector_fn(move |settings, components| {
        let mut builder = Connector::builder().proxy_config(ProxyConfig::from_env());
        builder.set_pool_max_idle_per_host(idle).set_connector_settings(settings.cloned());
        builder.set_sleep_impl(components.and_then(RuntimeComponents::sleep_impl));
        builder.tls_provider(Provider::Rustls(CryptoMode::AwsLc)).build()
    });
    // Passed directly, the client would load the system's certificates again for every service client.
    http_client_fn(move |settings, components| https.http_connector(settings, components))
}

/// Resolves the credentials once, so that missing ones are one error and not a failed call in every region; all clients share
/// the result.
async fn prove_credentials(sdk: &SdkConfig, profile: Option<&str>) -> Result<()> {
    let of_environment = std::env::var("AWS_PROFILE").ok().filter(|name| !name.is_empty());
    let profile = profile.map(str::to_owned).or(of_environment);
    let profile = profile.as_deref();
    let missing = || match profile {
        Some(name) => unusable(name),
        None => Error::failed(Text::new("error-no-credentials"))
            .hint(Text::new("hint-configure"))
            .hint(Text::new("hint-demo")),
    };
    let provider: SharedCredentialsProvider = sdk.credentials_provider().ok_or_else(missing)?;
    match provider.provide_credentials().await {
        Ok(_) => Ok(()),
        Err(CredentialsError::CredentialsNotLoaded(_)) => Err(missing()),
        Err(CredentialsError::ProviderTimedOut(_)) => Err(missing().detail("timed out")),
        // The last place to look: the machine is none of AWS's, or lets no program ask for its role.
        Err(error) if causes(&error).to_lowercase().contains("imds") => Err(missing().detail(causes(&error))),
        Err(error) => Err(refused(&error, profile)),
    }
}

fn unusable(profile: &str) -> Error {
    Error::failed(Text::new("error-aws-profile").with("profile", profile)).hint(Text::new("hint-aws-profile"))
}

fn refused(error: &CredentialsError, profile: Option<&str>) -> Error {
    let said = causes(error);
    if said.to_lowercase().contains("expired") {
        let expired = Error::new(Kind::Cloud(Reason::Other), Text::new("error-expired"));
        return expired.detail(said).hint(Text::new("hint-login"));
    }
    match profile {
        Some(name) => unusable(name).detail(said),
        None => Error::failed(Text::new("error-credentials")).detail(said).hint(Text::new("hint-configure")),
    }
}

fn causes(error: &dyn std::error::Error) -> String {
    let mut words = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(next) = cause {
        words.push(next.to_string());
        cause = next.source();
    }
    words.join(": ")
}
