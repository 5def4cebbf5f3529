//! Reads every price of the book again from AWS's price list: `cargo run --example refresh-price-book`.

use std::io::Write as _;
use std::process::ExitCode;

use guardrail::aws::connect::{ConnectOptions, connect};
use guardrail::prices::{Entry, entries, sku, survey};

#[path = "book.rs"]
#[expect(dead_code, reason = "its other users are examples and tests")]
mod book;
#[path = "change.rs"]
#[expect(dead_code, reason = "the summary of the other tool that reads AWS's list")]
mod change;
#[path = "files.rs"]
mod files;
#[path = "tables.rs"]
#[expect(dead_code, reason = "only the units are used: the tables themselves are not read")]
mod tables;

use change::{Answers, refreshed, report, unit};

/// The keys of the book, and those named on the command line, which the book does not have yet.
fn book() -> Vec<Entry> {
    let more = std::env::args().skip(1).map(|key| Entry { sku: sku(key.leak()), prices: Vec::new() });
    entries().chain(more).collect()
}

async fn refresh() -> book::Result<String> {
    let book = book();
    let wanted: Vec<_> = book.iter().filter_map(|it| Some((it.sku.clone(), unit(&it.sku.to_string())?))).collect();
    let sdk = connect(&ConnectOptions::default()).await.map_err(|error| format!("{error:?}"))?;
    let (mut answers, count) = (Answers::new(), wanted.len());
    let told = |answers: &Answers| write!(std::io::stderr(), "\r{} of {count} keys", answers.len());
    let survey = survey(&sdk, wanted, |sku, regions| {
        answers.insert(sku.to_string(), regions);
        let _ = told(&answers);
    });
    survey.await.map_err(|error| format!("{error:?}"))?;
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let refreshed = refreshed(book.into_iter(), &answers, &today)?;
    files::write(&refreshed.prices)?;
    Ok(report(&refreshed))
}

#[tokio::main]
async fn main() -> ExitCode {
    let (code, written) = match refresh().await {
        Ok(summary) => (ExitCode::SUCCESS, writeln!(std::io::stdout(), "{summary}")),
        Err(error) => (ExitCode::FAILURE, writeln!(std::io::stderr(), "the price book is as it was: {error}")),
    };
    if written.is_ok() { code } else { ExitCode::FAILURE }
}
