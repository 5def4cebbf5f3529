//! App Runner services are charged for the memory of every provisioned instance, and for vCPU while they process requests.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "apprunner-service",
    names: words("App Runner service", "App Runner サービス"),
    bills: words(
        "per second for the memory of the instances it keeps ready, and for their processor while they answer",
        "待機中のインスタンスのメモリに 1 秒ごと、応答中は vCPU にも課金",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSAppRunner"],
    asks: &[&SERVICES, &SERVICE, &SCALING],
    writes: &["apprunner:PauseService", "apprunner:DeleteService"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const SERVICES: Operation<Summary> = Operation::new("apprunner:ListServices").at("ServiceSummaryList");
const SERVICE: Operation<Service> = Operation::new("apprunner:DescribeService").at("Service");
const SCALING: Operation<Scaling> =
    Operation::new("apprunner:DescribeAutoScalingConfiguration").at("AutoScalingConfiguration");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Summary {
    service_name: Option<String>,
    service_arn: Option<String>,
    created_at: Option<Timestamp>,
    status: Option<Status>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Service {
    instance_configuration: Instance,
    auto_scaling_configuration_summary: ScalingSummary,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Instance {
    memory: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct ScalingSummary {
    auto_scaling_configuration_arn: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Scaling {
    /// The minimum number of instances.
    min_size: Option<Decimal>,
}

values! { enum Status { Paused = "PAUSED", Deleted = "DELETED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let mut services = cx.ask(&SERVICES).all().await?;
    services.retain(|it| !is_free(it));
    let ask = |it: &Summary| memory(cx, it.service_arn.clone());
    Ok(detailed(services, ask, |it, memory| Some(finding(it, memory.copied().flatten()))).await)
}

/// The gigabytes of the provisioned instances. Their number is in the auto scaling configuration, not in the service.
async fn memory(cx: &Cx, arn: Option<String>) -> Result<Option<Decimal>> {
    let service = cx.ask(&SERVICE).with("ServiceArn", arn).one().await?;
    let scaling = &service.auto_scaling_configuration_summary.auto_scaling_configuration_arn;
    let Some(scaling) = scaling.as_deref() else { return Ok(None) };
    let scaling = cx.ask(&SCALING).with("AutoScalingConfigurationArn", scaling).one().await?;
    Ok(of_instances(&service, &scaling))
}

fn of_instances(service: &Service, scaling: &Scaling) -> Option<Decimal> {
    gigabytes(service.instance_configuration.memory.as_deref()?)?.checked_mul(scaling.min_size?)
}

fn is_free(service: &Summary) -> bool {
    matches!(service.status, Some(Status::Paused | Status::Deleted))
}

fn finding(it: &Summary, memory: Option<Decimal>) -> Listed {
    let arn = it.service_arn.as_deref().unwrap_or_default();
    let sku = |usage: &str| Sku::new("AWSAppRunner").with("usagetype", usage);
    let provisioned = sku("AppRunner-Provisioned-GB-hours");
    let memory = match memory {
        Some(gigabytes) => Charge::hourly("App Runner GB", provisioned, gigabytes),
        None => Charge::metered("App Runner GB", provisioned, Unit::Hour),
    };
    let processor = Charge::metered("App Runner vCPU", sku("AppRunner-vCPU-hours"), Unit::Hour);
    let (created_at, name) = (it.created_at, it.service_name.as_deref().unwrap_or(arn));
    let found = Listed { created_at, arn: Some(arn.to_owned()), ..Listed::new(name) };
    let found = found.charge(memory).charge(processor).note(Note::new("usage-extra"));
    let found = found.can(Verb::Stop, Command::aws("apprunner pause-service --service-arn").arg(arn));
    found.loses(Loss::Address).can(Verb::Delete, Command::aws("apprunner delete-service --service-arn").arg(arn))
}

/// AWS writes `2048` (MB) or `2 GB`.
fn gigabytes(memory: &str) -> Option<Decimal> {
    match memory.strip_suffix("GB") {
        Some(gigabytes) => gigabytes.trim().parse().ok(),
        None => Some(memory.trim().parse::<Decimal>().ok()? / Decimal::from(1024)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(status: &str) -> Summary {
        let (service_name, service_arn) = (Some("web".into()), Some("arn:web".into()));
        Summary { service_name, service_arn, status: Some(status.into()), ..Summary::default() }
    }

    #[test]
    fn only_a_paused_or_deleted_one_is_free() {
        let states = ["PAUSED", "DELETED", "RUNNING", "OPERATION_IN_PROGRESS", "CREATE_FAILED", "FUTURE"];
        assert_eq!(states.map(|it| is_free(&summary(it))), [true, true, false, false, false, false]);
        assert!(!is_free(&Summary::default()));
    }

    #[test]
    fn every_provisioned_instance_is_charged_for_its_memory() {
        let instance_configuration = Instance { memory: Some("2048".into()) };
        let service = Service { instance_configuration, ..Service::default() };
        let scaling = Scaling { min_size: Some(3.into()) };
        let found = finding(&summary("RUNNING"), of_instances(&service, &scaling));
        assert_eq!(found.charges[0].what, "6 × App Runner GB");
        assert_eq!(finding(&summary("RUNNING"), None).charges[0].quantity, None);
        assert_eq!(
            [gigabytes("2 GB"), gigabytes("512"), gigabytes("much")],
            [Some(2.into()), "0.5".parse().ok(), None]
        );
    }
}
