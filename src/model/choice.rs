//! The values that only a person can choose, their rules, and the history of the subscriptions.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::money::Usd;
use super::text::Text;

const MOST_USD: i64 = 1_000_000;
/// RFC 5321: a path is at most 256 characters with its angle brackets.
const LONGEST_EMAIL: usize = 254;

/// The values that only a person can choose: by flags, or in an earlier run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// A shipped name or an absolute path.
    pub profile: Option<String>,
    pub emails: Vec<String>,
    pub limit_usd: Option<Usd>,
}

impl Choice {
    /// The chosen values; those of `other` for the rest.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            profile: self.profile.or(other.profile),
            emails: if self.emails.is_empty() { other.emails } else { self.emails },
            limit_usd: self.limit_usd.or(other.limit_usd),
        }
    }
}

/// The history of the e-mail subscriptions, by address. AWS deletes a subscription without a trace: only the history distinguishes
/// one that expired from one that its reader ended.
pub type History = BTreeMap<String, Subscription>;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// When guardrail last subscribed the address, and AWS sent its confirmation mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscribed_at: Option<Timestamp>,
    /// When it was first seen confirmed after that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmed_at: Option<Timestamp>,
}

fn wrong(id: &'static str, value: &str) -> Text {
    Text::new(id).with("value", value.escape_debug())
}

/// An e-mail address: one `@`, a dot in the domain, nothing that a mail header could misread.
///
/// # Errors
/// The rule that the text breaks.
pub fn email(text: &str) -> Result<String, Text> {
    let text = text.trim();
    let strange = |c: char| c.is_whitespace() || c.is_control() || "\"'`<>(),;:\\[]".contains(c);
    let label = |part: &str| !part.is_empty() && !part.starts_with('-') && !part.ends_with('-');
    let valid = match text.split_once('@') {
        Some((name, domain)) => {
            !name.is_empty() && !domain.contains('@') && domain.contains('.') && domain.split('.').all(label)
        }
        None => false,
    };
    if !valid || text.contains(strange) {
        return Err(wrong("error-email", text));
    }
    if text.len() > LONGEST_EMAIL {
        return Err(Text::new("error-email-long").count("most", LONGEST_EMAIL));
    }
    Ok(text.to_owned())
}

/// A monthly limit: whole cents, above zero, up to a million.
///
/// # Errors
/// The rule that the text breaks.
pub fn limit(text: &str) -> Result<Usd, Text> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, cents) = digits.split_once('.').unwrap_or((digits, "0"));
    let numeric = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !numeric(whole) || !numeric(cents) {
        return Err(wrong("error-limit-not-a-number", text));
    }
    if negative {
        return Err(wrong("error-limit-negative", text));
    }
    if cents.len() > 2 {
        return Err(wrong("error-limit-cents", text));
    }
    // Digits beyond the range of decimals are also too large.
    match digits.parse::<Usd>() {
        Ok(Usd(amount)) if amount.is_zero() => Err(Text::new("error-limit-zero")),
        Ok(Usd(amount)) if amount <= Decimal::from(MOST_USD) => Ok(Usd(amount.normalize())),
        _ => Err(wrong("error-limit-huge", text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_a_shape() {
        for good in ["me@example.com", "a.b+c@sub.example.co.jp", "名前@例え.jp", " me@example.com "] {
            assert_eq!(email(good).unwrap(), good.trim());
        }
        for bad in [
            "",
            "me",
            "me@",
            "@example.com",
            "me@example",
            "me@@example.com",
            "a@b@example.com",
            "me@.com",
            "me@example.",
            "me@example..com",
            "me@-a.com",
            "me me@example.com",
            "me@exa mple.com",
            "me\u{7}@example.com",
            "\"me\"@example.com",
            "Me <me@example.com>",
            "a@example.com,b@example.com",
        ] {
            assert_eq!(email(bad).unwrap_err().id, "error-email", "{bad}");
        }
    }

    #[test]
    fn an_address_may_be_254_long() {
        let address = |length: usize| format!("{}@example.com", "a".repeat(length - "@example.com".len()));
        assert!(email(&address(254)).is_ok());
        assert_eq!(email(&address(255)).unwrap_err().id, "error-email-long");
    }

    #[test]
    fn limits_are_exact() {
        for (text, read) in
            [("5", "5"), ("5.50", "5.5"), ("0.01", "0.01"), ("007", "7"), ("1000000", "1000000"), (" 3 ", "3")]
        {
            assert_eq!(limit(text).unwrap().to_string(), read);
        }
    }

    #[test]
    fn each_wrong_limit_has_its_own_message() {
        for (text, id) in [
            ("-5", "error-limit-negative"),
            ("-0.001", "error-limit-negative"),
            ("0", "error-limit-zero"),
            ("0.00", "error-limit-zero"),
            ("1000000.01", "error-limit-huge"),
            ("99999999999999999999999999999999999999", "error-limit-huge"),
            ("5.555", "error-limit-cents"),
            ("0.00000000000000000000000000000000000001", "error-limit-cents"),
            ("", "error-limit-not-a-number"),
            ("-", "error-limit-not-a-number"),
            ("five", "error-limit-not-a-number"),
            ("5 USD", "error-limit-not-a-number"),
            ("$5", "error-limit-not-a-number"),
            ("1,000", "error-limit-not-a-number"),
            ("1_000", "error-limit-not-a-number"),
            ("1e3", "error-limit-not-a-number"),
            ("+5", "error-limit-not-a-number"),
            ("5.", "error-limit-not-a-number"),
            (".5", "error-limit-not-a-number"),
            ("\u{ff15}", "error-limit-not-a-number"),
            ("nan", "error-limit-not-a-number"),
        ] {
            assert_eq!(limit(text).unwrap_err().id, id, "{text}");
        }
    }
}
