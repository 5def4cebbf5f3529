//! A note of a report: the id of a sentence, and its argument.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A note about a finding: the id of a message (`note-…` in `lang`) and its argument, written
/// `restarts-by-itself=2026-11-29T03:00:00Z`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Note(String);

impl Note {
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self(id.to_owned())
    }

    #[must_use]
    pub fn with(id: &str, value: impl fmt::Display) -> Self {
        Self(format!("{id}={value}"))
    }

    #[must_use]
    pub fn id(&self) -> &str {
        self.0.split_once('=').map_or(&self.0, |(id, _)| id)
    }

    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.0.split_once('=').map(|(_, value)| value)
    }
}
