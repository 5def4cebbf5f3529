//! The history around a sweep: what it is compared with, and where its report is kept.

use jiff::Timestamp;
use jiff::civil::Date;

use super::clock;
use super::flags::Flags;
use crate::demo;
use crate::error::{Error, Result};
use crate::model::{AccountId, SweepReport, Text};
use crate::ops::compare::{Past, follow};
use crate::state::{Entry, Reports, scope_key};
use crate::ui::Ui;

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
    reports: Option<Reports>,
    since: Option<Timestamp>,
    demo: bool,
    keeps: bool,
}

impl Compared {
    /// # Errors
    /// `--since` is no date. A history that cannot be opened is a warning.
    pub fn open(args: &Args, flags: &Flags, ui: &Ui) -> Result<Self> {
        let since = args.since.as_deref().map(date).transpose()?;
        let reports = (!flags.demo).then(Reports::open).transpose();
        let reports = reports.unwrap_or_else(|error| {
            ui.warn(&error);
            None
        });
        Ok(Self { reports, since, demo: flags.demo, keeps: !args.no_history })
    }

    /// Refuses a date before the history of this account.
    ///
    /// # Errors
    /// No sweep before `--since` is stored.
    pub fn must_reach(&self, account: &AccountId) -> Result<()> {
        let Some(since) = self.since.filter(|_| !self.demo) else { return Ok(()) };
        let entries = self.reports.as_ref().map_or(Ok(Vec::new()), |reports| reports.entries(account))?;
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

    /// The history; the practice account has none.
    pub fn reports(&self) -> Option<&Reports> {
        self.reports.as_ref()
    }

    /// Compares the report with the history of its account. A history that fails is a warning: the sweep itself is complete
    /// without it.
    pub fn compare(&self, report: &mut SweepReport, ui: &Ui) {
        if let Some(earlier) = self.demo.then(|| demo::earlier(report)).flatten() {
            let past = [Past { at: earlier.made_at, same_scope: true }];
            follow(report, &past, self.since, |_| Some(earlier.clone()));
        }
        let Some(reports) = &self.reports else { return };
        match reports.entries(&report.scope.account.id) {
            Ok(entries) => self.compare_with(report, reports, &entries, ui),
            Err(error) => ui.warn(&error),
        }
    }

    /// Keeps the report. An interrupted one would be compared with, and says little.
    pub fn keep(&self, report: &mut SweepReport, ui: &Ui) {
        let Some(reports) = self.reports.as_ref().filter(|_| self.keeps && !report.interrupted) else { return };
        reports.keep(report).unwrap_or_else(|error| ui.warn(&error));
    }

    fn compare_with(&self, report: &mut SweepReport, reports: &Reports, entries: &[Entry], ui: &Ui) {
        let scope = scope_key(&report.scope);
        let past: Vec<Past> = entries.iter().map(|it| Past { at: it.at, same_scope: it.scope == scope }).collect();
        follow(report, &past, self.since, |at| {
            reports.read(&entries[at]).unwrap_or_else(|error| {
                ui.warn(&error);
                None
            })
        });
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
