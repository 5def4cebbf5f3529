//! The address of a webhook: a secret, in the profile itself or in a variable or a file that it names.

use std::fmt;
use std::path::PathBuf;

use crate::error::{Error, Result};
use crate::model::Text;

/// Where the address is.
#[derive(Clone, PartialEq, Eq)]
pub enum Webhook {
    Url(String),
    Variable(String),
    File(PathBuf),
}

impl Webhook {
    /// `https://…`, `env:NAME` or `file:PATH`.
    ///
    /// # Errors
    /// It is none of these. The message has nothing of the text.
    pub fn parse(text: &str) -> Result<Self, Text> {
        let text = text.trim();
        if let Some(name) = text.strip_prefix("env:").filter(|name| !name.is_empty()) {
            return Ok(Self::Variable(name.to_owned()));
        }
        if let Some(path) = text.strip_prefix("file:").filter(|path| !path.is_empty()) {
            return Ok(Self::File(PathBuf::from(path)));
        }
        let is_address = text.starts_with("https://") || text.starts_with("http://");
        if is_address { Ok(Self::Url(text.to_owned())) } else { Err(Text::new("profile-webhook")) }
    }

    /// The address itself.
    ///
    /// # Errors
    /// The variable is not set, or the file cannot be read.
    pub fn read(&self) -> Result<String> {
        let hint = |error: Error| error.hint(Text::new("hint-webhook"));
        match self {
            Self::Url(url) => Ok(url.clone()),
            Self::Variable(name) => std::env::var(name)
                .map_err(|_| hint(Error::usage(Text::new("error-webhook-variable").with("variable", name)))),
            Self::File(path) => std::fs::read_to_string(path).map_err(|error| {
                hint(Error::usage(Text::new("error-webhook-file").with("file", path.display())).detail(error))
            }),
        }
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(_) => f.write_str("Url(…)"),
            Self::Variable(name) => write!(f, "Variable({name})"),
            Self::File(path) => write!(f, "File({})", path.display()),
        }
    }
}

/// The source of a profile for people: what follows the host of an address is replaced by as many asterisks.
#[must_use]
pub fn masked(source: &str) -> String {
    let (mut safe, mut rest) = (String::with_capacity(source.len()), source);
    while let Some(at) = rest.find("://") {
        let (before, from) = rest.split_at(at + 3);
        safe.push_str(before);
        let end = from.find(|it: char| it.is_whitespace() || "\"'".contains(it)).unwrap_or(from.len());
        let (address, after) = from.split_at(end);
        let host = address.find('/').unwrap_or(address.len());
        safe.push_str(&address[..host]);
        // As many bytes as before, so that the places of mistakes stay.
        safe.push_str(&"*".repeat(address.len() - host));
        rest = after;
    }
    safe + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_a_variable_or_a_file() {
        assert_eq!(Webhook::parse("env:HOOK").unwrap(), Webhook::Variable("HOOK".into()));
        assert_eq!(Webhook::parse(" file:/run/hook").unwrap(), Webhook::File("/run/hook".into()));
        let url = Webhook::parse("https://hooks.slack.com/services/T/SECRET").unwrap();
        assert!(!format!("{url:?}").contains("SECRET"));
        for bad in ["", "env:", "hooks.slack.com/SECRET", "ftp://x"] {
            let said = Webhook::parse(bad).unwrap_err();
            assert_eq!((said.id, said.args.len()), ("profile-webhook", 0), "{bad}");
        }
    }

    #[test]
    fn a_profile_is_shown_without_the_secret() {
        let source = "[notify]\nwebhook = \"https://hooks.slack.com/services/T/秘密\" # x\nsee = 'http://a'\n";
        let shown = masked(source);
        assert_eq!(shown.len(), source.len());
        assert!(
            shown.starts_with("[notify]\nwebhook = \"https://hooks.slack.com***") && shown.ends_with("'http://a'\n")
        );
        assert!(!shown.contains("services") && !shown.contains("秘密"), "{shown}");
    }
}
