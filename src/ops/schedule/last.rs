//! The newest run that finished, as a pointer in the bucket names it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::keys::Keys;
use super::run::write;
use crate::aws::bucket::Bucket;
use crate::error::Result;

#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Last {
    pub run: Option<String>,
    made_at: Option<Timestamp>,
}

impl Last {
    /// A pointer that cannot be read is none: only what is new would be missing.
    pub async fn read(bucket: &Bucket) -> Result<Self> {
        let pointer = bucket.get(Keys::latest()).await?;
        Ok(pointer.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default())
    }
}

/// Notes that a run has finished. Of two runs at once the later one stays.
///
/// # Errors
/// The bucket cannot be read or written.
pub async fn finished(bucket: &Bucket, run: &str, made_at: Timestamp) -> Result<()> {
    let last = Last::read(bucket).await?;
    if last.made_at.is_some_and(|it| it > made_at) {
        return Ok(());
    }
    write(bucket, Keys::latest(), &Last { run: Some(run.to_owned()), made_at: Some(made_at) }).await
}
