//! JSON: the contract with other programs.

use serde::Serialize;

use super::sentence;
use crate::error::{Error, Result};
use crate::lang::Speech;
use crate::model::report::Status;
use crate::model::{Lang, SafeguardReport, Text};

pub fn write(report: &impl Serialize) -> Result<String> {
    let mut text =
        serde_json::to_string_pretty(report).map_err(|error| Error::failed(Text::new("error-render")).detail(error))?;
    text.push('\n');
    Ok(text)
}

/// Fills in the hints of the proof, always in English: JSON does not depend on the language.
pub fn with_hints(report: &SafeguardReport) -> SafeguardReport {
    let english = Speech::new(Lang::En);
    let mut report = report.clone();
    for link in report.safeguards.iter_mut().flat_map(|row| &mut row.proof) {
        link.hint = (link.status != Status::Ok).then(|| sentence::proof(link, &english));
    }
    report
}
