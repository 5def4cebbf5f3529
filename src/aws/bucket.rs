//! The objects of a private bucket: read, written, written only once, listed, and deleted with all versions.
//!
//! Every call names the expected owner: S3 refuses a bucket that another account created under this name.

use aws_config::SdkConfig;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::Builder;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{Delete, ObjectIdentifier};

use super::fault::{found, is_code, refused};
use crate::error::{Error, Kind, Result};
use crate::model::{AccountId, Reason, Text};

/// The IAM actions of a person who uploads the program and looks at the runs, and those of a removal with all reports.
pub const READS: &[&str] = &["s3:GetObject", "s3:ListBucket"];
pub const WRITES: &[&str] = &["s3:PutObject"];
pub const REMOVES: &[&str] = &["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ListBucketVersions"];

/// The codes of a bucket that does not exist any more.
pub(super) const GONE: &[&str] = &["NoSuchBucket"];

#[derive(Debug, Clone)]
pub struct Bucket {
    s3: Client,
    pub name: String,
    owner: AccountId,
}

impl Bucket {
    #[must_use]
    pub fn new(sdk: &SdkConfig, name: &str, owner: &AccountId) -> Self {
        Self { s3: client(sdk), name: name.to_owned(), owner: owner.clone() }
    }

    /// The content of an object; `None` if there is none.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn get(&self, key: &str) -> Result<Option<Vec<u8>>> {
        let owner = self.owner.as_str();
        let answer = self.s3.get_object().bucket(&self.name).key(key).expected_bucket_owner(owner).send().await;
        let Some(answer) = found(answer, &["NoSuchKey"])? else { return Ok(None) };
        let cut_off = |error| {
            let what = Text::new("error-unreachable").with("action", "s3:GetObject");
            Error::new(Kind::Cloud(Reason::Unreachable), what).detail(error)
        };
        Ok(Some(answer.body.collect().await.map_err(cut_off)?.to_vec()))
    }

    /// Whether there is an object.
    ///
    /// # Errors
    /// S3 does not say.
    pub async fn has(&self, key: &str) -> Result<bool> {
        let head = self.s3.head_object().bucket(&self.name).key(key).expected_bucket_owner(self.owner.as_str());
        Ok(found(head.send().await, &["NotFound", "NoSuchKey"])?.is_some())
    }

    /// Writes an object.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn put(&self, key: &str, kind: &str, content: Vec<u8>) -> Result<()> {
        let put = self.s3.put_object().bucket(&self.name).key(key).content_type(kind);
        put.expected_bucket_owner(self.owner.as_str()).body(ByteStream::from(content)).send().await?;
        Ok(())
    }

    /// Writes an object if there is none. `false` if there is one already, also if another writer was faster.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn put_once(&self, key: &str, kind: &str, content: Vec<u8>) -> Result<bool> {
        let put = self.s3.put_object().bucket(&self.name).key(key).content_type(kind).if_none_match("*");
        match put.expected_bucket_owner(self.owner.as_str()).body(ByteStream::from(content)).send().await {
            Ok(_) => Ok(true),
            Err(error) if is_code(&error, &["PreconditionFailed", "ConditionalRequestConflict"]) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Deletes an object.
    ///
    /// # Errors
    /// It cannot be deleted.
    pub async fn delete(&self, key: &str) -> Result<()> {
        let delete = self.s3.delete_object().bucket(&self.name).key(key).expected_bucket_owner(self.owner.as_str());
        delete.send().await?;
        Ok(())
    }

    /// The keys with this beginning, in order.
    ///
    /// # Errors
    /// They cannot be listed.
    pub async fn keys(&self, prefix: &str) -> Result<Vec<String>> {
        let (mut keys, mut token) = (Vec::new(), None);
        loop {
            let page = self.s3.list_objects_v2().bucket(&self.name).expected_bucket_owner(self.owner.as_str());
            let page = page.prefix(prefix).set_continuation_token(token).send().await?;
            keys.extend(page.contents().iter().filter_map(|it| it.key().map(str::to_owned)));
            token = page.next_continuation_token().map(str::to_owned);
            if token.is_none() {
                return Ok(keys);
            }
        }
    }

    /// Deletes every version of every object.
    ///
    /// # Errors
    /// Something cannot be deleted.
    pub async fn empty(&self) -> Result<()> {
        empty(&self.s3, &self.name, self.owner.as_str()).await
    }
}

/// With path-style addressing for an emulator, which has one host name for all buckets.
#[must_use]
pub fn client(sdk: &SdkConfig) -> Client {
    let emulated = sdk.endpoint_url().is_some()
        || ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"].iter().any(|name| std::env::var_os(name).is_some());
    Client::from_conf(Builder::from(sdk).force_path_style(emulated).build())
}

/// Deletes every version of every object, page by page until a page is empty.
///
/// # Errors
/// AWS refuses a call, or one of the objects.
pub async fn empty(s3: &Client, name: &str, owner: &str) -> Result<()> {
    loop {
        let page = s3.list_object_versions().bucket(name).expected_bucket_owner(owner).max_keys(1000).send().await;
        let Some(page) = found(page, GONE)? else { return Ok(()) };
        let versions = page.versions().iter().map(|it| (it.key(), it.version_id()));
        let markers = page.delete_markers().iter().map(|it| (it.key(), it.version_id()));
        let all = versions.chain(markers).map(|(key, version)| object(key, version));
        if !delete(s3, name, Some(owner), all.collect::<Result<_>>()?).await? {
            return Ok(());
        }
    }
}

pub(super) fn object(key: Option<&str>, version: Option<&str>) -> Result<ObjectIdentifier> {
    let version = version.map(str::to_owned);
    Ok(ObjectIdentifier::builder().key(key.unwrap_or_default()).set_version_id(version).build()?)
}

/// Whether there was something to delete.
pub(super) async fn delete(
    s3: &Client,
    name: &str,
    owner: Option<&str>,
    objects: Vec<ObjectIdentifier>,
) -> Result<bool> {
    if objects.is_empty() {
        return Ok(false);
    }
    let delete = Delete::builder().set_objects(Some(objects)).quiet(true).build()?;
    let request = s3.delete_objects().bucket(name).set_expected_bucket_owner(owner.map(str::to_owned));
    let done = request.delete(delete).send().await?;
    match done.errors().first() {
        Some(it) => {
            let (code, message) = (it.code().unwrap_or_default(), it.message().unwrap_or_default());
            Err(refused("s3:DeleteObjectVersion", code, message))
        }
        None => Ok(true),
    }
}
