//! Lambda's provisioned concurrency is charged around the clock for the memory of its environments.

use std::collections::BTreeSet;

use futures::FutureExt;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
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
    small: false,
    billed_as: &["AWSLambda"],
    asks: &[&FUNCTIONS, &CONFIGS, &VERSION],
    writes: &["lambda:DeleteProvisionedConcurrencyConfig"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const FUNCTIONS: Operation<Function> = Operation::new("lambda:ListFunctions").at("Functions");
const CONFIGS: Operation<Config> =
    Operation::new("lambda:ListProvisionedConcurrencyConfigs").at("ProvisionedConcurrencyConfigs");
const VERSION: Operation<Version> = Operation::new("lambda:GetFunctionConfiguration");

/// A version of a function, as listed.
#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Function {
    function_name: Option<String>,
    function_arn: Option<String>,
    version: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Config {
    function_arn: Option<String>,
    requested_provisioned_concurrent_executions: Option<Decimal>,
    status: Option<Status>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Version {
    /// In megabytes.
    memory_size: Option<Decimal>,
    architectures: Vec<Architecture>,
}

values! { enum Status { Failed = "FAILED" } }
values! { enum Architecture { X86 = "x86_64", Arm = "arm64" } }

/// Only functions with a published version can have provisioned concurrency, and most have none.
async fn list(cx: &Cx) -> Result<Listing> {
    // AWS returns at most 50 functions a page with `FunctionVersion`, although its model allows 10000.
    let functions = cx.ask(&FUNCTIONS).with("FunctionVersion", "ALL").with("MaxItems", 50).all().await?;
    let published = functions.iter().filter(|it| it.version.as_deref() != Some("$LATEST"));
    let published: BTreeSet<_> = published.map(name).collect();
    let ask = |name: &Option<String>| {
        let configs = cx.ask(&CONFIGS).with("FunctionName", name.clone()).all();
        configs.map(|answer| found(answer, &["ResourceNotFoundException"]))
    };
    let (functions, mut faults) = about_each(published.into_iter().collect(), ask).await;
    let configs = functions.into_iter().filter_map(|(_, configs)| configs.flatten()).flatten().collect();
    // The memory of the version, or of the version that the alias points to.
    let ask = |it: &Config| cx.ask(&VERSION).with("FunctionName", it.function_arn.clone()).one();
    let (configs, failed) = about_each(configs, ask).await;
    faults.extend(failed);
    let findings = configs.iter().map(|(config, version)| finding(config, version.as_ref())).collect();
    Ok(Listing { findings, faults, ..Listing::default() })
}

fn name(function: &Function) -> Option<String> {
    let of_arn = || function.function_arn.as_deref()?.split(':').nth(6);
    function.function_name.as_deref().or_else(of_arn).map(str::to_owned)
}

fn finding(config: &Config, version: Option<&Version>) -> Listed {
    let arn = config.function_arn.as_deref().unwrap_or_default();
    let id = arn.split_once(":function:").map_or(arn, |(_, id)| id);
    let (function, qualifier) = id.split_once(':').unwrap_or((id, ""));
    let found = Listed { arn: config.function_arn.clone(), ..Listed::new(id) }.charge(charge(config, version));
    let delete = Command::aws("lambda delete-provisioned-concurrency-config --function-name").arg(function);
    found.can(Verb::Delete, delete.words("--qualifier").arg(qualifier))
}

fn charge(config: &Config, version: Option<&Version>) -> Charge {
    let usage = match version.and_then(|it| it.architectures.first()) {
        Some(Architecture::Arm) => Some("Lambda-Provisioned-Concurrency-ARM"),
        Some(Architecture::X86) => Some("Lambda-Provisioned-Concurrency"),
        _ => None,
    };
    let sku = sku("AWSLambda", [("usagetype", usage)]);
    let size = version.and_then(|it| it.memory_size).zip(config.requested_provisioned_concurrent_executions);
    let seconds = |(memory, count): (Decimal, Decimal)| {
        // The price is per gigabyte-second.
        let quantity = (memory / Decimal::from(1024)).checked_mul(count)?.checked_mul(Decimal::from(3600))?;
        Some((memory, count, quantity))
    };
    let Some((memory, count, quantity)) = size.and_then(seconds) else {
        return Charge::metered("provisioned concurrency", sku, Unit::Hour);
    };
    let charge = Charge::new(format!("{count} × {memory} MB provisioned concurrency"), sku, quantity, Unit::Hour);
    // Environments that AWS could not allocate are free.
    if config.status == Some(Status::Failed) { charge.at_most() } else { charge }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Measure;

    fn charged(count: Option<i32>, status: &str, version: Option<(i32, &str)>) -> Charge {
        let config = Config {
            requested_provisioned_concurrent_executions: count.map(Into::into),
            status: Some(status.into()),
            ..Config::default()
        };
        let version = version.map(|(memory, architecture)| Version {
            memory_size: Some(memory.into()),
            architectures: vec![architecture.into()],
        });
        finding(&config, version.as_ref()).charges.remove(0)
    }

    #[test]
    fn its_memory_is_charged_by_the_second() {
        let charge = charged(Some(5), "READY", Some((512, "arm64")));
        assert_eq!((charge.quantity, charge.measure), (Some(Decimal::from(9000)), Measure::Exact));
        assert_eq!(charge.sku.to_string(), "AWSLambda usagetype=Lambda-Provisioned-Concurrency-ARM");
        assert_eq!(charge.what, "5 × 512 MB provisioned concurrency");
    }

    #[test]
    fn an_unknown_attribute_leaves_no_price() {
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
        let found = finding(&Config { function_arn: Some(arn.into()), ..Config::default() }, None);
        assert_eq!(found.id, "study:live");
        assert!(found.commands[&Verb::Delete].to_string().ends_with("--function-name study --qualifier live"));
        let by_arn = Function { function_arn: Some(arn.into()), ..Function::default() };
        assert_eq!((name(&by_arn).as_deref(), name(&Function::default())), (Some("study"), None));
    }
}
