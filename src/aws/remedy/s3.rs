//! Ends buckets: empties them of all versions and unfinished uploads, and deletes them.

use aws_sdk_s3::Client;
use aws_sdk_s3::config::Builder;
use aws_sdk_s3::types::{Delete, ObjectIdentifier};

use crate::aws::Cx;
use crate::aws::fault::{found, refused};
use crate::error::Result;
use crate::model::Step;

const GONE: &[&str] = &["NoSuchBucket"];

/// With path-style addressing for an emulator, which has one host name for all buckets.
#[must_use]
pub fn client(cx: &Cx) -> Client {
    let emulated = cx.sdk.endpoint_url().is_some()
        || ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"].iter().any(|name| std::env::var_os(name).is_some());
    Client::from_conf(Builder::from(&cx.sdk).force_path_style(emulated).build())
}

pub(super) async fn run(cx: &Cx, step: &Step) -> Result<()> {
    let s3 = client(cx);
    let name = step.input.get("Bucket").and_then(serde_json::Value::as_str).unwrap_or_default();
    let owner = cx.place.account.as_str();
    // S3 Express has neither versions nor owners to expect.
    let express = name.ends_with("--x-s3");
    if step.empties {
        if express {
            empty_directory(&s3, name).await?;
        } else {
            empty(&s3, name, owner).await?;
        }
        abort_uploads(&s3, name, Some(owner).filter(|_| !express)).await?;
    }
    if step.operation == "DeleteBucket" {
        let owner = Some(owner.to_owned()).filter(|_| !express);
        s3.delete_bucket().bucket(name).set_expected_bucket_owner(owner).send().await?;
    }
    Ok(())
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

/// The same for a directory bucket, which keeps no versions.
async fn empty_directory(s3: &Client, name: &str) -> Result<()> {
    loop {
        let page = s3.list_objects_v2().bucket(name).max_keys(1000).send().await;
        let Some(page) = found(page, GONE)? else { return Ok(()) };
        let all = page.contents().iter().map(|it| object(it.key(), None));
        if !delete(s3, name, None, all.collect::<Result<_>>()?).await? {
            return Ok(());
        }
    }
}

fn object(key: Option<&str>, version: Option<&str>) -> Result<ObjectIdentifier> {
    let version = version.map(str::to_owned);
    Ok(ObjectIdentifier::builder().key(key.unwrap_or_default()).set_version_id(version).build()?)
}

/// Whether there was something to delete.
async fn delete(s3: &Client, name: &str, owner: Option<&str>, objects: Vec<ObjectIdentifier>) -> Result<bool> {
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

async fn abort_uploads(s3: &Client, name: &str, owner: Option<&str>) -> Result<()> {
    let owner = owner.map(str::to_owned);
    loop {
        let request = s3.list_multipart_uploads().bucket(name).set_expected_bucket_owner(owner.clone());
        let Some(page) = found(request.send().await, GONE)? else { return Ok(()) };
        for upload in page.uploads() {
            let request = s3.abort_multipart_upload().bucket(name).set_expected_bucket_owner(owner.clone());
            let request = request.set_key(upload.key.clone()).set_upload_id(upload.upload_id.clone());
            found(request.send().await, &["NoSuchUpload"])?;
        }
        if page.uploads().is_empty() {
            return Ok(());
        }
    }
}
