//! What is meant to be there: the profile's `keep` list, each entry with a reason and a last day.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::{Finding, Note};
use crate::profile::{Keep, Which};

/// The note of a finding that is kept on purpose. It still bills, and is still reported.
pub const KEPT: &str = "kept";

/// Marks a finding that an entry names: kept until its day, and after that day forgotten by nobody.
pub fn mark(finding: &mut Finding, keep: &[Keep], now: Timestamp) {
    let today = now.to_zoned(TimeZone::UTC).date();
    let entry = keep.iter().filter(|entry| names(entry, finding)).max_by_key(|entry| entry.until);
    finding.notes.extend(entry.map(|entry| note(entry, today)));
}

/// Whether a finding is kept on purpose today.
#[must_use]
pub fn is_kept(finding: &Finding) -> bool {
    finding.notes.iter().any(|note| note.id() == KEPT)
}

fn names(entry: &Keep, finding: &Finding) -> bool {
    let same = match &entry.which {
        Which::Id(id) => *id == finding.id,
        Which::Name(name) => finding.name.as_ref() == Some(name),
    };
    same && entry.resource == finding.resource
}

fn note(entry: &Keep, today: Date) -> Note {
    let id = if entry.until < today { "keep-ended" } else { KEPT };
    Note::with(id, format!("{}: {}", entry.until, entry.reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(which: Which, until: Date) -> Vec<String> {
        let mut finding = Finding { resource: "ec2-instance".into(), name: Some("blog".into()), ..Finding::new("i-1") };
        let entry = Keep { resource: "ec2-instance".into(), which, reason: "my blog".into(), until };
        mark(&mut finding, &[entry], "2026-11-23T23:59:00Z".parse().unwrap());
        assert_eq!(is_kept(&finding), finding.notes.iter().any(|note| note.id() == "kept"));
        finding.notes.iter().map(|note| format!("{}={}", note.id(), note.value().unwrap())).collect()
    }

    #[test]
    fn a_kept_thing_is_kept_through_its_last_day_and_not_longer() {
        let by_name = || Which::Name("blog".into());
        assert_eq!(marked(by_name(), Date::constant(2026, 11, 23)), ["kept=2026-11-23: my blog"]);
        assert_eq!(marked(by_name(), Date::constant(2026, 11, 22)), ["keep-ended=2026-11-22: my blog"]);
        assert_eq!(marked(Which::Id("i-1".into()), Date::constant(2027, 1, 1)), ["kept=2027-01-01: my blog"]);
        assert_eq!(marked(Which::Id("i-2".into()), Date::constant(2027, 1, 1)), Vec::<String>::new());
    }
}
