//! The regions of the account, read from AWS and never assumed.

use aws_config::SdkConfig;
use futures::future::BoxFuture;

use crate::error::{Error, Result};
use crate::model::{AccountId, Gap, Reason, Region};

pub const READS: &[&str] = &["ec2:DescribeRegions"];

/// The regions that are enabled in every account (fact sheet, section 7). Used only if the account's regions cannot be read.
pub const DEFAULT: [&str; 17] = [
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

#[derive(Debug, Clone, Default)]
pub struct Regions {
    pub enabled: Vec<Region>,
    /// Disabled opt-in regions. They cannot be read, and resources left there are still charged.
    pub disabled: Vec<Region>,
    pub gap: Option<Gap>,
}

/// Reads the regions, first in the region of the credentials, then in others, because an organisation's policy may deny any one
/// region. If all deny it, returns the default regions and a gap.
///
/// # Errors
/// The regions cannot be read for another reason than a missing permission.
pub async fn regions(sdk: &SdkConfig, account: &AccountId) -> Result<Regions> {
    let own = sdk.region().map(ToString::to_string).unwrap_or_default();
    let mut doors = vec![own.as_str(), Region::HOME, "eu-west-1", "ap-northeast-1"];
    let mut seen = std::collections::HashSet::new();
    doors.retain(|door| !door.is_empty() && seen.insert(*door));
    let mut first: Option<Error> = None;
    for door in doors {
        match ask(sdk, door).await {
            Ok(regions) => return Ok(regions),
            Err(error) => first = first.or(Some(error)),
        }
    }
    let error = first.unwrap_or_else(|| unreachable!("there is always one door"));
    match error.reason() {
        Reason::Denied | Reason::DeniedByOrganization => Ok(without_permission(account, &error)),
        _ => Err(error),
    }
}

fn ask<'a>(sdk: &'a SdkConfig, door: &'a str) -> BoxFuture<'a, Result<Regions>> {
    Box::pin(async move {
        let here = sdk.to_builder().region(aws_config::Region::new(door.to_owned())).build();
        let answer = aws_sdk_ec2::Client::new(&here).describe_regions().all_regions(true).send().await?;
        let mut regions = Regions::default();
        for region in answer.regions() {
            let Some(name) = region.region_name() else { continue };
            let list = match region.opt_in_status() {
                Some("not-opted-in") => &mut regions.disabled,
                _ => &mut regions.enabled,
            };
            list.push(Region::new(name));
        }
        regions.enabled.sort();
        regions.disabled.sort();
        Ok(regions)
    })
}

fn without_permission(account: &AccountId, error: &Error) -> Regions {
    Regions {
        enabled: DEFAULT.iter().copied().map(Region::new).collect(),
        disabled: Vec::new(),
        gap: Some(error.gap(account, None, None)),
    }
}
