//! Writes files atomically: a temporary file in the same folder replaces the file.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

/// Mode of a new file before the umask.
#[cfg(unix)]
const OPEN: u32 = 0o666;

/// Writes a file that only its owner may read (0600), and creates its folder.
///
/// # Errors
/// The folder or the file cannot be written; the old file is untouched.
pub fn private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    private_folder(folder_of(path))?;
    let file = temporary(path, bytes)?;
    // A power cut after the rename must not leave an empty file.
    file.as_file().sync_all()?;
    replace(file, path)
}

/// As [`private`], but never over a file that exists: then nothing is written, and the answer is `false`.
///
/// # Errors
/// The folder or the file cannot be written.
pub fn private_new(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    private_folder(folder_of(path))?;
    let file = temporary(path, bytes)?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        written => written.map(|_| true).map_err(|error| error.error),
    }
}

/// As [`private`], without waiting for the disk, for data that can be fetched again.
///
/// # Errors
/// The folder or the file cannot be written; the old file is untouched.
pub fn cached(path: &Path, bytes: &[u8]) -> io::Result<()> {
    private_folder(folder_of(path))?;
    replace(temporary(path, bytes)?, path)
}

/// Writes a file like a shell's redirection: a new file follows the umask, a replaced file keeps its mode, and a symbolic link
/// stays a link.
///
/// # Errors
/// The file cannot be written; the old file is untouched.
pub fn report(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut new = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        new.permissions(fs::Permissions::from_mode(OPEN));
    }
    let mut file = new.tempfile_in(folder_of(path))?;
    file.write_all(bytes)?;
    #[cfg(unix)]
    if let Ok(old) = fs::metadata(path) {
        file.as_file().set_permissions(old.permissions())?;
    }
    replace(file, path)
}

/// Whether a file can be written at `path`, without changing anything.
///
/// # Errors
/// It cannot be written.
pub fn can_write(path: &Path) -> io::Result<()> {
    NamedTempFile::new_in(folder_of(path)).map(drop)
}

/// Makes the folder and those above it for their owner alone, whatever the umask is.
pub(super) fn private_folder(folder: &Path) -> io::Result<()> {
    let mut new = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut new, 0o700);
    new.recursive(true).create(folder)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn temporary(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut file = NamedTempFile::new_in(folder_of(path))?;
    file.write_all(bytes)?;
    Ok(file)
}

fn replace(file: NamedTempFile, path: &Path) -> io::Result<()> {
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_private_file_is_0600_and_gets_its_folder() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("a/b/file");
        private(&file, b"one").unwrap();
        cached(&file, b"two").unwrap();
        assert_eq!((fs::read(&file).unwrap(), mode(&file)), (b"two".to_vec(), 0o600));
        assert_eq!(fs::read_dir(home.path().join("a/b")).unwrap().count(), 1);
        assert_eq!((mode(&home.path().join("a")), mode(&home.path().join("a/b"))), (0o700, 0o700));
    }

    #[test]
    fn a_report_keeps_the_mode_of_the_file_it_replaces() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("report");
        report(&file, b"one").unwrap();
        let redirected = home.path().join("redirected");
        fs::write(&redirected, b"").unwrap();
        assert_eq!(mode(&file), mode(&redirected));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        report(&file, b"two").unwrap();
        assert_eq!((fs::read(&file).unwrap(), mode(&file)), (b"two".to_vec(), 0o640));
    }

    #[test]
    fn a_symbolic_link_stays_one() {
        let home = tempfile::tempdir().unwrap();
        let (file, link) = (home.path().join("2026-11.txt"), home.path().join("latest.txt"));
        fs::write(&file, b"old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        report(&link, b"new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"new");
    }

    #[test]
    fn a_folder_that_is_missing_is_no_place_for_a_report() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("missing/report");
        assert!(can_write(&file).is_err() && report(&file, b"x").is_err());
        assert!(can_write(&home.path().join("report")).is_ok());
    }
}
