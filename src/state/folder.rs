//! The user's folders: one for choices, one for the history (which may be in a bucket instead), one for the cache.

use std::path::PathBuf;

use etcetera::BaseStrategy;

use super::place::{Place, STATE_ENV};
use crate::error::{Error, Result};
use crate::model::Text;

/// Overrides the config folder.
pub const CONFIG_ENV: &str = "GUARDRAIL_CONFIG_DIR";
/// Overrides the cache folder.
pub const CACHE_ENV: &str = "GUARDRAIL_CACHE_DIR";

/// `GUARDRAIL_CONFIG_DIR`, else `guardrail` in the system's config folder.
///
/// # Errors
/// The user's home is unknown.
pub fn config() -> Result<PathBuf> {
    if let Some(folder) = named(CONFIG_ENV) {
        return Ok(folder);
    }
    Ok(base(CONFIG_ENV)?.config_dir().join("guardrail"))
}

/// `GUARDRAIL_STATE`, else `guardrail` in the system's folder for state, or for data where there is none for state.
///
/// # Errors
/// The user's home is unknown, or the variable names a place that is none.
pub fn state() -> Result<Place> {
    if let Some(place) = named(STATE_ENV) {
        return Place::parse(place);
    }
    let base = base(STATE_ENV)?;
    Ok(Place::Folder(base.state_dir().unwrap_or_else(|| base.data_dir()).join("guardrail")))
}

fn base(env: &'static str) -> Result<impl BaseStrategy> {
    let unknown = |error| Error::failed(Text::new("error-memory-no-home").with("env", env)).detail(error);
    etcetera::choose_base_strategy().map_err(unknown)
}

/// `GUARDRAIL_CACHE_DIR`, else `guardrail` in the system's cache folder, else none.
#[must_use]
pub fn cache() -> Option<PathBuf> {
    let own = || Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("guardrail"));
    named(CACHE_ENV).or_else(own)
}

fn named(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).filter(|folder| !folder.is_empty()).map(PathBuf::from)
}
