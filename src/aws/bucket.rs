//! The objects of a private bucket: read, written, written on a condition, listed, and deleted with all versions.
//!
//! Every call names the expected owner: S3 refuses a bucket that another account created under this name.

use aws_config::SdkConfig;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::Builder;
use aws_sdk_s3::operation::list_objects_v2::ListObjectsV2Output;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{Delete, ObjectIdentifier};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

use super::fault::{found, is_code, refused};
use crate::error::{Error, Kind, Result};
use crate::model::{AccountId, Reason, Text};

/// The IAM actions of a person who uploads the program and looks at the runs, and those of a removal with all reports.
pub const READS: &[&str] = &["s3:GetObject", "s3:ListBucket"];
pub const WRITES: &[&str] = &["s3:PutObject"];
pub const REMOVES: &[&str] = &["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ListBucketVersions"];
/// Those of a history in a bucket.
pub const STORES: &[&str] = &["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"];

/// The codes of a bucket that does not exist any more.
pub(super) const GONE: &[&str] = &["NoSuchBucket"];

#[derive(Debug, Clone)]
pub struct Bucket {
    s3: Client,
    pub name: String,
    owner: AccountId,
}

/// An object with what S3 says about it.
pub(super) struct Object {
    pub content: Vec<u8>,
    pub tag: String,
    pub written: Option<DateTime>,
}

/// When an object is written.
pub(super) enum If<'a> {
    /// There is none.
    New,
    /// It has this tag: nothing has replaced it.
    Is(&'a str),
}

/// The result of writing an object on a condition.
pub(super) enum Put {
    /// Its tag.
    Written(String),
    /// The condition is not met; the time is S3's own.
    Refused(Option<DateTime>),
}

impl Bucket {
    #[must_use]
    pub fn new(sdk: &SdkConfig, name: &str, owner: &AccountId) -> Self {
        Self { s3: client(sdk), name: name.to_owned(), owner: owner.clone() }
    }

    /// The bucket in its own region, wherever the session is. `None` if no account has a bucket of this name.
    ///
    /// # Errors
    /// S3 does not answer.
    pub async fn find(sdk: &SdkConfig, name: &str, owner: &AccountId) -> Result<Option<Self>> {
        let here = Self::new(sdk, name, owner);
        let region = match here.s3.head_bucket().bucket(name).expected_bucket_owner(owner.as_str()).send().await {
            Ok(answer) => answer.bucket_region,
            // S3 names the region also where it refuses. Why it does, the next request says: the answer to HEAD has no code.
            Err(error) => match error.raw_response() {
                Some(answer) if answer.status().as_u16() == 404 => return Ok(None),
                Some(answer) => answer.headers().get("x-amz-bucket-region").map(str::to_owned),
                None => return Err(error.into()),
            },
        };
        let Some(region) = region.map(aws_config::Region::new).filter(|it| Some(it) != sdk.region()) else {
            return Ok(Some(here));
        };
        Ok(Some(Self::new(&sdk.to_builder().region(region).build(), name, owner)))
    }

    /// The content of an object; `None` if there is none.
    ///
    /// # Errors
    /// It cannot be read.
    pub async fn get(&self, key: &str) -> Result<Option<Vec<u8>>> {
        Ok(self.object(key).await?.map(|it| it.content))
    }

    pub(super) async fn object(&self, key: &str) -> Result<Option<Object>> {
        let owner = self.owner.as_str();
        let answer = self.s3.get_object().bucket(&self.name).key(key).expected_bucket_owner(owner).send().await;
        let Some(answer) = found(answer, &["NoSuchKey"])? else { return Ok(None) };
        let cut_off = |error| {
            let what = Text::new("error-unreachable").with("action", "s3:GetObject");
            Error::new(Kind::Cloud(Reason::Unreachable), what).detail(error)
        };
        let (tag, written) = (answer.e_tag.unwrap_or_default(), answer.last_modified);
        let content = answer.body.collect().await.map_err(cut_off)?.to_vec();
        Ok(Some(Object { content, tag, written }))
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
        Ok(matches!(self.put_if(If::New, key, kind, content).await?, Put::Written(_)))
    }

    pub(super) async fn put_if(&self, met: If<'_>, key: &str, kind: &str, content: Vec<u8>) -> Result<Put> {
        const NOT_MET: &[&str] = &["PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey"];
        let put = self.s3.put_object().bucket(&self.name).key(key).content_type(kind);
        let put = match met {
            If::New => put.if_none_match("*"),
            If::Is(tag) => put.if_match(tag),
        };
        match put.expected_bucket_owner(self.owner.as_str()).body(ByteStream::from(content)).send().await {
            Ok(answer) => Ok(Put::Written(answer.e_tag.unwrap_or_default())),
            Err(error) if is_code(&error, NOT_MET) => {
                let date = error.raw_response().and_then(|answer| answer.headers().get("date"));
                Ok(Put::Refused(date.and_then(|date| DateTime::from_str(date, Format::HttpDate).ok())))
            }
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

    /// Deletes an object if it has this tag.
    pub(super) async fn delete_if(&self, tag: &str, key: &str) -> Result<()> {
        let delete = self.s3.delete_object().bucket(&self.name).key(key).if_match(tag);
        let deleted = delete.expected_bucket_owner(self.owner.as_str()).send().await;
        found(deleted, &["PreconditionFailed", "NoSuchKey"])?;
        Ok(())
    }

    /// The keys with this beginning, in order.
    ///
    /// # Errors
    /// They cannot be listed.
    pub async fn keys(&self, prefix: &str) -> Result<Vec<String>> {
        let pages = self.pages(prefix, None).await?;
        Ok(pages.iter().flat_map(ListObjectsV2Output::contents).filter_map(|it| it.key().map(str::to_owned)).collect())
    }

    /// What is directly below a prefix that ends with `/`: the names of objects with their sizes, and of folders.
    ///
    /// # Errors
    /// They cannot be listed.
    pub async fn below(&self, prefix: &str) -> Result<Vec<(String, u64)>> {
        let pages = self.pages(prefix, Some("/")).await?;
        let name = |key: Option<&str>| Some(key?.strip_prefix(prefix)?.trim_end_matches('/').to_owned());
        let size = |bytes: Option<i64>| bytes.and_then(|bytes| u64::try_from(bytes).ok()).unwrap_or_default();
        let objects = pages.iter().flat_map(ListObjectsV2Output::contents).map(|it| (name(it.key()), size(it.size())));
        let folders = pages.iter().flat_map(ListObjectsV2Output::common_prefixes).map(|it| (name(it.prefix()), 0));
        let named = objects.chain(folders).filter_map(|(name, bytes)| Some((name.filter(|it| !it.is_empty())?, bytes)));
        Ok(named.collect())
    }

    async fn pages(&self, prefix: &str, delimiter: Option<&str>) -> Result<Vec<ListObjectsV2Output>> {
        let (mut pages, mut token) = (Vec::new(), None);
        loop {
            let page = self.s3.list_objects_v2().bucket(&self.name).expected_bucket_owner(self.owner.as_str());
            let page = page.prefix(prefix).set_delimiter(delimiter.map(str::to_owned));
            let page = page.set_continuation_token(token).send().await?;
            token = page.next_continuation_token().map(str::to_owned);
            pages.push(page);
            if token.is_none() {
                return Ok(pages);
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
