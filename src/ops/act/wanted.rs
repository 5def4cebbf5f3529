//! What a person wants done.

use super::choice::Choice;
use crate::model::Verb;

#[derive(Debug, Clone)]
pub struct Wanted {
    pub verb: Verb,
    pub choice: Choice,
    /// Whether AWS's own protection from deletion may be switched off.
    pub remove_protection: bool,
}
