//! Finds a profile, reads it and what it extends, and reports mistakes with their position.

use std::ops::Range;
use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::check::{Checks, Violation};
use super::raw::Layer;
use super::settings::{DEFAULT, Profile};
use super::syntax::in_words;
use super::webhook::masked;
use crate::error::{Error, Result};
use crate::model::{Text, nearest};

/// Localizes a sentence.
pub type Say<'a> = &'a dyn Fn(&Text) -> String;

/// The longest chain of `extends`.
const DEEPEST: usize = 5;

/// The shipped profiles: name and text.
static SHIPPED: [(&str, &str); 3] = [
    ("personal", include_str!("../../profiles/personal.toml")),
    ("study", include_str!("../../profiles/study.toml")),
    ("training-org", include_str!("../../profiles/training-org.toml")),
];

/// The shipped profiles: name and text.
#[must_use]
pub fn shipped() -> &'static [(&'static str, &'static str)] {
    &SHIPPED
}

/// Loads the profile with this name or path, merged into the profile that it extends.
///
/// # Errors
/// It does not exist, cannot be read, or has mistakes: all violated rules are reported at once.
pub fn load(reference: &str, say: Say) -> Result<Profile> {
    let place = find(reference).ok_or_else(|| unknown(reference))?;
    read(&place, &[], say)
}

/// The location of a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Shipped(&'static str, &'static str),
    File(PathBuf),
}

/// A shipped name takes precedence over a file of that name, so that a folder's content cannot change the meaning of `personal`.
fn find(reference: &str) -> Option<Place> {
    if is_path(reference) {
        return Some(Place::File(PathBuf::from(reference)));
    }
    shipped_place(reference).or_else(|| Path::new(reference).is_file().then(|| Place::File(PathBuf::from(reference))))
}

fn is_path(reference: &str) -> bool {
    reference.contains(['/', std::path::MAIN_SEPARATOR])
        || Path::new(reference).extension().is_some_and(|extension| extension == "toml")
}

fn shipped_place(name: &str) -> Option<Place> {
    SHIPPED.iter().find(|(shipped, _)| *shipped == name).map(|&(name, text)| Place::Shipped(name, text))
}

impl Place {
    fn name(&self) -> String {
        match self {
            Self::Shipped(name, _) => (*name).to_owned(),
            Self::File(path) => path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        }
    }

    /// Its name in messages.
    fn shown(&self) -> String {
        match self {
            Self::Shipped(name, _) => (*name).to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// A shipped name or an absolute path: valid in any folder.
    fn reference(&self) -> String {
        match self {
            Self::Shipped(name, _) => (*name).to_owned(),
            Self::File(path) => std::path::absolute(path).unwrap_or_else(|_| path.clone()).display().to_string(),
        }
    }

    fn source(&self) -> Result<String> {
        match self {
            Self::Shipped(_, text) => Ok((*text).to_owned()),
            Self::File(path) => std::fs::read_to_string(path).map_err(|error| {
                Error::usage(Text::new("error-profile-unreadable").with("file", path.display()))
                    .detail(error)
                    .hint(Text::new("hint-profile-names").with("names", names()))
            }),
        }
    }

    /// The profile that this one extends: a shipped name, or a path relative to this one.
    fn base(&self, reference: &str) -> Option<Place> {
        match self {
            Self::File(path) if is_path(reference) => {
                let beside = path.parent().unwrap_or(Path::new("")).join(reference);
                beside.is_file().then_some(Place::File(beside))
            }
            _ => shipped_place(reference),
        }
    }

    fn same(&self, other: &Place) -> bool {
        match (self, other) {
            (Self::File(one), Self::File(other)) => match (one.canonicalize(), other.canonicalize()) {
                (Ok(one), Ok(other)) => one == other,
                _ => one == other,
            },
            _ => self == other,
        }
    }
}

/// `above` are the profiles that extend this one, outermost first.
fn read(place: &Place, above: &[Place], say: Say) -> Result<Profile> {
    let source = place.source()?;
    let layer: Layer = toml::from_str(&source).map_err(|error| {
        let message = masked(&error.message().lines().collect::<Vec<_>>().join("; "));
        let span = error.span().unwrap_or(0..0);
        mistake(place, &source, &[(span.clone(), say(&in_words(&message, &source, span)))])
    })?;
    let base = base(place, &layer, above).map_err(|violation| mistakes(place, &source, &[violation], say))?;
    let ground = match base {
        Some(base) => read(&base, &[above, std::slice::from_ref(place)].concat(), say)?,
        None => Profile::blank(),
    };
    let mut checks = Checks::new(&source);
    let profile = layer.over(ground, &mut checks, matches!(place, Place::Shipped(..)));
    if !checks.violations.is_empty() {
        return Err(mistakes(place, &source, &checks.violations, say));
    }
    Ok(Profile { name: place.name(), reference: place.reference(), ..profile })
}

/// A user's file without `extends` extends the default profile: it only states what differs.
fn base(place: &Place, layer: &Layer, above: &[Place]) -> Result<Option<Place>, Violation> {
    let Some(stated) = &layer.extends else {
        let own = matches!(place, Place::File(_));
        return Ok(own.then(|| shipped_place(DEFAULT)).flatten());
    };
    let name = stated.get_ref();
    let wrong = |text: Text| Violation { span: stated.span(), text: text.with("name", name) };
    let Some(base) = place.base(name) else {
        let id = if is_path(name) { "profile-extends-no-file" } else { "profile-extends-unknown" };
        return Err(wrong(Text::new(id).with("names", names())));
    };
    if place.same(&base) || above.iter().any(|one| one.same(&base)) {
        return Err(wrong(Text::new("profile-extends-cycle")));
    }
    if above.len() + 2 > DEEPEST {
        return Err(wrong(Text::new("profile-extends-deep").count("most", DEEPEST)));
    }
    Ok(Some(base))
}

fn mistakes(place: &Place, source: &str, violations: &[Violation], say: Say) -> Error {
    let said: Vec<_> = violations.iter().map(|violation| (violation.span.clone(), say(&violation.text))).collect();
    mistake(place, source, &said)
}

fn mistake(place: &Place, source: &str, said: &[(Range<usize>, String)]) -> Error {
    let (file, source) = (place.shown(), &masked(source));
    let groups: Vec<Group> = said
        .iter()
        .map(|(span, message)| {
            let snippet =
                Snippet::source(source).path(file.as_str()).annotation(AnnotationKind::Primary.span(span.clone()));
            Level::ERROR.no_name().primary_title(message.as_str()).element(snippet)
        })
        .collect();
    let snippet = Renderer::plain().render(&groups);
    Error::usage(Text::new("error-profile").with("file", file).with("snippet", snippet))
}

fn unknown(reference: &str) -> Error {
    let error = Error::usage(Text::new("error-profile-unknown").with("name", reference))
        .hint(Text::new("hint-profile-names").with("names", names()));
    match nearest(reference, SHIPPED.iter().map(|(name, _)| *name)) {
        Some(name) => error.hint(Text::new("hint-profile-nearest").with("name", name)),
        None => error,
    }
}

fn names() -> String {
    SHIPPED.map(|(name, _)| name).join(", ")
}

#[cfg(test)]
mod tests;
