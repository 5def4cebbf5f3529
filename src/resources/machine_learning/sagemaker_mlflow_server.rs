//! SageMaker AI MLflow tracking servers bill by their size while they are not stopped, and for their metadata.

use aws_sdk_sagemaker::Client;
use aws_sdk_sagemaker::operation::describe_mlflow_tracking_server::DescribeMlflowTrackingServerOutput;
use aws_sdk_sagemaker::types::{
    IsTrackingServerActive, TrackingServerSize, TrackingServerStatus, TrackingServerSummary,
};
use futures::FutureExt;

use super::sagemaker_charges::{SERVICE, usage};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-mlflow-server",
    names: words("SageMaker AI MLflow tracking server", "SageMaker AI MLflow トラッキングサーバー"),
    bills: words(
        "per hour by its size until it is stopped, and per GB and month of its metadata",
        "停止するまでサイズに応じて 1 時間ごと、加えてメタデータの GB・月ごと",
    ),
    scope: Scope::Region,
    endpoint: "api.sagemaker",
    small: false,
    billed_as: &[SERVICE],
    reads: &["sagemaker:ListMlflowTrackingServers", "sagemaker:DescribeMlflowTrackingServer"],
    writes: &["sagemaker:StopMlflowTrackingServer", "sagemaker:DeleteMlflowTrackingServer"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let servers = client.list_mlflow_tracking_servers().max_results(100).into_paginator().items().send();
    let servers: Vec<TrackingServerSummary> = servers.try_collect().await?;
    let ask = |it: &TrackingServerSummary| {
        client.describe_mlflow_tracking_server().set_tracking_server_name(it.tracking_server_name.clone()).send()
    };
    Ok(detailed(servers, ask, |it, detail| Some(finding(it, detail))).await)
}

fn finding(server: &TrackingServerSummary, detail: Option<&DescribeMlflowTrackingServerOutput>) -> Listed {
    let inactive = server.is_active() == Some(&IsTrackingServerActive::Inactive);
    let (billing, doubtful) = match server.tracking_server_status() {
        Some(TrackingServerStatus::Stopped) => (Billing::Stopped, false),
        Some(TrackingServerStatus::Deleting) => (Billing::Ending, false),
        Some(TrackingServerStatus::CreateFailed | TrackingServerStatus::StartFailed) => (Billing::Running, inactive),
        _ => (Billing::Running, false),
    };
    let size =
        detail.and_then(DescribeMlflowTrackingServerOutput::tracking_server_size).map(TrackingServerSize::as_str);
    let sku = size.map_or_else(|| Sku::new(SERVICE), |size| usage(&format!("MLflow-TrackingServer:{size}")));
    let hours = Charge::hourly(&format!("{} tracking server", size.unwrap_or("MLflow")), sku, 1);
    let hours = if doubtful { hours.at_most() } else { hours };
    let metadata = Charge::metered("metadata", usage("MLflow-MetadataStorage"), Unit::GbMonth);
    let charges = [hours].into_iter().filter(|_| billing != Billing::Stopped).chain([metadata]).collect();
    let name = server.tracking_server_name().unwrap_or_default();
    let (arn, created_at) = (server.tracking_server_arn.clone(), time(server.creation_time()));
    let found = Listed { arn, billing, created_at, charges, ..Listed::new(name) };
    let command =
        |verb: &str| Command::aws(&format!("sagemaker {verb}-mlflow-tracking-server --tracking-server-name")).arg(name);
    let found = if billing == Billing::Running { found.can(Verb::Stop, command("stop")) } else { found };
    found.can(Verb::Delete, command("delete"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(state: &str, active: &str) -> (Billing, String) {
        let server = TrackingServerSummary::builder().tracking_server_status(state.into()).is_active(active.into());
        let detail = DescribeMlflowTrackingServerOutput::builder().tracking_server_size("Small".into()).build();
        let found = finding(&server.build(), Some(&detail));
        (found.billing, found.charges[0].what.clone())
    }

    #[test]
    fn it_bills_until_it_is_stopped() {
        let server = "Small tracking server".to_owned();
        for state in ["Created", "Started", "Updated", "StopFailed", "MaintenanceComplete", "Dreaming"] {
            assert_eq!(told(state, "Active"), (Billing::Running, server.clone()), "{state}");
        }
        assert_eq!(told("Stopped", "Inactive"), (Billing::Stopped, "metadata".to_owned()));
        assert_eq!(told("Deleting", "Active"), (Billing::Ending, server.clone()));
        assert_eq!(told("CreateFailed", "Inactive"), (Billing::Running, format!("≤ {server}")));
        assert_eq!(finding(&TrackingServerSummary::builder().build(), None).charges[0].what, "MLflow tracking server");
    }
}
