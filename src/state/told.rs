//! What notifications have told already, a file for each account and destination; two runs at once take turns.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::PathBuf;

use super::reports::Reports;
use super::write;
use crate::error::{Error, Result};
use crate::model::told::Told;
use crate::model::{AccountId, Text};

/// The memory of one destination, for the time of one notification.
pub struct ToldFile {
    path: PathBuf,
    /// Released when it is dropped.
    _turn: File,
}

impl ToldFile {
    /// Waits for its turn. `destination` is a word of letters and digits, never an address: the name of a file is no secret.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn open(reports: &Reports, account: &AccountId, destination: &str) -> Result<Self> {
        let path = reports.told(account).join(format!("{destination}.json"));
        let failed = |error| unwritable(&path, &error);
        let lock = path.with_extension("lock");
        if !lock.exists() {
            write::private_new(&lock, b"").map_err(failed)?;
        }
        let turn = File::options().write(true).open(&lock).map_err(failed)?;
        turn.lock().map_err(failed)?;
        Ok(Self { path, _turn: turn })
    }

    /// What was sent; nothing where the file is missing or corrupt: a change is rather sent twice than never.
    #[must_use]
    pub fn read(&self) -> Told {
        let text = match fs::read_to_string(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Told::default(),
            text => text.unwrap_or_default(),
        };
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, told: &Told) -> Result<()> {
        let text = serde_json::to_vec(told).map_err(|error| Error::mistake().detail(error))?;
        write::private(&self.path, &text).map_err(|error| unwritable(&self.path, &error))
    }
}

fn unwritable(path: &std::path::Path, error: &std::io::Error) -> Error {
    let folder = path.parent().unwrap_or(path).display().to_string();
    Error::failed(Text::new("error-history-write").with("folder", folder)).detail(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_remembered_for_each_destination() {
        let home = tempfile::tempdir().unwrap();
        let reports = Reports::at(home.path());
        let account: AccountId = "123456789012".parse().unwrap();
        let told = Told { pending: ["a".to_owned()].into(), ..Told::default() };
        let open = |name| ToldFile::open(&reports, &account, name).unwrap();
        open("topic").write(&told).unwrap();
        assert_eq!((open("topic").read(), open("webhook-1").read()), (told, Told::default()));
        fs::write(reports.told(&account).join("topic.json"), "{").unwrap();
        assert_eq!(open("topic").read(), Told::default());
    }

    #[test]
    fn two_runs_take_turns() {
        let home = tempfile::tempdir().unwrap();
        let reports = Reports::at(home.path());
        let account: AccountId = "123456789012".parse().unwrap();
        let count = || {
            for _ in 0..20 {
                let file = ToldFile::open(&reports, &account, "topic").unwrap();
                let mut told = file.read();
                told.pending.insert(told.pending.len().to_string());
                file.write(&told).unwrap();
            }
        };
        std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(count))));
        assert_eq!(ToldFile::open(&reports, &account, "topic").unwrap().read().pending.len(), 80);
    }
}
