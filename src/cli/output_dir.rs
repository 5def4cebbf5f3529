//! The folder of `--output-dir`: the report of each account as soon as it is finished, then that of the organisation.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::{Error, Result};
use crate::lang::Speech;
use crate::model::{AccountReport, OrganizationReport, Text};
use crate::render::{Format, Layout, Report, account_rows, render};
use crate::state::write;
use crate::ui::Ui;

/// The findings of all accounts.
const FINDINGS: &str = "findings.csv";

pub struct OutputDir<'a> {
    path: PathBuf,
    /// Replaces [`FINDINGS`] at the end.
    findings: NamedTempFile,
    has_heading: bool,
    ui: &'a Ui,
}

impl<'a> OutputDir<'a> {
    /// Creates the folder before the work for it begins.
    ///
    /// # Errors
    /// It cannot be written to.
    pub fn open(path: &Path, ui: &'a Ui) -> Result<Self> {
        let failed = |error| unwritable(path, &error);
        fs::create_dir_all(path).map_err(failed)?;
        let findings = NamedTempFile::new_in(path).map_err(failed)?;
        Ok(Self { path: path.to_owned(), findings, has_heading: false, ui })
    }

    /// Writes the report of an account as JSON and HTML, and its findings; returns the account without it.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn keep(&mut self, account: AccountReport) -> Result<AccountReport> {
        let Some(report) = &account.report else { return Ok(account) };
        let page = format!("{}.html", account.id);
        let speech = &self.ui.speech;
        for (format, name) in [(Format::Json, format!("{}.json", account.id)), (Format::Html, page.clone())] {
            self.write(&name, &render(Report::Sweep(report), format, speech, PLAIN)?)?;
        }
        self.add_rows(&account, speech)?;
        Ok(account.written_to(page))
    }

    /// Writes the report of the organisation.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn finish(self, report: &OrganizationReport) -> Result<()> {
        for (format, ending) in [(Format::Json, "json"), (Format::Html, "html"), (Format::Markdown, "md")] {
            let text = render(Report::Organization(report), format, &self.ui.speech, PLAIN)?;
            self.write(&format!("organization.{ending}"), &text)?;
        }
        let place = self.path.join(FINDINGS);
        self.findings.persist(&place).map_err(|error| unwritable(&place, &error.error))?;
        self.ui.status(&self.ui.speech.with("output-written", &[("file", self.path.display().to_string())]));
        Ok(())
    }

    fn add_rows(&mut self, account: &AccountReport, speech: &Speech) -> Result<()> {
        let text = account_rows(account, speech)?;
        // No heading has a line break.
        let (_, rows) = text.split_once('\n').unwrap_or_default();
        let text = if std::mem::replace(&mut self.has_heading, true) { rows } else { &text };
        let place = self.path.join(FINDINGS);
        self.findings.write_all(text.as_bytes()).map_err(|error| unwritable(&place, &error))
    }

    fn write(&self, name: &str, text: &str) -> Result<()> {
        let path = self.path.join(name);
        write::report(&path, text.as_bytes()).map_err(|error| unwritable(&path, &error))
    }
}

/// The formats of files do not depend on the terminal.
const PLAIN: Layout = Layout { width: 80, verbose: true, charts: false };

fn unwritable(path: &Path, error: &std::io::Error) -> Error {
    Error::failed(Text::new("error-output").with("file", path.display())).detail(error).hint(Text::new("hint-output"))
}
