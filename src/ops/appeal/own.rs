//! What must not be in a letter: secrets, card numbers, the numbers of other accounts.

use crate::error::{Error, Result};
use crate::model::{AccountId, Text};

/// The text with the number of every other account replaced.
#[must_use]
pub fn own_only(text: &str, account: &AccountId) -> String {
    let mut safe = String::with_capacity(text.len());
    for run in runs(text) {
        let foreign = run.len() == 12 && run.bytes().all(|it| it.is_ascii_digit()) && run != account.as_str();
        safe.push_str(if foreign { "…" } else { run });
    }
    safe
}

/// The text of a person, if it has neither a key nor a card number.
///
/// # Errors
/// It has one.
pub fn without_secrets(text: &str) -> Result<String> {
    if is_secret(text) {
        return Err(Error::usage(Text::new("error-appeal-secret")).hint(Text::new("hint-appeal-secret")));
    }
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Whether it has a key or a card number.
#[must_use]
pub fn is_secret(text: &str) -> bool {
    has_key(text) || has_card(text)
}

/// Runs of digits, and what is between them.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let digits = rest.chars().next()?.is_ascii_digit();
        let end = rest.find(|letter: char| letter.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        Some(run)
    })
}

/// An access key id, or a word that looks like a secret key: forty characters of Base64 with all their kinds.
fn has_key(text: &str) -> bool {
    let is_key = |word: &str| {
        let id = word.len() == 20 && (word.starts_with("AKIA") || word.starts_with("ASIA"));
        let kinds = [char::is_uppercase as fn(char) -> bool, char::is_lowercase, char::is_numeric];
        id || (word.len() == 40 && kinds.iter().all(|kind| word.contains(*kind)))
    };
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && !"+/".contains(letter)).any(is_key)
}

/// Thirteen to nineteen digits, in groups or not, with the check digit of a card (Luhn).
fn has_card(text: &str) -> bool {
    let grouped: String = text.chars().filter(|letter| !" -".contains(*letter)).collect();
    let sum = |digits: &str| -> u32 {
        let doubled = digits.bytes().rev().enumerate().map(|(at, digit)| {
            let digit = u32::from(digit - b'0') * if at % 2 == 1 { 2 } else { 1 };
            if digit > 9 { digit - 9 } else { digit }
        });
        doubled.sum()
    };
    runs(&grouped).any(|run| {
        (13..=19).contains(&run.len()) && run.bytes().all(|it| it.is_ascii_digit()) && sum(run).is_multiple_of(10)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_account_is_named() {
        let own = |text: &str| own_only(text, &"123456789012".parse().unwrap());
        assert_eq!(
            own("arn:aws:es:eu-west-1:123456789012:domain/study"),
            "arn:aws:es:eu-west-1:123456789012:domain/study"
        );
        assert_eq!(own("role of 210987654321, 2109876543210"), "role of …, 2109876543210");
    }

    #[test]
    fn secrets_and_cards_are_refused() {
        for secret in [
            "my key AKIAIOSFODNN7EXAMPLE was public",
            "(wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY)",
            "card 4111 1111 1111 1111",
            "4111-1111-1111-1111",
        ] {
            assert_eq!(without_secrets(secret).unwrap_err().what.id, "error-appeal-secret", "{secret}");
        }
        for plain in ["I followed a tutorial", "account 123456789012", "since 2026-11-20 09:30", "4111 1111 1111 1112"]
        {
            assert_eq!(without_secrets(plain).unwrap(), plain);
        }
        assert_eq!(without_secrets(" a\n b ").unwrap(), "a b");
    }
}
