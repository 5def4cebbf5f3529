//! A sentence about a whole report: its subject, its label, and its colour on a terminal.

use std::fmt::Write as _;

use anstyle::Style;

use crate::render::layout::Layout;
use crate::render::terminal::{padded, paragraph, styled, wrapped};

/// The column at which the text of labelled statements begins.
const INDENT: usize = 12;

#[derive(Debug, Clone)]
pub struct Statement {
    pub about: About,
    pub style: Style,
    /// A word or two before the text.
    pub label: Option<String>,
    pub text: String,
}

/// The subject of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Account, time, regions and types.
    Scope,
    /// The kind of account.
    Account,
    /// The difference from an earlier sweep.
    Changes,
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
            Self::Changes => "changes",
            Self::Bill => "bill",
            Self::Prices => "prices",
            Self::Total => "total",
        }
    }
}

impl Statement {
    pub fn new(about: About, style: Style, text: String) -> Self {
        Self { about, style, label: None, text }
    }

    #[must_use]
    pub fn labelled(self, label: String) -> Self {
        Self { label: Some(label), ..self }
    }

    /// The label and the text, for forms without columns.
    #[must_use]
    pub fn sentence(&self) -> String {
        match &self.label {
            Some(label) => format!("{label}: {}", self.text),
            None => self.text.clone(),
        }
    }

    /// Adds the head of a report to a text: the heading and the rest, with an empty line after each.
    pub fn write_head(head: &[Self], layout: Layout, out: &mut String) {
        let (heading, head) = head.split_at(1);
        for statements in [heading, head] {
            Self::write(statements, layout, out);
            out.push('\n');
        }
    }

    /// Adds the statements to a text: each on a line, labels on the left.
    pub fn write(statements: &[Self], layout: Layout, out: &mut String) {
        for statement in statements {
            let Some(label) = &statement.label else {
                paragraph(&statement.text, 0, statement.style, layout, out);
                continue;
            };
            let mut label = styled(statement.style, &padded(label, INDENT - 1));
            for line in wrapped(&statement.text, layout.width.saturating_sub(INDENT)) {
                let line = styled(statement.style, &line);
                let _ = writeln!(out, "{} {line}", std::mem::replace(&mut label, " ".repeat(INDENT - 1)));
            }
        }
    }
}
