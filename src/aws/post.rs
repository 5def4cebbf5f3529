//! One POST to an address outside of AWS, by the same HTTP stack: TLS, proxy, time limit, retries. The address is a secret, and
//! in no error.

use std::hash::{Hash, Hasher};
use std::time::Duration;

use aws_config::SdkConfig;
use aws_smithy_http_client::Connector;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorSettings};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;

use crate::error::{Error, Result};
use crate::model::Text;

const CONNECT: Duration = Duration::from_millis(3100);
const ANSWER: Duration = Duration::from_secs(8);
/// The waits before the second and the third attempt.
const WAITS: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(3)];
/// The longest wait that an answer may ask for.
const LONGEST: u64 = 20;

/// Where to, as far as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    url: String,
    pub host: String,
}

impl Address {
    /// A number that tells one address from another, and from which it cannot be found again.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hasher = std::hash::DefaultHasher::new();
        self.url.hash(&mut hasher);
        format!("{:08x}", hasher.finish() & 0xffff_ffff)
    }

    /// An address with TLS, or one of this machine.
    #[must_use]
    pub fn read(url: &str) -> Option<Self> {
        let uri: http::Uri = url.trim().parse().ok()?;
        let host = uri.host()?.to_owned();
        let own = ["127.0.0.1", "localhost", "[::1]"].contains(&host.as_str());
        let sound = uri.scheme_str() == Some("https") || (uri.scheme_str() == Some("http") && own);
        sound.then(|| Self { url: url.trim().to_owned(), host })
    }
}

/// Sends JSON there, at most three times.
///
/// # Errors
/// It was not taken; the error names the host and nothing else of the address.
pub async fn post(sdk: &SdkConfig, to: &Address, body: &str) -> Result<()> {
    let settings = HttpConnectorSettings::builder().connect_timeout(CONNECT).read_timeout(ANSWER).build();
    let mut builder = Connector::builder().proxy_config(ProxyConfig::from_env());
    builder.set_connector_settings(Some(settings)).set_sleep_impl(sdk.sleep_impl());
    let connector = builder.tls_provider(Provider::Rustls(CryptoMode::AwsLc)).build();
    let mut waits = WAITS.into_iter();
    loop {
        let failure = match attempt(&connector, to, body).await {
            Ok(()) => return Ok(()),
            Err(failure) => failure,
        };
        let Some(wait) = waits.next().filter(|_| failure.is_passing) else { return Err(failure.error) };
        tokio::time::sleep(failure.wait.unwrap_or(wait)).await;
    }
}

struct Failure {
    error: Error,
    /// Whether another attempt may succeed.
    is_passing: bool,
    wait: Option<Duration>,
}

async fn attempt(connector: &Connector, to: &Address, body: &str) -> Result<(), Failure> {
    let refused = |id: &'static str| Error::failed(Text::new(id).with("host", &to.host));
    let request = http::Request::builder()
        .method("POST")
        .uri(&to.url)
        .header("content-type", "application/json")
        .header("user-agent", concat!("guardrail/", env!("CARGO_PKG_VERSION")))
        .body(SdkBody::from(body))
        .ok()
        .and_then(|request| HttpRequest::try_from(request).ok());
    let Some(request) = request else {
        return Err(Failure { error: refused("error-webhook-address"), is_passing: false, wait: None });
    };
    let answer = connector.call(request).await.map_err(|error| {
        let id = if error.is_timeout() { "error-webhook-timeout" } else { "error-webhook-unreachable" };
        Failure { error: refused(id), is_passing: true, wait: None }
    })?;
    let status = answer.status().as_u16();
    if (200..300).contains(&status) {
        return Ok(());
    }
    let asked = answer.headers().get("retry-after").and_then(|seconds| seconds.parse::<u64>().ok());
    let what = Text::new("error-webhook-refused").with("host", &to.host).with("status", status);
    Err(Failure {
        error: Error::failed(what),
        is_passing: status == 429 || status >= 500,
        wait: asked.map(|seconds| Duration::from_secs(seconds.min(LONGEST))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_tls_or_is_of_this_machine() {
        let host = |url: &str| Address::read(url).map(|it| it.host);
        assert_eq!(host("https://hooks.slack.com/services/T/B/x\n").as_deref(), Some("hooks.slack.com"));
        assert_eq!(host("http://127.0.0.1:8080/x").as_deref(), Some("127.0.0.1"));
        for bad in ["http://hooks.slack.com/x", "ftp://127.0.0.1/x", "hooks.slack.com", "https://", "", "https://a b"] {
            assert_eq!(host(bad), None, "{bad}");
        }
    }
}
