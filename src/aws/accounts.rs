//! The account that the credentials belong to.

use aws_config::SdkConfig;
use serde::Deserialize;

use super::api::{Asks, Client, Operation};
use crate::error::{Error, Result};
use crate::model::{Account, AccountId, Cause, Text};

/// The IAM actions of [`named`]; `sts:GetCallerIdentity`, which [`identity`] calls, needs no permission.
pub const READS: &[&str] = &["iam:ListAccountAliases"];

pub static ASKS: &[&dyn Asks] = &[&CALLER, &ALIASES];

/// The identity of the credentials.
pub const CALLER: Operation<Caller> = Operation::new("sts:GetCallerIdentity").shared();
const ALIASES: Operation<String> = Operation::new("iam:ListAccountAliases").at("AccountAliases");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Caller {
    account: Option<String>,
    /// Empty if AWS does not return it.
    pub arn: String,
}

/// The account of the credentials.
///
/// # Errors
/// AWS rejects the credentials (wrong, expired, deleted), or does not answer.
pub async fn identity(sdk: &SdkConfig) -> Result<AccountId> {
    let caller = Client::new(sdk).ask(&CALLER).one().await.map_err(|failure| {
        match failure.code.as_deref().unwrap_or_default() {
            _ if failure.cause.is_some_and(Cause::concerns_everything) => failure,
            "InvalidClientTokenId" | "SignatureDoesNotMatch" | "AuthFailure" | "UnrecognizedClientException" => {
                Error { what: Text::new("error-credentials"), hints: vec![Text::new("hint-configure")], ..failure }
            }
            _ => failure.hint(Text::new("hint-network")),
        }
    })?;
    caller.account.and_then(|id| id.parse().ok()).ok_or_else(|| Error::failed(Text::new("error-no-account")))
}

/// Stops a command in any account but the wanted one.
///
/// # Errors
/// The credentials belong to another account.
pub fn must_be(account: &AccountId, wanted: Option<&AccountId>) -> Result<()> {
    match wanted {
        Some(wanted) if wanted != account => {
            Err(Error::usage(Text::new("error-other-account").with("account", account).with("wanted", wanted))
                .hint(Text::new("hint-other-account")))
        }
        _ => Ok(()),
    }
}

/// The account with its alias; without one if the permission to read it is missing.
pub async fn named(sdk: &SdkConfig, id: AccountId) -> Account {
    let aliases = Client::new(sdk).ask(&ALIASES).all().await;
    let alias = aliases.ok().and_then(|aliases| aliases.into_iter().next());
    Account { id, alias }
}
