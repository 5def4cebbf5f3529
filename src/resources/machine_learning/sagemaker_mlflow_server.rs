//! SageMaker AI MLflow tracking servers are charged by size unless they are stopped, and for their metadata.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use super::sagemaker_charges::{SERVICE, usage};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-mlflow-server",
    names: words("SageMaker AI MLflow tracking server", "SageMaker AI MLflow トラッキングサーバー"),
    bills: words(
        "per hour by its size until it is stopped, and per GB and month of its metadata",
        "停止するまでサイズに応じて 1 時間ごと、加えてメタデータの GB・月ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&SERVERS, &SERVER],
    writes: &["sagemaker:StopMlflowTrackingServer", "sagemaker:DeleteMlflowTrackingServer"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const SERVERS: Operation<Server> = Operation::new("sagemaker:ListMlflowTrackingServers").at("TrackingServerSummaries");
const SERVER: Operation<Detail> = Operation::new("sagemaker:DescribeMlflowTrackingServer");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Server {
    tracking_server_arn: Option<String>,
    tracking_server_name: Option<String>,
    tracking_server_status: Option<Status>,
    is_active: Option<Active>,
    creation_time: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Detail {
    tracking_server_size: Option<String>,
}

values! {
    enum Status { CreateFailed = "CreateFailed", Deleting = "Deleting", StartFailed = "StartFailed", Stopped = "Stopped" }
}
values! { enum Active { Inactive = "Inactive" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let servers = cx.ask(&SERVERS).all().await?;
    let ask = |it: &Server| cx.ask(&SERVER).with("TrackingServerName", it.tracking_server_name.clone()).one();
    Ok(detailed(servers, ask, |it, detail| Some(finding(it, detail))).await)
}

fn finding(server: &Server, detail: Option<&Detail>) -> Listed {
    let inactive = server.is_active == Some(Active::Inactive);
    let (billing, doubtful) = match server.tracking_server_status {
        Some(Status::Stopped) => (Billing::Stopped, false),
        Some(Status::Deleting) => (Billing::Ending, false),
        Some(Status::CreateFailed | Status::StartFailed) => (Billing::Running, inactive),
        _ => (Billing::Running, false),
    };
    let size = detail.and_then(|it| it.tracking_server_size.as_deref());
    let sku = size.map_or_else(|| Sku::new(SERVICE), |size| usage(&format!("MLflow-TrackingServer:{size}")));
    let hours = Charge::hourly(&format!("{} tracking server", size.unwrap_or("MLflow")), sku, 1);
    let hours = if doubtful { hours.at_most() } else { hours };
    let metadata = Charge::metered("metadata", usage("MLflow-MetadataStorage"), Unit::GbMonth);
    let charges = [hours].into_iter().filter(|_| billing != Billing::Stopped).chain([metadata]).collect();
    let name = server.tracking_server_name.as_deref().unwrap_or_default();
    let (arn, created_at) = (server.tracking_server_arn.clone(), server.creation_time);
    let found = Listed { arn, billing, created_at, charges, ..Listed::new(name) };
    let command =
        |verb: &str| Command::aws(&format!("sagemaker {verb}-mlflow-tracking-server --tracking-server-name")).arg(name);
    let found = if billing == Billing::Running { found.can(Verb::Stop, command("stop")) } else { found };
    found.loses(Loss::Data).can(Verb::Delete, command("delete"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bills(state: &str, active: &str) -> (Billing, String) {
        let (tracking_server_status, is_active) = (Some(state.into()), Some(active.into()));
        let server = Server { tracking_server_status, is_active, ..Server::default() };
        let found = finding(&server, Some(&Detail { tracking_server_size: Some("Small".into()) }));
        (found.billing, found.charges[0].what.clone())
    }

    #[test]
    fn it_is_charged_until_it_is_stopped() {
        let server = "Small tracking server".to_owned();
        for state in ["Created", "Started", "Updated", "StopFailed", "MaintenanceComplete", "Future"] {
            assert_eq!(bills(state, "Active"), (Billing::Running, server.clone()), "{state}");
        }
        assert_eq!(bills("Stopped", "Inactive"), (Billing::Stopped, "metadata".to_owned()));
        assert_eq!(bills("Deleting", "Active"), (Billing::Ending, server.clone()));
        assert_eq!(bills("CreateFailed", "Inactive"), (Billing::Running, format!("≤ {server}")));
        assert_eq!(finding(&Server::default(), None).charges[0].what, "MLflow tracking server");
    }
}
