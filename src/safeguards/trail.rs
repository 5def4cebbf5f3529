//! The trail: who did what, in every region, kept longer than the 90 days that AWS keeps by itself.
//!
//! The first copy of the management events is free and every further one bills, so a multi-region trail that logs already,
//! the account's or its organisation's, is taken as it is (fact sheet, sections 0 and 4).

use std::time::Duration;

use aws_sdk_cloudtrail::Client;
use aws_sdk_cloudtrail::operation::get_trail_status::GetTrailStatusOutput;
use aws_sdk_cloudtrail::types::{Tag, Trail};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use futures::future::try_join_all;
use futures::try_join;
use serde::Serialize;

use super::trail_bucket::{self, Bucket};
use super::{Logs, Observed, Safeguard, TAG, Wish};
use crate::aws::Cx;
use crate::aws::fault::{found, is_code};
use crate::error::Result;
use crate::model::report::{Proof, Status};
use crate::model::{AccountId, Note, Region, Usd, Words, words};

pub const NAME: &str = "guardrail-trail";

/// CloudTrail looks at a bucket that was made or opened a moment ago as it was before.
const NOT_YET: &[&str] = &["InsufficientS3BucketPolicyException", "S3BucketDoesNotExistException"];
const PAUSES: [Duration; 4] =
    [Duration::from_secs(1), Duration::from_secs(2), Duration::from_secs(3), Duration::from_secs(4)];

/// The trail's address, known before it exists.
#[must_use]
pub fn arn(account: &AccountId) -> String {
    format!("arn:aws:cloudtrail:{}:{account}:trail/{NAME}", Region::HOME)
}

pub(super) struct MultiRegionTrail;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct State {
    trail: Option<Settings>,
    bucket: Option<trail_bucket::State>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Settings {
    name: String,
    multi_region: bool,
    validation: bool,
    global_events: bool,
    logging: bool,
    bucket: Option<String>,
    managed_by: Option<String>,
}

impl Settings {
    fn wanted(account: &AccountId) -> Self {
        Self {
            name: NAME.to_owned(),
            multi_region: true,
            validation: true,
            global_events: true,
            logging: true,
            bucket: Some(trail_bucket::name(account)),
            managed_by: Some(TAG.1.to_owned()),
        }
    }

    fn seen(trail: &Trail, status: &GetTrailStatusOutput, managed_by: Option<String>) -> Self {
        Self {
            name: NAME.to_owned(),
            multi_region: trail.is_multi_region_trail() == Some(true),
            validation: trail.log_file_validation_enabled() == Some(true),
            global_events: trail.include_global_service_events() == Some(true),
            logging: status.is_logging() == Some(true),
            bucket: trail.s3_bucket_name().map(str::to_owned),
            managed_by,
        }
    }

    /// Whether an update of the trail would change nothing; its tag and its logging have calls of their own.
    fn needs_no_update(&self, want: &Self) -> bool {
        let told = |it: &Self| (it.multi_region, it.validation, it.global_events, it.bucket.clone());
        told(self) == told(want)
    }
}

impl Safeguard for MultiRegionTrail {
    const ID: &'static str = "trail";
    const NAMES: Words = words("Audit trail", "操作の証跡");
    const READS: &'static [&'static str] = &[
        "cloudtrail:DescribeTrails",
        "cloudtrail:GetTrailStatus",
        "cloudtrail:ListTags",
        "s3:GetBucketPolicy",
        "s3:GetBucketPublicAccessBlock",
        "s3:GetBucketTagging",
        "s3:GetEncryptionConfiguration",
        "s3:GetLifecycleConfiguration",
        "s3:ListBucket",
    ];
    const WRITES: &'static [&'static str] = &[
        "cloudtrail:AddTags",
        "cloudtrail:CreateTrail",
        "cloudtrail:StartLogging",
        "cloudtrail:UpdateTrail",
        "s3:CreateBucket",
        "s3:PutBucketPolicy",
        "s3:PutBucketPublicAccessBlock",
        "s3:PutBucketTagging",
        "s3:PutEncryptionConfiguration",
        "s3:PutLifecycleConfiguration",
    ];
    const REMOVES: &'static [&'static str] = &[
        "cloudtrail:DeleteTrail",
        "s3:DeleteBucket",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:ListBucketVersions",
    ];
    const NEEDS: Option<&'static str> = None;
    type State = State;

    fn desired(wish: &Wish) -> Option<State> {
        let trail = &wish.profile.trail;
        trail.enabled.then(|| State {
            trail: Some(Settings::wanted(&wish.account)),
            bucket: Some(trail_bucket::State::wanted(&wish.account, trail.retention_days)),
        })
    }

    fn cost(_wish: &Wish) -> (Usd, Vec<Note>) {
        (Usd::ZERO, vec![Note::new("first-copy-free"), Note::new("log-storage")])
    }

    async fn observed(cx: &Cx, wish: &Wish) -> Result<Observed<State>> {
        let (there, bucket) = try_join!(There::read(cx), Bucket::read(cx))?;
        let bucket = bucket.map(|bucket| bucket.state(&wish.account));
        Ok(match (there, bucket) {
            (There::Other(arn, _), _) => Observed::Adopted(arn),
            (There::Nothing, None) => Observed::Missing,
            (There::Nothing, bucket) => Observed::Own(State { trail: None, bucket }),
            (There::Own(settings, _), bucket) => Observed::Own(State { trail: Some(settings), bucket }),
        })
    }

    async fn apply(cx: &Cx, wish: &Wish) -> Result<()> {
        let (Some(State { trail: Some(want), bucket: Some(want_bucket) }), (there, bucket)) =
            (Self::desired(wish), try_join!(There::read(cx), Bucket::read(cx))?)
        else {
            return Ok(());
        };
        let own = match there {
            There::Other(..) => return Ok(()),
            There::Own(settings, _) => Some(settings),
            There::Nothing => None,
        };
        trail_bucket::apply(cx, bucket, &want_bucket).await?;
        let logging = own.as_ref().is_some_and(|own| own.logging);
        let managed_by = match own {
            None => {
                create(cx, &want).await?;
                managed_by(cx).await?
            }
            Some(own) => {
                if !own.needs_no_update(&want) {
                    update(cx, &want).await?;
                }
                own.managed_by
            }
        };
        let (cloudtrail, arn) = (Client::new(&cx.sdk), arn(&wish.account));
        if managed_by != want.managed_by {
            cloudtrail.add_tags().resource_id(&arn).tags_list(tag()?).send().await?;
        }
        if !logging {
            cloudtrail.start_logging().name(&arn).send().await?;
        }
        Ok(())
    }

    async fn remove(cx: &Cx, wish: &Wish, logs: Logs) -> Result<Vec<Note>> {
        let (there, bucket) = try_join!(There::read(cx), Bucket::read(cx))?;
        if let There::Own(settings, _) = there {
            if settings.managed_by.as_deref() != Some(TAG.1) {
                // A trail without its bucket goes on trying to deliver, and that bills.
                let kept = bucket.map(|_| Note::with("bucket-kept", trail_bucket::name(&wish.account)));
                return Ok([Note::with("not-ours", NAME)].into_iter().chain(kept).collect());
            }
            let gone = Client::new(&cx.sdk).delete_trail().name(arn(&wish.account)).send().await;
            found(gone, &["TrailNotFoundException"])?;
        }
        match bucket {
            Some(bucket) => trail_bucket::remove(cx, &bucket, logs).await,
            None => Ok(Vec::new()),
        }
    }

    async fn proof(cx: &Cx, _wish: &Wish) -> Result<Vec<Proof>> {
        Ok(match There::read(cx).await? {
            There::Nothing => Vec::new(),
            There::Own(_, status) => links(NAME, &status),
            There::Other(arn, status) => links(&arn, &status),
        })
    }
}

/// The trail that counts, and how it is doing.
enum There {
    Nothing,
    Own(Settings, GetTrailStatusOutput),
    /// The address of somebody else's trail that logs every region already.
    Other(String, GetTrailStatusOutput),
}

impl There {
    async fn read(cx: &Cx) -> Result<Self> {
        let cloudtrail = Client::new(&cx.sdk);
        let trails = cloudtrail.describe_trails().send().await?.trail_list.unwrap_or_default();
        let own = arn(&cx.place.account);
        if let Some(trail) = trails.iter().find(|trail| trail.trail_arn() == Some(&own)) {
            let status = async { Ok(cloudtrail.get_trail_status().name(&own).send().await?) };
            let (status, managed_by) = try_join!(status, managed_by(cx))?;
            return Ok(Self::Own(Settings::seen(trail, &status, managed_by), status));
        }
        let statuses = try_join_all(multi_region(&trails).map(async |arn| {
            // Gone by now, or only its organisation may ask about it.
            let status = found(cloudtrail.get_trail_status().name(arn).send().await, &["TrailNotFoundException"])?;
            Ok::<_, crate::error::Error>(status.map(|status| (arn.to_owned(), status)))
        }));
        Ok(match adoptable(statuses.await?.into_iter().flatten()) {
            Some((arn, status)) => Self::Other(arn, status),
            None => Self::Nothing,
        })
    }
}

/// The addresses of the trails that see every region.
fn multi_region(trails: &[Trail]) -> impl Iterator<Item = &str> {
    trails.iter().filter(|trail| trail.is_multi_region_trail() == Some(true)).filter_map(Trail::trail_arn)
}

/// The trail to leave the logging to; of several always the same one.
fn adoptable(statuses: impl Iterator<Item = (String, GetTrailStatusOutput)>) -> Option<(String, GetTrailStatusOutput)> {
    statuses.filter(|(_, status)| status.is_logging() == Some(true)).min_by(|one, other| one.0.cmp(&other.0))
}

fn links(subject: &str, status: &GetTrailStatusOutput) -> Vec<Proof> {
    let logging = if status.is_logging() == Some(true) { Status::Ok } else { Status::Broken };
    let failed = status.latest_delivery_error().is_some_and(|error| !error.is_empty());
    let delivers = match status.latest_delivery_time() {
        _ if failed => Status::Broken,
        Some(_) => Status::Ok,
        None => Status::Waiting,
    };
    vec![Proof::new("trail-logging", logging).of(subject), Proof::new("trail-delivers", delivers).of(subject)]
}

fn tag() -> Result<Tag> {
    Ok(Tag::builder().key(TAG.0).value(TAG.1).build()?)
}

async fn managed_by(cx: &Cx) -> Result<Option<String>> {
    let tags = Client::new(&cx.sdk).list_tags().resource_id_list(arn(&cx.place.account)).send().await?;
    let mut tags = tags.resource_tag_list().iter().flat_map(|resource| resource.tags_list());
    Ok(tags.find(|tag| tag.key() == TAG.0).and_then(Tag::value).map(str::to_owned))
}

async fn create(cx: &Cx, want: &Settings) -> Result<()> {
    let request = Client::new(&cx.sdk)
        .create_trail()
        .name(&want.name)
        .set_s3_bucket_name(want.bucket.clone())
        .is_multi_region_trail(want.multi_region)
        .enable_log_file_validation(want.validation)
        .include_global_service_events(want.global_events)
        .tags_list(tag()?);
    patiently(|| request.clone().send()).await?;
    Ok(())
}

async fn update(cx: &Cx, want: &Settings) -> Result<()> {
    let request = Client::new(&cx.sdk)
        .update_trail()
        .name(arn(&cx.place.account))
        .set_s3_bucket_name(want.bucket.clone())
        .is_multi_region_trail(want.multi_region)
        .enable_log_file_validation(want.validation)
        .include_global_service_events(want.global_events);
    patiently(|| request.clone().send()).await?;
    Ok(())
}

/// Asks again for about ten seconds while CloudTrail does not see the bucket's policy yet.
async fn patiently<T, E, R, F>(call: impl Fn() -> F) -> Result<T, SdkError<E, R>>
where
    E: ProvideErrorMetadata,
    F: Future<Output = Result<T, SdkError<E, R>>>,
{
    for pause in PAUSES {
        match call().await {
            Err(error) if is_code(&error, NOT_YET) => tokio::time::sleep(pause).await,
            answer => return answer,
        }
    }
    call().await
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use aws_smithy_runtime_api::client::http::SharedHttpClient;

    use super::*;
    use crate::aws::connect::{Door, connect};
    use crate::demo::{Answer, Call, Story, client, practice_account};
    use crate::profile;

    /// An account whose organisation has a trail; remembers what was asked.
    #[derive(Default)]
    struct Organised(Mutex<Vec<String>>);

    impl Story for Organised {
        fn answer(&self, call: &Call) -> Option<Answer> {
            self.0.lock().unwrap().push(call.action.clone());
            match &*call.action {
                "HeadBucket" => Some(Answer::error(call, 404, "", "")),
                "DescribeTrails" => Some(Answer::ok(call, TRAILS)),
                "GetTrailStatus" => Some(Answer::ok(call, r#"{ "IsLogging": true, "LatestDeliveryTime": 1 }"#)),
                _ => None,
            }
        }
    }

    const TRAILS: &str = r#"{ "trailList": [{ "Name": "all", "IsMultiRegionTrail": true, "IsOrganizationTrail": true,
        "TrailARN": "arn:aws:cloudtrail:eu-west-1:999999999999:trail/all" }] }"#;

    fn wish() -> Wish {
        let account = "123456789012".parse().unwrap();
        let mut profile = profile::Profile::default();
        profile.trail.enabled = true;
        profile.trail.retention_days = 90;
        Wish { account, emails: Vec::new(), limit: Usd::ZERO, profile }
    }

    async fn account(practice: SharedHttpClient) -> Cx {
        let sdk = connect(&Door { practice: Some(practice), ..Door::default() }).await.unwrap();
        Cx::home(&wish().account, &sdk)
    }

    #[tokio::test]
    async fn the_practice_account_has_none() {
        let cx = account(practice_account()).await;
        assert_eq!(MultiRegionTrail::observed(&cx, &wish()).await.unwrap(), Observed::Missing);
        assert_eq!(MultiRegionTrail::proof(&cx, &wish()).await.unwrap(), []);
        assert_eq!(MultiRegionTrail::remove(&cx, &wish(), Logs::Delete).await.unwrap(), []);
    }

    #[tokio::test]
    async fn the_organisations_trail_is_adopted_and_nothing_is_made() {
        let story = Arc::new(Organised::default());
        let cx = account(client(story.clone())).await;
        let arn = "arn:aws:cloudtrail:eu-west-1:999999999999:trail/all";
        assert_eq!(MultiRegionTrail::observed(&cx, &wish()).await.unwrap(), Observed::Adopted(arn.to_owned()));
        MultiRegionTrail::apply(&cx, &wish()).await.unwrap();
        MultiRegionTrail::remove(&cx, &wish(), Logs::Delete).await.unwrap();
        let links = MultiRegionTrail::proof(&cx, &wish()).await.unwrap();
        assert!(links.iter().all(|link| link.status == Status::Ok && link.subject.as_deref() == Some(arn)));
        let asked = story.0.lock().unwrap();
        assert!(
            asked.iter().all(|call| ["DescribeTrails", "GetTrailStatus", "HeadBucket"].contains(&&**call)),
            "{asked:?}"
        );
    }

    #[test]
    fn only_a_multi_region_trail_that_logs_counts() {
        let trail = |arn, multi| Trail::builder().trail_arn(arn).is_multi_region_trail(multi).build();
        let trails = [trail("c", true), trail("a", false), trail("b", true)];
        assert_eq!(multi_region(&trails).collect::<Vec<_>>(), ["c", "b"]);
        let status = |logging| GetTrailStatusOutput::builder().is_logging(logging).build();
        let of = |logs: &[(&str, bool)]| {
            let statuses: Vec<_> = logs.iter().map(|(arn, logging)| ((*arn).to_owned(), status(*logging))).collect();
            adoptable(statuses.into_iter()).map(|(arn, _)| arn)
        };
        assert_eq!(of(&[("c", true), ("b", true)]).as_deref(), Some("b"));
        assert_eq!(of(&[("c", true), ("b", false)]).as_deref(), Some("c"));
        assert_eq!(of(&[("c", false)]), None);
    }

    #[test]
    fn a_delivery_error_breaks_the_chain_and_no_delivery_yet_does_not() {
        let status = GetTrailStatusOutput::builder().is_logging(true);
        let statuses =
            |status: GetTrailStatusOutput| links("x", &status).into_iter().map(|it| it.status).collect::<Vec<_>>();
        let time = aws_smithy_types::DateTime::from_secs(1);
        assert_eq!(statuses(status.clone().build()), [Status::Ok, Status::Waiting]);
        let delivered = status.latest_delivery_time(time);
        assert_eq!(statuses(delivered.clone().build()), [Status::Ok, Status::Ok]);
        let failing = delivered.is_logging(false).latest_delivery_error("NoSuchBucket");
        assert_eq!(statuses(failing.build()), [Status::Broken, Status::Broken]);
    }
}
