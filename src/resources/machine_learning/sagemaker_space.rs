//! SageMaker Studio spaces have an EBS volume, which is charged whether an app runs or not.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::sagemaker_charges::{SERVICE, usage};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Scope, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-space",
    names: words("SageMaker Studio space", "SageMaker Studio スペース"),
    bills: words(
        "per GB and month of its volume, also while no app runs in it",
        "アプリケーションが動いていなくても、ボリュームの GB・月ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&SPACES],
    writes: &["sagemaker:DeleteSpace"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const SPACES: Operation<Space> = Operation::new("sagemaker:ListSpaces").at("Spaces");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Space {
    domain_id: Option<String>,
    space_name: Option<String>,
    space_display_name: Option<String>,
    status: Option<Status>,
    creation_time: Option<Timestamp>,
    space_settings_summary: Settings,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Settings {
    app_type: Option<Kind>,
    space_storage_settings: Storage,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Storage {
    ebs_storage_settings: Volume,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Volume {
    ebs_volume_size_in_gb: Option<Decimal>,
}

values! { enum Status { Deleting = "Deleting" } }
values! { enum Kind { JupyterServer = "JupyterServer", KernelGateway = "KernelGateway" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let spaces = cx.ask(&SPACES).all().await?;
    Ok(spaces.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means that it has no volume.
fn finding(space: &Space) -> Option<Listed> {
    let settings = &space.space_settings_summary;
    let gigabytes = settings.space_storage_settings.ebs_storage_settings.ebs_volume_size_in_gb;
    // Studio Classic stores everything in the file system of the domain.
    let classic = matches!(settings.app_type, Some(Kind::JupyterServer | Kind::KernelGateway));
    if gigabytes.is_none() && classic {
        return None;
    }
    let sku = usage("Studio:VolumeUsage.gp3");
    let charge = match gigabytes {
        Some(gigabytes) => Charge::storage("volume", sku, gigabytes),
        None => Charge::metered("volume", sku, Unit::GbMonth),
    };
    let billing = match space.status {
        Some(Status::Deleting) => Billing::Ending,
        _ => Billing::Stopped,
    };
    let domain = space.domain_id.as_deref().unwrap_or_default();
    let name = space.space_name.as_deref().unwrap_or_default();
    let found = Listed { billing, created_at: space.creation_time, ..Listed::new(format!("{domain}/{name}")) };
    let found = found.named(space.space_display_name.clone()).charge(charge);
    Some(found.loses(Loss::Data).can(
        Verb::Delete,
        Command::aws("sagemaker delete-space --domain-id").arg(domain).words("--space-name").arg(name),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(kind: Option<&str>, gigabytes: Option<i32>) -> Option<String> {
        let ebs_storage_settings = Volume { ebs_volume_size_in_gb: gigabytes.map(Decimal::from) };
        let space_storage_settings = Storage { ebs_storage_settings };
        let space_settings_summary = Settings { app_type: kind.map(Kind::from), space_storage_settings };
        let space = Space { space_settings_summary, ..Space::default() };
        finding(&space).map(|found| found.charges[0].what.clone())
    }

    #[test]
    fn its_volume_is_charged() {
        assert_eq!(what(Some("JupyterLab"), Some(5)).as_deref(), Some("5 GB volume"));
        assert_eq!(what(Some("JupyterLab"), None).as_deref(), Some("volume"));
        assert_eq!(what(None, None).as_deref(), Some("volume"));
        assert_eq!(what(Some("KernelGateway"), None), None);
    }

    #[test]
    fn one_that_is_being_deleted_ends() {
        let billing = |state: &str| finding(&Space { status: Some(state.into()), ..Space::default() }).unwrap().billing;
        assert_eq!(
            ["Deleting", "InService", "New"].map(billing),
            [Billing::Ending, Billing::Stopped, Billing::Stopped]
        );
    }
}
