//! The trail's bucket: private, encrypted, writable for that trail only, and emptied by age.
//!
//! Its name can be guessed from the account's number. Every call therefore names the expected owner: S3 refuses a bucket that
//! another account created under this name.

use std::collections::BTreeMap;

use aws_sdk_s3::Client;
use aws_sdk_s3::operation::get_bucket_lifecycle_configuration::GetBucketLifecycleConfigurationOutput;
use aws_sdk_s3::types::{
    AbortIncompleteMultipartUpload, BucketLifecycleConfiguration, BucketLocationConstraint, CreateBucketConfiguration,
    ExpirationStatus, LifecycleExpiration, LifecycleRule, LifecycleRuleFilter, NoncurrentVersionExpiration,
    PublicAccessBlockConfiguration, ServerSideEncryption, ServerSideEncryptionByDefault,
    ServerSideEncryptionConfiguration, ServerSideEncryptionRule, Tag, Tagging,
};
use serde::Serialize;
use serde_json::Value;

use super::safeguard::{Logs, Object, TAG};
use super::{policy_document, trail_name, trail_policy};
use crate::aws::Cx;
use crate::aws::bucket::{client, empty};
use crate::aws::fault::{found, is_code};
use crate::error::{Error, Kind, Result};
use crate::model::{Note, Place, Reason, Text};

const RULE: &str = "guardrail-retention";
const NONCURRENT_DAYS: i32 = 30;
const UNFINISHED_DAYS: i32 = 7;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct State {
    name: String,
    public_access_blocked: bool,
    encryption: Option<String>,
    /// Our statements of the bucket's policy, by id. Others' statements are ignored.
    policy: BTreeMap<String, Value>,
    expires_after_days: Option<i32>,
    old_versions_expire_after_days: Option<i32>,
    unfinished_uploads_expire_after_days: Option<i32>,
    managed_by: Option<String>,
}

impl State {
    pub(super) fn wanted(place: &Place, organization: Option<&str>, retention_days: u32) -> Self {
        Self {
            name: trail_name::bucket(&place.account),
            public_access_blocked: true,
            encryption: Some(ServerSideEncryption::Aes256.as_str().to_owned()),
            policy: trail_policy::statements(place, organization),
            expires_after_days: Some(i32::try_from(retention_days).unwrap_or(i32::MAX)),
            old_versions_expire_after_days: Some(NONCURRENT_DAYS),
            unfinished_uploads_expire_after_days: Some(UNFINISHED_DAYS),
            managed_by: Some(TAG.1.to_owned()),
        }
    }

    pub(super) fn object(&self) -> Object {
        Object::new(&self.name, self.managed_by.as_ref())
    }

    fn expiry(&self) -> [Option<i32>; 3] {
        [self.expires_after_days, self.old_versions_expire_after_days, self.unfinished_uploads_expire_after_days]
    }
}

/// The current bucket.
#[derive(Default)]
pub(super) struct Bucket {
    tags: Vec<Tag>,
    public_access: Option<PublicAccessBlockConfiguration>,
    encryption: Option<String>,
    policy: Option<Value>,
    lifecycle: Option<GetBucketLifecycleConfigurationOutput>,
}

impl Bucket {
    pub(super) async fn read(cx: &Cx) -> Result<Option<Self>> {
        let s3 = client(&cx.sdk);
        let (name, owner) = (trail_name::bucket(&cx.place.account), cx.place.account.as_str());
        if !exists(&s3, &name, owner).await? {
            return Ok(None);
        }
        let (tags, public_access, encryption, policy, lifecycle) = futures::join!(
            s3.get_bucket_tagging().bucket(&name).expected_bucket_owner(owner).send(),
            s3.get_public_access_block().bucket(&name).expected_bucket_owner(owner).send(),
            s3.get_bucket_encryption().bucket(&name).expected_bucket_owner(owner).send(),
            s3.get_bucket_policy().bucket(&name).expected_bucket_owner(owner).send(),
            s3.get_bucket_lifecycle_configuration().bucket(&name).expected_bucket_owner(owner).send(),
        );
        let encryption = found(encryption, &["ServerSideEncryptionConfigurationNotFoundError"])?
            .and_then(|it| it.server_side_encryption_configuration?.rules.into_iter().next())
            .and_then(|rule| rule.apply_server_side_encryption_by_default)
            .map(|default| default.sse_algorithm.as_str().to_owned());
        let policy = found(policy, &["NoSuchBucketPolicy"])?.and_then(|it| it.policy);
        Ok(Some(Self {
            tags: found(tags, &["NoSuchTagSet"])?.map(|it| it.tag_set).unwrap_or_default(),
            public_access: found(public_access, &["NoSuchPublicAccessBlockConfiguration"])?
                .and_then(|it| it.public_access_block_configuration),
            encryption,
            policy: policy.and_then(|text| serde_json::from_str(&text).ok()),
            lifecycle: found(lifecycle, &["NoSuchLifecycleConfiguration"])?,
        }))
    }

    /// `organization` is the id of the organisation whose trail writes here.
    pub(super) fn state(&self, place: &Place, organization: Option<&str>) -> State {
        let rule = self.rules().iter().find(|rule| rule.id() == Some(RULE) && is_for_everything(rule));
        let expires = rule.and_then(LifecycleRule::expiration).and_then(LifecycleExpiration::days);
        let old = rule.and_then(LifecycleRule::noncurrent_version_expiration);
        let unfinished = rule.and_then(LifecycleRule::abort_incomplete_multipart_upload);
        State {
            name: trail_name::bucket(&place.account),
            public_access_blocked: self.public_access.as_ref() == Some(&no_public_access()),
            encryption: self.encryption.clone(),
            policy: policy_document::ours(self.policy.as_ref(), &trail_policy::statements(place, organization)),
            expires_after_days: expires,
            old_versions_expire_after_days: old.and_then(NoncurrentVersionExpiration::noncurrent_days),
            unfinished_uploads_expire_after_days: unfinished
                .and_then(AbortIncompleteMultipartUpload::days_after_initiation),
            managed_by: self.managed_by().map(str::to_owned),
        }
    }

    pub(super) fn is_own(&self) -> bool {
        self.managed_by() == Some(TAG.1)
    }

    fn managed_by(&self) -> Option<&str> {
        self.tags.iter().find(|tag| tag.key() == TAG.0).map(Tag::value)
    }

    fn rules(&self) -> &[LifecycleRule] {
        self.lifecycle.as_ref().map(GetBucketLifecycleConfigurationOutput::rules).unwrap_or_default()
    }
}

/// Creates the bucket or updates what differs, in an order that never leaves it open in between.
pub(super) async fn apply(cx: &Cx, seen: Option<Bucket>, want: &State, organization: Option<&str>) -> Result<()> {
    let (s3, account) = (client(&cx.sdk), &cx.place.account);
    let (name, owner) = (trail_name::bucket(account), account.as_str());
    let bucket = if let Some(bucket) = seen {
        bucket
    } else {
        create(cx, &name).await?;
        Bucket { tags: vec![tag()?], ..Bucket::default() }
    };
    let is = bucket.state(&cx.place, organization);
    if is.managed_by != want.managed_by {
        let tagging = tagging(&bucket.tags)?;
        s3.put_bucket_tagging().bucket(&name).expected_bucket_owner(owner).tagging(tagging).send().await?;
    }
    if is.public_access_blocked != want.public_access_blocked {
        let request = s3.put_public_access_block().bucket(&name).expected_bucket_owner(owner);
        request.public_access_block_configuration(no_public_access()).send().await?;
    }
    if is.encryption != want.encryption {
        let request = s3.put_bucket_encryption().bucket(&name).expected_bucket_owner(owner);
        request.server_side_encryption_configuration(encryption()?).send().await?;
    }
    if is.policy != want.policy {
        let policy = policy_document::updated(bucket.policy.as_ref(), &want.policy).to_string();
        s3.put_bucket_policy().bucket(&name).expected_bucket_owner(owner).policy(policy).send().await?;
    }
    if is.expiry() != want.expiry() {
        let others = bucket.rules().iter().filter(|rule| rule.id() != Some(RULE)).cloned();
        let rules = others.chain([retention(want)?]).collect();
        let smallest = bucket.lifecycle.as_ref().and_then(|it| it.transition_default_minimum_object_size.clone());
        s3.put_bucket_lifecycle_configuration()
            .bucket(&name)
            .expected_bucket_owner(owner)
            .set_transition_default_minimum_object_size(smallest)
            .lifecycle_configuration(BucketLifecycleConfiguration::builder().set_rules(Some(rules)).build()?)
            .send()
            .await?;
    }
    Ok(())
}

/// Removes the bucket if it is ours, and empty or allowed to be emptied.
pub(super) async fn remove(cx: &Cx, bucket: &Bucket, logs: Logs) -> Result<Vec<Note>> {
    let (s3, account) = (client(&cx.sdk), &cx.place.account);
    let (name, owner) = (trail_name::bucket(account), account.as_str());
    if !bucket.is_own() {
        return Ok(vec![Note::with("not-ours", name)]);
    }
    if logs == Logs::Delete {
        empty(&s3, &name, owner).await?;
    }
    // S3 refuses while the bucket has any object, also one that was just delivered.
    match s3.delete_bucket().bucket(&name).expected_bucket_owner(owner).send().await {
        Err(error) if is_code(&error, &["BucketNotEmpty"]) => Ok(vec![Note::with("bucket-kept", name)]),
        answer => found(answer, &["NoSuchBucket"]).map(|_| Vec::new()),
    }
}

async fn exists(s3: &Client, name: &str, owner: &str) -> Result<bool> {
    let Err(error) = s3.head_bucket().bucket(name).expected_bucket_owner(owner).send().await else { return Ok(true) };
    // An answer to HEAD has no body and so no error code: 403 means another owner, 301 another region.
    let status = error.raw_response().map_or(0, |raw| raw.status().as_u16());
    let error = Error::from(error);
    let said = format!("HTTP {status}: {name}");
    match status {
        404 => Ok(false),
        403 => Err(taken(Error { kind: Kind::Cloud(Reason::Denied), ..error }, name).detail(said)),
        301 => Err(taken(error, name).detail(said)),
        _ => Err(error),
    }
}

fn taken(error: Error, name: &str) -> Error {
    Error { what: Text::new("note-bucket-taken").with("value", name), ..error }
}

/// Creates it with its tag, so that an interrupted run leaves a bucket that is known as ours. S3 refuses a location constraint in
/// us-east-1, and requires one elsewhere.
async fn create(cx: &Cx, name: &str) -> Result<()> {
    let region = &cx.place.region;
    let location = (!region.is_home()).then(|| BucketLocationConstraint::from(region.as_str()));
    let with = CreateBucketConfiguration::builder().set_location_constraint(location).tags(tag()?).build();
    match client(&cx.sdk).create_bucket().bucket(name).create_bucket_configuration(with).send().await {
        Err(error) if is_code(&error, &["BucketAlreadyExists"]) => Err(taken(error.into(), name)),
        answer => found(answer, &["BucketAlreadyOwnedByYou"]).map(drop),
    }
}

fn tagging(there: &[Tag]) -> Result<Tagging> {
    let others = there.iter().filter(|tag| tag.key() != TAG.0).cloned();
    Ok(Tagging::builder().set_tag_set(Some(others.chain([tag()?]).collect())).build()?)
}

fn tag() -> Result<Tag> {
    Ok(Tag::builder().key(TAG.0).value(TAG.1).build()?)
}

fn no_public_access() -> PublicAccessBlockConfiguration {
    PublicAccessBlockConfiguration::builder()
        .block_public_acls(true)
        .ignore_public_acls(true)
        .block_public_policy(true)
        .restrict_public_buckets(true)
        .build()
}

fn encryption() -> Result<ServerSideEncryptionConfiguration> {
    let default = ServerSideEncryptionByDefault::builder().sse_algorithm(ServerSideEncryption::Aes256).build()?;
    let rule = ServerSideEncryptionRule::builder().apply_server_side_encryption_by_default(default);
    // The default of new buckets.
    let rule = rule.bucket_key_enabled(false).build();
    Ok(ServerSideEncryptionConfiguration::builder().rules(rule).build()?)
}

fn retention(want: &State) -> Result<LifecycleRule> {
    let [days, old, unfinished] = want.expiry();
    Ok(LifecycleRule::builder()
        .id(RULE)
        .status(ExpirationStatus::Enabled)
        .filter(LifecycleRuleFilter::builder().prefix("").build())
        .expiration(LifecycleExpiration::builder().set_days(days).build())
        .noncurrent_version_expiration(NoncurrentVersionExpiration::builder().set_noncurrent_days(old).build())
        .abort_incomplete_multipart_upload(
            AbortIncompleteMultipartUpload::builder().set_days_after_initiation(unfinished).build(),
        )
        .build()?)
}

/// Whether the rule covers all objects: a disabled or filtered rule keeps the rest forever.
fn is_for_everything(rule: &LifecycleRule) -> bool {
    let everything = |filter: &LifecycleRuleFilter| {
        filter.prefix().unwrap_or_default().is_empty()
            && filter.tag().is_none()
            && filter.and().is_none()
            && filter.object_size_greater_than().is_none()
            && filter.object_size_less_than().is_none()
    };
    *rule.status() == ExpirationStatus::Enabled && rule.filter().is_some_and(everything)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::aws::connect::{ConnectOptions, connect};
    use crate::demo::{Answer, Call, Story, client};

    /// S3 with every bucket name owned by another account.
    struct Taken;

    impl Story for Taken {
        fn answer(&self, call: &Call) -> Option<Answer> {
            Some(Answer::error(call, 403, "", ""))
        }
    }

    fn place() -> Place {
        Place::home(&"123456789012".parse().unwrap())
    }

    fn as_wanted(want: &State) -> Bucket {
        let lifecycle = GetBucketLifecycleConfigurationOutput::builder().rules(retention(want).unwrap()).build();
        Bucket {
            tags: tagging(&[]).unwrap().tag_set,
            public_access: Some(no_public_access()),
            encryption: Some("AES256".to_owned()),
            policy: Some(policy_document::updated(None, &want.policy)),
            lifecycle: Some(lifecycle),
        }
    }

    #[test]
    fn a_created_bucket_is_as_desired() {
        let want = State::wanted(&place(), None, 365);
        assert_eq!(as_wanted(&want).state(&place(), None), want);
    }

    #[test]
    fn a_rule_that_is_off_or_narrow_expires_nothing() {
        let want = State::wanted(&place(), None, 90);
        let rule = retention(&want).unwrap();
        let (mut off, mut narrow) = (rule.clone(), rule);
        off.status = ExpirationStatus::Disabled;
        narrow.filter = Some(LifecycleRuleFilter::builder().prefix("x/").build());
        for rule in [off, narrow] {
            let lifecycle = GetBucketLifecycleConfigurationOutput::builder().rules(rule).build();
            let bucket = Bucket { lifecycle: Some(lifecycle), ..as_wanted(&want) };
            assert_eq!(bucket.state(&place(), None).expiry(), [None; 3]);
        }
    }

    #[test]
    fn one_setting_that_is_off_counts_as_public() {
        let want = State::wanted(&place(), None, 90);
        let mut door = no_public_access();
        door.block_public_policy = Some(false);
        let bucket = Bucket { public_access: Some(door), ..as_wanted(&want) };
        assert!(!bucket.state(&place(), None).public_access_blocked);
    }

    #[test]
    fn other_tags_stay() {
        let theirs = Tag::builder().key("team").value("a").build().unwrap();
        let old = Tag::builder().key(TAG.0).value("somebody").build().unwrap();
        let tags: Vec<_> = tagging(&[theirs, old]).unwrap().tag_set;
        let tags: Vec<_> = tags.iter().map(|tag| (tag.key(), tag.value())).collect();
        assert_eq!(tags, [("team", "a"), TAG]);
    }

    #[tokio::test]
    async fn a_bucket_of_another_account_is_reported_as_such() {
        let sdk = connect(&ConnectOptions { practice: Some(client(Arc::new(Taken))), ..ConnectOptions::default() })
            .await
            .unwrap();
        let error = Box::pin(Bucket::read(&Cx::home(&place().account, &sdk))).await.err().unwrap();
        let told = Note::with("bucket-taken", "guardrail-trail-123456789012");
        assert_eq!((error.note(), error.reason()), (Some(told), Reason::Denied));
        assert_eq!(error.action.as_deref(), Some("s3:ListBucket"));
    }
}
