//! Generated files of the repository: compared with the program's output, and written on request.

use std::fs;
use std::path::Path;

/// Whether the tests were started to write files.
#[must_use]
pub fn wanted(variable: &str) -> bool {
    std::env::var_os(variable).is_some()
}

/// Compares a file with its generated text; with the variable set, writes it first.
///
/// # Panics
/// They differ.
pub fn holds(file: &str, made: &str, variable: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if wanted(variable) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, made).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == made, "{file} is not what the program says: run the tests with {variable}=1");
}
