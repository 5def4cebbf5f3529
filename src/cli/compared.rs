//! The history around a sweep: what it is compared with, and where its report is kept.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::clock;
use super::flags::Flags;
use super::remembered::store;
use super::session::Session;
use crate::demo;
use crate::error::{Error, Kind, Result};
use crate::model::{AccountId, SweepReport, Text};
use crate::ops::compare::{Past, follow};
use crate::state::{Entry, Reports, Store, scope_key};
use crate::ui::Ui;

/// Reports in a bucket that are read at once.
const AHEAD: usize = 16;

// Without a group: clap would name it like that of the command's own options.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    #[arg(long)]
    no_history: bool,
}

/// The history as these options use it.
pub struct Compared {
    /// The practice account has none.
    store: Option<Store>,
    reports: Option<Reports>,
    since: Option<Timestamp>,
    demo: bool,
    keeps: bool,
}

impl Compared {
    /// # Errors
    /// `--since` is no date, or the history has no place of that name. One that cannot be opened is a warning.
    pub async fn open(args: &Args, session: &Session, flags: &Flags, ui: &Ui) -> Result<Self> {
        let since = args.since.as_deref().map(date).transpose()?;
        let store = match if flags.demo { None } else { Some(store(session).await) } {
            Some(Err(error)) if error.kind == Kind::Usage => return Err(error),
            Some(Err(error)) => {
                ui.warn(&error);
                None
            }
            Some(Ok(store)) => Some(store),
            None => None,
        };
        let reports = store.clone().map(Reports::new);
        Ok(Self { store, reports, since, demo: flags.demo, keeps: !args.no_history })
    }

    /// Refuses a date before the history of this account.
    ///
    /// # Errors
    /// No sweep before `--since` is stored.
    pub async fn must_reach(&self, account: &AccountId) -> Result<()> {
        let Some(since) = self.since.filter(|_| !self.demo) else { return Ok(()) };
        let entries = match &self.reports {
            Some(reports) => reports.entries(account).await?,
            None => Vec::new(),
        };
        match entries.last() {
            Some(oldest) if oldest.at < since => Ok(()),
            Some(oldest) => {
                let at = oldest.at.strftime("%Y-%m-%d").to_string();
                Err(Error::usage(Text::new("error-since-too-early"))
                    .hint(Text::new("hint-since-oldest").with("at", at)))
            }
            None => Err(Error::usage(Text::new("error-since-too-early")).hint(Text::new("hint-since-none"))),
        }
    }

    /// The store of the history; the practice account has none.
    pub fn store(&self) -> Option<&Store> {
        self.store.as_ref()
    }

    /// Compares the report with the history of its account. A history that fails is a warning: the sweep itself is complete
    /// without it.
    pub async fn compare(&self, report: &mut SweepReport, ui: &Ui) {
        if let Some(earlier) = self.demo.then(|| demo::earlier(report)).flatten() {
            let past = [Past { at: earlier.made_at, same_scope: true }];
            follow(report, &past, self.since, async |_| Some(earlier.clone())).await;
        }
        let Some(reports) = &self.reports else { return };
        match reports.entries(&report.scope.account.id).await {
            Ok(entries) => self.compare_with(report, reports, &entries, ui).await,
            Err(error) => ui.warn(&error),
        }
    }

    /// Keeps the report. An interrupted one would be compared with, and says little.
    pub async fn keep(&self, report: &mut SweepReport, ui: &Ui) {
        let Some(reports) = self.reports.as_ref().filter(|_| self.keeps && !report.interrupted) else { return };
        reports.keep(report).await.unwrap_or_else(|error| ui.warn(&error));
    }

    async fn compare_with(&self, report: &mut SweepReport, reports: &Reports, entries: &[Entry], ui: &Ui) {
        let scope = scope_key(&report.scope);
        let past: Vec<Past> = entries.iter().map(|it| Past { at: it.at, same_scope: it.scope == scope }).collect();
        // Mostly one earlier report is enough. Where more are needed and each takes a request, several are read at once.
        let ahead = if reports.is_shared() { AHEAD } else { 1 };
        let mut read: BTreeMap<usize, Option<SweepReport>> = BTreeMap::new();
        let mut reads = 1;
        let next = async |at: usize| {
            if !read.contains_key(&at) {
                let several = &entries[at..(at + reads).min(entries.len())];
                reads = ahead;
                for (index, report) in (at..).zip(reports.read_all(several).await) {
                    let report = report.unwrap_or_else(|error| {
                        ui.warn(&error);
                        None
                    });
                    read.insert(index, report);
                }
            }
            read.remove(&at).flatten()
        };
        follow(report, &past, self.since, next).await;
    }
}

/// `2026-11-01` is the beginning of that day here; a time may be given, too.
fn date(text: &str) -> Result<Timestamp> {
    let day = || text.parse::<Date>().ok()?.to_zoned(clock::zone()).ok().map(|day| day.timestamp());
    let wrong = || Error::usage(Text::new("error-since").with("date", text)).hint(Text::new("hint-since"));
    text.parse::<Timestamp>().ok().or_else(day).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_day_or_a_time() {
        assert_eq!(date("2026-11-01T03:00:00Z").unwrap().to_string(), "2026-11-01T03:00:00Z");
        assert!(date("2026-11-01").is_ok());
        for wrong in ["yesterday", "", "2026-13-01", "01/11/2026"] {
            assert_eq!(date(wrong).unwrap_err().what.id, "error-since", "{wrong}");
        }
    }
}
