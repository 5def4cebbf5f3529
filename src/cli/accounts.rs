//! The options that choose accounts of an organisation and their role, each over that of the profile.

use aws_config::SdkConfig;

use crate::aws::organization::{self, Organization};
use crate::aws::role::Role;
use crate::error::{Error, Result};
use crate::model::{AccountId, Text};
use crate::ops::organization::{Choice, session_policy};
use crate::ops::permissions::UseCase;
use crate::profile::{self, parse_external_id, parse_role};
use crate::ui::Ui;

/// The role in each account that only reads, as `guardrail schedule --organization` makes it.
pub const ROLE: &str = "guardrail-sweep";
/// The role that AWS Organizations creates in each new account: it may do everything there.
pub const SETUP_ROLE: &str = "OrganizationAccountAccessRole";
/// More do not end sooner, because all of them share the requests.
const ACCOUNTS_AT_ONCE: u16 = 8;

// Without a group: clap would name it like that of the command's own options.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct AccountArgs {
    #[command(flatten)]
    pub which: Which,
    #[arg(long, requires = "organization", value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    parallel: Option<u16>,
}

#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Which {
    #[arg(long)]
    pub organization: bool,
    #[arg(long, requires = "organization", value_delimiter = ',', value_name = "ID,…")]
    accounts: Vec<String>,
    #[arg(long, requires = "organization", value_delimiter = ',', value_name = "OU,…")]
    ou: Vec<String>,
    #[arg(long, requires = "organization", value_delimiter = ',', value_name = "ID|OU,…")]
    exclude: Vec<String>,
    #[arg(long, requires = "organization", value_name = "NAME")]
    pub role: Option<String>,
    #[arg(long, requires = "organization", value_name = "ID")]
    external_id: Option<String>,
}

/// The accounts, and the role to enter them with.
pub struct Wanted {
    pub choice: Choice,
    pub role: Role,
}

/// The role that a use case assumes where none is named.
#[must_use]
pub fn usual_role(use_case: UseCase) -> &'static str {
    if use_case == UseCase::Sweep { ROLE } else { SETUP_ROLE }
}

/// The organisation; a status message says if its units cannot be read.
///
/// # Errors
/// It cannot be read.
pub async fn read(sdk: &SdkConfig, ui: &Ui) -> Result<Organization> {
    let organization = Box::pin(organization::read(sdk)).await?;
    if organization.units.is_err() {
        ui.status(&ui.speech.plain("organization-units-unread"));
    }
    Ok(organization)
}

impl Which {
    /// # Errors
    /// An account, the role or the external id cannot be one.
    pub fn wanted(&self, profile: &profile::Organization, use_case: UseCase) -> Result<Wanted> {
        let account = |text: &String| {
            text.parse::<AccountId>().map_err(|()| Error::usage(Text::new("error-account-id").with("account", text)))
        };
        let accounts = self.accounts.iter().map(account).collect::<Result<Vec<_>>>()?;
        // A choice on the command line replaces that of the profile as a whole: a union would be more than was asked for.
        let named = !accounts.is_empty() || !self.ou.is_empty();
        let choice = Choice {
            accounts: if named { accounts } else { profile.accounts.clone() },
            units: if named { self.ou.clone() } else { profile.ou.clone() },
            exclude: if self.exclude.is_empty() { profile.exclude.clone() } else { self.exclude.clone() },
        };
        let role = self.role.as_deref().map(parse_role).transpose()?;
        let of_profile = if use_case == UseCase::Sweep { &profile.role } else { &profile.setup_role };
        let external_id = self.external_id.as_deref().map(parse_external_id).transpose()?;
        let role = Role {
            name: role.or_else(|| of_profile.clone()).unwrap_or_else(|| usual_role(use_case).to_owned()),
            external_id: external_id.or_else(|| profile.external_id.clone()),
            beyond_read_only: session_policy(use_case),
        };
        Ok(Wanted { choice, role })
    }
}

impl AccountArgs {
    /// The accounts that are worked on at the same time.
    pub fn at_once(&self) -> usize {
        usize::from(self.parallel.unwrap_or(ACCOUNTS_AT_ONCE))
    }
}

#[cfg(test)]
mod tests {
    use clap::FromArgMatches;

    use super::*;
    use crate::profile::Organization;

    fn wanted(line: &str, profile: &profile::Organization, use_case: UseCase) -> Result<Wanted> {
        let command = <Which as clap::Args>::augment_args(clap::Command::new("x"));
        let matches = command.get_matches_from(line.split(' '));
        Which::from_arg_matches(&matches).unwrap().wanted(profile, use_case)
    }

    #[test]
    fn a_flag_wins_over_the_profile() {
        let profile = Organization {
            accounts: vec!["000000000001".parse().unwrap()],
            ou: vec!["Labs".to_owned()],
            exclude: vec!["000000000002".to_owned()],
            role: Some("theirs".to_owned()),
            setup_role: Some("admin".to_owned()),
            external_id: Some("secret".to_owned()),
            ..Organization::default()
        };
        let plain = wanted("x --organization", &profile, UseCase::Sweep).unwrap();
        assert_eq!((plain.choice.accounts.len(), plain.choice.units.len(), plain.choice.exclude.len()), (1, 1, 1));
        assert_eq!((plain.role.name.as_str(), plain.role.external_id.as_deref()), ("theirs", Some("secret")));
        let line = "x --organization --ou Training --exclude Labs --role mine --external-id other";
        let flags = wanted(line, &profile, UseCase::Sweep).unwrap();
        assert_eq!(flags.choice.accounts, []);
        assert_eq!((flags.choice.units, flags.choice.exclude), (vec!["Training".to_owned()], vec!["Labs".to_owned()]));
        assert_eq!((flags.role.name.as_str(), flags.role.external_id.as_deref()), ("mine", Some("other")));
    }

    #[test]
    fn what_only_reads_and_what_sets_up_have_roles_of_their_own() {
        let named = |profile: &profile::Organization, use_case| {
            wanted("x --organization", profile, use_case).unwrap().role.name
        };
        let nothing = Organization::default();
        assert_eq!(
            (named(&nothing, UseCase::Sweep).as_str(), named(&nothing, UseCase::Init).as_str()),
            (ROLE, SETUP_ROLE)
        );
        let profile = Organization { role: Some("reads".to_owned()), ..Organization::default() };
        assert_eq!(named(&profile, UseCase::Check), SETUP_ROLE);
        let profile = Organization { setup_role: Some("writes".to_owned()), ..profile };
        assert_eq!(
            (named(&profile, UseCase::Remove), named(&profile, UseCase::Sweep)),
            ("writes".to_owned(), "reads".to_owned())
        );
    }

    #[test]
    fn a_wrong_choice_is_refused() {
        let refused = |line: &str| wanted(line, &Organization::default(), UseCase::Init).err().unwrap().what.id;
        assert_eq!(refused("x --organization --accounts 12"), "error-account-id");
        assert_eq!(refused("x --organization --role arn:aws:iam::1:role/x"), "profile-role");
        assert_eq!(refused("x --organization --external-id a"), "profile-external-id");
    }
}
