//! The options of every command, and what they come to.

use std::io::IsTerminal;
use std::path::PathBuf;

use anstream::ColorChoice;
use aws_config::SdkConfig;
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use crate::aws::connect::{Door, connect};
use crate::demo;
use crate::error::{Error, Result};
use crate::lang::Speech;
use crate::model::{AccountId, Lang, Region, Text, Usd};
use crate::profile::{Choice, Draft, Memory, Remembered, load, memory, resolve};
use crate::render::{Format, Layout};
use crate::ui::Ui;

#[derive(Debug, Args)]
pub struct Global {
    #[arg(short, long, global = true, value_name = "NAME|FILE", env = "GUARDRAIL_CONFIG", hide_env = true)]
    pub config: Option<String>,
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<String>,
    #[arg(long, global = true, value_name = "REGION")]
    pub region: Option<String>,
    #[arg(long, global = true, value_name = "ID")]
    pub account: Option<String>,
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORMAT",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub format: Form,
    #[arg(short, long, global = true, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[arg(long, global = true, value_enum, value_name = "LANG", hide_possible_values = true)]
    pub lang: Option<Tongue>,
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "WHEN",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub color: When,
    #[arg(short, long, global = true)]
    pub quiet: bool,
    #[arg(short, long, global = true)]
    pub verbose: bool,
    #[arg(long, global = true)]
    pub demo: bool,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum Form {
    #[default]
    Text,
    Json,
    Csv,
    Markdown,
    Html,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Tongue {
    En,
    Ja,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum When {
    #[default]
    Auto,
    Always,
    Never,
}

impl Global {
    #[must_use]
    pub fn ui(&self, lang: Lang) -> Ui {
        let color = match self.color {
            When::Auto => ColorChoice::Auto,
            When::Always => ColorChoice::AlwaysAnsi,
            When::Never => ColorChoice::Never,
        };
        Ui::new(Speech::new(lang), color, self.quiet)
    }

    #[must_use]
    pub fn format(&self) -> Format {
        match self.format {
            Form::Text => Format::Text,
            Form::Json => Format::Json,
            Form::Csv => Format::Csv,
            Form::Markdown => Format::Markdown,
            Form::Html => Format::Html,
        }
    }

    #[must_use]
    pub fn layout(&self, ui: &Ui) -> Layout {
        let charts = self.output.is_none() && std::io::stdout().is_terminal();
        Layout { width: ui.width(), verbose: self.verbose, charts }
    }

    /// The account the user says it must be.
    ///
    /// # Errors
    /// It is not twelve digits.
    pub fn wanted_account(&self) -> Result<Option<AccountId>> {
        let wrong = |text: &String| Error::usage(Text::new("error-account-id").with("account", text));
        self.account.as_ref().map(|text| text.parse().map_err(|()| wrong(text))).transpose()
    }

    /// The configuration all clients are made from: AWS's usual chain, or the practice account.
    ///
    /// # Errors
    /// A region name that is none, or credentials that cannot be had.
    pub async fn connect(&self) -> Result<SdkConfig> {
        let region = self.region.as_deref().map(region).transpose()?;
        let practice = self.demo.then(demo::practice_account);
        connect(&Door { profile: self.profile.clone(), region, practice }).await
    }

    /// The clock. In the practice account it is always the day of its story: its bill has figures of that month.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        if self.demo { stopped().unwrap_or(PRACTICE) } else { now() }
    }

    /// The most a month should cost, if anybody said.
    #[must_use]
    pub fn limit(&self, draft: &Draft, remembered: &Choice) -> Option<Usd> {
        let practice = self.demo.then_some(Usd(Decimal::TEN));
        resolve(&Choice::default(), draft, Some(remembered)).limit_usd.or(practice)
    }

    /// The profile in force, and what is remembered of this account.
    ///
    /// # Errors
    /// There is no such profile, or it has mistakes.
    pub fn draft(&self, account: &AccountId, ui: &Ui) -> Result<(Draft, Remembered)> {
        let remembered = if self.demo { Remembered::default() } else { Memory::open()?.read(account)? };
        let flags = Choice { profile: self.config.clone(), ..Choice::default() };
        let draft = load(memory::profile(&flags, Some(&remembered.choice)), &|text| ui.speech.say(text))?;
        Ok((draft, remembered))
    }
}

/// When the story of the practice account is told.
const PRACTICE: Timestamp = Timestamp::constant(1_795_392_000, 0);

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

/// The clock; a test may stop it.
#[must_use]
pub fn now() -> Timestamp {
    let now = stopped().unwrap_or_else(Timestamp::now);
    // Fractions of a second say nothing to anybody.
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

fn stopped() -> Option<Timestamp> {
    std::env::var("GUARDRAIL_NOW").ok().and_then(|text| text.parse().ok())
}

/// The person's own time; a stopped clock shows UTC.
#[must_use]
pub fn zone() -> TimeZone {
    if stopped().is_some() { TimeZone::UTC } else { TimeZone::system() }
}

/// The language, before the options are read: `--lang`, then `GUARDRAIL_LANG`, then the system's.
#[must_use]
pub fn language(args: &[String]) -> Lang {
    let flag = args.iter().enumerate().find_map(|(index, arg)| match arg.strip_prefix("--lang") {
        Some("") => args.get(index + 1).map(String::as_str),
        Some(rest) => rest.strip_prefix('='),
        None => None,
    });
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let system = || variable("LC_ALL").or_else(|| variable("LC_MESSAGES")).or_else(|| variable("LANG"));
    let name = flag.map(str::to_owned).or_else(|| variable("GUARDRAIL_LANG")).or_else(system);
    Lang::of_locale(&name.or_else(sys_locale::get_locale).unwrap_or_default())
}
