//! Advanced parameters bill for every hour they exist; standard ones are free.

use aws_sdk_ssm::Client;
use aws_sdk_ssm::operation::describe_parameters::DescribeParametersOutput;
use aws_sdk_ssm::types::{ParameterMetadata, ParameterStringFilter, ParameterTier};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Scope, Sku, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ssm-parameter",
    names: words("Parameter Store advanced parameter", "パラメータストアのアドバンストパラメータ"),
    bills: words("per hour while it exists; standard ones are free", "存在する間は 1 時間ごと。スタンダードは無料"),
    scope: Scope::Region,
    endpoint: "ssm",
    small: true,
    billed_as: &["AWSSystemsManager"],
    reads: &["ssm:DescribeParameters"],
    writes: &["ssm:DeleteParameter"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let advanced = ParameterStringFilter::builder().key("Tier").option("Equals").values("Advanced").build()?;
    let asked = Client::new(&cx.sdk).describe_parameters().parameter_filters(advanced).max_results(50);
    let pages: Vec<DescribeParametersOutput> = asked.into_paginator().send().try_collect().await?;
    let parameters = pages.iter().flat_map(DescribeParametersOutput::parameters);
    Ok(parameters.filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is free.
fn finding(parameter: &ParameterMetadata) -> Option<Listed> {
    if parameter.tier() == Some(&ParameterTier::Standard) {
        return None;
    }
    let id = parameter.name().unwrap_or_default();
    let sku = Sku::new("AWSSystemsManager").with("usagetype", "PS-Advanced-Param-Tier1");
    let found = Listed { arn: parameter.arn.clone(), ..Listed::new(id) };
    let found = found.charge(Charge::hourly("advanced parameter", sku, 1));
    Some(found.can(Verb::Delete, Command::aws("ssm delete-parameter --name").arg(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_standard_tier_is_free() {
        let bills = |tier: Option<&str>| {
            finding(&ParameterMetadata::builder().set_tier(tier.map(Into::into)).build()).is_some()
        };
        let tiers = [Some("Standard"), Some("Advanced"), Some("Intelligent-Tiering"), Some("New"), None];
        assert_eq!(tiers.map(bills), [false, true, true, true, true]);
    }
}
