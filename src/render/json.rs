//! JSON: the contract with other programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::sentence;
use crate::error::{Error, Result};
use crate::lang::Speech;
use crate::model::report::Status;
use crate::model::unseen::is_unseen;
use crate::model::{Lang, OrganizationSafeguards, SafeguardReport, Text};

pub fn write(report: &impl Serialize) -> Result<String> {
    let mut text =
        serde_json::to_string_pretty(report).map_err(|error| Error::failed(Text::new("error-render")).detail(error))?;
    text.push('\n');
    Ok(escaped(&text))
}

/// Invisible characters stay what they are to a program, and cannot steer a terminal that shows the file. Outside of
/// strings there is none but the line break.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter == '\n' || !is_unseen(letter) {
            safe.push(letter);
            continue;
        }
        for unit in letter.encode_utf16(&mut [0; 2]) {
            let _ = write!(safe, "\\u{unit:04x}");
        }
    }
    safe
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

/// The same in the report of every account.
pub fn with_hints_of_all(report: &OrganizationSafeguards) -> OrganizationSafeguards {
    let mut report = report.clone();
    for own in report.accounts.iter_mut().filter_map(|it| it.report.as_deref_mut()) {
        *own = with_hints(own);
    }
    report
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_escaped_and_read_back() {
        let names = ["a\u{202e}b\u{e0041}", "line\nbreak\u{7f}", "名前 é"].map(str::to_owned);
        let text = write(&names).unwrap();
        assert!(
            text.contains(r#""a\u202eb\udb40\udc41""#) && !text.contains(|it| it != '\n' && is_unseen(it)),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<[String; 3]>(&text).unwrap(), names);
    }
}
