//! The person's choices, combined from flags, profile files and memory.

use super::check::{MOST_EMAILS, too_many, without_repeats};
use super::{DEFAULT, Profile};
use crate::error::{Error, Result};
use crate::model::choice::{email, limit};
use crate::model::{Choice, Usd};

/// Parses the address of `--email`.
///
/// # Errors
/// It is not an address.
pub fn parse_email(text: &str) -> Result<String> {
    email(text).map_err(Error::usage)
}

/// Parses the addresses of several `--email`, without duplicates.
///
/// # Errors
/// One is not an address, or there are too many.
pub fn parse_emails(texts: &[String]) -> Result<Vec<String>> {
    let emails = without_repeats(texts.iter().map(|text| parse_email(text)).collect::<Result<_>>()?);
    if emails.len() > MOST_EMAILS {
        return Err(Error::usage(too_many("profile-too-many-emails", MOST_EMAILS, emails.len())));
    }
    Ok(emails)
}

/// Parses the monthly limit of `--limit`, in USD.
///
/// # Errors
/// It is not an amount of whole cents above zero and up to a million.
pub fn parse_limit(text: &str) -> Result<Usd> {
    limit(text).map_err(Error::usage)
}

/// The profile to load: a flag's, else the remembered one, else the default.
#[must_use]
pub fn reference<'a>(flags: &'a Choice, remembered: &'a Choice) -> &'a str {
    flags.profile.as_deref().or(remembered.profile.as_deref()).unwrap_or(DEFAULT)
}

/// A flag overrides a profile file, a profile file overrides memory, and all of them override the suggestion of a shipped profile. A
/// value without a source stays empty.
#[must_use]
pub fn resolve(flags: &Choice, profile: &Profile, remembered: &Choice) -> Choice {
    let emails = [&flags.emails, &profile.notify.emails, &remembered.emails];
    let emails = emails.into_iter().find(|emails| !emails.is_empty());
    let limits = [flags.limit_usd, profile.limit_usd, remembered.limit_usd, profile.suggested_limit_usd];
    Choice {
        profile: Some(profile.reference.clone()),
        emails: emails.cloned().unwrap_or_default(),
        limit_usd: limits.into_iter().flatten().next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(email: &str, limit: &str) -> Choice {
        Choice { profile: Some("study".into()), emails: vec![email.into()], limit_usd: Some(limit.parse().unwrap()) }
    }

    #[test]
    fn repeated_flags_are_one_address_and_ten_are_enough() {
        let emails = |count: usize| (0..count).map(|n| format!("a{n}@example.com")).collect::<Vec<_>>();
        assert_eq!(parse_emails(&["b@x.jp".into(), "a@x.jp".into(), "b@x.jp".into()]).unwrap(), ["b@x.jp", "a@x.jp"]);
        assert_eq!(parse_emails(&emails(10)).unwrap().len(), 10);
        assert_eq!(parse_emails(&emails(11)).unwrap_err().what.id, "profile-too-many-emails");
    }

    #[test]
    fn the_profile_is_the_flags_then_the_remembered_then_the_default() {
        let flags = Choice { profile: Some("training-org".into()), ..Choice::default() };
        let earlier = choice("me@example.com", "5");
        assert_eq!(reference(&flags, &earlier), "training-org");
        assert_eq!(reference(&Choice::default(), &earlier), "study");
        assert_eq!(reference(&Choice::default(), &Choice::default()), "personal");
    }

    #[test]
    fn a_flag_wins_over_the_file_and_the_file_over_memory() {
        let (flags, earlier) = (choice("flag@example.com", "1"), choice("memory@example.com", "3"));
        let nothing = Choice::default();
        let mut profile =
            Profile { reference: "study".into(), suggested_limit_usd: "4".parse().ok(), ..Profile::blank() };
        let limit = |choice: Choice| choice.limit_usd.unwrap().to_string();

        assert_eq!(
            resolve(&nothing, &Profile::blank(), &Choice::default()),
            Choice { profile: Some(String::new()), ..nothing.clone() }
        );
        assert_eq!(limit(resolve(&nothing, &profile, &Choice::default())), "4");
        assert_eq!(limit(resolve(&nothing, &profile, &earlier)), "3");
        assert_eq!(resolve(&nothing, &profile, &earlier).emails, ["memory@example.com"]);

        profile.limit_usd = "2".parse().ok();
        profile.notify.emails = vec!["file@example.com".into()];
        assert_eq!(limit(resolve(&nothing, &profile, &earlier)), "2");
        assert_eq!(resolve(&nothing, &profile, &earlier).emails, ["file@example.com"]);
        assert_eq!(resolve(&flags, &profile, &earlier), choice("flag@example.com", "1"));
    }
}
