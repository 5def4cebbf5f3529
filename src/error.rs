//! What went wrong, what it means and what to do next, before it is put into words.

use crate::model::{AccountId, Cause, Gap, Note, Reason, Region, Text};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure. `what` and `hints` are said by `lang`; `detail` is what AWS or the system said, one line.
#[derive(Debug, Clone)]
pub struct Error {
    pub kind: Kind,
    pub what: Text,
    pub hints: Vec<Text>,
    pub detail: Option<String>,
    /// The IAM action of the call that failed, where it was a call.
    pub action: Option<String>,
    /// AWS's code of the failure, where AWS answered with one.
    pub code: Option<String>,
    /// What is known about it beyond its kind.
    pub cause: Option<Cause>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The user can mend it by saying something else. Exit code 2.
    Usage,
    /// No result. Exit code 1.
    Failed,
    /// AWS did not answer, or not with a result. Exit code 1, or a gap in a report.
    Cloud(Reason),
    /// Interrupted by the user. Exit code 130.
    Interrupted,
}

impl Error {
    #[must_use]
    pub fn new(kind: Kind, what: Text) -> Self {
        Self { kind, what, hints: Vec::new(), detail: None, action: None, code: None, cause: None }
    }

    #[must_use]
    pub fn usage(what: Text) -> Self {
        Self::new(Kind::Usage, what)
    }

    #[must_use]
    pub fn failed(what: Text) -> Self {
        Self::new(Kind::Failed, what)
    }

    /// This program failed where it should not have.
    #[must_use]
    pub fn mistake() -> Self {
        let error = Self::failed(Text::new("gap-mistake")).detail(Gap::MISTAKE);
        Self { cause: Some(Cause::Mistake), ..error }
    }

    #[must_use]
    pub fn hint(mut self, hint: Text) -> Self {
        self.hints.push(hint);
        self
    }

    #[must_use]
    pub fn detail(mut self, detail: impl ToString) -> Self {
        self.detail = Some(one_line(&detail.to_string()));
        self
    }

    /// Whether AWS answered with this code, and these words in its message.
    #[must_use]
    pub fn says(&self, code: &str, words: &str) -> bool {
        self.code.as_deref() == Some(code) && self.detail.as_deref().unwrap_or_default().contains(words)
    }

    /// What a report says of it beside what AWS said, where the failure is one that a note tells of.
    #[must_use]
    pub fn note(&self) -> Option<Note> {
        let id = self.what.id.strip_prefix("note-")?;
        Some(self.what.args.first().map_or_else(|| Note::new(id), |(_, value)| Note::with(id, value)))
    }

    /// The gap that this failure leaves in a report.
    #[must_use]
    pub fn gap(&self, account: &AccountId, region: Option<&Region>, resource: Option<&str>) -> Gap {
        Gap {
            account: account.clone(),
            region: region.cloned(),
            resource: resource.map(str::to_owned),
            reason: self.reason(),
            action: self.action.clone(),
            message: self.detail.clone().unwrap_or_default(),
            cause: self.cause,
        }
    }

    /// Why a place could not be looked at, if that is what this error says.
    #[must_use]
    pub fn reason(&self) -> Reason {
        match self.kind {
            Kind::Cloud(reason) => reason,
            Kind::Usage | Kind::Failed | Kind::Interrupted => Reason::Other,
        }
    }
}

/// The first 300 characters on one line: AWS's encoded authorisation messages fill a screen. Nothing in it steers a terminal.
#[must_use]
pub fn one_line(text: &str) -> String {
    let text = text.split("Encoded authorization failure message").next().unwrap_or_default();
    let flat = text.split(|letter: char| letter.is_whitespace() || letter.is_control());
    let flat = flat.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    match flat.char_indices().nth(300) {
        Some((end, _)) => format!("{}…", &flat[..end]),
        None => flat,
    }
}
