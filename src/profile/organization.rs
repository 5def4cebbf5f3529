//! The `[organization]` of a profile: which accounts `--organization` means, with which roles, and what the management account has.

use super::check::{self, Checks};
use super::raw::{ManagementLayer, OrganizationLayer};
use super::settings::{Management, Organization};
use crate::error::{Error, Result};
use crate::model::choice::limit;
use crate::model::{AccountId, Text};

impl OrganizationLayer {
    pub(super) fn over(self, organization: &mut Organization, checks: &mut Checks) {
        if let Some(accounts) = self.accounts {
            organization.accounts = check::ascending(checks.list(&accounts, account));
        }
        if let Some(units) = self.ou {
            organization.ou = check::without_repeats(checks.list(&units, check::words));
        }
        if let Some(exclude) = self.exclude {
            organization.exclude = check::without_repeats(checks.list(&exclude, check::words));
        }
        if let Some(name) = self.role {
            organization.role = checks.one(&name, role).or(organization.role.take());
        }
        if let Some(name) = self.setup_role {
            organization.setup_role = checks.one(&name, role).or(organization.setup_role.take());
        }
        self.management.over(&mut organization.management, checks);
        if let Some(id) = self.external_id {
            organization.external_id = checks.one(&id, external_id).or(organization.external_id.take());
        }
    }
}

impl ManagementLayer {
    fn over(self, management: &mut Management, checks: &mut Checks) {
        let limit = self.limit_usd.and_then(|raw| checks.one(&raw, limit));
        *management = Management {
            limit_usd: limit.or(management.limit_usd),
            alarms: self.alarms.unwrap_or(management.alarms),
            budgets: self.budgets.unwrap_or(management.budgets),
            anomaly: self.anomaly.unwrap_or(management.anomaly),
            trail: self.trail.unwrap_or(management.trail),
        };
    }
}

/// The name of a role, as a person writes it on the command line.
///
/// # Errors
/// It cannot be the name of a role.
pub fn parse_role(text: &str) -> Result<String> {
    role(text).map_err(Error::usage)
}

/// An external id, as a person writes it on the command line.
///
/// # Errors
/// AWS does not accept it.
pub fn parse_external_id(text: &str) -> Result<String> {
    external_id(text).map_err(Error::usage)
}

fn account(text: &str) -> Result<AccountId, Text> {
    text.parse().map_err(|()| Text::new("profile-account").with("value", text.escape_debug()))
}

/// The name of a role, with its path if it has one, without its ARN.
fn role(text: &str) -> Result<String, Text> {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-/".contains(&byte);
    let edge = text.starts_with('/') || text.ends_with('/');
    let valid = (1..=512).contains(&text.len()) && !edge && text.bytes().all(letter);
    if valid { Ok(text.to_owned()) } else { Err(Text::new("profile-role").with("value", text.escape_debug())) }
}

/// The rule is that of STS (fact sheet, section 10).
fn external_id(text: &str) -> Result<String, Text> {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@:/-".contains(&byte);
    let valid = (2..=1224).contains(&text.len()) && text.bytes().all(letter);
    if valid { Ok(text.to_owned()) } else { Err(Text::new("profile-external-id")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_a_name_and_no_arn() {
        assert!(["guardrail-sweep", "team/guardrail", "a+b=c,d.e@f_g"].iter().all(|it| role(it).is_ok()));
        for bad in ["", "/a", "a/", "arn:aws:iam::123456789012:role/a", "a b", "ロール"] {
            assert_eq!(role(bad).unwrap_err().id, "profile-role", "{bad}");
        }
    }

    #[test]
    fn an_external_id_is_as_sts_wants_it() {
        assert!(external_id("ab").is_ok() && external_id(&"a".repeat(1224)).is_ok());
        for bad in ["a", "a b", "", &"a".repeat(1225)] {
            assert_eq!(external_id(bad).unwrap_err().id, "profile-external-id", "{bad}");
        }
    }
}
