//! The trail: who did what, in every region, kept longer than AWS's own 90 days.
//!
//! The first copy of the management events is free and every further one costs, so an existing multi-region trail that logs, the
//! account's or its organisation's, is adopted (fact sheet, sections 0 and 4).

use aws_sdk_cloudtrail::Client;
use aws_sdk_cloudtrail::operation::get_trail_status::GetTrailStatusOutput;
use aws_sdk_cloudtrail::types::{ResourceTag, Tag, Trail};
use futures::future::try_join_all;
use futures::join;
use serde::Serialize;

use super::inputs::Inputs;
use super::safeguard::{Logs, Needs, Object, Observed, Safeguard, TAG};
use super::trail_bucket::{self, Bucket};
use super::trail_name::{self, NAME, arn};
use crate::aws::Cx;
use crate::aws::fault::found;
use crate::aws::patience::retry_until_visible;
use crate::error::{Error, Result};
use crate::model::report::{Proof, Status};
use crate::model::{AccountId, Note, Place, Region, Text, Usd, Words, words};
use crate::profile::TrailBy;

/// A new or changed bucket is not visible to CloudTrail at once (eventual consistency).
const NOT_YET: &[&str] = &["InsufficientS3BucketPolicyException", "S3BucketDoesNotExistException"];

pub(super) struct MultiRegionTrail;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct State {
    trail: Option<Settings>,
    bucket: Option<trail_bucket::State>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of CloudTrail's own")]
struct Settings {
    name: String,
    multi_region: bool,
    validation: bool,
    global_events: bool,
    /// Whether it records all accounts of the organisation; `None` if that is not its purpose.
    #[serde(skip_serializing_if = "Option::is_none")]
    organization: Option<bool>,
    logging: bool,
    bucket: Option<String>,
    managed_by: Option<String>,
}

impl Settings {
    fn wanted(account: &AccountId, of_organization: bool) -> Self {
        Self {
            name: NAME.to_owned(),
            multi_region: true,
            validation: true,
            global_events: true,
            organization: of_organization.then_some(true),
            logging: true,
            bucket: Some(trail_name::bucket(account)),
            managed_by: Some(TAG.1.to_owned()),
        }
    }

    fn seen(trail: &Trail, status: &GetTrailStatusOutput, managed_by: Option<String>, of_organization: bool) -> Self {
        Self {
            name: NAME.to_owned(),
            multi_region: trail.is_multi_region_trail() == Some(true),
            validation: trail.log_file_validation_enabled() == Some(true),
            global_events: trail.include_global_service_events() == Some(true),
            organization: of_organization.then(|| trail.is_organization_trail() == Some(true)),
            logging: status.is_logging() == Some(true),
            bucket: trail.s3_bucket_name().map(str::to_owned),
            managed_by,
        }
    }

    /// Whether the trail needs no update call; its tag and its logging have their own calls.
    fn needs_no_update(&self, want: &Self) -> bool {
        let told = |it: &Self| (it.multi_region, it.validation, it.global_events, it.organization, it.bucket.clone());
        told(self) == told(want)
    }
}

impl Safeguard for MultiRegionTrail {
    const ID: &'static str = trail_name::ID;
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
        "s3:TagResource",
    ];
    const REMOVES: &'static [&'static str] = &[
        "cloudtrail:DeleteTrail",
        "s3:DeleteBucket",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:ListBucketVersions",
    ];
    const UNWANTED: &'static [&'static str] = &["cloudtrail:DeleteTrail", "s3:DeleteBucket"];
    const NEEDS: Needs = Needs::Nothing;
    type State = State;

    fn region(inputs: &Inputs) -> Region {
        inputs.placement.trail.clone()
    }

    fn desired(inputs: &Inputs) -> Option<State> {
        let (trail, place) =
            (&inputs.goal.profile.trail, Place { account: inputs.account.clone(), region: Self::region(inputs) });
        let organization = of_organization(inputs);
        let ours = trail.enabled && (trail.by == TrailBy::Guardrail || organization.is_some());
        ours.then(|| State {
            trail: Some(Settings::wanted(&inputs.account, organization.is_some())),
            bucket: Some(trail_bucket::State::wanted(&place, organization, trail.retention_days.into())),
        })
    }

    fn objects(state: &State) -> Vec<Object> {
        let trail = state.trail.iter().map(|it| Object::new(&it.name, it.managed_by.as_ref()));
        trail.chain(state.bucket.iter().map(trail_bucket::State::object)).collect()
    }

    fn headline(_state: &State) -> Vec<String> {
        ["trail.name", "bucket.name", "bucket.expires_after_days"].map(str::to_owned).into()
    }

    fn cost(_inputs: &Inputs) -> (Usd, Vec<Note>) {
        (Usd::ZERO, vec![Note::new("first-copy-free"), Note::new("log-storage")])
    }

    async fn observed(cx: &Cx, inputs: &Inputs) -> Result<Observed<State>> {
        let (there, bucket) = join!(Current::read(cx, inputs), Bucket::read(cx));
        // S3 answers 403 without a reason; CloudTrail says whether an organisation denies it.
        let (there, bucket) = (there?, bucket?);
        // The bucket of a trail that is left alone belongs to it.
        let in_use = matches!(&there, Current::Other(by, _) if *by == arn(&cx.place));
        let left = !in_use && bucket.as_ref().is_some_and(Bucket::is_own);
        let bucket = bucket.map(|bucket| bucket.state(&cx.place, of_organization(inputs)));
        Ok(match (there, bucket) {
            (Current::Other(by, _), bucket) if left => Observed::Superseded { by, left: State { trail: None, bucket } },
            (Current::Other(arn, _), _) => Observed::Adopted(arn),
            (Current::Nothing, None) => Observed::Missing,
            (Current::Nothing, bucket) => Observed::Own(State { trail: None, bucket }),
            (Current::Own(settings, _), bucket) => Observed::Own(State { trail: Some(settings), bucket }),
        })
    }

    async fn apply(cx: &Cx, inputs: &Inputs) -> Result<()> {
        let Some(State { trail: Some(want), bucket: Some(want_bucket) }) = Self::desired(inputs) else { return Ok(()) };
        let (there, bucket) = join!(Current::read(cx, inputs), Bucket::read(cx));
        let (there, bucket) = (there?, bucket?);
        let own = match there {
            Current::Other(..) => return Ok(()),
            Current::Own(settings, _) => Some(settings),
            Current::Nothing => None,
        };
        trail_bucket::apply(cx, bucket, &want_bucket, of_organization(inputs)).await?;
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
        let (cloudtrail, arn) = (Client::new(&cx.sdk), arn(&cx.place));
        if managed_by != want.managed_by {
            cloudtrail.add_tags().resource_id(&arn).tags_list(tag()?).send().await?;
        }
        if !logging {
            cloudtrail.start_logging().name(&arn).send().await?;
        }
        Ok(())
    }

    async fn remove(cx: &Cx, inputs: &Inputs, logs: Logs) -> Result<Vec<Note>> {
        let (there, bucket) = join!(Current::read(cx, inputs), Bucket::read(cx));
        let (there, bucket) = (there?, bucket?);
        if let Current::Own(settings, _) = there {
            if settings.managed_by.as_deref() != Some(TAG.1) {
                // Without its bucket the trail would keep trying to deliver, which costs.
                let kept = bucket.map(|_| Note::with("bucket-kept", trail_name::bucket(&inputs.account)));
                return Ok([Note::with("not-ours", NAME)].into_iter().chain(kept).collect());
            }
            let gone = Client::new(&cx.sdk).delete_trail().name(arn(&cx.place)).send().await;
            found(gone, &["TrailNotFoundException"])?;
        }
        match bucket {
            Some(bucket) => trail_bucket::remove(cx, &bucket, logs).await,
            None => Ok(Vec::new()),
        }
    }

    async fn proof(cx: &Cx, inputs: &Inputs) -> Result<Vec<Proof>> {
        let trail = &inputs.goal.profile.trail;
        Ok(match Current::read(cx, inputs).await? {
            Current::Nothing if trail.enabled && trail.by == TrailBy::Organization => {
                vec![Proof::new("organization-trail", Status::Broken)]
            }
            Current::Nothing => Vec::new(),
            Current::Own(_, status) => links(NAME, &status),
            Current::Other(arn, status) => links(&arn, &status),
        })
    }
}

/// The trail that is used, and its status.
enum Current {
    Nothing,
    Own(Settings, GetTrailStatusOutput),
    /// The ARN of another owner's trail that logs every region already.
    Other(String, GetTrailStatusOutput),
}

impl Current {
    async fn read(cx: &Cx, inputs: &Inputs) -> Result<Self> {
        let cloudtrail = Client::new(&cx.sdk);
        let trails = cloudtrail.describe_trails().send().await?.trail_list.unwrap_or_default();
        let (own, of_organization) = (arn(&cx.place), of_organization(inputs).is_some());
        // Without the organisation its trail is left alone, also the one that guardrail made.
        let is_left = |trail: &Trail| inputs.payer.is_none() && trail.is_organization_trail() == Some(true);
        if let Some(trail) = trails.iter().find(|trail| trail.trail_arn() == Some(&own) && !is_left(trail)) {
            let (status, managed_by) = join!(cloudtrail.get_trail_status().name(&own).send(), managed_by(cx));
            let (status, managed_by) = (status?, managed_by?);
            return Ok(Self::Own(Settings::seen(trail, &status, managed_by, of_organization), status));
        }
        let serves = |trail: &&Trail| !of_organization || trail.is_organization_trail() == Some(true);
        let statuses =
            try_join_all(multi_region(&trails).filter(serves).filter_map(Trail::trail_arn).map(async |arn| {
                // Deleted since, or readable only by its organisation.
                let status = found(cloudtrail.get_trail_status().name(arn).send().await, &["TrailNotFoundException"])?;
                Ok::<_, Error>(status.map(|status| (arn.to_owned(), status)))
            }));
        Ok(match adoptable(statuses.await?.into_iter().flatten()) {
            Some((arn, status)) => Self::Other(arn, status),
            None => Self::Nothing,
        })
    }
}

fn multi_region(trails: &[Trail]) -> impl Iterator<Item = &Trail> {
    trails.iter().filter(|trail| trail.is_multi_region_trail() == Some(true))
}

/// The id of the organisation whose trail this account has, if the profile wants that.
fn of_organization(inputs: &Inputs) -> Option<&str> {
    inputs.for_accounts(|management| management.trail)?.organization.as_deref()
}

/// CloudTrail records an organisation only once its administrator trusts the service.
fn explained(error: Error) -> Error {
    match error.code.as_deref() {
        Some("CloudTrailAccessNotEnabledException") => Error { what: Text::new("note-trusted-access"), ..error },
        _ => error,
    }
}

/// The trail to adopt; of several always the same one.
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
    let tags = Client::new(&cx.sdk).list_tags().resource_id_list(arn(&cx.place)).send().await?;
    let mut tags = tags.resource_tag_list().iter().flat_map(ResourceTag::tags_list);
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
        .set_is_organization_trail(want.organization)
        .tags_list(tag()?);
    // Another run created it at the same time; one call creates all of it.
    let made = retry_until_visible(NOT_YET, || request.clone().send()).await;
    found(made, &["TrailAlreadyExistsException"]).map(drop).map_err(explained)
}

async fn update(cx: &Cx, want: &Settings) -> Result<()> {
    let request = Client::new(&cx.sdk)
        .update_trail()
        .name(arn(&cx.place))
        .set_s3_bucket_name(want.bucket.clone())
        .is_multi_region_trail(want.multi_region)
        .enable_log_file_validation(want.validation)
        .include_global_service_events(want.global_events)
        .set_is_organization_trail(want.organization);
    let updated = retry_until_visible(NOT_YET, || request.clone().send()).await;
    updated.map(drop).map_err(|error| explained(error.into()))
}

#[cfg(test)]
mod tests;
