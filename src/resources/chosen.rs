//! Resolves the resource types that a person names: by id, by family, or by a pattern such as `rds-*`.

use super::all::{ALL, FAMILIES};
use crate::error::{Error, Result};
use crate::model::{Text, nearest};

/// The most types that an error suggests.
const MOST: usize = 4;

/// The ids of the types that `words` select.
///
/// # Errors
/// A word selects no type: the error suggests the nearest one.
pub fn chosen(words: &[String]) -> Result<Vec<String>> {
    let mut ids: Vec<String> = Vec::new();
    for word in words {
        let named = named(word);
        if named.is_empty() {
            return Err(unknown(word));
        }
        ids.extend(named.into_iter().map(str::to_owned).filter(|id| !ids.contains(id)).collect::<Vec<_>>());
    }
    Ok(ids)
}

fn named(word: &str) -> Vec<&'static str> {
    let ids = || ALL.iter().map(|resource| resource.id);
    match FAMILIES.iter().find(|family| family.id == word) {
        Some(family) => family.types.iter().map(|resource| resource.id).collect(),
        None => ids().filter(|id| matches(word, id)).collect(),
    }
}

/// Whether `text` matches `pattern`, in which `*` matches anything.
#[must_use]
pub fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((before, after)) => {
            let Some(rest) = text.strip_prefix(before) else { return false };
            let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
            ends.into_iter().any(|at| matches(after, &rest[at..]))
        }
    }
}

/// The error for a word that selects no type.
#[must_use]
pub fn unknown(word: &str) -> Error {
    let families = FAMILIES.iter().map(|family| family.id);
    let error = Error::usage(Text::new("error-resource-unknown").with("resource", word));
    let error = match meant(word) {
        Some(near) => error.hint(Text::new("hint-did-you-mean").with("near", near)),
        None => error,
    };
    let families = families.collect::<Vec<_>>().join(", ");
    error.hint(Text::new("hint-resources")).hint(Text::new("hint-families").with("families", families))
}

/// The suggestion: `rds-*` for `rds`; else the nearest id or family; else the ids that contain the word.
fn meant(word: &str) -> Option<String> {
    let ids = || ALL.iter().map(|resource| resource.id);
    let begins = format!("{word}-");
    if !word.is_empty() && ids().any(|id| id.starts_with(&begins)) {
        return Some(format!("{begins}*"));
    }
    let families = FAMILIES.iter().map(|family| family.id);
    if let Some(near) = nearest(word, ids().chain(families)) {
        return Some(near.to_owned());
    }
    let parts: Vec<_> = ids().filter(|id| word.len() > 2 && id.contains(word)).collect();
    (1..=MOST).contains(&parts.len()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(words: &[&str]) -> Vec<String> {
        chosen(&words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>()).unwrap()
    }

    fn suggested(word: &str) -> Option<String> {
        let error = chosen(&[word.to_owned()]).unwrap_err();
        let near = error.hints.iter().find(|hint| hint.id == "hint-did-you-mean")?;
        Some(near.args[0].1.to_string())
    }

    #[test]
    fn a_word_names_a_type_a_family_or_a_pattern() {
        assert_eq!(ids(&["ec2-volume", "ec2-volume"]), ["ec2-volume"]);
        let family = FAMILIES.iter().find(|family| family.id == "ec2").unwrap();
        assert_eq!(ids(&["ec2"]).len(), family.types.len());
        let volumes = ids(&["ec2-v*"]);
        assert!(volumes.contains(&"ec2-volume".to_owned()) && volumes.iter().all(|id| id.starts_with("ec2-v")));
        assert_eq!(ids(&["*"]).len(), ALL.len());
        assert!(matches("a*c*", "abcd") && !matches("a*c", "abcd") && matches("*", ""));
    }

    #[test]
    fn no_family_is_called_as_a_type_is() {
        assert!(FAMILIES.iter().all(|family| ALL.iter().all(|resource| resource.id != family.id)));
    }

    #[test]
    fn a_word_that_names_nothing_has_the_nearest_suggested() {
        assert_eq!(suggested("ec2-instanze").as_deref(), Some("ec2-instance"));
        assert_eq!(suggested("databasse").as_deref(), Some("databases"));
        assert_eq!(suggested("cloudwatch").as_deref(), Some("cloudwatch-*"));
        assert_eq!(suggested("xyzzy"), None);
        assert_eq!(suggested(""), None);
    }
}
