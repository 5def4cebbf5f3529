//! The role that is assumed in an account of the organisation: for an hour at most, and with no more permissions than are needed.

use aws_config::SdkConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime::client::identity::IdentityCache;
use serde::Deserialize;
use serde_json::json;

use super::accounts::identity;
use super::api::{Asks, Client, Operation};
use super::organization::Member;
use crate::error::{Error, Kind, Result};
use crate::model::{AccountId, Cause, Reason, Text};

pub const READS: &[&str] = &["sts:AssumeRole"];

pub static ASKS: &[&dyn Asks] = &[&ASSUME];

const ASSUME: Operation<Session> = Operation::new("sts:AssumeRole").at("Credentials");

/// The maximum where the caller's credentials are those of a role already (fact sheet, section 10).
const SECONDS: u32 = 3600;
/// The name of the session in the account's CloudTrail.
const SESSION: &str = "guardrail";

/// The role of every account.
#[derive(Debug, Clone)]
pub struct Role {
    pub name: String,
    pub external_id: Option<String>,
    /// Permissions of the session beyond AWS's `ReadOnlyAccess`, as a policy document. The session has no others, whatever the role has.
    pub beyond_read_only: Option<String>,
}

/// Temporary credentials. Without `Debug`: they are secret.
#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Session {
    access_key_id: String,
    secret_access_key: String,
    session_token: String,
}

/// The configuration for one account: the credentials of its role, and nothing of any other account.
///
/// # Errors
/// The role cannot be assumed, or its credentials belong to another account.
pub async fn enter(sdk: &SdkConfig, member: &Member, role: &Role) -> Result<SdkConfig> {
    let Member { id, partition, .. } = member;
    let arn = |account: &str, name: &str| format!("arn:{partition}:iam::{account}:{name}");
    let client = Client::new(sdk);
    let session = client
        .ask(&ASSUME)
        .with("RoleArn", arn(id.as_str(), &format!("role/{}", role.name)))
        .with("RoleSessionName", SESSION)
        .with("DurationSeconds", SECONDS)
        .with("PolicyArns", json!([{ "arn": arn("aws", "policy/ReadOnlyAccess") }]))
        .with("Policy", role.beyond_read_only.as_deref());
    let session = match &role.external_id {
        Some(external_id) => session.with("ExternalId", external_id.as_str()),
        None => session,
    };
    let Session { access_key_id, secret_access_key, session_token } = session.one().await.map_err(explained)?;
    let credentials = Credentials::new(access_key_id, secret_access_key, Some(session_token), None, "assumed-role");
    let sdk = sdk
        .to_builder()
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .identity_cache(IdentityCache::lazy().build())
        .build();
    must_be(&identity(&sdk).await?, id)?;
    Ok(sdk)
}

/// No answer of one account may stand under another.
fn must_be(entered: &AccountId, wanted: &AccountId) -> Result<()> {
    if entered == wanted {
        return Ok(());
    }
    let what = Text::new("error-other-account").with("account", entered).with("wanted", wanted);
    let error = Error::new(Kind::Cloud(Reason::Other), what).detail(format!("account {entered}"));
    Err(Error { cause: Some(Cause::OtherAccount), ..error })
}

/// AWS refuses a role that does not exist and one that does not trust the caller with the same words.
fn explained(error: Error) -> Error {
    let said = error.detail.as_deref().unwrap_or_default();
    let of_role = error.reason() == Reason::Denied && (error.cause.is_none() || said.contains("trust policy"));
    if of_role { Error { cause: Some(Cause::Role), ..error } } else { error }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_account_than_the_wanted_one_is_never_asked() {
        let [one, other]: [AccountId; 2] = ["000000000001", "000000000002"].map(|id| id.parse().unwrap());
        assert!(must_be(&one, &one).is_ok());
        assert_eq!(must_be(&other, &one).unwrap_err().cause, Some(Cause::OtherAccount));
    }

    #[test]
    fn a_missing_role_differs_from_missing_rights() {
        let of = |reason, cause, said: &str| {
            let error = Error::new(Kind::Cloud(reason), Text::new("error-denied")).detail(said);
            explained(Error { cause, ..error }).cause
        };
        let denied = Reason::Denied;
        let who = "User: arn:aws:iam::1:user/a is not authorized to perform: sts:AssumeRole";
        assert_eq!(of(denied, None, who), Some(Cause::Role));
        let trust = format!("{who} because no role trust policy allows the sts:AssumeRole action");
        assert_eq!(of(denied, Some(Cause::Policy), &trust), Some(Cause::Role));
        let own = format!("{who} because no identity-based policy allows the sts:AssumeRole action");
        assert_eq!(of(denied, Some(Cause::Policy), &own), Some(Cause::Policy));
        assert_eq!(of(Reason::DeniedByOrganization, None, who), None);
        assert_eq!(of(Reason::Throttled, None, ""), None);
    }
}
