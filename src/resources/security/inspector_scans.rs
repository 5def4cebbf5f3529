//! The scan types of Inspector, each with its own charge.

use serde::Deserialize;

use crate::aws::api::values;
use crate::model::{Charge, Sku, Unit};

/// The scan types. Some regions lack some of them.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Scans {
    pub ec2: State,
    pub ecr: State,
    pub lambda: Option<State>,
    pub lambda_code: Option<State>,
    pub code_repository: Option<State>,
    pub ami: Option<State>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct State {
    pub status: Option<Status>,
}

values! { pub enum Status { Disabling = "DISABLING", Disabled = "DISABLED" } }

pub type Scan = (&'static str, &'static str);

/// The scan types that are not disabled.
pub fn scans(of: &Scans) -> Vec<Scan> {
    let all: [(Scan, Option<&State>); 6] = [
        (("EC2", "EC2 instances scanned"), Some(&of.ec2)),
        (("ECR", "container images scanned"), Some(&of.ecr)),
        (("LAMBDA", "Lambda functions scanned"), of.lambda.as_ref()),
        (("LAMBDA_CODE", "code of Lambda functions scanned"), of.lambda_code.as_ref()),
        (("CODE_REPOSITORY", "code repositories scanned"), of.code_repository.as_ref()),
        (("AMI", "machine images scanned"), of.ami.as_ref()),
    ];
    let is_on = |state: &State| state.status != Some(Status::Disabled);
    all.into_iter().filter(|(_, state)| state.is_some_and(is_on)).map(|(scan, _)| scan).collect()
}

pub fn scanned(kind: &str, what: &str) -> Charge {
    let sku = Sku::new("AmazonInspectorV2").with("item", format!("{}_scans", kind.to_ascii_lowercase()));
    Charge::metered(what, sku, Unit::Month)
}
