//! Who am I: the account the credentials belong to.

use aws_config::SdkConfig;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use crate::error::{Error, Result};
use crate::model::{Account, AccountId, Text};

/// What [`named`] needs; `sts:GetCallerIdentity`, which [`identity`] asks, needs no permission.
pub const READS: &[&str] = &["iam:ListAccountAliases"];

/// The account of the credentials.
///
/// # Errors
/// Credentials that AWS does not accept (wrong, expired, deleted), or no answer.
pub async fn identity(sdk: &SdkConfig) -> Result<AccountId> {
    let answer = aws_sdk_sts::Client::new(sdk).get_caller_identity().send().await.map_err(|error| {
        let code = error.as_service_error().and_then(ProvideErrorMetadata::code).unwrap_or_default().to_owned();
        let failure = Error::from(error);
        match code.as_str() {
            "ExpiredToken" | "ExpiredTokenException" | "RequestExpired" => {
                Error { what: Text::new("error-expired"), hints: vec![Text::new("hint-login")], ..failure }
            }
            "InvalidClientTokenId" | "SignatureDoesNotMatch" | "AuthFailure" | "UnrecognizedClientException" => {
                Error { what: Text::new("error-credentials"), hints: vec![Text::new("hint-configure")], ..failure }
            }
            _ => failure.hint(Text::new("hint-network")),
        }
    })?;
    answer.account().and_then(|id| id.parse().ok()).ok_or_else(|| Error::failed(Text::new("error-no-account")))
}

/// Refuses to go on in any account but the wanted one.
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

/// The account with the name people know it by; without permission to ask, without a name.
pub async fn named(sdk: &SdkConfig, id: AccountId) -> Account {
    let answer = aws_sdk_iam::Client::new(sdk).list_account_aliases().send().await;
    let alias = answer.ok().and_then(|answer| answer.account_aliases().first().cloned());
    Account { id, alias }
}
