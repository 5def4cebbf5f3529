//! The history: the reports of sweeps, a file for each, below a folder for each account.

use std::fs;
use std::io::ErrorKind;
use std::mem;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::{folder, thinning, write};
use crate::error::{Error, Result};
use crate::model::report::SweepScope;
use crate::model::{AccountId, Region, SweepReport, Text};

/// How times are written in the names of files.
const TIME: &str = "%Y%m%dT%H%M%SZ";
const ENDING: &str = "json";
/// The ending of a file that could not be read.
const CORRUPT: &str = "corrupt";
/// The scope of a sweep that was not narrowed.
const ALL: &str = "all";
/// Sweeps of one account that end in the same second.
const AT_ONCE: usize = 1000;

/// The history of all accounts of this user.
#[derive(Debug, Clone)]
pub struct Reports {
    folder: PathBuf,
}

/// One stored sweep, by the name of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub at: Timestamp,
    /// As of [`scope_key`].
    pub scope: String,
    path: PathBuf,
    /// Further sweeps of the same second.
    number: usize,
}

/// The same for every sweep of the same scope: two narrowed sweeps are compared only if they were narrowed alike. A sweep of
/// everything stays one, whatever regions and types are added.
#[must_use]
pub fn scope_key(scope: &SweepScope) -> String {
    if !scope.partial {
        return ALL.to_owned();
    }
    let regions = scope.regions.iter().map(Region::as_str);
    let parts = regions.chain(["/"]).chain(scope.resources.iter().map(String::as_str));
    let hash = parts
        .flat_map(|part| part.bytes().chain([0]))
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}")
}

impl Reports {
    /// The history of this user, in [`folder::state`].
    ///
    /// # Errors
    /// The user's home is unknown.
    pub fn open() -> Result<Self> {
        folder::state().map(Self::at)
    }

    #[must_use]
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn of(&self, account: &AccountId) -> PathBuf {
        self.folder.join("accounts").join(account.as_str())
    }

    fn sweeps(&self, account: &AccountId) -> PathBuf {
        self.of(account).join("sweeps")
    }

    /// The folder of what notifications have told.
    pub(super) fn told(&self, account: &AccountId) -> PathBuf {
        self.of(account).join("told")
    }

    /// The accounts that have a history, in order.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn accounts(&self) -> Result<Vec<AccountId>> {
        let names = names(&self.folder.join("accounts"))?;
        let mut accounts: Vec<AccountId> = names.iter().filter_map(|name| name.parse().ok()).collect();
        accounts.retain(|account| self.sweeps(account).is_dir());
        accounts.sort();
        Ok(accounts)
    }

    /// The stored sweeps of an account, the newest first. Their files are not read.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn entries(&self, account: &AccountId) -> Result<Vec<Entry>> {
        let folder = self.sweeps(account);
        let mut entries: Vec<Entry> = names(&folder)?.iter().filter_map(|name| entry(&folder, name)).collect();
        entries.sort_by(|a, b| (b.at, b.number, &b.scope).cmp(&(a.at, a.number, &a.scope)));
        Ok(entries)
    }

    /// A stored report, without its coverage; nothing if another run has removed it meanwhile. A corrupt file is set aside, so
    /// that it is reported once.
    ///
    /// # Errors
    /// The file cannot be read, or was not written by guardrail.
    pub fn read(&self, entry: &Entry) -> Result<Option<SweepReport>> {
        let file = || entry.path.display();
        let text = match fs::read_to_string(&entry.path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == ErrorKind::InvalidData => String::new(),
            Err(error) => return Err(Error::failed(Text::new("error-history-read").with("file", file())).detail(error)),
        };
        let report: Result<SweepReport, serde_json::Error> = serde_json::from_str(&text);
        report.map(Some).map_err(|error| {
            let aside = entry.path.with_extension(CORRUPT);
            let moved = fs::rename(&entry.path, &aside).is_ok();
            let error = Error::failed(Text::new("error-history-corrupt").with("file", file())).detail(error);
            if moved { error.hint(Text::new("hint-history-corrupt").with("file", aside.display())) } else { error }
        })
    }

    /// Stores the report of a sweep, and thins the history of its scope.
    ///
    /// # Errors
    /// The folder or the file cannot be written.
    pub fn keep(&self, report: &mut SweepReport) -> Result<()> {
        // The coverage is most of a report, and its gaps say the same. A copy without it would hold every finding twice.
        let coverage = mem::take(&mut report.coverage);
        let text = serde_json::to_vec(report);
        report.coverage = coverage;
        let account = &report.scope.account.id;
        let folder = self.sweeps(account);
        let failed = |error: &dyn std::fmt::Display| {
            Error::failed(Text::new("error-history-write").with("folder", folder.display()))
                .detail(error)
                .hint(Text::new("hint-history-write").with("env", folder::STATE_ENV))
        };
        let text = text.map_err(|error| failed(&error))?;
        let (time, scope) = (report.made_at.strftime(TIME).to_string(), scope_key(&report.scope));
        let names = (1..AT_ONCE).map(|number| match number {
            1 => format!("{time}.{scope}.{ENDING}"),
            _ => format!("{time}-{number}.{scope}.{ENDING}"),
        });
        for name in names {
            if write::private_new(&folder.join(name), &text).map_err(|error| failed(&error))? {
                break;
            }
        }
        self.thin(account, &scope, report.made_at)
    }

    /// What cannot be removed now is removed by a later run.
    fn thin(&self, account: &AccountId, scope: &str, now: Timestamp) -> Result<()> {
        let entries = self.entries(account)?;
        let of_scope: Vec<&Entry> = entries.iter().filter(|it| it.scope == scope).collect();
        let times: Vec<Timestamp> = of_scope.iter().map(|it| it.at).collect();
        for index in thinning::dropped(&times, now) {
            let _ = fs::remove_file(&of_scope[index].path);
        }
        // Scopes that are swept no more, and files set aside, age too.
        let folder = self.sweeps(account);
        let others = entries.iter().filter(|it| it.scope != scope).map(|it| (it.at, it.path.clone()));
        let aside = names(&folder)?.into_iter().filter_map(|name| {
            let time = name.strip_suffix(&format!(".{CORRUPT}"))?.split(['.', '-']).next()?.to_owned();
            Some((parsed(&time)?, folder.join(name)))
        });
        for (at, path) in others.chain(aside) {
            if thinning::dropped(&[at], now) == [0] {
                let _ = fs::remove_file(path);
            }
        }
        Ok(())
    }

    /// Deletes everything that is stored of the sweeps of an account, and what was sent about them.
    ///
    /// # Errors
    /// A file cannot be removed.
    pub fn delete(&self, account: &AccountId) -> Result<()> {
        for folder in [self.told(account), self.sweeps(account)] {
            match fs::remove_dir_all(&folder) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    let what = Text::new("error-history-delete").with("folder", folder.display());
                    return Err(Error::failed(what).detail(error));
                }
                _ => (),
            }
        }
        // Only if nothing else is stored of the account.
        let _ = fs::remove_dir(self.of(account));
        Ok(())
    }

    /// The size of what is stored of the sweeps of an account.
    #[must_use]
    pub fn bytes(&self, account: &AccountId) -> u64 {
        let folder = self.sweeps(account);
        let names = names(&folder).unwrap_or_default();
        names.iter().filter_map(|name| fs::metadata(folder.join(name)).ok()).map(|file| file.len()).sum()
    }
}

/// The names in a folder; none if it does not exist.
fn names(folder: &Path) -> Result<Vec<String>> {
    let failed = |error| Error::failed(Text::new("error-history-read").with("file", folder.display())).detail(error);
    let all = match fs::read_dir(folder) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(Vec::new()),
        all => all.map_err(failed)?,
    };
    let mut names = Vec::new();
    for file in all {
        names.extend(file.map_err(failed)?.file_name().into_string().ok());
    }
    Ok(names)
}

/// `20261123T000000Z.all.json`, `20261123T000000Z-2.all.json`; `None` for files of others.
fn entry(folder: &Path, name: &str) -> Option<Entry> {
    let (time, scope) = name.strip_suffix(&format!(".{ENDING}"))?.split_once('.')?;
    let (time, number) = match time.split_once('-') {
        Some((time, number)) => (time, number.parse().ok()?),
        None => (time, 1),
    };
    Some(Entry { at: parsed(time)?, scope: scope.to_owned(), path: folder.join(name), number })
}

fn parsed(time: &str) -> Option<Timestamp> {
    let time = DateTime::strptime(TIME, time).ok()?;
    TimeZone::UTC.to_ambiguous_timestamp(time).unambiguous().ok()
}

#[cfg(test)]
mod tests;
