//! `guardrail sweep --organization`: the accounts to sweep, and where their reports go.

use std::path::PathBuf;

use super::compared::Compared;
use super::delivery::deliver;
use super::exit::Exit;
use super::flags::Flags;
use super::interruption::Interruption;
use super::output_dir::OutputDir;
use super::session::Session;
use crate::aws::organization;
use crate::aws::role::Role;
use crate::error::{Error, Result};
use crate::model::{AccountId, AccountReport, OrganizationReport, Text};
use crate::ops::organization::{self as accounts, Choice, Home, Options, chosen, session_policy};
use crate::ops::sweep;
use crate::profile::{Organization, parse_external_id, parse_role};
use crate::render::Report;
use crate::ui::Ui;

/// The role in each account, as `guardrail schedule` will make it.
pub const ROLE: &str = "guardrail-sweep";
/// Accounts that are swept at the same time: more do not end sooner, because all of them share the requests.
const ACCOUNTS_AT_ONCE: u16 = 8;

// Without a group: clap would name it like that of the command's own options.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    #[arg(long)]
    pub organization: bool,
    #[arg(long, requires = "organization", value_delimiter = ',', value_name = "ID,…")]
    accounts: Vec<String>,
    #[arg(long, requires = "organization", value_delimiter = ',', value_name = "OU,…")]
    ou: Vec<String>,
    #[arg(long, requires = "organization", value_delimiter = ',', value_name = "ID|OU,…")]
    exclude: Vec<String>,
    #[arg(long, requires = "organization", value_name = "NAME")]
    role: Option<String>,
    #[arg(long, requires = "organization", value_name = "ID")]
    external_id: Option<String>,
    #[arg(long, requires = "organization", value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    parallel: Option<u16>,
    #[arg(long, requires = "organization", value_name = "DIR")]
    output_dir: Option<PathBuf>,
}

/// The choice of the flags, each over that of the profile.
struct Wanted {
    choice: Choice,
    role: String,
    external_id: Option<String>,
}

impl Args {
    fn wanted(&self, profile: Organization) -> Result<Wanted> {
        let account = |text: &String| {
            text.parse::<AccountId>().map_err(|()| Error::usage(Text::new("error-account-id").with("account", text)))
        };
        let accounts = self.accounts.iter().map(account).collect::<Result<Vec<_>>>()?;
        // A choice on the command line replaces that of the profile as a whole: a union would sweep more than was asked for.
        let named = !accounts.is_empty() || !self.ou.is_empty();
        let choice = Choice {
            accounts: if named { accounts } else { profile.accounts },
            units: if named { self.ou.clone() } else { profile.ou },
            exclude: if self.exclude.is_empty() { profile.exclude } else { self.exclude.clone() },
        };
        let role = self.role.as_deref().map(parse_role).transpose()?;
        let external_id = self.external_id.as_deref().map(parse_external_id).transpose()?;
        Ok(Wanted {
            choice,
            role: role.or(profile.role).unwrap_or_else(|| ROLE.to_owned()),
            external_id: external_id.or(profile.external_id),
        })
    }
}

/// What the command runs with.
pub struct Around<'a> {
    pub compared: &'a Compared,
    pub flags: &'a Flags,
    pub ui: &'a Ui,
    pub interruption: &'a Interruption,
}

/// Sweeps the accounts and delivers their report.
///
/// # Errors
/// The organisation cannot be read, the choice is wrong, or a report cannot be written.
pub async fn run(
    args: &Args,
    session: &Session,
    profile: Organization,
    sweep_options: sweep::Options,
    around: Around<'_>,
) -> Result<(OrganizationReport, Exit)> {
    let Around { compared, flags, ui, interruption } = around;
    let Wanted { choice, role: name, external_id } = args.wanted(profile)?;
    let mut folder = args.output_dir.as_deref().map(|path| OutputDir::open(path, ui)).transpose()?;
    let organization = interruption.ends(Box::pin(organization::read(&session.sdk))).await?;
    if organization.units.is_err() {
        ui.status(&ui.speech.plain("organization-units-unread"));
    }
    let chosen = chosen(&organization, &choice)?;
    let options = Options {
        sweep: sweep_options,
        role: Role { name, external_id, beyond_read_only: session_policy() },
        accounts_at_once: usize::from(args.parallel.unwrap_or(ACCOUNTS_AT_ONCE)),
    };
    let bar = ui.progress();
    let home = Home { sdk: &session.sdk, account: &session.account, organization: &organization };
    let signal = interruption.clone();
    let interrupted = async move { signal.interrupted().await };
    let keep = |mut account: AccountReport| {
        if let Some(mut report) = account.report.take() {
            compared.compare(&mut report, ui);
            compared.keep(&report, ui);
            account = account.swept(*report);
        }
        match &mut folder {
            Some(folder) => folder.keep(account),
            None => Ok(account),
        }
    };
    let swept = accounts::sweep(home, chosen, &options, interrupted, keep, |progress| {
        let args = [("done", progress.finished), ("all", progress.accounts), ("findings", progress.findings)];
        bar.set_message(ui.speech.with("organization-progress", &args));
    })
    .await;
    bar.finish_and_clear();
    let report = swept?;
    if let Some(folder) = folder {
        folder.finish(&report)?;
    }
    let exit = deliver(Report::Organization(&report), flags, ui)?;
    Ok((report, exit))
}

#[cfg(test)]
mod tests {
    use clap::FromArgMatches;

    use super::*;

    fn wanted(line: &str, profile: Organization) -> Result<Wanted> {
        let command = <Args as clap::Args>::augment_args(clap::Command::new("x"));
        Args::from_arg_matches(&command.get_matches_from(line.split(' '))).unwrap().wanted(profile)
    }

    #[test]
    fn a_flag_wins_over_the_profile() {
        let profile = || Organization {
            accounts: vec!["000000000001".parse().unwrap()],
            ou: vec!["Labs".to_owned()],
            exclude: vec!["000000000002".to_owned()],
            role: Some("theirs".to_owned()),
            external_id: Some("secret".to_owned()),
        };
        let plain = wanted("x --organization", profile()).unwrap();
        assert_eq!((plain.choice.accounts.len(), plain.choice.units.len(), plain.choice.exclude.len()), (1, 1, 1));
        assert_eq!((plain.role.as_str(), plain.external_id.as_deref()), ("theirs", Some("secret")));
        let line = "x --organization --ou Training --exclude Labs --role mine --external-id other";
        let flags = wanted(line, profile()).unwrap();
        assert_eq!(flags.choice.accounts, []);
        assert_eq!((flags.choice.units, flags.choice.exclude), (vec!["Training".to_owned()], vec!["Labs".to_owned()]));
        assert_eq!((flags.role.as_str(), flags.external_id.as_deref()), ("mine", Some("other")));
        assert_eq!(wanted("x --organization", Organization::default()).unwrap().role, ROLE);
    }

    #[test]
    fn a_wrong_choice_is_refused() {
        let refused = |line: &str| wanted(line, Organization::default()).err().unwrap().what.id;
        assert_eq!(refused("x --organization --accounts 12"), "error-account-id");
        assert_eq!(refused("x --organization --role arn:aws:iam::1:role/x"), "profile-role");
        assert_eq!(refused("x --organization --external-id a"), "profile-external-id");
    }
}
