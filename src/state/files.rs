//! The store in a folder: a file for each entry, readable only by its owner.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::answer::{Failure, Item};
use super::write;

#[derive(Debug, Clone)]
pub struct Files(PathBuf);

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self { detail: error.to_string(), hints: Vec::new() }
    }
}

impl Files {
    #[must_use]
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }

    pub(super) fn path(&self, key: &str) -> PathBuf {
        if key.is_empty() { self.0.clone() } else { self.0.join(key) }
    }

    pub(super) fn list(&self, below: &str) -> Result<Vec<Item>, Failure> {
        let Some(files) = there(fs::read_dir(self.path(below)))? else { return Ok(Vec::new()) };
        let mut items = Vec::new();
        for file in files {
            let file = file?;
            let bytes = file.metadata().map_or(0, |it| it.len());
            items.extend(file.file_name().into_string().ok().map(|name| Item { name, bytes }));
        }
        Ok(items)
    }

    pub(super) fn get(&self, key: &str) -> Result<Option<Vec<u8>>, Failure> {
        Ok(there(fs::read(self.path(key)))?)
    }

    pub(super) fn put(&self, key: &str, content: &[u8]) -> Result<(), Failure> {
        Ok(write::private(&self.path(key), content)?)
    }

    pub(super) fn put_new(&self, key: &str, content: &[u8]) -> Result<bool, Failure> {
        Ok(write::private_new(&self.path(key), content)?)
    }

    /// Also the folders that are empty then.
    pub(super) fn delete(&self, key: &str) -> Result<(), Failure> {
        let path = self.path(key);
        there(fs::remove_file(&path))?;
        let folders = path.ancestors().skip(1).take_while(|it| *it != self.0 && it.starts_with(&self.0));
        let _ = folders.map(fs::remove_dir).take_while(io::Result::is_ok).count();
        Ok(())
    }

    pub(super) fn lock(&self, key: &str) -> Result<Option<File>, Failure> {
        let path = self.path(key);
        write::private_folder(path.parent().unwrap_or(Path::new(".")))?;
        let mut options = OpenOptions::new();
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.append(true).create(true).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

/// `None` if there is nothing of that name.
fn there<T>(answer: io::Result<T>) -> io::Result<Option<T>> {
    match answer {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        answer => answer.map(Some),
    }
}
