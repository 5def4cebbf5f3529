//! The actions that end or lower a charge.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An action that ends or lowers a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verb {
    /// It can be started again; its storage is still charged.
    Stop,
    /// It is deleted for good.
    Delete,
}
