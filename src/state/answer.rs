//! What the store answers: what is below a key, or why something was not done.

use crate::error::Error;
use crate::model::Text;

/// What is directly below a key: an entry with its size, or a further level.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    pub name: String,
    pub bytes: u64,
}

/// Why the store did not do it. What that means is for its user to say.
#[derive(Debug)]
pub struct Failure {
    pub(super) detail: String,
    pub(super) hints: Vec<Text>,
}

impl Failure {
    #[must_use]
    pub fn of(self, what: Text) -> Error {
        let error = Error::failed(what).detail(self.detail);
        Error { hints: self.hints, ..error }
    }
}
