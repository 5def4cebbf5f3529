//! The report of `guardrail resources`: the resource types, how they are charged, and the permissions that they need.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::words::Words;

pub const RESOURCES_SCHEMA: &str = "guardrail/resources/v1";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Catalogue {
    pub schema: String,
    pub version: String,
    pub resources: Vec<CatalogueRow>,
}

/// One resource type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CatalogueRow {
    pub id: String,
    pub names: Words,
    /// How it is charged.
    pub bills: Words,
    pub scope: CatalogueScope,
    /// The IAM actions of a sweep.
    pub reads: Vec<String>,
    /// The IAM actions that its commands need.
    pub writes: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CatalogueScope {
    Region,
    Global,
}
