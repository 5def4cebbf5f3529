//! Mail by SES: whether an address is verified, whether the account may write to any address, and one mail.

use aws_config::SdkConfig;
use serde::Deserialize;
use serde_json::json;

use super::api::{Asks, Client, Nothing, Operation};
use super::fault::found;
use crate::error::Result;

pub const READS: &[&str] = &["ses:GetAccount", "ses:GetEmailIdentity"];

pub static ASKS: &[&dyn Asks] = &[&SEND, &IDENTITY, &ACCOUNT];

const SEND: Operation<Nothing> = Operation::new("sesv2:SendEmail");
const IDENTITY: Operation<Identity> = Operation::new("sesv2:GetEmailIdentity");
const ACCOUNT: Operation<Sending> = Operation::new("sesv2:GetAccount");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Identity {
    verified_for_sending_status: bool,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Sending {
    production_access_enabled: bool,
}

/// A mail as plain text and as a page: the reader's program shows one of them.
#[derive(Debug, Clone, Copy)]
pub struct Mail<'a> {
    pub from: &'a str,
    pub to: &'a [String],
    pub subject: &'a str,
    pub text: &'a str,
    pub html: &'a str,
}

/// Sends a mail.
///
/// # Errors
/// SES refuses it.
pub async fn send(sdk: &SdkConfig, mail: Mail<'_>) -> Result<()> {
    let part = |data: &str| json!({ "Data": data, "Charset": "UTF-8" });
    let body = json!({ "Text": part(mail.text), "Html": part(mail.html) });
    let content = json!({ "Simple": { "Subject": part(mail.subject), "Body": body } });
    let client = Client::new(sdk);
    let send = client.ask(&SEND).with("FromEmailAddress", mail.from);
    let send = send.with("Destination", json!({ "ToAddresses": mail.to })).with("Content", content);
    send.one().await.map(|Nothing {}| ())
}

/// Whether an address is verified, by itself or by its domain. `None` if SES knows neither.
///
/// # Errors
/// SES does not say.
pub async fn verified(sdk: &SdkConfig, address: &str) -> Result<Option<bool>> {
    let client = Client::new(sdk);
    let mut known = None;
    for identity in identities(address) {
        let answer = client.ask(&IDENTITY).with("EmailIdentity", identity).one().await;
        let Some(identity) = found(answer, &["NotFoundException"])? else { continue };
        if identity.verified_for_sending_status {
            return Ok(Some(true));
        }
        known = Some(false);
    }
    Ok(known)
}

/// Whether the account is in the sandbox: SES then writes only to verified addresses.
///
/// # Errors
/// SES does not say.
pub async fn in_sandbox(sdk: &SdkConfig) -> Result<bool> {
    let sending = Client::new(sdk).ask(&ACCOUNT).one().await?;
    Ok(!sending.production_access_enabled)
}

/// The address, its domain, and the domains above that: each of them may be verified.
fn identities(address: &str) -> impl Iterator<Item = &str> {
    let domain = address.rsplit_once('@').map(|(_, domain)| domain);
    let domains = std::iter::successors(domain, |it| it.split_once('.').map(|(_, above)| above));
    std::iter::once(address).chain(domains.filter(|it| it.contains('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_be_verified_by_a_domain_above_it() {
        let all: Vec<&str> = identities("a@mail.example.com").collect();
        assert_eq!(all, ["a@mail.example.com", "mail.example.com", "example.com"]);
    }
}
