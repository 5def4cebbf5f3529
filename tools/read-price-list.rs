//! Reads every price of the book again from AWS's bulk price list, which is open to everybody:
//! `cargo run --example read-price-list -- [--from URL] [--folder FOLDER] [REGION …]`.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[path = "book.rs"]
#[expect(dead_code, reason = "its other users are examples and tests")]
mod book;
#[path = "change.rs"]
#[expect(dead_code, reason = "the report of the other tool that reads AWS's list")]
mod change;
#[path = "files.rs"]
mod files;
#[path = "list.rs"]
mod list;
#[path = "tables.rs"]
#[expect(dead_code, reason = "only the units are used: the tables themselves are not read")]
mod tables;

use list::{List, read};

/// Where AWS publishes it.
const AWS: &str = "https://pricing.us-east-1.amazonaws.com";

fn run() -> book::Result<String> {
    let (mut from, mut regions) = (AWS.to_owned(), Vec::new());
    let mut folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/price-list");
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--from" => from = words.next().ok_or("--from needs an address")?,
            "--folder" => folder = PathBuf::from(words.next().ok_or("--folder needs a folder")?),
            _ => regions.push(word),
        }
    }
    let list = List { from, folder: folder.clone() };
    let book: Vec<_> = guardrail::prices::entries().collect();
    let answers = read(&list, &book, &regions, |said| drop(writeln!(std::io::stderr(), "{said}")))?;
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let refreshed = change::refreshed(book.into_iter(), &answers, &today)?;
    let differences = change::differences(&refreshed);
    std::fs::write(folder.join("differences.md"), &differences)?;
    Ok(format!("{differences}\n{}", files::write(&refreshed.prices)?))
}

fn main() -> ExitCode {
    let (code, written) = match run() {
        Ok(summary) => (ExitCode::SUCCESS, writeln!(std::io::stdout(), "{summary}")),
        Err(error) => (ExitCode::FAILURE, writeln!(std::io::stderr(), "the price book is as it was: {error}")),
    };
    if written.is_ok() { code } else { ExitCode::FAILURE }
}
