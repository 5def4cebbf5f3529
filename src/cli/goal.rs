//! The goal of a command: the profile, and the two values that only a person can choose.

use super::clock::now;
use super::flags::Flags;
use crate::demo;
use crate::error::{Error, Result};
use crate::model::{AccountId, Choice, History, Text, Usd};
use crate::profile::{Profile, load, parse_email, parse_limit, reference, resolve};
use crate::resources;
use crate::safeguards::{Goal, Inputs, Payer};
use crate::state::{Memory, Remembered};
use crate::ui::Ui;

/// The environment variable of `--config`.
const CONFIG: &str = "GUARDRAIL_CONFIG";

/// The profile, and the memory of this account. Settings that cannot be read are reported and ignored: the commands that call
/// this only read, or remove objects by their tags.
///
/// # Errors
/// The profile does not exist, or has mistakes.
pub fn profile_in_force(account: &AccountId, flags: &Flags, ui: &Ui) -> Result<(Profile, Remembered)> {
    let remembered = remembered(account, flags).unwrap_or_else(|error| {
        ui.warn(&error);
        Remembered::default()
    });
    Ok((profile(&remembered, flags, ui)?, remembered))
}

/// The same for commands that depend on the saved settings.
///
/// # Errors
/// The settings cannot be read; the profile does not exist, or has mistakes.
fn profile_to_keep_to(account: &AccountId, flags: &Flags, ui: &Ui) -> Result<(Profile, Remembered)> {
    let remembered = remembered(account, flags)?;
    Ok((profile(&remembered, flags, ui)?, remembered))
}

fn remembered(account: &AccountId, flags: &Flags) -> Result<Remembered> {
    if flags.demo { Ok(Remembered::default()) } else { Memory::open()?.read(account) }
}

fn profile(remembered: &Remembered, flags: &Flags, ui: &Ui) -> Result<Profile> {
    let profile = load(reference(&named(flags), &remembered.choice), &|text| ui.speech.say(text));
    let profile = profile.map_err(|error| {
        let from_variable = flags.config.is_some() && std::env::var(CONFIG).ok() == flags.config;
        if from_variable { error.hint(Text::new("hint-from-variable").with("variable", CONFIG)) } else { error }
    })?;
    must_name_known_types(&profile)?;
    Ok(profile)
}

/// Refuses a profile that sweeps or keeps a resource type which does not exist.
///
/// # Errors
/// There is no such type.
pub fn must_name_known_types(profile: &Profile) -> Result<()> {
    let kept = || profile.sweep.keep.iter().map(|entry| &entry.resource);
    let unknown = kept().find(|id| resources::find(id).is_none()).map(|id| Err(resources::unknown(id)));
    let known = resources::chosen(&profile.sweep.resources).map(drop).and(unknown.unwrap_or(Ok(())));
    known.map_err(|error| error.hint(Text::new("hint-in-profile").with("file", &profile.reference)))
}

/// The monthly limit, if it is chosen.
#[must_use]
pub fn limit(profile: &Profile, remembered: &Choice, flags: &Flags) -> Option<Usd> {
    let practice = flags.demo.then(demo::choice).unwrap_or_default();
    resolve(&Choice::default(), profile, remembered).or(practice).limit_usd
}

/// The goal of `init`: asks for the e-mail address and the limit if they are missing.
///
/// # Errors
/// A profile with mistakes; no terminal to ask at.
pub fn to_set_up(chosen: &Choice, account: &AccountId, flags: &Flags, ui: &Ui) -> Result<(Inputs, Choice)> {
    let (profile, remembered) = profile_to_keep_to(account, flags, ui)?;
    let mut choice = resolve(chosen, &profile, &remembered.choice);
    if flags.demo {
        choice = choice.or(demo::choice());
    }
    if choice.emails.is_empty() {
        choice.emails.push(ask("email", ui, parse_email)?);
    }
    if choice.limit_usd.is_none() {
        choice.limit_usd = Some(ask("limit", ui, parse_limit)?);
    }
    let goal = Goal { profile: profile.chosen(&choice), resubscribe: chosen.emails.clone() };
    Ok((Inputs::new(account.clone(), goal, remembered.history, now()), choice))
}

/// The goal of `check`, which asks nothing: before `init` everything is missing.
///
/// # Errors
/// A profile with mistakes.
pub fn to_check(account: &AccountId, flags: &Flags, ui: &Ui) -> Result<(Inputs, Remembered)> {
    let (profile, remembered) = profile_to_keep_to(account, flags, ui)?;
    let choice = resolve(&named(flags), &profile, &remembered.choice);
    let choice = Choice { limit_usd: limit(&profile, &remembered.choice, flags), ..choice };
    let goal = Goal { profile: profile.chosen(&choice), resubscribe: Vec::new() };
    Ok((Inputs::new(account.clone(), goal, remembered.history.clone(), now()), remembered))
}

/// The goal of `remove`, which needs neither an address nor a limit.
///
/// # Errors
/// A profile with mistakes.
pub fn to_remove(account: &AccountId, flags: &Flags, ui: &Ui) -> Result<Inputs> {
    let (profile, _) = profile_in_force(account, flags, ui)?;
    let goal = Goal { profile: profile.chosen(&Choice::default()), resubscribe: Vec::new() };
    let inputs = Inputs::new(account.clone(), goal, History::new(), now());
    // In a management account also what it has for its organisation.
    Ok(Inputs { payer: Some(Payer::default()), ..inputs })
}

fn named(flags: &Flags) -> Choice {
    Choice { profile: flags.config.clone(), ..Choice::default() }
}

fn ask<T>(option: &'static str, ui: &Ui, parse: fn(&str) -> Result<T>) -> Result<T> {
    if !ui.can_ask() {
        return Err(Error::usage(Text::new("error-not-chosen").with("option", option))
            .hint(Text::new("hint-not-chosen").with("option", option)));
    }
    ui.ask(if option == "email" { "ask-email" } else { "ask-limit" }, parse)
}
