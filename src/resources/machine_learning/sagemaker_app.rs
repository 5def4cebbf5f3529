//! SageMaker Studio apps (JupyterLab, Code Editor, Canvas, …) are charged for their instance until they are deleted; the data
//! in their space stays.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::sagemaker_charges::{SERVICE, instances, usage};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-app",
    names: words("SageMaker Studio app", "SageMaker Studio アプリケーション"),
    bills: words(
        "per hour of its instance (Canvas: of its session) while it runs, used or not",
        "実行中は使わなくてもインスタンス(Canvas はセッション)の 1 時間ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&APPS],
    writes: &["sagemaker:DeleteApp"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const APPS: Operation<App> = Operation::new("sagemaker:ListApps").at("Apps");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct App {
    domain_id: Option<String>,
    user_profile_name: Option<String>,
    space_name: Option<String>,
    app_type: Option<Kind>,
    app_name: Option<String>,
    status: Option<Status>,
    creation_time: Option<Timestamp>,
    resource_spec: ResourceSpec,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct ResourceSpec {
    instance_type: Option<String>,
    training_plan_arn: Option<String>,
}

values! { enum Status { Deleted = "Deleted", Deleting = "Deleting", Failed = "Failed" } }
values! {
    enum Kind {
        Canvas = "Canvas",
        CodeEditor = "CodeEditor",
        JupyterLab = "JupyterLab",
        JupyterServer = "JupyterServer",
        KernelGateway = "KernelGateway",
    }
}

async fn list(cx: &Cx) -> Result<Listing> {
    let apps = cx.ask(&APPS).all().await?;
    Ok(apps.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is free: a deleted app, or one on the `system` instance.
fn finding(app: &App) -> Option<Listed> {
    let class = app.resource_spec.instance_type.as_deref();
    // Studio Classic's server runs on no other instance.
    if class == Some("system") || (class.is_none() && app.app_type == Some(Kind::JupyterServer)) {
        return None;
    }
    let billing = match app.status {
        Some(Status::Deleted) => return None,
        Some(Status::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let kind = app.app_type.as_ref().map_or("App", Kind::as_str);
    let one = Some(Decimal::ONE);
    let charge = match app.app_type {
        Some(Kind::Canvas) => Charge::hourly("Canvas session", usage("Canvas:Session-Hrs"), 1),
        // Spaces of the new Studio, and the kernels of Studio Classic.
        Some(Kind::JupyterLab) => instances("Studio:JupyterLab", class, one),
        Some(Kind::CodeEditor) => instances("Studio:CodeEditor", class, one),
        Some(Kind::KernelGateway) => instances("Studio-Notebook", class, one),
        _ => instances(kind, class, one),
    };
    let planned = app.resource_spec.training_plan_arn.is_some();
    let failed = app.status == Some(Status::Failed);
    let charge = if planned || failed { charge.at_most() } else { charge };
    let (domain, name) = (app.domain_id.as_deref().unwrap_or_default(), app.app_name.as_deref().unwrap_or_default());
    let (flag, of) = match (&app.space_name, &app.user_profile_name) {
        (Some(space), _) => ("--space-name", space.as_str()),
        (None, user) => ("--user-profile-name", user.as_deref().unwrap_or_default()),
    };
    let command = Command::aws("sagemaker delete-app --domain-id").arg(domain).words(flag).arg(of);
    let command = command.words("--app-type").arg(kind).words("--app-name").arg(name);
    let id = format!("{domain}/{of}/{kind}/{name}");
    let found = Listed { billing, created_at: app.creation_time, ..Listed::new(id) };
    Some(found.charge(charge).can(Verb::Stop, command))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn app(kind: &str, class: &str) -> App {
        let resource_spec = ResourceSpec { instance_type: Some(class.into()), ..ResourceSpec::default() };
        let (domain_id, app_name) = (Some("d-1".into()), Some("default".into()));
        App { app_type: Some(kind.into()), resource_spec, domain_id, app_name, ..App::default() }
    }

    #[test]
    fn it_is_charged_until_it_is_deleted() {
        let states = ["Deleted", "Deleting", "InService", "Pending", "Future"];
        let found = |state: &str| finding(&App { status: Some(state.into()), ..app("JupyterLab", "ml.t3.medium") });
        let running = Some(Billing::Running);
        let billing = states.map(|state| found(state).map(|it| it.billing));
        assert_eq!(billing, [None, Some(Billing::Ending), running, running, running]);
        assert_eq!(found("Failed").unwrap().charges[0].what, "≤ ml.t3.medium");
        assert_eq!(finding(&App::default()).map(|it| it.billing), running);
    }

    #[test]
    fn the_instance_of_the_system_is_free() {
        assert_eq!(finding(&app("JupyterServer", "system")), None);
        assert_eq!(finding(&app("RStudioServerPro", "system")), None);
        assert!(finding(&app("RStudioServerPro", "ml.c5.4xlarge")).is_some());
        assert_eq!(finding(&App { app_type: Some(Kind::JupyterServer), ..App::default() }), None);
    }

    #[test]
    fn it_is_deleted_in_its_space_or_as_its_user() {
        let command = |app: App| finding(&app).unwrap().commands[&Verb::Stop].to_string().clone();
        let rest = "--app-type JupyterLab --app-name default";
        let lab = || app("JupyterLab", "ml.t3.medium");
        let start = "aws sagemaker delete-app --domain-id d-1";
        let in_space = App { space_name: Some("s".into()), ..lab() };
        assert_eq!(command(in_space), format!("{start} --space-name s {rest}"));
        let as_user = App { user_profile_name: Some("u".into()), ..lab() };
        assert_eq!(command(as_user), format!("{start} --user-profile-name u {rest}"));
    }
}
