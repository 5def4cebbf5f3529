//! A connection to the account of a command.

use aws_config::SdkConfig;

use super::flags::Flags;
use crate::aws::accounts::{identity, must_be};
use crate::aws::connect::{self, ConnectOptions};
use crate::demo;
use crate::error::Result;
use crate::model::AccountId;

pub struct Session {
    /// The configuration of all clients.
    pub sdk: SdkConfig,
    pub account: AccountId,
}

/// Connects with AWS's usual credential chain, or to the demo account. Refuses an account other than that of `--account` before any
/// other request.
///
/// # Errors
/// No credentials, or those of another account; an invalid region name.
pub async fn connect(flags: &Flags) -> Result<Session> {
    let wanted = flags.account()?;
    let practice = flags.demo.then(demo::practice_account);
    let options = ConnectOptions { profile: flags.profile.clone(), region: flags.region()?, practice };
    let sdk = connect::connect(&options).await?;
    let account = identity(&sdk).await?;
    must_be(&account, wanted.as_ref())?;
    Ok(Session { sdk, account })
}
