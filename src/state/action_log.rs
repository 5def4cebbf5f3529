//! The log of everything that `stop` and `delete` did in an account: one JSON object a line, written before and after each call;
//! and the lock that keeps two runs apart.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use super::{folder, write};
use crate::error::{Error, Result};
use crate::model::actions::LogEntry;
use crate::model::{AccountId, Text};

/// The log of one account.
#[derive(Debug)]
pub struct ActionLog {
    file: PathBuf,
    account: AccountId,
}

/// While it lives, no other run on this computer acts in the account.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "closing the file ends the lock, however the program ends")] File);

impl ActionLog {
    /// The log of this user, in the folder for state.
    ///
    /// # Errors
    /// The user's home is unknown.
    pub fn open(account: &AccountId) -> Result<Self> {
        folder::state().map(|folder| Self::at(folder, account))
    }

    #[must_use]
    pub fn at(folder: impl Into<PathBuf>, account: &AccountId) -> Self {
        let file = folder.into().join("accounts").join(account.as_str()).join("actions.jsonl");
        Self { file, account: account.clone() }
    }

    /// Every entry, the oldest first. A last line that was cut, as by a full disk or a power cut, is left out.
    ///
    /// # Errors
    /// The log cannot be read, or a line before the last is not an entry.
    pub fn read(&self) -> Result<Vec<LogEntry>> {
        let text = match fs::read_to_string(&self.file) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => String::new(),
            Err(error) => return Err(self.failed("error-action-log-read").detail(error)),
        };
        let mut lines = text.split_inclusive('\n').peekable();
        let mut entries = Vec::new();
        while let Some(line) = lines.next() {
            match serde_json::from_str(line) {
                Ok(entry) => entries.push(entry),
                Err(_) if lines.peek().is_none() && !line.ends_with('\n') => {}
                Err(error) => {
                    let corrupt = self.failed("error-action-log-read").detail(error);
                    return Err(corrupt.hint(Text::new("hint-action-log-corrupt")));
                }
            }
        }
        Ok(entries)
    }

    /// Appends the entry, and waits until it is on the disk: after a power cut, what was begun is known.
    ///
    /// # Errors
    /// The log cannot be written.
    pub fn append(&self, entry: &LogEntry) -> Result<()> {
        let failed = |error: &dyn ToString| self.failed("error-action-log-write").detail(error.to_string());
        let mut line = serde_json::to_vec(entry).map_err(|error| failed(&error))?;
        line.push(b'\n');
        let mut file = self.opened().map_err(|error| failed(&error))?;
        // One write of a file that is open for appending: lines of two writers do not mix.
        file.write_all(&line).and_then(|()| file.sync_data()).map_err(|error| failed(&error))
    }

    /// Takes the lock of the account; the system releases it when the program ends, in whatever way.
    ///
    /// # Errors
    /// Another run has it, or the folder cannot be written.
    pub fn lock(&self) -> Result<Lock> {
        let failed = |error: &dyn ToString| self.failed("error-action-log-write").detail(error.to_string());
        let file = self.private("actions.lock").map_err(|error| failed(&error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => {
                let busy = Error::usage(Text::new("error-acting-already").with("account", &self.account));
                return Err(busy.hint(Text::new("hint-acting-already")));
            }
            Err(fs::TryLockError::Error(error)) => return Err(failed(&error)),
        }
        self.end_cut_line().map_err(|error| failed(&error))?;
        Ok(Lock(file))
    }

    /// Takes away the part of a line that a cut left, so that the next entry has a line of its own.
    fn end_cut_line(&self) -> std::io::Result<()> {
        let text = match fs::read(&self.file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        if whole < text.len() { self.opened()?.set_len(whole as u64) } else { Ok(()) }
    }

    fn opened(&self) -> std::io::Result<File> {
        self.private("actions.jsonl")
    }

    fn private(&self, name: &str) -> std::io::Result<File> {
        let file = self.file.with_file_name(name);
        if let Some(folder) = file.parent() {
            write::private_folder(folder)?;
        }
        let mut options = OpenOptions::new();
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.append(true).create(true).open(file)
    }

    fn failed(&self, id: &'static str) -> Error {
        Error::failed(Text::new(id).with("file", self.file.display()))
    }
}
