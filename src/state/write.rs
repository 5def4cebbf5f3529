//! Writes a file whole or not at all: a temporary file in the same folder replaces it.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

/// Mode of a new file that other users may read.
#[cfg(unix)]
const READABLE: u32 = 0o644;

/// Writes a file that only its owner may read (0600), and makes its folder.
///
/// # Errors
/// The folder or the file cannot be written; the old file is untouched.
pub fn private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder_of(path))?;
    let file = temporary(path, bytes)?;
    // A power cut after the rename must not leave an empty file.
    file.as_file().sync_all()?;
    replace(file, path)
}

/// As [`private`], without waiting for the disk: for what can be fetched again.
///
/// # Errors
/// The folder or the file cannot be written; the old file is untouched.
pub fn cached(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder_of(path))?;
    replace(temporary(path, bytes)?, path)
}

/// Writes a file with the mode of the one it replaces; a new one is readable by everybody.
///
/// # Errors
/// The file cannot be written; the old file is untouched.
pub fn readable(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = temporary(path, bytes)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path).map_or(READABLE, |old| old.permissions().mode());
        file.as_file().set_permissions(fs::Permissions::from_mode(mode))?;
    }
    replace(file, path)
}

/// Whether a file can be written in the place of `path`, without changing anything.
///
/// # Errors
/// It cannot.
pub fn can_write(path: &Path) -> io::Result<()> {
    NamedTempFile::new_in(folder_of(path)).map(drop)
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

#[cfg(all(test, unix))]
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
    }

    #[test]
    fn a_readable_file_keeps_the_mode_of_the_one_it_replaces() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("report");
        readable(&file, b"one").unwrap();
        assert_eq!(mode(&file), READABLE);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        readable(&file, b"two").unwrap();
        assert_eq!((fs::read(&file).unwrap(), mode(&file)), (b"two".to_vec(), 0o640));
    }

    #[test]
    fn a_folder_that_is_missing_is_no_place_for_a_report() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("missing/report");
        assert!(can_write(&file).is_err() && readable(&file, b"x").is_err());
        assert!(can_write(&home.path().join("report")).is_ok());
    }
}
