//! Advanced SSM parameters are charged for every hour they exist; standard ones are free.

use futures::FutureExt;
use serde::Deserialize;
use serde_json::json;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Scope, Sku, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ssm-parameter",
    names: words("Parameter Store advanced parameter", "パラメータストアのアドバンストパラメータ"),
    bills: words("per hour while it exists; standard ones are free", "存在する間は 1 時間ごと。スタンダードは無料"),
    scope: Scope::Region,
    small: true,
    billed_as: &["AWSSystemsManager"],
    asks: &[&PARAMETERS],
    writes: &["ssm:DeleteParameter"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const PARAMETERS: Operation<Parameter> = Operation::new("ssm:DescribeParameters").at("Parameters");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Parameter {
    name: Option<String>,
    #[serde(rename = "ARN")]
    arn: Option<String>,
    tier: Option<Tier>,
}

values! { enum Tier { Standard = "Standard" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let advanced = json!([{ "Key": "Tier", "Option": "Equals", "Values": ["Advanced"] }]);
    let parameters = cx.ask(&PARAMETERS).with("ParameterFilters", advanced).all().await?;
    Ok(parameters.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means a standard parameter.
fn finding(parameter: &Parameter) -> Option<Listed> {
    if parameter.tier == Some(Tier::Standard) {
        return None;
    }
    let id = parameter.name.as_deref().unwrap_or_default();
    let sku = Sku::new("AWSSystemsManager").with("usagetype", "PS-Advanced-Param-Tier1");
    let found = Listed { arn: parameter.arn.clone(), ..Listed::new(id) };
    let found = found.charge(Charge::hourly("advanced parameter", sku, 1));
    Some(found.loses(Loss::Data).can(Verb::Delete, Command::aws("ssm delete-parameter --name").arg(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_standard_tier_is_free() {
        let bills =
            |tier: Option<&str>| finding(&Parameter { tier: tier.map(Into::into), ..Parameter::default() }).is_some();
        let tiers = [Some("Standard"), Some("Advanced"), Some("Intelligent-Tiering"), Some("New"), None];
        assert_eq!(tiers.map(bills), [false, true, true, true, true]);
    }
}
