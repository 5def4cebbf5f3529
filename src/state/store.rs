//! The one store of what runs remember: entries by key, in a folder or below a prefix of a bucket, and locks.
//!
//! A key is a path with slashes. Every entry is written whole or not at all.

use std::fs::File;

use futures::stream::{self, StreamExt, TryStreamExt};

use super::answer::{Failure, Item};
use super::files::Files;
use super::objects::Objects;
use crate::aws::lease::Lease;

/// The ending of an entry that could not be read.
pub(super) const CORRUPT: &str = "corrupt";
/// Requests under way, where several entries are read or deleted.
pub(super) const SIDE_BY_SIDE: usize = 32;

#[derive(Debug, Clone)]
pub enum Store {
    Files(Files),
    Objects(Objects),
}

/// Until it is released, no other run has the lock.
#[derive(Debug)]
pub enum Lock {
    /// The system releases it when the program ends, in whatever way.
    File(File),
    /// Ends by itself some time after a program that was cut.
    Object(Lease),
}

impl Lock {
    /// Whether it was not lost meanwhile, as by a computer that slept.
    #[must_use]
    pub fn is_held(&self) -> bool {
        match self {
            Self::File(_) => true,
            Self::Object(lease) => lease.is_held(),
        }
    }

    pub async fn release(self) {
        match self {
            Self::File(file) => drop(file),
            Self::Object(lease) => lease.release().await,
        }
    }
}

impl Store {
    // The futures of the SDK are large: those of the store are boxed, so that its users' are not.

    /// What is directly below a key, in order; nothing if there is none.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn list(&self, below: &str) -> Result<Vec<Item>, Failure> {
        let mut items = match self {
            Self::Files(files) => files.list(below)?,
            Self::Objects(objects) => Box::pin(objects.list(below)).await?,
        };
        items.sort();
        Ok(items)
    }

    /// The content of an entry; `None` if there is none.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, Failure> {
        match self {
            Self::Files(files) => files.get(key),
            Self::Objects(objects) => Box::pin(objects.get(key)).await,
        }
    }

    /// Writes an entry, which replaces one of the same key.
    ///
    /// # Errors
    /// It cannot be written; the old entry is untouched.
    pub async fn put(&self, key: &str, content: &[u8]) -> Result<(), Failure> {
        match self {
            Self::Files(files) => files.put(key, content),
            Self::Objects(objects) => Box::pin(objects.put(key, content)).await,
        }
    }

    /// Writes an entry if there is none of this key. `false` if there is one.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn put_new(&self, key: &str, content: &[u8]) -> Result<bool, Failure> {
        match self {
            Self::Files(files) => files.put_new(key, content),
            Self::Objects(objects) => Box::pin(objects.put_new(key, content)).await,
        }
    }

    /// Deletes an entry, if there is one.
    ///
    /// # Errors
    /// It cannot be deleted.
    pub async fn delete(&self, key: &str) -> Result<(), Failure> {
        match self {
            Self::Files(files) => files.delete(key),
            Self::Objects(objects) => Box::pin(objects.delete(key)).await,
        }
    }

    /// Deletes several entries.
    ///
    /// # Errors
    /// One of them cannot be deleted.
    pub async fn delete_all(&self, keys: Vec<String>) -> Result<(), Failure> {
        let delete = |key: String| async move { self.delete(&key).await };
        stream::iter(keys).map(Ok).try_for_each_concurrent(SIDE_BY_SIDE, delete).await
    }

    /// Takes the lock of this key. `None` if another run has it.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn lock(&self, key: &str) -> Result<Option<Lock>, Failure> {
        match self {
            Self::Files(files) => files.lock(key).map(|it| it.map(Lock::File)),
            Self::Objects(objects) => Box::pin(objects.lock(key)).await.map(|it| it.map(Lock::Object)),
        }
    }

    /// Writes a corrupt entry under another key and deletes it under its own, so that it is said once. The other key, if that succeeded.
    pub async fn set_aside(&self, key: &str, content: &[u8]) -> Option<String> {
        let (name, _) = key.rsplit_once('.')?;
        let aside = format!("{name}.{CORRUPT}");
        self.put(&aside, content).await.ok()?;
        self.delete(key).await.ok()?;
        Some(aside)
    }

    /// After this many seconds, the lock of a run that was cut can be taken. `None`: at once.
    #[must_use]
    pub fn left_after(&self) -> Option<u64> {
        match self {
            Self::Files(_) => None,
            Self::Objects(objects) => Some(objects.left_after()),
        }
    }

    /// Where a key is, for the user.
    #[must_use]
    pub fn place(&self, key: &str) -> String {
        match self {
            Self::Files(files) => files.path(key).display().to_string(),
            Self::Objects(objects) => objects.place(key),
        }
    }
}
