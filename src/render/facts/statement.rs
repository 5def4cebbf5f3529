//! A sentence about a whole report: its subject, and its colour on a terminal.

use anstyle::Style;

use crate::render::layout::Layout;
use crate::render::terminal::paragraph;

#[derive(Debug, Clone)]
pub struct Statement {
    pub about: About,
    pub style: Style,
    pub text: String,
}

/// The subject of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Account, time, regions and types.
    Scope,
    /// What kind of account it is.
    Account,
    Bill,
    Prices,
    /// The sums, and whether they are complete.
    Total,
}

impl About {
    /// The name for programs, never translated.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Scope => "scope",
            Self::Account => "account",
            Self::Bill => "bill",
            Self::Prices => "prices",
            Self::Total => "total",
        }
    }
}

impl Statement {
    pub fn new(about: About, style: Style, text: String) -> Self {
        Self { about, style, text }
    }

    /// Adds the statements to a text, one a line.
    pub fn write(statements: &[Self], layout: Layout, out: &mut String) {
        for statement in statements {
            paragraph(&statement.text, 0, statement.style, layout, out);
        }
    }
}
