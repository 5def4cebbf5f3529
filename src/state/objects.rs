//! The store in S3: an object for each entry, below a prefix of a bucket of the session's own account.

use aws_config::SdkConfig;

use super::answer::{Failure, Item};
use super::place::{Prefix, STATE_ENV};
use crate::aws::bucket::Bucket;
use crate::aws::lease::{Lease, Pace};
use crate::error::Error;
use crate::model::{AccountId, Reason, Text};

const KIND: &str = "application/json";

#[derive(Debug, Clone)]
pub struct Objects {
    bucket: Bucket,
    prefix: Prefix,
    pace: Pace,
}

impl Objects {
    /// The bucket may be in any region, and must be of this account.
    ///
    /// # Errors
    /// There is no such bucket, or S3 does not answer.
    pub async fn open(prefix: Prefix, sdk: &SdkConfig, owner: &AccountId) -> Result<Self, Error> {
        let cannot = |failure: Failure| failure.of(Text::new("error-state-open").with("place", &prefix));
        let found = Bucket::find(sdk, &prefix.bucket, owner).await.map_err(|error| cannot(failure(error, &prefix)))?;
        let bucket = found.ok_or_else(|| cannot(no_bucket(&prefix, "NoSuchBucket".to_owned())))?;
        Ok(Self { bucket, prefix, pace: Pace::USUAL })
    }

    /// The same with locks of another pace.
    #[must_use]
    pub fn at_pace(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }

    pub(super) fn place(&self, key: &str) -> String {
        if key.is_empty() { self.prefix.to_string() } else { format!("{}/{key}", self.prefix) }
    }

    /// After this many seconds, another run may take the lock of one that was cut.
    pub(super) fn left_after(&self) -> u64 {
        self.pace.left.as_secs()
    }

    pub(super) async fn list(&self, below: &str) -> Result<Vec<Item>, Failure> {
        let below = self.prefix.key(&format!("{below}/"));
        let names = self.bucket.below(&below).await.map_err(|error| self.failed(error))?;
        Ok(names.into_iter().map(|(name, bytes)| Item { name, bytes }).collect())
    }

    pub(super) async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, Failure> {
        self.bucket.get(&self.prefix.key(key)).await.map_err(|error| self.failed(error))
    }

    pub(super) async fn put(&self, key: &str, content: &[u8]) -> Result<(), Failure> {
        self.bucket.put(&self.prefix.key(key), KIND, content.to_vec()).await.map_err(|error| self.failed(error))
    }

    pub(super) async fn put_new(&self, key: &str, content: &[u8]) -> Result<bool, Failure> {
        self.bucket.put_once(&self.prefix.key(key), KIND, content.to_vec()).await.map_err(|error| self.failed(error))
    }

    pub(super) async fn delete(&self, key: &str) -> Result<(), Failure> {
        self.bucket.delete(&self.prefix.key(key)).await.map_err(|error| self.failed(error))
    }

    pub(super) async fn lock(&self, key: &str) -> Result<Option<Lease>, Failure> {
        Lease::take(&self.bucket, &self.prefix.key(key), self.pace).await.map_err(|error| self.failed(error))
    }

    fn failed(&self, error: Error) -> Failure {
        failure(error, &self.prefix)
    }
}

fn failure(error: Error, prefix: &Prefix) -> Failure {
    let detail = error.detail.clone().unwrap_or_else(|| {
        let why = if error.reason() == Reason::Timeout { "timed out" } else { "failed" };
        format!("{}: {why}", error.action.as_deref().unwrap_or(error.what.id))
    });
    if error.code.as_deref() == Some("NoSuchBucket") {
        return no_bucket(prefix, detail);
    }
    let mut hints = error.hints.clone();
    if matches!(error.reason(), Reason::Denied | Reason::DeniedByOrganization) {
        hints.push(Text::new("hint-state-denied").with("env", STATE_ENV).with("place", prefix));
    }
    Failure { detail, hints }
}

fn no_bucket(prefix: &Prefix, detail: String) -> Failure {
    let hint = Text::new("hint-state-no-bucket").with("bucket", &prefix.bucket).with("env", STATE_ENV);
    Failure { detail, hints: vec![hint] }
}
