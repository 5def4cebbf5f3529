//! Retries for about ten seconds while a newly created object is not visible yet (eventual consistency).

use std::time::Duration;

use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::fault::is_code;

const PAUSES: [Duration; 4] =
    [Duration::from_secs(1), Duration::from_secs(2), Duration::from_secs(3), Duration::from_secs(4)];

/// The answer to a call, repeated as long as it fails with one of the codes `not_yet`.
///
/// # Errors
/// Every other error, and the last one if the retries are used up.
pub async fn retry_until_visible<T, E, R, F>(not_yet: &[&str], call: impl Fn() -> F) -> Result<T, SdkError<E, R>>
where
    E: ProvideErrorMetadata,
    F: Future<Output = Result<T, SdkError<E, R>>>,
{
    for pause in PAUSES {
        match call().await {
            Err(error) if is_code(&error, not_yet) => tokio::time::sleep(pause).await,
            answer => return answer,
        }
    }
    call().await
}
