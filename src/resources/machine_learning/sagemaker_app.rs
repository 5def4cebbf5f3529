//! SageMaker Studio apps (JupyterLab, Code Editor, Canvas, …) bill for their instance until they are deleted; what is in
//! their space stays.

use aws_sdk_sagemaker::Client;
use aws_sdk_sagemaker::types::{AppDetails, AppInstanceType, AppStatus, AppType, ResourceSpec};
use futures::FutureExt;

use super::sagemaker_charges::{SERVICE, instances, usage};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-app",
    names: words("SageMaker Studio app", "SageMaker Studio アプリケーション"),
    bills: words(
        "per hour of its instance (Canvas: of its session) while it runs, used or not",
        "実行中は使わなくてもインスタンス(Canvas はセッション)の 1 時間ごと",
    ),
    scope: Scope::Region,
    endpoint: "api.sagemaker",
    small: false,
    billed_as: &[SERVICE],
    reads: &["sagemaker:ListApps"],
    writes: &["sagemaker:DeleteApp"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let apps = Client::new(&cx.sdk).list_apps().max_results(100).into_paginator().items().send();
    let apps: Vec<AppDetails> = apps.try_collect().await?;
    Ok(apps.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it does not bill: a deleted app, or one on the instance that AWS gives for nothing.
fn finding(app: &AppDetails) -> Option<Listed> {
    let class = app.resource_spec().and_then(ResourceSpec::instance_type).map(AppInstanceType::as_str);
    // The server of Studio Classic never runs on any other.
    if class == Some("system") || (class.is_none() && app.app_type() == Some(&AppType::JupyterServer)) {
        return None;
    }
    let billing = match app.status() {
        Some(AppStatus::Deleted) => return None,
        Some(AppStatus::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let kind = app.app_type().map_or("App", AppType::as_str);
    let charge = match kind {
        "Canvas" => Charge::hourly("Canvas session", usage("Canvas:Session-Hrs"), 1),
        "JupyterLab" | "CodeEditor" | "KernelGateway" => instances("Studio-Notebook", class, Some(1)),
        other => instances(other, class, Some(1)),
    };
    let planned = app.resource_spec().and_then(ResourceSpec::training_plan_arn).is_some();
    let failed = app.status() == Some(&AppStatus::Failed);
    let charge = if planned || failed { charge.at_most() } else { charge };
    let (domain, name) = (app.domain_id().unwrap_or_default(), app.app_name().unwrap_or_default());
    let (flag, of) = match (app.space_name(), app.user_profile_name()) {
        (Some(space), _) => ("--space-name", space),
        (None, user) => ("--user-profile-name", user.unwrap_or_default()),
    };
    let command = Command::aws("sagemaker delete-app --domain-id").arg(domain).words(flag).arg(of);
    let command = command.words("--app-type").arg(kind).words("--app-name").arg(name);
    let found = Listed {
        billing,
        created_at: time(app.creation_time()),
        ..Listed::new(format!("{domain}/{of}/{kind}/{name}"))
    };
    Some(found.charge(charge).can(Verb::Stop, command))
}

#[cfg(test)]
mod tests {
    use aws_sdk_sagemaker::types::builders::AppDetailsBuilder;

    use super::*;

    fn app(kind: &str, class: &str) -> AppDetailsBuilder {
        let spec = ResourceSpec::builder().instance_type(class.into()).build();
        AppDetails::builder().app_type(kind.into()).resource_spec(spec).domain_id("d-1").app_name("default")
    }

    #[test]
    fn it_bills_until_it_is_deleted() {
        let states = ["Deleted", "Deleting", "InService", "Pending", "Dreaming"];
        let billing = |state: &str| finding(&app("JupyterLab", "ml.t3.medium").status(state.into()).build());
        let running = Some(Billing::Running);
        let told = states.map(|state| billing(state).map(|it| it.billing));
        assert_eq!(told, [None, Some(Billing::Ending), running, running, running]);
        assert_eq!(billing("Failed").unwrap().charges[0].what, "≤ ml.t3.medium");
        assert_eq!(finding(&AppDetails::builder().build()).map(|it| it.billing), running);
    }

    #[test]
    fn the_instance_of_the_system_is_free() {
        assert_eq!(finding(&app("JupyterServer", "system").build()), None);
        assert_eq!(finding(&app("RStudioServerPro", "system").build()), None);
        assert!(finding(&app("RStudioServerPro", "ml.c5.4xlarge").build()).is_some());
        assert_eq!(finding(&AppDetails::builder().app_type(AppType::JupyterServer).build()), None);
    }

    #[test]
    fn it_is_deleted_in_its_space_or_as_its_user() {
        let command = |app: AppDetailsBuilder| finding(&app.build()).unwrap().commands[&Verb::Stop].to_string().clone();
        let rest = "--app-type JupyterLab --app-name default";
        let lab = || app("JupyterLab", "ml.t3.medium");
        let start = "aws sagemaker delete-app --domain-id d-1";
        assert_eq!(command(lab().space_name("s")), format!("{start} --space-name s {rest}"));
        assert_eq!(command(lab().user_profile_name("u")), format!("{start} --user-profile-name u {rest}"));
    }
}
