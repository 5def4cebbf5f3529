//! Limits concurrent requests, and respects a low limit of open files (`ulimit -n`).

use std::fmt;
use std::sync::Arc;

use aws_config::SdkConfig;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use tokio::sync::Semaphore;

/// Open files that are not connections: the terminal, profiles, the runtime's own.
const OTHER_FILES: usize = 64;
/// From this limit on there is room for all connections of a sweep, idle ones included: at most one for each request, to the
/// 1,500 hosts that the services of 17 regions have.
const MANY_FILES: usize = 4096;

/// The wanted number of concurrent requests, or fewer if the limit of open files (`ulimit -n`) is low; at least one.
#[must_use]
pub fn at_once(wanted: usize) -> usize {
    fitting(wanted, open_files())
}

/// Whether idle connections may stay open.
pub(super) fn may_stay_open() -> bool {
    open_files() >= MANY_FILES
}

/// The same configuration with at most `at_once` concurrent requests; further ones wait.
#[must_use]
pub fn limited(sdk: &SdkConfig, at_once: usize) -> SdkConfig {
    let Some(client) = sdk.http_client() else { return sdk.clone() };
    let places = Arc::new(Semaphore::new(at_once.max(1)));
    let limited = http_client_fn(move |settings, components| {
        let connector = client.http_connector(settings, components);
        SharedHttpConnector::new(Limited { connector, places: places.clone() })
    });
    sdk.to_builder().http_client(limited).build()
}

struct Limited {
    connector: SharedHttpConnector,
    places: Arc<Semaphore>,
}

impl fmt::Debug for Limited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Limited")
    }
}

impl HttpConnector for Limited {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Self { connector, places } = self;
        let (connector, places) = (connector.clone(), places.clone());
        HttpConnectorFuture::new(async move {
            let _place = places.acquire().await.map_err(|closed| ConnectorError::other(closed.into(), None))?;
            connector.call(request).await
        })
    }
}

fn fitting(wanted: usize, files: usize) -> usize {
    files.saturating_sub(OTHER_FILES).clamp(1, wanted.max(1))
}

/// The limit of open files, after it was raised as far as is needed and allowed: by default it is 1,024 on Linux and 256 on macOS.
#[cfg(unix)]
fn open_files() -> usize {
    let soft = rlimit::increase_nofile_limit(MANY_FILES as u64).or_else(|_| rlimit::Resource::NOFILE.get_soft());
    soft.ok().and_then(|files| usize::try_from(files).ok()).unwrap_or(usize::MAX)
}

#[cfg(not(unix))]
fn open_files() -> usize {
    usize::MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_files_mean_few_requests_and_never_none() {
        assert_eq!([fitting(128, usize::MAX), fitting(128, 256), fitting(128, 128)], [128, 128, 64]);
        assert_eq!([fitting(128, 64), fitting(128, 0), fitting(0, 256)], [1, 1, 1]);
    }
}
