//! JSON: the contract other programs read.

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

/// JSON is in English whatever the screen speaks: the hints of the proof are filled in.
pub fn with_hints(report: &SafeguardReport) -> SafeguardReport {
    let english = Speech::new(Lang::En);
    let mut report = report.clone();
    for link in report.safeguards.iter_mut().flat_map(|row| &mut row.proof) {
        link.hint = (link.status != Status::Ok).then(|| sentence::proof(link, &english));
    }
    report
}
