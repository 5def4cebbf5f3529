//! A connection to the one account that a command is about.

use aws_config::SdkConfig;

use super::flags::Flags;
use crate::aws::accounts::{identity, must_be};
use crate::aws::connect::{self, Door};
use crate::demo;
use crate::error::Result;
use crate::model::AccountId;

pub struct Session {
    /// All clients are made from it.
    pub sdk: SdkConfig,
    pub account: AccountId,
}

/// Connects by AWS's usual chain, or to the practice account, and refuses another account than that of `--account`
/// before any other request.
///
/// # Errors
/// No credentials, or those of another account; a region name that is none.
pub async fn connect(flags: &Flags) -> Result<Session> {
    let wanted = flags.account()?;
    let practice = flags.demo.then(demo::practice_account);
    let door = Door { profile: flags.profile.clone(), region: flags.region()?, practice };
    let sdk = connect::connect(&door).await?;
    let account = identity(&sdk).await?;
    must_be(&account, wanted.as_ref())?;
    Ok(Session { sdk, account })
}
