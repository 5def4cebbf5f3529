//! The memory of each account in the config folder: the choices of `init`, the e-mail subscriptions, and the case at AWS Support.

use std::io::ErrorKind;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{folder, write};
use crate::error::{Error, Result};
use crate::model::choice::{email, limit};
use crate::model::{AccountId, Choice, History, Text};

/// The memory of an account; empty for a new one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remembered {
    pub choice: Choice,
    pub history: History,
    /// The case that `appeal --send` opened last.
    pub case: Option<String>,
}

/// The file's content. Keys of a newer version are ignored.
#[derive(Serialize, Deserialize)]
struct Stored {
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<String>,
    #[serde(default)]
    emails: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit_usd: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<String>,
    #[serde(default, skip_serializing_if = "History::is_empty")]
    subscriptions: History,
}

impl Stored {
    fn new(Remembered { choice, history, case }: Remembered) -> Self {
        let limit_usd = choice.limit_usd.map(|limit| limit.to_string());
        Self { profile: choice.profile, emails: choice.emails, limit_usd, case, subscriptions: history }
    }

    /// The file may have been edited by hand.
    fn remembered(self) -> Result<Remembered, Text> {
        let emails = self.emails.iter().map(|address| email(address)).collect::<Result<_, _>>()?;
        let limit_usd = self.limit_usd.map(|stated| limit(&stated)).transpose()?;
        let choice = Choice { profile: self.profile, emails, limit_usd };
        Ok(Remembered { choice, history: self.subscriptions, case: self.case })
    }
}

/// The folder with one file for each account.
#[derive(Debug, Clone)]
pub struct Memory {
    folder: PathBuf,
}

impl Memory {
    /// The memory of this user, in [`folder::config`].
    ///
    /// # Errors
    /// The user's home is unknown.
    pub fn open() -> Result<Self> {
        folder::config().map(Self::at)
    }

    #[must_use]
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The file of this account.
    #[must_use]
    pub fn file(&self, account: &AccountId) -> PathBuf {
        self.folder.join("accounts").join(format!("{account}.toml"))
    }

    /// The memory of this account.
    ///
    /// # Errors
    /// The file cannot be read, or was not written by guardrail.
    pub fn read(&self, account: &AccountId) -> Result<Remembered> {
        let file = self.file(account);
        let said = |id: &'static str| Error::failed(Text::new(id).with("file", file.display()));
        let source = match std::fs::read_to_string(&file) {
            Ok(source) => source,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(Remembered::default());
            }
            Err(error) => return Err(said("error-memory-read").detail(error)),
        };
        let corrupt = || said("error-memory-corrupt").hint(Text::new("hint-memory-corrupt"));
        let stored: Stored = toml::from_str(&source).map_err(|error| corrupt().detail(error.message()))?;
        stored.remembered().map_err(|_| corrupt())
    }

    /// Writes the memory of the account; only its owner may read the file.
    ///
    /// # Errors
    /// The folder or the file cannot be written.
    pub fn write(&self, account: &AccountId, remembered: &Remembered) -> Result<()> {
        let file = self.file(account);
        let said = || Error::failed(Text::new("error-memory-write").with("file", file.display()));
        let text = toml::to_string(&Stored::new(remembered.clone())).map_err(|error| said().detail(error))?;
        write::private(&file, text.as_bytes()).map_err(|error| said().detail(error))
    }

    /// Changes a part of the memory of the account.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn update(&self, account: &AccountId, change: impl FnOnce(Remembered) -> Remembered) -> Result<()> {
        self.write(account, &change(self.read(account)?))
    }

    /// Deletes the memory of the account.
    ///
    /// # Errors
    /// The file cannot be removed.
    pub fn forget(&self, account: &AccountId) -> Result<()> {
        let file = self.file(account);
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(Error::failed(Text::new("error-memory-forget").with("file", file.display())).detail(error))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Speech;
    use crate::model::{Lang, Subscription};

    fn account() -> AccountId {
        "123456789012".parse().unwrap()
    }

    fn choice(email: &str, limit: &str) -> Choice {
        Choice { profile: Some("study".into()), emails: vec![email.into()], limit_usd: Some(limit.parse().unwrap()) }
    }

    fn chosen(email: &str, limit: &str) -> Remembered {
        Remembered { choice: choice(email, limit), ..Remembered::default() }
    }

    fn remembered(text: &str) -> Result<Remembered> {
        let home = tempfile::tempdir().unwrap();
        let memory = Memory::at(home.path());
        std::fs::create_dir_all(home.path().join("accounts")).unwrap();
        std::fs::write(memory.file(&account()), text).unwrap();
        memory.read(&account())
    }

    #[test]
    fn choices_are_read_back_and_can_be_forgotten() {
        let home = tempfile::tempdir().unwrap();
        let memory = Memory::at(home.path().join("not/yet/there"));
        let nothing = Remembered::default();
        assert_eq!(memory.read(&account()).unwrap(), nothing);
        memory.forget(&account()).unwrap();
        let subscription = Subscription { subscribed_at: "2026-11-23T00:00:00Z".parse().ok(), confirmed_at: None };
        let history = History::from([("me@example.com".to_owned(), subscription)]);
        let with_history = Remembered { history, ..chosen("me@example.com", "5.50") };
        for remembered in [with_history, chosen("you@example.com", "7"), nothing.clone()] {
            memory.write(&account(), &remembered).unwrap();
            assert_eq!(memory.read(&account()).unwrap(), remembered);
        }
        assert_eq!(memory.read(&"999999999999".parse().unwrap()).unwrap(), nothing);
        assert_eq!(std::fs::read_dir(home.path().join("not/yet/there/accounts")).unwrap().count(), 1);
        memory.forget(&account()).unwrap();
        assert_eq!(memory.read(&account()).unwrap(), nothing);
    }

    #[test]
    fn a_case_is_remembered_beside_the_choices() {
        let home = tempfile::tempdir().unwrap();
        let memory = Memory::at(home.path());
        memory.write(&account(), &chosen("me@example.com", "5")).unwrap();
        let case = |id: &str| Some(id.to_owned());
        memory.update(&account(), |it| Remembered { case: case("case-1"), ..it }).unwrap();
        memory.update(&account(), |it| Remembered { choice: choice("you@example.com", "7"), ..it }).unwrap();
        let with_case = Remembered { case: case("case-1"), ..chosen("you@example.com", "7") };
        assert_eq!(memory.read(&account()).unwrap(), with_case);
    }

    #[test]
    fn the_file_says_when_an_address_was_subscribed_and_when_it_was_seen_confirmed() {
        let read = remembered(
            "emails = []\n[subscriptions.'a@example.com']\nsubscribed_at = '2026-11-23T00:00:00Z'\n\
             confirmed_at = '2026-11-23T01:00:00Z'\n[subscriptions.'b@example.com']",
        );
        let history = read.unwrap().history;
        let told = history["a@example.com"];
        assert_eq!(told.subscribed_at.unwrap().to_string(), "2026-11-23T00:00:00Z");
        assert_eq!(told.confirmed_at.unwrap().to_string(), "2026-11-23T01:00:00Z");
        assert_eq!(history["b@example.com"], Subscription::default());
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_reads_it() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let memory = Memory::at(home.path());
        memory.write(&account(), &chosen("me@example.com", "5")).unwrap();
        let mode = std::fs::metadata(memory.file(&account())).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_broken_file_is_reported_with_the_next_step() {
        for broken in [
            "profile = ",
            "emails = 5",
            "emails = ['nobody']",
            "limit_usd = '-5'",
            "limit_usd = 5.5",
            "subscriptions = 5",
        ] {
            let error = remembered(broken).unwrap_err();
            assert_eq!(error.what.id, "error-memory-corrupt", "{broken}");
            assert!(error.what.args[0].1.to_string().ends_with("123456789012.toml"));
            assert_eq!(error.hints[0].id, "hint-memory-corrupt");
        }
    }

    #[test]
    fn a_newer_version_may_remember_more() {
        let read = remembered("profile = 'study'\nemails = ['me@example.com']\nlimit_usd = '5.5'\ncolour = 'blue'");
        assert_eq!(read.unwrap(), chosen("me@example.com", "5.5"));
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_named() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("accounts"), "a file in the way").unwrap();
        let error = Memory::at(home.path()).write(&account(), &Remembered::default()).unwrap_err();
        assert_eq!(error.what.id, "error-memory-write");
        assert!(error.detail.is_some());
    }

    #[test]
    fn every_failure_is_said_in_both_languages() {
        for speech in Lang::ALL.map(Speech::new) {
            for id in ["error-memory-read", "error-memory-corrupt", "error-memory-write", "error-memory-forget"] {
                assert!(speech.with(id, &[("file", "a/b.toml")]).ends_with("a/b.toml"));
            }
            assert!(speech.with("error-memory-no-home", &[("env", folder::CONFIG_ENV)]).contains(folder::CONFIG_ENV));
            assert!(speech.get("hint-memory-corrupt").is_some());
        }
    }
}
