//! App Runner services bill for the memory of every instance they keep ready, and for the processor while they answer.

use aws_sdk_apprunner::Client;
use aws_sdk_apprunner::types::{AutoScalingConfiguration, Service, ServiceStatus, ServiceSummary};
use futures::FutureExt;
use rust_decimal::Decimal;

use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "apprunner-service",
    names: words("App Runner service", "App Runner サービス"),
    bills: words(
        "per second for the memory of the instances it keeps ready, and for their processor while they answer",
        "待機中のインスタンスのメモリに 1 秒ごと、応答中は vCPU にも課金",
    ),
    scope: Scope::Region,
    endpoint: "apprunner",
    small: false,
    billed_as: &["AWSAppRunner"],
    reads: &["apprunner:ListServices", "apprunner:DescribeService", "apprunner:DescribeAutoScalingConfiguration"],
    writes: &["apprunner:PauseService", "apprunner:DeleteService"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let pages: Vec<_> = client.list_services().max_results(20).into_paginator().send().try_collect().await?;
    let services = pages.into_iter().flat_map(|page| page.service_summary_list);
    let services: Vec<ServiceSummary> = services.filter(|it| !is_free(it)).collect();
    let ask = |it: &ServiceSummary| client.describe_service().set_service_arn(it.service_arn.clone()).send();
    let (services, mut faults) = about_each(services, ask).await;
    let services = services.into_iter().map(|(it, answer)| (it, answer.and_then(|it| it.service))).collect();
    let (services, failed) = about_each(services, |(_, service)| scaling(client.clone(), service.as_ref())).await;
    faults.extend(failed);
    let findings = services
        .iter()
        .map(|((it, service), scaling)| finding(it, service.as_ref(), scaling.as_ref().and_then(Option::as_ref)));
    Ok(Listing { findings: findings.collect(), faults, ..Listing::default() })
}

/// How many instances the service keeps at least; it does not say so itself.
fn scaling(
    client: Client,
    service: Option<&Service>,
) -> impl Future<Output = Result<Option<AutoScalingConfiguration>, Error>> + use<> {
    let arn = service.and_then(|it| it.auto_scaling_configuration_summary()?.auto_scaling_configuration_arn.clone());
    async move {
        let Some(arn) = arn else { return Ok(None) };
        let ask = client.describe_auto_scaling_configuration().auto_scaling_configuration_arn(arn);
        Ok(ask.send().await?.auto_scaling_configuration)
    }
}

fn is_free(service: &ServiceSummary) -> bool {
    matches!(service.status(), Some(ServiceStatus::Paused | ServiceStatus::Deleted))
}

fn finding(it: &ServiceSummary, service: Option<&Service>, scaling: Option<&AutoScalingConfiguration>) -> Listed {
    let arn = it.service_arn().unwrap_or_default();
    let sku = |usage: &str| Sku::new("AWSAppRunner").with("usagetype", usage);
    let memory = service.and_then(|it| it.instance_configuration()?.memory()).and_then(gigabytes);
    let kept = memory.zip(scaling.and_then(AutoScalingConfiguration::min_size));
    let provisioned = sku("AppRunner-Provisioned-GB-hours");
    let memory = match kept {
        Some((memory, instances)) => Charge::hourly("App Runner GB", provisioned, memory * Decimal::from(instances)),
        None => Charge::metered("App Runner GB", provisioned, Unit::Hour),
    };
    let found = Listed {
        created_at: time(it.created_at()),
        arn: Some(arn.to_owned()),
        ..Listed::new(it.service_name().unwrap_or(arn))
    };
    let found =
        found.charge(memory).charge(Charge::metered("App Runner vCPU", sku("AppRunner-vCPU-hours"), Unit::Hour));
    let found = found.note(Note::new("usage-extra"));
    let found = found.can(Verb::Stop, Command::aws("apprunner pause-service --service-arn").arg(arn));
    found.can(Verb::Delete, Command::aws("apprunner delete-service --service-arn").arg(arn))
}

/// `2048` (MB) or `2 GB`.
fn gigabytes(memory: &str) -> Option<Decimal> {
    match memory.strip_suffix("GB") {
        Some(gigabytes) => gigabytes.trim().parse().ok(),
        None => Some(memory.trim().parse::<Decimal>().ok()? / Decimal::from(1024)),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_apprunner::types::InstanceConfiguration;
    use aws_smithy_types::DateTime;

    use super::*;

    fn summary(status: &str) -> ServiceSummary {
        ServiceSummary::builder().service_name("web").service_arn("arn:web").status(status.into()).build()
    }

    #[test]
    fn only_what_is_paused_or_gone_is_free() {
        let states = ["PAUSED", "DELETED", "RUNNING", "OPERATION_IN_PROGRESS", "CREATE_FAILED", "DREAMING"];
        assert_eq!(states.map(|it| is_free(&summary(it))), [true, true, false, false, false, false]);
        assert!(!is_free(&ServiceSummary::builder().build()));
    }

    #[test]
    fn every_kept_instance_bills_its_memory() {
        let size = InstanceConfiguration::builder().cpu("1024").memory("2048").build();
        let (at, scaling) = (DateTime::from_secs(0), AutoScalingConfiguration::builder().min_size(3).build());
        let service = Service::builder().service_name("web").service_id("1").service_arn("arn:web").created_at(at);
        let service = service.updated_at(at).status(ServiceStatus::Running).instance_configuration(size).build();
        let found = finding(&summary("RUNNING"), service.as_ref().ok(), Some(&scaling));
        assert_eq!(found.charges[0].what, "6 × App Runner GB");
        assert_eq!(finding(&summary("RUNNING"), service.as_ref().ok(), None).charges[0].quantity, None);
        assert_eq!(
            [gigabytes("2 GB"), gigabytes("512"), gigabytes("much")],
            [Some(2.into()), "0.5".parse().ok(), None]
        );
    }
}
