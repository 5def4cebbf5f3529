//! Builds the price book from a folder of price tables: `cargo run --example build-price-book -- <folder>`.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

#[path = "book.rs"]
#[expect(dead_code, reason = "its other users are examples and tests")]
mod book;
#[path = "files.rs"]
mod files;
#[path = "tables.rs"]
#[expect(dead_code, reason = "its other users are examples and tests")]
mod tables;

fn build() -> book::Result<String> {
    let folder: PathBuf = std::env::args_os().nth(1).ok_or("name the folder that holds the CSV files")?.into();
    files::write(&tables::read(&folder)?)
}

fn main() -> ExitCode {
    let (code, written) = match build() {
        Ok(summary) => (ExitCode::SUCCESS, writeln!(std::io::stdout(), "{summary}")),
        Err(error) => (ExitCode::FAILURE, writeln!(std::io::stderr(), "failed to build the price book: {error}")),
    };
    if written.is_ok() { code } else { ExitCode::FAILURE }
}
