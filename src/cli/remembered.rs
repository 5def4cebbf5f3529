//! The store of the history: a folder of this computer, or a prefix of a bucket that is opened with the session's credentials.

use super::flags::Flags;
use super::session::Session;
use crate::aws::accounts::identity;
use crate::aws::connect::{self, ConnectOptions};
use crate::error::Result;
use crate::state::{Files, Objects, Place, Store, folder};

/// The store of a command that has a session.
///
/// # Errors
/// `GUARDRAIL_STATE` names no place, or a bucket that cannot be opened; without it, the user's home is unknown.
pub async fn store(session: &Session) -> Result<Store> {
    match folder::state()? {
        Place::Folder(folder) => Ok(Store::Files(Files::at(folder))),
        Place::Prefix(prefix) => {
            Box::pin(Objects::open(prefix, &session.sdk, &session.account)).await.map(Store::Objects)
        }
    }
}

/// The store of a command that needs no session for anything else. `--account` chooses among what is stored: the
/// credentials may be another account's.
///
/// # Errors
/// As for [`store`]; and for a bucket those of a connection.
pub async fn store_alone(flags: &Flags) -> Result<Store> {
    let prefix = match folder::state()? {
        Place::Folder(folder) => return Ok(Store::Files(Files::at(folder))),
        Place::Prefix(prefix) => prefix,
    };
    let options = ConnectOptions { profile: flags.profile.clone(), region: flags.region()?, practice: None };
    let sdk = connect::connect(&options).await?;
    let account = identity(&sdk).await?;
    Box::pin(Objects::open(prefix, &sdk, &account)).await.map(Store::Objects)
}
