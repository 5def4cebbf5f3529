//! Lambda's provisioned concurrency bills around the clock for the memory of the environments it keeps ready.

use std::collections::BTreeSet;

use aws_sdk_lambda::Client;
use aws_sdk_lambda::operation::get_function_configuration::GetFunctionConfigurationOutput;
use aws_sdk_lambda::types::{
    Architecture, FunctionConfiguration, ProvisionedConcurrencyConfigListItem, ProvisionedConcurrencyStatusEnum,
};
use futures::FutureExt;
use rust_decimal::Decimal;

use crate::aws::Cx;
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Scope, Unit, Verb, words};
use crate::resources::details::about_each;
use crate::resources::reading::sku;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "lambda-provisioned-concurrency",
    names: words("Lambda provisioned concurrency", "Lambda プロビジョニングされた同時実行"),
    bills: words(
        "per second and GB of memory of each environment kept ready, called or not",
        "待機させている実行環境のメモリの GB・秒ごと。呼び出しがなくても課金",
    ),
    scope: Scope::Region,
    endpoint: "lambda",
    small: false,
    billed_as: &["AWSLambda"],
    reads: &["lambda:ListFunctions", "lambda:ListProvisionedConcurrencyConfigs", "lambda:GetFunctionConfiguration"],
    writes: &["lambda:DeleteProvisionedConcurrencyConfig"],
    list: |cx| list(cx).boxed(),
};

const SECONDS_AN_HOUR: i32 = 3600;

/// Only what has a published version can have any, which most functions do not.
async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let versions = client.list_functions().function_version("ALL".into()).max_items(50).into_paginator().items().send();
    let versions: Vec<FunctionConfiguration> = versions.try_collect().await?;
    let published: BTreeSet<_> = versions.iter().filter(|it| it.version() != Some("$LATEST")).map(name).collect();
    let ask = |name: &Option<String>| {
        let asked = client.list_provisioned_concurrency_configs().set_function_name(name.clone()).max_items(50);
        let configs = asked.into_paginator().items().send().try_collect();
        configs.map(|answer| found(answer, &["ResourceNotFoundException"]))
    };
    let (functions, mut faults) = about_each(published.into_iter().collect(), ask).await;
    let configs = functions.into_iter().filter_map(|(_, configs)| configs.flatten()).flatten().collect();
    // The memory is that of the version, or of the one an alias points to.
    let ask = |it: &ProvisionedConcurrencyConfigListItem| {
        client.get_function_configuration().set_function_name(it.function_arn.clone()).send()
    };
    let (configs, failed) = about_each(configs, ask).await;
    faults.extend(failed);
    let findings = configs.iter().map(|(config, version)| finding(config, version.as_ref())).collect();
    Ok(Listing { findings, faults, ..Listing::default() })
}

fn name(function: &FunctionConfiguration) -> Option<String> {
    let of_arn = || function.function_arn()?.split(':').nth(6);
    function.function_name().or_else(of_arn).map(str::to_owned)
}

fn finding(config: &ProvisionedConcurrencyConfigListItem, version: Option<&GetFunctionConfigurationOutput>) -> Listed {
    let arn = config.function_arn().unwrap_or_default();
    let id = arn.split_once(":function:").map_or(arn, |(_, id)| id);
    let (function, qualifier) = id.split_once(':').unwrap_or((id, ""));
    let found = Listed { arn: config.function_arn.clone(), ..Listed::new(id) }.charge(charge(config, version));
    let delete = Command::aws("lambda delete-provisioned-concurrency-config --function-name").arg(function);
    found.can(Verb::Delete, delete.words("--qualifier").arg(qualifier))
}

fn charge(config: &ProvisionedConcurrencyConfigListItem, version: Option<&GetFunctionConfigurationOutput>) -> Charge {
    let usage = match version.and_then(|it| it.architectures().first()) {
        Some(Architecture::Arm64) => Some("Lambda-Provisioned-Concurrency-ARM"),
        Some(Architecture::X8664) => Some("Lambda-Provisioned-Concurrency"),
        _ => None,
    };
    let sku = sku("AWSLambda", [("usagetype", usage)]);
    let memory = version.and_then(GetFunctionConfigurationOutput::memory_size);
    let (Some(memory), Some(count)) = (memory, config.requested_provisioned_concurrent_executions()) else {
        return Charge::metered("provisioned concurrency", sku, Unit::Hour);
    };
    // Priced by the gigabyte-second.
    let quantity = Decimal::from(memory) / Decimal::from(1024) * Decimal::from(count) * Decimal::from(SECONDS_AN_HOUR);
    let charge = Charge::new(format!("{count} × {memory} MB provisioned concurrency"), sku, quantity, Unit::Hour);
    // What could not be kept ready does not bill.
    if config.status() == Some(&ProvisionedConcurrencyStatusEnum::Failed) { charge.at_most() } else { charge }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Measure;

    fn charged(count: Option<i32>, status: &str, version: Option<(i32, &str)>) -> Charge {
        let config = ProvisionedConcurrencyConfigListItem::builder().status(status.into());
        let config = config.set_requested_provisioned_concurrent_executions(count).build();
        let version = version.map(|(memory, architecture)| {
            let version = GetFunctionConfigurationOutput::builder().memory_size(memory);
            version.architectures(architecture.into()).build()
        });
        finding(&config, version.as_ref()).charges.remove(0)
    }

    #[test]
    fn its_memory_bills_by_the_second() {
        let charge = charged(Some(5), "READY", Some((512, "arm64")));
        assert_eq!((charge.quantity, charge.measure), (Some(Decimal::from(9000)), Measure::Exact));
        assert_eq!(charge.sku.to_string(), "AWSLambda usagetype=Lambda-Provisioned-Concurrency-ARM");
        assert_eq!(charge.what, "5 × 512 MB provisioned concurrency");
    }

    #[test]
    fn what_is_not_known_has_no_price() {
        assert_eq!(charged(Some(1), "READY", Some((128, "riscv"))).sku.to_string(), "AWSLambda");
        assert_eq!(
            [charged(Some(1), "READY", None).quantity, charged(None, "READY", Some((1, "x"))).quantity],
            [None; 2]
        );
        let measures = ["FAILED", "IN_PROGRESS", "NEW"].map(|it| charged(Some(1), it, Some((128, "x86_64"))).measure);
        assert_eq!(measures, [Measure::AtMost, Measure::Exact, Measure::Exact]);
    }

    #[test]
    fn it_is_named_by_function_and_qualifier() {
        let arn = "arn:aws:lambda:ap-northeast-1:123456789012:function:study:live";
        let found = finding(&ProvisionedConcurrencyConfigListItem::builder().function_arn(arn).build(), None);
        assert_eq!(found.id, "study:live");
        assert!(found.commands[&Verb::Delete].to_string().ends_with("--function-name study --qualifier live"));
        let by_arn = FunctionConfiguration::builder().function_arn(arn).build();
        assert_eq!((name(&by_arn).as_deref(), name(&FunctionConfiguration::builder().build())), (Some("study"), None));
    }
}
