//! The goal of a command: the profile in force, and the two values that only a person can choose.

use rust_decimal::Decimal;

use super::clock::now;
use super::flags::Flags;
use crate::error::{Error, Result};
use crate::model::{AccountId, Text, Usd};
use crate::profile::{Choice, Draft, Memory, Remembered, load, memory, parse_email, parse_limit, resolve};
use crate::safeguards::Wish;
use crate::ui::Ui;

/// Placeholder of a limit that was not chosen yet: `check` compares nothing with it.
const UNCHOSEN: Usd = Usd(Decimal::TEN);

/// The profile in force, and what is remembered of this account.
///
/// # Errors
/// There is no such profile, or it has mistakes.
pub fn draft(account: &AccountId, flags: &Flags, ui: &Ui) -> Result<(Draft, Remembered)> {
    let remembered = if flags.demo { Remembered::default() } else { Memory::open()?.read(account)? };
    let draft = load(memory::profile(&named(flags), Some(&remembered.choice)), &|text| ui.speech.say(text))?;
    Ok((draft, remembered))
}

/// The most a month should cost, if it was chosen.
#[must_use]
pub fn limit(draft: &Draft, remembered: &Choice, flags: &Flags) -> Option<Usd> {
    let practice = flags.demo.then_some(Usd(Decimal::TEN));
    resolve(&Choice::default(), draft, Some(remembered)).limit_usd.or(practice)
}

/// The goal of `init`: asks for the e-mail address and the limit where they are missing.
///
/// # Errors
/// A profile with mistakes; no terminal to ask at.
pub fn to_set_up(chosen: &Choice, account: &AccountId, flags: &Flags, ui: &Ui) -> Result<(Wish, Choice)> {
    let (draft, remembered) = draft(account, flags, ui)?;
    let mut choice = resolve(chosen, &draft, Some(&remembered.choice));
    if flags.demo && choice.emails.is_empty() {
        choice.emails.push("hana@example.com".to_owned());
        choice.limit_usd = choice.limit_usd.or_else(|| parse_limit("10").ok());
    }
    if choice.emails.is_empty() {
        choice.emails.push(ask("email", ui, parse_email)?);
    }
    let limit = match choice.limit_usd {
        Some(limit) => limit,
        None => ask("limit", ui, parse_limit)?,
    };
    choice.limit_usd = Some(limit);
    let wish = Wish::new(account.clone(), draft.complete(choice.emails.clone(), limit), now());
    Ok((Wish { history: remembered.history, asked: chosen.emails.clone(), ..wish }, choice))
}

/// The goal of `check`, which asks nothing: where `init` never ran, everything is missing.
///
/// # Errors
/// A profile with mistakes.
pub fn to_check(account: &AccountId, flags: &Flags, ui: &Ui) -> Result<(Wish, Remembered)> {
    let (draft, remembered) = draft(account, flags, ui)?;
    let choice = resolve(&named(flags), &draft, Some(&remembered.choice));
    let profile = draft.complete(choice.emails, choice.limit_usd.unwrap_or(UNCHOSEN));
    let wish = Wish { history: remembered.history.clone(), ..Wish::new(account.clone(), profile, now()) };
    Ok((wish, remembered))
}

/// The goal of `remove`: neither an address nor a limit matters any more.
///
/// # Errors
/// A profile with mistakes.
pub fn to_remove(account: &AccountId, flags: &Flags, ui: &Ui) -> Result<Wish> {
    let (draft, _) = draft(account, flags, ui)?;
    Ok(Wish::new(account.clone(), draft.complete(Vec::new(), Usd::ZERO), now()))
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
