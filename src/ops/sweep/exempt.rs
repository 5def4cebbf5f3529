//! Exemptions: the profile's `keep` list, each entry with a reason and a last day.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::found::Found;
use crate::model::{Exemption, Gap, Note};
use crate::profile::{Keep, Which};

/// The profile's entry for one thing.
#[derive(Default)]
pub(super) struct Kept {
    /// Until the entry's last day.
    pub exempt: Option<Exemption>,
    pub note: Option<Note>,
}

/// The entry that matches the thing; of several the one with the latest end.
pub(super) fn kept(found: &Found, keep: &[Keep], now: Timestamp) -> Kept {
    let today = now.to_zoned(TimeZone::UTC).date();
    let entry = keep.iter().filter(|entry| names(entry, found)).max_by_key(|entry| entry.until);
    entry.map(|entry| of(entry, today)).unwrap_or_default()
}

fn of(entry: &Keep, today: Date) -> Kept {
    let lasts = entry.until >= today;
    let id = if lasts { "kept" } else { "keep-ended" };
    let exempt = lasts.then(|| Exemption { reason: entry.reason.clone(), until: entry.until });
    Kept { exempt, note: Some(Note::with(id, format!("{}: {}", entry.until, entry.reason))) }
}

/// Notes about entries that match nothing. An entry of a type with gaps is left out, because it may match something there.
pub(super) fn unused(keep: &[Keep], found: &[Found], gaps: &[Gap]) -> Vec<Note> {
    let unseen = |entry: &Keep| gaps.iter().any(|gap| gap.resource.as_ref().is_none_or(|id| *id == entry.resource));
    let unused = keep.iter().filter(|entry| !unseen(entry) && !found.iter().any(|found| names(entry, found)));
    unused
        .map(|Keep { resource, which: Which::Id(thing) | Which::Name(thing), .. }| {
            Note::with("keep-unused", format!("{resource} {thing}"))
        })
        .collect()
}

/// Names also match ids: many services have one where others have the other.
fn names(entry: &Keep, Found { resource, listed, .. }: &Found) -> bool {
    let same = match &entry.which {
        Which::Id(id) => *id == listed.id,
        Which::Name(name) => listed.name.as_ref().unwrap_or(&listed.id) == name,
    };
    same && entry.resource == resource.id
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Listed, Reason, Region};
    use crate::resources;

    fn instance(name: Option<&str>) -> Found {
        let listed = Listed::new("i-1").named(name.map(str::to_owned));
        Found::new(&Region::home(), resources::find("ec2-instance").unwrap(), listed)
    }

    fn entry(which: Which, until: Date) -> Keep {
        Keep { resource: "ec2-instance".into(), which, reason: "my blog".into(), until }
    }

    fn marked(which: Which, until: Date) -> Vec<String> {
        let now = "2026-11-23T23:59:00Z".parse().unwrap();
        let Kept { exempt, note } = kept(&instance(Some("blog")), &[entry(which, until)], now);
        assert_eq!(
            exempt.map(|it| it.until),
            Some(until).filter(|_| note.as_ref().is_some_and(|it| it.id() == "kept"))
        );
        note.iter().map(|note| format!("{}={}", note.id(), note.value().unwrap())).collect()
    }

    #[test]
    fn a_kept_thing_is_kept_through_its_last_day_and_not_longer() {
        let by_name = || Which::Name("blog".into());
        assert_eq!(marked(by_name(), Date::constant(2026, 11, 23)), ["kept=2026-11-23: my blog"]);
        assert_eq!(marked(by_name(), Date::constant(2026, 11, 22)), ["keep-ended=2026-11-22: my blog"]);
        assert_eq!(marked(Which::Id("i-1".into()), Date::constant(2027, 1, 1)), ["kept=2027-01-01: my blog"]);
        assert_eq!(marked(Which::Id("i-2".into()), Date::constant(2027, 1, 1)), Vec::<String>::new());
    }

    #[test]
    fn a_thing_without_a_name_is_named_by_its_id() {
        let by_name = entry(Which::Name("i-1".into()), Date::constant(2027, 1, 1));
        assert!(names(&by_name, &instance(None)));
        assert!(!names(&by_name, &instance(Some("blog"))));
    }

    #[test]
    fn an_entry_that_names_nothing_is_reported_where_its_type_was_seen_everywhere() {
        let keep = [entry(Which::Id("i-1".into()), Date::MAX), entry(Which::Name("shop".into()), Date::MAX)];
        let found = [instance(Some("blog"))];
        assert_eq!(unused(&keep, &found, &[]), [Note::with("keep-unused", "ec2-instance shop")]);
        let gap = |resource: Option<&str>| Gap {
            account: "123456789012".parse().unwrap(),
            region: None,
            resource: resource.map(str::to_owned),
            reason: Reason::Denied,
            action: None,
            message: String::new(),
            cause: None,
        };
        assert_eq!(unused(&keep, &found, &[gap(Some("ec2-volume"))]).len(), 1);
        assert_eq!(unused(&keep, &found, &[gap(Some("ec2-instance"))]), []);
        assert_eq!(unused(&keep, &found, &[gap(None)]), []);
    }
}
