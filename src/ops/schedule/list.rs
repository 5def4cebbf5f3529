//! The first step of a run: the accounts, as a list in the bucket that all later steps go by.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::keys::Keys;
use super::last::Last;
use super::run::{self, Run, read, write_once};
use crate::aws::accounts::named;
use crate::aws::organization::{self, Member, Standing};
use crate::error::{Error, Result};
use crate::model::{AccountId, AccountState, OrganizationName, Text};
use crate::ops::organization::{Chosen, chosen};

/// Every account with its fate. A step that runs again, or a second execution of the same run, finds it and keeps to it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Listed {
    pub organization: OrganizationName,
    pub role: String,
    pub made_at: Timestamp,
    /// The run that finished last, with which this one is compared.
    pub before: Option<String>,
    pub accounts: Vec<Chosen>,
}

impl Listed {
    /// The list of a run.
    ///
    /// # Errors
    /// It cannot be read, or there is none.
    pub async fn of(run: &Run, keys: &Keys) -> Result<Self> {
        let listed = read(&run.bucket, &keys.list()).await?;
        listed.ok_or_else(|| Error::failed(Text::new("error-schedule-object").with("key", keys.list())))
    }

    /// The accounts that are swept.
    pub fn wanted(&self) -> impl Iterator<Item = &Chosen> {
        self.accounts.iter().filter(|it| it.is_wanted())
    }

    /// The account whose figures are those of all others; `None` if there is no organisation, or its management account is not known.
    #[must_use]
    pub fn payer(&self) -> Option<&Member> {
        let payer = self.organization.management_account.as_ref()?;
        self.accounts.iter().map(|it| &it.member).find(|it| it.id == *payer)
    }

    /// A wanted account.
    ///
    /// # Errors
    /// The list has no such account, or it is left out.
    pub fn account(&self, id: &AccountId) -> Result<&Chosen> {
        let found = self.wanted().find(|it| it.member.id == *id);
        found.ok_or_else(|| Error::failed(Text::new("error-account-not-in-organization").with("account", id)))
    }
}

/// Lists the accounts and returns the name of the run. `scheduled` and `started` are times as AWS sends them.
///
/// # Errors
/// The organisation cannot be read, or the list cannot be written.
pub async fn list(
    run: &Run,
    now: Timestamp,
    scheduled: Option<&str>,
    started: Option<&str>,
    execution: &str,
) -> Result<String> {
    let name = run::name(scheduled, started, execution);
    let keys = Keys::of(&name);
    if !run.bucket.has(&keys.list()).await? {
        let before = Last::read(&run.bucket).await?.run;
        let listed = Listed { before, ..listed(run, now).await? };
        write_once(&run.bucket, &keys.list(), &listed).await?;
    }
    // Read back: another execution of the same run may have written it first.
    let listed = Listed::of(run, &keys).await?;
    let wanted: Vec<&AccountId> = listed.wanted().map(|it| &it.member.id).collect();
    write_once(&run.bucket, &keys.accounts(), &wanted).await?;
    Ok(name)
}

async fn listed(run: &Run, made_at: Timestamp) -> Result<Listed> {
    let role = run.settings.role.clone();
    if !run.settings.organization {
        let alias = named(&run.sdk, run.own.clone()).await.alias;
        let member = Member {
            id: run.own.clone(),
            name: alias,
            standing: Standing::Active,
            partition: "aws".to_owned(),
            unit: None,
        };
        let accounts = vec![Chosen { member, state: AccountState::Unreachable }];
        let organization = OrganizationName { id: None, management_account: None };
        return Ok(Listed { organization, role, made_at, before: None, accounts });
    }
    let organization = organization::read(&run.sdk).await?;
    let accounts = chosen(&organization, &run.settings.choice())?;
    let organization = OrganizationName { id: organization.id, management_account: organization.management };
    Ok(Listed { organization, role, made_at, before: None, accounts })
}
