//! Ends buckets: empties them of all versions and unfinished uploads, and deletes them.

use aws_sdk_s3::Client;

use crate::aws::Cx;
use crate::aws::bucket::{GONE, client, delete, empty, object};
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::Step;

pub(super) async fn run(cx: &Cx, step: &Step) -> Result<()> {
    let s3 = client(&cx.sdk);
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

/// Empties a directory bucket, which keeps no versions.
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
