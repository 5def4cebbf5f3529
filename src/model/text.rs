//! A sentence before it has a language: a message id and typed arguments, which `lang` localizes.

use std::fmt;

/// The id of a message in `lang/*.ftl` and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    pub id: &'static str,
    pub args: Vec<(&'static str, Argument)>,
}

/// The type decides, never the text: an account called `007` stays `007`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    Text(String),
    /// Chooses the plural form.
    Count(usize),
}

impl Text {
    #[must_use]
    pub fn new(id: &'static str) -> Self {
        Self { id, args: Vec::new() }
    }

    /// Adds a text argument, even if it looks like a number.
    #[must_use]
    pub fn with(mut self, name: &'static str, text: impl ToString) -> Self {
        self.args.push((name, Argument::Text(text.to_string())));
        self
    }

    /// Adds a number argument.
    #[must_use]
    pub fn count(mut self, name: &'static str, count: impl Into<usize>) -> Self {
        self.args.push((name, Argument::Count(count.into())));
        self
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<usize> for Argument {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}

impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Count(count) => count.fmt(f),
        }
    }
}
