//! Inspector bills in each region for every instance, image, function and repository it scans, for each scan type that is on.

use aws_sdk_inspector2::Client;
use aws_sdk_inspector2::types::{AccountState, FailedAccount, ResourceState, State, Status};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::{Error, Kind, Result};
use crate::model::{Billing, Charge, Command, Listed, Note, Reason, Scope, Sku, Text, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "inspector",
    names: words("Inspector", "Inspector"),
    bills: words(
        "per instance, image, function and repository it scans, for each scan type that is on",
        "有効なスキャンタイプごとに、スキャンしたインスタンス・イメージ・関数・リポジトリごと",
    ),
    scope: Scope::Region,
    endpoint: "inspector2",
    small: false,
    billed_as: &["AmazonInspectorV2"],
    reads: &["inspector2:BatchGetAccountStatus"],
    writes: &["inspector2:Disable"],
    list: |cx| list(cx).boxed(),
};

/// Without account ids it says the state of the account that asks.
async fn list(cx: &Cx) -> Result<Listing> {
    let answer = Client::new(&cx.sdk).batch_get_account_status().send().await?;
    let findings = answer.accounts().iter().filter_map(finding).collect();
    let faults = answer.failed_accounts().iter().map(fault).collect();
    Ok(Listing { findings, faults, ..Listing::default() })
}

/// Inspector could not say the account's state.
fn fault(account: &FailedAccount) -> Error {
    let action = RESOURCE.reads[0];
    let what = Text::new("error-aws").with("action", action);
    let failure = Error::new(Kind::Cloud(Reason::Other), what);
    let failure = failure.detail(format!("{}: {}", account.error_code(), account.error_message()));
    Error { action: Some(action.to_owned()), ..failure }
}

/// `None` means it is off, as a whole and in each of its parts.
fn finding(account: &AccountState) -> Option<Listed> {
    let scans = account.resource_state().map(scans).unwrap_or_default();
    let billing = match account.state().map(State::status) {
        Some(Status::Disabled) if scans.is_empty() => return None,
        Some(Status::Disabling) => Billing::Ending,
        _ => Billing::Running,
    };
    let mut charges: Vec<Charge> = scans.iter().map(|(kind, what)| scanned(kind, what)).collect();
    if charges.is_empty() {
        charges.push(scanned("ALL", "resources scanned"));
    }
    // Images of machines are scanned with the instances, and are no type of their own to switch off.
    let kinds: Vec<&str> = scans.iter().map(|(kind, _)| *kind).filter(|kind| *kind != "AMI").collect();
    let command = match kinds.as_slice() {
        [] => Command::aws("inspector2 disable"),
        kinds => kinds.iter().fold(Command::aws("inspector2 disable --resource-types"), Command::arg),
    };
    let found = Listed { billing, charges, ..Listed::new(account.account_id()) };
    Some(found.note(Note::new("trial")).can(Verb::Delete, command))
}

type Scan = (&'static str, &'static str);

/// The scan types that are not off. A region does not have all of them.
fn scans(of: &ResourceState) -> Vec<Scan> {
    let all: [(Scan, Option<&State>); 6] = [
        (("EC2", "EC2 instances scanned"), of.ec2()),
        (("ECR", "container images scanned"), of.ecr()),
        (("LAMBDA", "Lambda functions scanned"), of.lambda()),
        (("LAMBDA_CODE", "code of Lambda functions scanned"), of.lambda_code()),
        (("CODE_REPOSITORY", "code repositories scanned"), of.code_repository()),
        (("AMI", "machine images scanned"), of.ami()),
    ];
    let is_on = |state: &State| *state.status() != Status::Disabled;
    all.into_iter().filter(|(_, state)| state.is_some_and(is_on)).map(|(scan, _)| scan).collect()
}

fn scanned(kind: &str, what: &str) -> Charge {
    let sku = Sku::new("AmazonInspectorV2").with("item", format!("{}_scans", kind.to_ascii_lowercase()));
    Charge::metered(what, sku, Unit::Month)
}

#[cfg(test)]
mod tests {
    use aws_sdk_inspector2::types::ErrorCode;

    use super::*;

    fn state(status: &str) -> State {
        let state = State::builder().status(status.into()).error_message("");
        state.error_code(ErrorCode::from("NONE")).build().unwrap()
    }

    fn account(status: &str, ec2: &str, ecr: &str) -> AccountState {
        let resources = ResourceState::builder().ec2(state(ec2)).ecr(state(ecr)).build();
        let account = AccountState::builder().account_id("123456789012").state(state(status));
        account.resource_state(resources).build().unwrap()
    }

    #[test]
    fn bills_unless_it_is_off() {
        let billing = |status: &str, ec2: &str| finding(&account(status, ec2, "DISABLED")).map(|it| it.billing);
        let (running, ending) = (Some(Billing::Running), Some(Billing::Ending));
        let states = ["ENABLED", "SUSPENDED", "DISABLING", "DISABLED", "NEW"];
        assert_eq!(states.map(|it| billing(it, "DISABLED")), [running, running, ending, None, running]);
        assert_eq!(states.map(|it| billing(it, "NEW")), [running, running, ending, running, running]);
    }

    #[test]
    fn each_scan_type_that_is_not_off_bills() {
        let seen = |ec2: &str, ecr: &str| {
            let found = finding(&account("ENABLED", ec2, ecr)).unwrap();
            (found.charges.len(), found.commands[&Verb::Delete].to_string().clone())
        };
        let command = |kinds: &str| format!("aws inspector2 disable{kinds}");
        assert_eq!(seen("ENABLED", "NEW"), (2, command(" --resource-types EC2 ECR")));
        assert_eq!(seen("DISABLED", "ENABLED"), (1, command(" --resource-types ECR")));
        assert_eq!(seen("DISABLED", "DISABLED"), (1, command("")));
    }

    #[test]
    fn an_account_that_it_cannot_tell_about_is_a_fault() {
        let account = FailedAccount::builder().account_id("123456789012").error_code(ErrorCode::AccessDenied);
        let fault = fault(&account.error_message("no").build().unwrap());
        assert_eq!(fault.detail.as_deref(), Some("ACCESS_DENIED: no"));
    }
}
