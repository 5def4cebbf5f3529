//! The files of the price book: the book itself, which is part of the program, and its checksums.

use std::path::Path;

use super::book::{Prices, Result};

/// Writes both files; a summary of them. Each is replaced as a whole, so that a failure leaves the old one.
///
/// # Errors
/// A book that has no text, or a file that cannot be written.
pub fn write(prices: &Prices) -> Result<String> {
    let (text, sums) = (prices.text()?, prices.checksums());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/prices");
    for (name, text) in [("book.txt", &text), ("book.sums", &sums)] {
        let new = tempfile::NamedTempFile::new_in(&folder)?;
        std::fs::write(new.path(), text)?;
        new.persist(folder.join(name))?;
    }
    let (keys, count) = prices.count();
    Ok(format!("{}: {keys} keys, {count} prices, {} bytes", folder.join("book.txt").display(), text.len()))
}
