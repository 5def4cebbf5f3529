//! A lock in a bucket: an object that is written only if there is none, and that its owner renews until it is released.
//!
//! An owner that was cut renews it no more, and another run takes it over once it is old. Its age is the difference of two times of
//! S3: no clock of a computer decides.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::bucket::{Bucket, If, Put};
use crate::error::{Error, Result};

const KIND: &str = "application/json";

/// How often a lock is renewed, and at which age it counts as left behind.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    pub renewed: Duration,
    pub left: Duration,
}

impl Pace {
    /// A renewal may fail three times before the lock is lost.
    pub const USUAL: Self = Self { renewed: Duration::from_secs(20), left: Duration::from_secs(90) };
}

/// A lock that is held.
#[derive(Debug)]
pub struct Lease {
    held: Arc<Held>,
    /// Dropped, it ends the renewal, which then deletes the object.
    release: oneshot::Sender<()>,
    renewal: JoinHandle<()>,
}

#[derive(Debug)]
struct Held {
    lost: AtomicBool,
    pace: Pace,
    /// When the last renewal began that succeeded. The clock goes on while a computer sleeps.
    since: Mutex<Timestamp>,
}

/// The object.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Content {
    owner: String,
    since: Timestamp,
    /// With each renewal, the object gets another tag.
    renewals: u64,
}

impl Content {
    fn bytes(&self) -> Result<Vec<u8>> {
        serde_json::to_vec(self).map_err(|error| Error::mistake().detail(error))
    }
}

impl Lease {
    /// Takes the lock. `None` if another owner has it.
    ///
    /// # Errors
    /// S3 refuses, or does not answer.
    pub async fn take(bucket: &Bucket, key: &str, pace: Pace) -> Result<Option<Self>> {
        let now = Timestamp::now();
        let content = Content { owner: Uuid::new_v4().to_string(), since: now, renewals: 0 };
        let tag = match bucket.put_if(If::New, key, KIND, content.bytes()?).await? {
            Put::Written(tag) => Some(tag),
            Put::Refused(date) => {
                // Released meanwhile: the next attempt gets it.
                let Some(there) = bucket.object(key).await? else { return Ok(None) };
                let age = date.zip(there.written).map(|(now, then)| now.secs().saturating_sub(then.secs()));
                let is_left = age.and_then(|age| u64::try_from(age).ok()).is_some_and(|age| age > pace.left.as_secs());
                if is_of(&content.owner, &there.content) {
                    // It was written, and the answer was lost.
                    Some(there.tag)
                } else if is_left {
                    match bucket.put_if(If::Is(&there.tag), key, KIND, content.bytes()?).await? {
                        Put::Written(tag) => Some(tag),
                        Put::Refused(_) => None,
                    }
                } else {
                    None
                }
            }
        };
        Ok(tag.map(|tag| Self::held(bucket, key, pace, content, tag)))
    }

    fn held(bucket: &Bucket, key: &str, pace: Pace, content: Content, tag: String) -> Self {
        let (release, released) = oneshot::channel();
        let held = Arc::new(Held { lost: AtomicBool::new(false), pace, since: Mutex::new(content.since) });
        let renewal = Renewal { bucket: bucket.clone(), key: key.to_owned(), content, tag, held: held.clone() };
        Self { held, release, renewal: tokio::spawn(renewal.until(released)) }
    }

    /// Whether no other run can have it.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.held.is_held()
    }

    /// Deletes the object, if it is still this owner's.
    pub async fn release(self) {
        drop(self.release);
        // A renewal that panicked leaves a lock that grows old.
        let _ = self.renewal.await;
    }
}

impl Held {
    fn is_held(&self) -> bool {
        let since = *self.since.lock().unwrap_or_else(PoisonError::into_inner);
        let age = Timestamp::now().as_second().saturating_sub(since.as_second());
        let left = i64::try_from(self.pace.left.as_secs()).unwrap_or(i64::MAX);
        !self.lost.load(Ordering::SeqCst) && age < left
    }

    fn renewed(&self, at: Timestamp) {
        *self.since.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }
}

/// Renews a lock in the background.
struct Renewal {
    bucket: Bucket,
    key: String,
    content: Content,
    tag: String,
    held: Arc<Held>,
}

impl Renewal {
    async fn until(mut self, mut released: oneshot::Receiver<()>) {
        let pace = self.held.pace.renewed;
        while tokio::time::timeout(pace, &mut released).await.is_err() {
            let at = Timestamp::now();
            match self.renew().await {
                Ok(true) => self.held.renewed(at),
                Ok(false) => self.held.lost.store(true, Ordering::SeqCst),
                // Tried again, until it is too old.
                Err(_) => {}
            }
            if !self.held.is_held() {
                self.held.lost.store(true, Ordering::SeqCst);
                return;
            }
        }
        // What cannot be deleted grows old.
        let _ = self.bucket.delete_if(&self.tag, &self.key).await;
    }

    /// `false` if another owner has it.
    async fn renew(&mut self) -> Result<bool> {
        self.content.renewals = self.content.renewals.saturating_add(1);
        match self.bucket.put_if(If::Is(&self.tag), &self.key, KIND, self.content.bytes()?).await? {
            Put::Written(tag) => self.tag = tag,
            // Where the answer to an earlier renewal was lost, the object is this owner's, with another tag.
            Put::Refused(_) => match self.bucket.object(&self.key).await? {
                Some(there) if is_of(&self.content.owner, &there.content) => self.tag = there.tag,
                _ => return Ok(false),
            },
        }
        Ok(true)
    }
}

fn is_of(owner: &str, content: &[u8]) -> bool {
    serde_json::from_slice(content).is_ok_and(|it: Content| it.owner == owner)
}
