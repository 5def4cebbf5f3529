//! The rules of a profile that its grammar cannot state.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;
use rust_decimal::Decimal;
use toml::Spanned;

use super::raw::Raw;
use crate::model::{Region, Text};

pub const MOST_EMAILS: usize = 10;
pub const MOST_ALARMS: usize = 10;
/// AWS documents five in one place and ten in another.
pub const MOST_NOTIFICATIONS: usize = 5;
/// The maximum of users, of groups and of roles for a budget action.
pub const MOST_TARGETS: usize = 100;
const MOST_PERCENT: u16 = 1000;
const MOST_DAYS: u16 = 3650;

/// A mistake, and its position in the file.
pub(super) struct Violation {
    pub span: Range<usize>,
    pub text: Text,
}

/// Validates the values of one file and collects the mistakes.
pub(super) struct Checks<'a> {
    source: &'a str,
    pub violations: Vec<Violation>,
}

impl<'a> Checks<'a> {
    pub fn new(source: &'a str) -> Self {
        Self { source, violations: Vec::new() }
    }

    pub fn note(&mut self, span: Range<usize>, text: Text) {
        self.violations.push(Violation { span, text });
    }

    pub fn one<T>(&mut self, raw: &Spanned<Raw>, rule: fn(&str) -> Result<T, Text>) -> Option<T> {
        let read = match raw.get_ref() {
            Raw::Text(text) => rule(text),
            Raw::Literal => rule(&self.source.get(raw.span()).unwrap_or_default().replace('_', "")),
        };
        read.map_err(|text| self.note(raw.span(), text)).ok()
    }

    pub fn list<T>(&mut self, raw: &Spanned<Vec<Spanned<Raw>>>, rule: fn(&str) -> Result<T, Text>) -> Vec<T> {
        raw.get_ref().iter().filter_map(|one| self.one(one, rule)).collect()
    }

    pub fn at_most<T>(&mut self, most: usize, count: usize, id: &'static str, stated: &Spanned<T>) {
        if count > most {
            self.note(stated.span(), too_many(id, most, count));
        }
    }

    /// An enabled budget has at least one notification, and no more than AWS allows.
    pub fn notifications(&mut self, enabled: bool, count: usize, stated: Range<usize>) {
        if count > MOST_NOTIFICATIONS {
            self.note(stated, too_many("profile-too-many-notifications", MOST_NOTIFICATIONS, count));
        } else if enabled && count == 0 {
            self.note(stated, Text::new("profile-no-notification"));
        }
    }
}

pub(super) fn too_many(id: &'static str, most: usize, count: usize) -> Text {
    Text::new(id).count("most", most).count("count", count)
}

fn wrong(id: &'static str, value: &str) -> Text {
    Text::new(id).with("value", value.escape_debug())
}

pub(super) fn percent(text: &str) -> Result<u16, Text> {
    let error = || wrong("profile-percent", text).count("most", MOST_PERCENT);
    text.parse().ok().filter(|percent| (1..=MOST_PERCENT).contains(percent)).ok_or_else(error)
}

pub(super) fn days(text: &str) -> Result<u16, Text> {
    let error = || wrong("profile-days", text).count("most", MOST_DAYS);
    text.parse().ok().filter(|days| (1..=MOST_DAYS).contains(days)).ok_or_else(error)
}

pub(super) fn quantity(text: &str) -> Result<Decimal, Text> {
    let quantity = Decimal::from_str_exact(text).ok().filter(|quantity| *quantity > Decimal::ZERO);
    quantity.map(|quantity| quantity.normalize()).ok_or_else(|| wrong("profile-quantity", text))
}

pub(super) fn region(text: &str) -> Result<Region, Text> {
    if Region::is_well_formed(text) { Ok(Region::new(text)) } else { Err(wrong("profile-region", text)) }
}

pub(super) fn date(text: &str) -> Result<Date, Text> {
    // The calendar library also parses other ISO 8601 forms and times.
    let plain = text.len() == 10;
    text.parse().ok().filter(|_| plain).ok_or_else(|| wrong("profile-date", text))
}

/// Lower-case words joined by hyphens, like the ids of resource types and budgets.
pub(super) fn kebab(text: &str) -> Result<String, Text> {
    let word =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if text.len() <= 60 && text.split('-').all(word) { Ok(text.to_owned()) } else { Err(wrong("profile-kebab", text)) }
}

/// The name of an IAM user, group or role: without its path.
pub(super) fn iam_name(text: &str) -> Result<String, Text> {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
    let valid = (1..=128).contains(&text.len()) && text.bytes().all(letter);
    if valid { Ok(text.to_owned()) } else { Err(wrong("profile-iam-name", text)) }
}

pub(super) fn words(text: &str) -> Result<String, Text> {
    let text = text.trim();
    if text.is_empty() || text.contains(char::is_control) {
        return Err(Text::new("profile-empty"));
    }
    Ok(text.to_owned())
}

pub(super) fn ascending<T: Ord>(list: Vec<T>) -> Vec<T> {
    list.into_iter().collect::<BTreeSet<T>>().into_iter().collect()
}

pub(super) fn without_repeats(list: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    list.into_iter().filter(|one| seen.insert(one.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_every_range_hold() {
        assert_eq!((percent("1"), percent("1000")), (Ok(1), Ok(1000)));
        assert_eq!((days("1"), days("3650")), (Ok(1), Ok(3650)));
        for bad in ["0", "1001", "-1", "12.5", "70000", "50%", ""] {
            assert_eq!(percent(bad).unwrap_err().id, "profile-percent", "{bad}");
        }
        for bad in ["0", "3651", "-1", "1.5", "forever"] {
            assert_eq!(days(bad).unwrap_err().id, "profile-days", "{bad}");
        }
        for bad in ["0", "-1", "many", "", "1e3"] {
            assert_eq!(quantity(bad).unwrap_err().id, "profile-quantity", "{bad}");
        }
    }

    #[test]
    fn a_date_is_a_day_of_the_calendar() {
        assert_eq!(date("2028-02-29"), Ok(jiff::civil::date(2028, 2, 29)));
        for bad in ["2027-02-29", "2027-2-1", "20270201", "2027-02-01T10:00:00", "soon", ""] {
            assert_eq!(date(bad).unwrap_err().id, "profile-date", "{bad}");
        }
    }

    #[test]
    fn an_iam_name_has_no_path_and_is_no_address() {
        assert!(
            ["hana", "OrganizationAccountAccessRole", "a.b+c=d,e@f-g_h"].into_iter().all(|it| iam_name(it).is_ok())
        );
        for bad in ["", "team/hana", "arn:aws:iam::123456789012:user/hana", "花", "a b", &"a".repeat(129)] {
            assert_eq!(iam_name(bad).unwrap_err().id, "profile-iam-name", "{bad}");
        }
    }

    #[test]
    fn names_are_kebab_case() {
        assert!(kebab("ec2-instance").is_ok());
        for bad in ["", "EC2", "a--b", "-a", "a-", "a b", "a/b", "a:b"] {
            assert_eq!(kebab(bad).unwrap_err().id, "profile-kebab", "{bad}");
        }
    }
}
