//! What the reader of TOML refuses, in the user's words.

use std::ops::Range;

use crate::model::Text;

/// Japanese keyboards type it where a space is meant, and it looks like one.
const WIDE_SPACE: char = '\u{3000}';

/// The message about the part of the source at `span`.
pub(super) fn in_words(message: &str, source: &str, span: Range<usize>) -> Text {
    let line = source.get(..span.start).map_or(0, |before| before.rfind('\n').map_or(0, |at| at + 1));
    let shown = source.get(line..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let names = |list: &str| list.trim_start_matches("one of ").replace(" or ", ", ").replace('`', "");
    let parts = |lead: &str, between: &str| {
        message.strip_prefix(lead)?.split_once(between).map(|(one, other)| (names(one), names(other)))
    };
    if is_outside_quotes(shown, WIDE_SPACE) {
        return Text::new("profile-wide-space");
    }
    if let Some((name, known)) = parts("unknown field ", ", expected ") {
        return Text::new("profile-unknown-field").with("name", name).with("known", known);
    }
    if let Some((value, known)) = parts("unknown variant ", ", expected ") {
        return Text::new("profile-unknown-value").with("value", value).with("known", known);
    }
    if let Some(name) = message.strip_prefix("missing field ") {
        return Text::new("profile-missing-field").with("name", names(name));
    }
    if let Some((_, expected)) = parts("invalid type: ", ", expected ") {
        return match expected.as_str() {
            "a sequence" => Text::new("profile-must-be-list"),
            "a string" => Text::new("profile-must-be-text"),
            "a boolean" => Text::new("profile-must-be-switch"),
            it if it.starts_with("struct ") || it == "a map" => Text::new("profile-must-be-table"),
            _ => Text::new("profile-not-toml").with("message", message),
        };
    }
    match message {
        "duplicate key" => Text::new("profile-stated-twice"),
        _ if message.starts_with("string values must be quoted") => Text::new("profile-must-be-text"),
        _ => Text::new("profile-not-toml").with("message", message),
    }
}

fn is_outside_quotes(line: &str, sought: char) -> bool {
    let mut quote = None;
    for letter in line.chars() {
        match (quote, letter) {
            (None, '#') => return false,
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            (None, _) if letter == sought => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::raw::Layer;

    fn said(source: &str) -> &'static str {
        let error = toml::from_str::<Layer>(source).err().unwrap();
        in_words(error.message(), source, error.span().unwrap_or(0..0)).id
    }

    #[test]
    fn mistakes_of_form_are_said_in_words_of_our_own() {
        for (source, id) in [
            ("limit = 5", "profile-unknown-field"),
            ("[notify]\nemails = \"a@example.com\"", "profile-must-be-list"),
            ("extends = study", "profile-must-be-text"),
            ("[description]\nen = 5", "profile-must-be-text"),
            ("[trail]\nenabled = \"yes\"", "profile-must-be-switch"),
            ("trail = 5", "profile-must-be-table"),
            ("[budgets.action]\napproval = \"maybe\"", "profile-unknown-value"),
            ("[[sweep.keep]]\nresource = \"ec2-instance\"", "profile-missing-field"),
            ("[trail]\n[trail]", "profile-stated-twice"),
            ("[trail", "profile-not-toml"),
        ] {
            assert_eq!(said(source), id, "{source}");
        }
    }

    #[test]
    fn a_wide_space_is_named() {
        for source in ["extends\u{3000}= \"study\"", "limit_usd = 5\u{3000}", "# x\nlimit_usd =\u{3000}5"] {
            assert_eq!(said(source), "profile-wide-space", "{source}");
        }
        assert_eq!(said("name = \"a\u{3000}b\""), "profile-unknown-field");
        assert_eq!(said("limit = 5 # a\u{3000}b"), "profile-unknown-field");
    }
}
