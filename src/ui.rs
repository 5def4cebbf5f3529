//! The terminal: results to stdout, everything else to stderr; colour, width, progress and questions.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::error::{Error, Result};
use crate::lang::Speech;
use crate::model::Text;
use crate::state::write;

const RED: Style = AnsiColor::Red.on_default().bold();
const CYAN: Style = AnsiColor::Cyan.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();

/// The only interface to the person.
pub struct Ui {
    pub speech: Speech,
    pub quiet: bool,
    color: ColorChoice,
}

impl Ui {
    #[must_use]
    pub fn new(speech: Speech, color: ColorChoice, quiet: bool) -> Self {
        Self { speech, quiet, color }
    }

    /// The width in columns: `COLUMNS`, else the terminal's, else 100.
    #[must_use]
    pub fn width(&self) -> usize {
        let asked = std::env::var("COLUMNS").ok().and_then(|text| text.parse::<usize>().ok());
        let own = || terminal_size::terminal_size().map(|(terminal_size::Width(width), _)| usize::from(width));
        asked.or_else(own).unwrap_or(100).clamp(40, 200)
    }

    /// Whether a person can answer questions.
    #[must_use]
    pub fn can_ask(&self) -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Prints a result. A closed pipe counts as success.
    ///
    /// # Errors
    /// stdout cannot be written to, for example because a disk is full.
    pub fn print(&self, text: &str) -> Result<()> {
        let mut out = AutoStream::new(io::stdout(), self.color);
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Error::failed(Text::new("error-stdout")).detail(error))
            }
            _ => Ok(()),
        }
    }

    /// Writes a result to the file, completely or not at all, or to stdout.
    ///
    /// # Errors
    /// The file cannot be written; its old content is unchanged.
    pub fn deliver(&self, text: &str, output: Option<&Path>) -> Result<()> {
        let Some(path) = output else { return self.print(text) };
        let plain = anstream::adapter::strip_str(text).to_string();
        let write = if is_device(path) { fs::write(path, &plain) } else { write::report(path, plain.as_bytes()) };
        write.map_err(|error| unwritable(path, &error))?;
        self.status(&self.speech.with("output-written", &[("file", path.display().to_string())]));
        Ok(())
    }

    /// Whether a result can be written to the file, before the work for it begins.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn can_deliver(&self, output: Option<&Path>) -> Result<()> {
        let Some(path) = output.filter(|path| !is_device(path)) else { return Ok(()) };
        let place = if path.is_dir() { Err(io::ErrorKind::IsADirectory.into()) } else { write::can_write(path) };
        place.map_err(|error| unwritable(path, &error))
    }

    /// Prints a status message.
    pub fn status(&self, text: &str) {
        if !self.quiet {
            self.stderr(text);
        }
    }

    /// Prints an error and the next steps.
    pub fn error(&self, error: &Error) {
        self.failure(&format!("{RED}{}{RED:#}", self.speech.plain("error-heading")), error);
    }

    /// The same of a failure that holds nothing up.
    pub fn warn(&self, error: &Error) {
        if !self.quiet {
            self.failure(&format!("{YELLOW}{}{YELLOW:#}", self.speech.plain("warning-heading")), error);
        }
    }

    fn failure(&self, heading: &str, error: &Error) {
        self.stderr(&format!("{heading} {}", self.speech.say(&error.what)));
        if let Some(detail) = &error.detail {
            self.stderr(&format!("  {detail}"));
        }
        for hint in &error.hints {
            self.stderr(&format!("{CYAN}→{CYAN:#} {}", self.speech.say(hint)));
        }
    }

    /// Prints the plan even with `--quiet`, because it must be seen to be approved.
    pub fn show(&self, text: &str) {
        self.stderr(text.trim_end());
    }

    fn stderr(&self, text: &str) {
        let mut out = AutoStream::new(io::stderr(), self.color);
        // Ignore write errors on stderr.
        let _ = writeln!(out, "{text}");
    }

    /// A progress line; hidden without a terminal.
    #[must_use]
    pub fn progress(&self) -> ProgressBar {
        if self.quiet || !io::stderr().is_terminal() {
            return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(100));
        bar
    }

    /// Asks for a value until it is valid.
    ///
    /// # Errors
    /// The person closed the input.
    pub fn ask<T>(&self, question: &str, parse: impl Fn(&str) -> Result<T>) -> Result<T> {
        loop {
            let asked = dialoguer::Input::<String>::new().with_prompt(self.speech.plain(question)).interact_text();
            match parse(asked.map_err(|error| self.gone(error))?.trim()) {
                Ok(value) => return Ok(value),
                Err(error) => self.error(&error),
            }
        }
    }

    /// Asks yes or no; Enter means no.
    ///
    /// # Errors
    /// The person closed the input.
    pub fn confirm(&self, question: &str) -> Result<bool> {
        let asked = dialoguer::Confirm::new().with_prompt(self.speech.plain(question)).default(false).interact();
        asked.map_err(|error| self.gone(error))
    }

    /// Whether the person types this text.
    ///
    /// # Errors
    /// The person closed the input.
    pub fn repeated(&self, question: &Text, wanted: &str) -> Result<bool> {
        let asked = dialoguer::Input::<String>::new().with_prompt(self.speech.say(question)).allow_empty(true);
        let typed = asked.interact_text().map_err(|error| self.gone(error))?;
        Ok(typed.trim() == wanted)
    }

    /// The places of the items that the person ticks; none if nothing is ticked.
    ///
    /// # Errors
    /// The person closed the input.
    pub fn pick(&self, question: &str, items: &[String]) -> Result<Vec<usize>> {
        let asked = dialoguer::MultiSelect::new().with_prompt(self.speech.plain(question)).items(items);
        let ticked = asked.report(false).interact_opt().map_err(|error| self.gone(error))?;
        ticked.filter(|ticked| !ticked.is_empty()).ok_or_else(|| Error::usage(Text::new("nothing-changed")))
    }

    /// Ends the question's line.
    fn gone(&self, dialoguer::Error::IO(error): dialoguer::Error) -> Error {
        self.stderr("");
        let interrupted = Error::new(crate::error::Kind::Interrupted, Text::new("error-interrupted"));
        let interrupted = interrupted.hint(Text::new("nothing-changed"));
        if error.kind() == io::ErrorKind::Interrupted { interrupted } else { interrupted.detail(error) }
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Error {
    // The path in the message is that of a temporary file, which does not help the person.
    let said = error.to_string();
    let said = said.split(" at path").next().unwrap_or_default();
    Error::failed(Text::new("error-output").with("file", path.display())).detail(said).hint(Text::new("hint-output"))
}

/// A pipe or a device cannot be replaced by a file.
fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir())
}
