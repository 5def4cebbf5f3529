//! The error type: what happened, what it means and what to do next, before localization.

use crate::model::{AccountId, Cause, Gap, Note, Reason, Region, Text};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure. `lang` localizes `what` and `hints`; `detail` is the message of AWS or the system, on one line.
#[derive(Debug, Clone)]
pub struct Error {
    pub kind: Kind,
    pub what: Text,
    pub hints: Vec<Text>,
    pub detail: Option<String>,
    /// The IAM action of the failed call, if it was a call.
    pub action: Option<String>,
    /// AWS's error code, if AWS answered with one.
    pub code: Option<String>,
    /// The cause, if more is known than the kind.
    pub cause: Option<Cause>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The user can correct it. Exit code 2.
    Usage,
    /// No result. Exit code 1.
    Failed,
    /// AWS did not answer, or only with an error. Exit code 1, or a gap in a report.
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

    /// An unexpected failure of this program.
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

    /// Whether AWS answered with this code, and with these words in its message.
    #[must_use]
    pub fn says(&self, code: &str, words: &str) -> bool {
        self.code.as_deref() == Some(code) && self.detail.as_deref().unwrap_or_default().contains(words)
    }

    /// The report note for this error, if there is one.
    #[must_use]
    pub fn note(&self) -> Option<Note> {
        let id = self.what.id.strip_prefix("note-")?;
        Some(self.what.args.first().map_or_else(|| Note::new(id), |(_, value)| Note::with(id, value)))
    }

    /// The gap for this error in a report.
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

    /// The reason of a gap, if this error is one.
    #[must_use]
    pub fn reason(&self) -> Reason {
        match self.kind {
            Kind::Cloud(reason) => reason,
            Kind::Usage | Kind::Failed | Kind::Interrupted => Reason::Other,
        }
    }
}

/// The first 300 characters on one line: AWS's encoded authorisation messages fill a screen. Control characters are replaced.
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
