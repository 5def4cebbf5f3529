//! SageMaker Studio spaces keep an EBS volume, which bills whether an app runs or not.

use aws_sdk_sagemaker::Client;
use aws_sdk_sagemaker::types::{AppType, EbsStorageSettings, SpaceDetails, SpaceSettingsSummary, SpaceStatus};
use futures::FutureExt;

use super::sagemaker_charges::{SERVICE, usage};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Unit, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-space",
    names: words("SageMaker Studio space", "SageMaker Studio スペース"),
    bills: words(
        "per GB and month of its volume, also while no app runs in it",
        "アプリケーションが動いていなくても、ボリュームの GB・月ごと",
    ),
    scope: Scope::Region,
    endpoint: "api.sagemaker",
    small: false,
    billed_as: &[SERVICE],
    reads: &["sagemaker:ListSpaces"],
    writes: &["sagemaker:DeleteSpace"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let spaces = Client::new(&cx.sdk).list_spaces().max_results(100).into_paginator().items().send();
    let spaces: Vec<SpaceDetails> = spaces.try_collect().await?;
    Ok(spaces.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means that it has no volume.
fn finding(space: &SpaceDetails) -> Option<Listed> {
    let settings = space.space_settings_summary();
    let storage = settings.and_then(SpaceSettingsSummary::space_storage_settings);
    let gigabytes =
        storage.and_then(|it| it.ebs_storage_settings()).and_then(EbsStorageSettings::ebs_volume_size_in_gb);
    // Studio Classic keeps everything in the file system of the domain.
    let classic = [Some(&AppType::JupyterServer), Some(&AppType::KernelGateway)];
    if gigabytes.is_none() && classic.contains(&settings.and_then(SpaceSettingsSummary::app_type)) {
        return None;
    }
    let sku = usage("Studio:VolumeUsage.gp3");
    let charge = match gigabytes {
        Some(gigabytes) => Charge::storage("volume", sku, gigabytes),
        None => Charge::metered("volume", sku, Unit::GbMonth),
    };
    let billing = match space.status() {
        Some(SpaceStatus::Deleting) => Billing::Ending,
        _ => Billing::Stopped,
    };
    let (domain, name) = (space.domain_id().unwrap_or_default(), space.space_name().unwrap_or_default());
    let found = Listed { billing, created_at: time(space.creation_time()), ..Listed::new(format!("{domain}/{name}")) };
    let found = found.named(space.space_display_name.clone()).charge(charge);
    Some(found.can(
        Verb::Delete,
        Command::aws("sagemaker delete-space --domain-id").arg(domain).words("--space-name").arg(name),
    ))
}

#[cfg(test)]
mod tests {
    use aws_sdk_sagemaker::types::{EbsStorageSettings, SpaceStorageSettings};

    use super::*;

    fn told(kind: Option<&str>, gigabytes: Option<i32>) -> Option<String> {
        let volume = EbsStorageSettings::builder().set_ebs_volume_size_in_gb(gigabytes).build();
        let storage = SpaceStorageSettings::builder().ebs_storage_settings(volume).build();
        let settings =
            SpaceSettingsSummary::builder().set_app_type(kind.map(Into::into)).space_storage_settings(storage);
        let space = SpaceDetails::builder().space_settings_summary(settings.build()).build();
        finding(&space).map(|found| found.charges[0].what.clone())
    }

    #[test]
    fn its_volume_bills() {
        assert_eq!(told(Some("JupyterLab"), Some(5)).as_deref(), Some("5 GB volume"));
        assert_eq!(told(Some("JupyterLab"), None).as_deref(), Some("volume"));
        assert_eq!(told(None, None).as_deref(), Some("volume"));
        assert_eq!(told(Some("KernelGateway"), None), None);
    }

    #[test]
    fn its_status_tells_whether_it_ends() {
        let billing = |state: &str| finding(&SpaceDetails::builder().status(state.into()).build()).unwrap().billing;
        assert_eq!(
            ["Deleting", "InService", "New"].map(billing),
            [Billing::Ending, Billing::Stopped, Billing::Stopped]
        );
    }
}
