//! The options of every command, as values.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use anstream::ColorChoice;
use clap::Args;
use jiff::Timestamp;

use super::clock;
use super::one_of::one_of;
use super::places::region;
use crate::error::{Error, Result};
use crate::lang::Speech;
use crate::model::{AccountId, Lang, Region, Text};
use crate::render::{Format, Layout};
use crate::ui::Ui;

const FORMATS: &[(&str, Format)] = &[
    ("text", Format::Text),
    ("json", Format::Json),
    ("csv", Format::Csv),
    ("csv-excel", Format::CsvExcel),
    ("markdown", Format::Markdown),
    ("html", Format::Html),
];
/// The format of a file by its extension.
const ENDINGS: &[(&str, Format)] = &[
    ("txt", Format::Text),
    ("json", Format::Json),
    ("csv", Format::Csv),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
];
/// The file name that means stdout.
const STDOUT: &str = "-";
const COLORS: &[(&str, ColorChoice)] =
    &[("auto", ColorChoice::Auto), ("always", ColorChoice::AlwaysAnsi), ("never", ColorChoice::Never)];

#[derive(Debug, Args)]
pub struct Flags {
    #[arg(short, long, global = true, value_name = "NAME|FILE", env = "GUARDRAIL_CONFIG", hide_env = true)]
    pub config: Option<String>,
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<String>,
    #[arg(long, global = true, value_name = "REGION")]
    region: Option<String>,
    #[arg(long, global = true, value_name = "ID")]
    account: Option<String>,
    #[arg(
        long,
        global = true,
        value_parser = one_of(FORMATS),
        value_name = "FORMAT",
        hide_possible_values = true
    )]
    format: Option<Format>,
    #[arg(short, long, global = true, value_name = "FILE")]
    output: Option<PathBuf>,
    // `language` reads it before the others; it is here so that clap knows the option.
    #[arg(long, global = true, value_parser = lang, value_name = "LANG")]
    lang: Option<Lang>,
    #[arg(
        long,
        global = true,
        value_parser = one_of(COLORS),
        default_value = "auto",
        value_name = "WHEN",
        hide_default_value = true,
        hide_possible_values = true
    )]
    color: ColorChoice,
    #[arg(short, long, global = true)]
    quiet: bool,
    #[arg(short, long, global = true)]
    verbose: bool,
    #[arg(long, global = true)]
    pub demo: bool,
}

/// `ja`, `JA`, `ja-JP`.
fn lang(name: &str) -> std::result::Result<Lang, &'static str> {
    Lang::named(name).ok_or("unknown language")
}

impl Flags {
    #[must_use]
    pub fn ui(&self, lang: Lang) -> Ui {
        Ui::new(Speech::new(lang), self.color, self.quiet)
    }

    /// The format of `--format`, else of the file's extension.
    #[must_use]
    pub fn format(&self) -> Format {
        let ending = self.output().and_then(Path::extension).and_then(|ending| ending.to_str());
        let of_file = ending.and_then(|ending| ENDINGS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known)));
        self.format.or(of_file.map(|(_, format)| *format)).unwrap_or_default()
    }

    /// The file to write to; `None` means stdout.
    #[must_use]
    pub fn output(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new(STDOUT))
    }

    /// Refuses `--output json`, which means `--format json` in other tools.
    ///
    /// # Errors
    /// The file has the name of a format.
    pub fn must_name_a_file(&self) -> Result<()> {
        let Some(path) = self.output().filter(|_| self.format.is_none()) else { return Ok(()) };
        let Some((name, _)) = FORMATS.iter().find(|(name, _)| path == Path::new(name)) else { return Ok(()) };
        let near = format!("--format {name}");
        let error = Error::usage(Text::new("error-output-is-format").with("file", name));
        Err(error
            .hint(Text::new("hint-did-you-mean").with("near", near))
            .hint(Text::new("hint-file-of-that-name").with("file", name)))
    }

    /// Refuses a format that the command does not write.
    ///
    /// # Errors
    /// `--format` names another one than `format`.
    pub fn must_be(&self, format: Format, command: &str) -> Result<()> {
        let name = |format: Format| FORMATS.iter().find(|(_, it)| *it == format).map_or("", |(name, _)| *name);
        match self.format {
            Some(other) if other != format => {
                let error =
                    Error::usage(Text::new("error-format").with("command", command).with("format", name(other)));
                Err(error.hint(Text::new("hint-valid-values").with("values", name(format))))
            }
            _ => Ok(()),
        }
    }

    #[must_use]
    pub fn layout(&self, ui: &Ui) -> Layout {
        let charts = self.output().is_none() && std::io::stdout().is_terminal();
        Layout { width: ui.width(), verbose: self.verbose, charts }
    }

    /// The account that `--account` requires.
    ///
    /// # Errors
    /// It is not twelve digits.
    pub fn account(&self) -> Result<Option<AccountId>> {
        let wrong = |text: &String| Error::usage(Text::new("error-account-id").with("account", text));
        self.account.as_ref().map(|text| text.parse().map_err(|()| wrong(text))).transpose()
    }

    /// The region of the credentials.
    ///
    /// # Errors
    /// It does not have the form of a region's name.
    pub fn region(&self) -> Result<Option<Region>> {
        self.region.as_deref().map(region).transpose()
    }

    /// The time of the account.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        if self.demo { clock::practice() } else { clock::now() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(line: &str) -> Flags {
        use clap::FromArgMatches;
        let command = Flags::augment_args(clap::Command::new("x"));
        Flags::from_arg_matches(&command.get_matches_from(line.split(' '))).unwrap()
    }

    #[test]
    fn the_format_follows_the_ending_of_the_file() {
        for (line, format) in [
            ("x", Format::Text),
            ("x -o report", Format::Text),
            ("x -o -", Format::Text),
            ("x -o a.b/report.JSON", Format::Json),
            ("x -o report.htm", Format::Html),
            ("x -o report.md", Format::Markdown),
            ("x -o report.html --format csv", Format::Csv),
        ] {
            assert_eq!(flags(line).format(), format, "{line}");
        }
        assert_eq!(flags("x -o -").output(), None);
    }

    #[test]
    fn a_format_is_no_file() {
        for (line, good) in
            [("x -o json", false), ("x -o ./json", true), ("x -o json --format json", true), ("x -o -", true)]
        {
            assert_eq!(flags(line).must_name_a_file().is_ok(), good, "{line}");
        }
    }

    #[test]
    fn a_language_is_named_as_people_write_it() {
        for (name, lang) in [("en", Some(Lang::En)), ("JA", Some(Lang::Ja)), ("ja-JP", Some(Lang::Ja)), ("fr", None)] {
            assert_eq!(super::lang(name).ok(), lang, "{name}");
        }
    }

    #[test]
    fn a_format_that_a_command_does_not_write_is_refused() {
        for (line, good) in [("x", true), ("x --format json", true), ("x --format html", false), ("x -o a.html", true)]
        {
            assert_eq!(flags(line).must_be(Format::Json, "policy").is_ok(), good, "{line}");
        }
    }
}
