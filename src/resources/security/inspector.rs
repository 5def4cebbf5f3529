//! Inspector is charged in each region for every scanned instance, image, function and repository, by enabled scan type.

use futures::FutureExt;
use serde::Deserialize;

use super::inspector_scans::{Scans, State, Status, scanned, scans};
use crate::aws::Cx;
use crate::aws::api::{Asks, Operation};
use crate::error::{Error, Kind, Result};
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Reason, Scope, Text, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "inspector",
    names: words("Inspector", "Inspector"),
    bills: words(
        "per instance, image, function and repository it scans, for each scan type that is on",
        "有効なスキャンタイプごとに、スキャンしたインスタンス・イメージ・関数・リポジトリごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonInspectorV2"],
    asks: &[&STATUS],
    writes: &["inspector2:Disable"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const STATUS: Operation<Answer> = Operation::new("inspector2:BatchGetAccountStatus");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Answer {
    accounts: Vec<Account>,
    failed_accounts: Vec<FailedAccount>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Account {
    account_id: String,
    state: State,
    resource_state: Scans,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct FailedAccount {
    error_code: String,
    error_message: String,
}

/// Without account ids in the request AWS returns the state of the caller's account.
async fn list(cx: &Cx) -> Result<Listing> {
    let answer = cx.ask(&STATUS).one().await?;
    let findings = answer.accounts.iter().filter_map(finding).collect();
    let faults = answer.failed_accounts.iter().map(fault).collect();
    Ok(Listing { findings, faults, ..Listing::default() })
}

/// The error that Inspector returned for the account.
fn fault(account: &FailedAccount) -> Error {
    let action = STATUS.action();
    let what = Text::new("error-aws").with("action", action);
    let failure = Error::new(Kind::Cloud(Reason::Other), what);
    let failure = failure.detail(format!("{}: {}", account.error_code, account.error_message));
    Error { action: Some(action.to_owned()), ..failure }
}

/// `None` means that all scan types are disabled.
fn finding(account: &Account) -> Option<Listed> {
    let scans = scans(&account.resource_state);
    let billing = match account.state.status {
        Some(Status::Disabled) if scans.is_empty() => return None,
        Some(Status::Disabling) => Billing::Ending,
        _ => Billing::Running,
    };
    let mut charges: Vec<Charge> = scans.iter().map(|(kind, what)| scanned(kind, what)).collect();
    if charges.is_empty() {
        charges.push(scanned("ALL", "resources scanned"));
    }
    // Images of instances are scanned with the instances, and have no scan type that can be disabled.
    let kinds: Vec<&str> = scans.iter().map(|(kind, _)| *kind).filter(|kind| *kind != "AMI").collect();
    let command = match kinds.as_slice() {
        [] => Command::aws("inspector2 disable"),
        kinds => kinds.iter().fold(Command::aws("inspector2 disable --resource-types"), Command::arg),
    };
    let found = Listed { billing, charges, ..Listed::new(&account.account_id) };
    Some(found.note(Note::new("trial")).loses(Loss::Data).can(Verb::Delete, command))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(status: &str) -> State {
        State { status: Some(status.into()) }
    }

    fn account(status: &str, ec2: &str, ecr: &str) -> Account {
        let resource_state = Scans { ec2: state(ec2), ecr: state(ecr), ..Scans::default() };
        Account { account_id: "123456789012".into(), state: state(status), resource_state }
    }

    #[test]
    fn is_charged_unless_it_is_off() {
        let billing = |status: &str, ec2: &str| finding(&account(status, ec2, "DISABLED")).map(|it| it.billing);
        let (running, ending) = (Some(Billing::Running), Some(Billing::Ending));
        let states = ["ENABLED", "SUSPENDED", "DISABLING", "DISABLED", "NEW"];
        assert_eq!(states.map(|it| billing(it, "DISABLED")), [running, running, ending, None, running]);
        assert_eq!(states.map(|it| billing(it, "NEW")), [running, running, ending, running, running]);
    }

    #[test]
    fn each_scan_type_that_is_not_disabled_is_charged() {
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
    fn an_account_without_a_state_is_a_fault() {
        let fault = fault(&FailedAccount { error_code: "ACCESS_DENIED".into(), error_message: "no".into() });
        assert_eq!(fault.detail.as_deref(), Some("ACCESS_DENIED: no"));
    }
}
