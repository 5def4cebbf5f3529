//! The options of every command, as the values they stand for.

use std::io::IsTerminal;
use std::path::PathBuf;

use anstream::ColorChoice;
use clap::Args;
use jiff::Timestamp;

use super::clock;
use super::one_of::one_of;
use crate::error::{Error, Result};
use crate::lang::Speech;
use crate::model::{AccountId, Lang, Region, Text};
use crate::render::{Format, Layout};
use crate::ui::Ui;

const FORMATS: &[(&str, Format)] = &[
    ("text", Format::Text),
    ("json", Format::Json),
    ("csv", Format::Csv),
    ("markdown", Format::Markdown),
    ("html", Format::Html),
];
const LANGUAGES: &[(&str, Lang)] = &[("en", Lang::En), ("ja", Lang::Ja)];
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
        default_value = "text",
        value_name = "FORMAT",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub format: Format,
    #[arg(short, long, global = true, value_name = "FILE")]
    pub output: Option<PathBuf>,
    // Read by `language` before the others; here so that it is a known option.
    #[arg(long, global = true, value_parser = one_of(LANGUAGES), value_name = "LANG", hide_possible_values = true)]
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

impl Flags {
    #[must_use]
    pub fn ui(&self, lang: Lang) -> Ui {
        Ui::new(Speech::new(lang), self.color, self.quiet)
    }

    #[must_use]
    pub fn layout(&self, ui: &Ui) -> Layout {
        let charts = self.output.is_none() && std::io::stdout().is_terminal();
        Layout { width: ui.width(), verbose: self.verbose, charts }
    }

    /// The account that `--account` insists on.
    ///
    /// # Errors
    /// It is not twelve digits.
    pub fn account(&self) -> Result<Option<AccountId>> {
        let wrong = |text: &String| Error::usage(Text::new("error-account-id").with("account", text));
        self.account.as_ref().map(|text| text.parse().map_err(|()| wrong(text))).transpose()
    }

    /// The home region of the credentials.
    ///
    /// # Errors
    /// It does not have the form of a region's name.
    pub fn region(&self) -> Result<Option<Region>> {
        self.region.as_deref().map(region).transpose()
    }

    /// The time of the account that is looked at.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        if self.demo { clock::practice() } else { clock::now() }
    }
}

/// A region name as the user writes it.
///
/// # Errors
/// It does not have the form of a region's name.
pub fn region(name: &str) -> Result<Region> {
    if Region::is_well_formed(name) {
        return Ok(Region::new(name));
    }
    Err(Error::usage(Text::new("error-region-name").with("region", name)).hint(Text::new("hint-region-name")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_name() {
        assert_eq!(LANGUAGES.iter().map(|(name, _)| Lang::of_locale(name)).collect::<Vec<_>>(), Lang::ALL);
        assert_eq!(LANGUAGES.iter().map(|(_, lang)| *lang).collect::<Vec<_>>(), Lang::ALL);
    }
}
