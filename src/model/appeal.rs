//! The request to AWS Support for a billing adjustment: the facts with their sources, the letters, and what is still missing.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::gap::Gap;
use super::note::Note;
use super::place::Account;
use super::report::is_false;
use super::words::Words;

pub const APPEAL_SCHEMA: &str = "guardrail/appeal/v1";

/// The page on which a case is opened.
pub const SUPPORT_PAGE: &str = "https://support.console.aws.amazon.com/support/home#/case/create";

/// The beginning of a part of a letter that only the person knows.
pub const BLANK: &str = "[…";

/// The report of `guardrail appeal`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppealReport {
    pub schema: String,
    pub version: String,
    #[schemars(with = "String")]
    pub made_at: Timestamp,
    pub account: Account,
    /// The letter about unauthorized use instead of one's own mistake.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unauthorized: bool,
    /// The things of the letter that are still charged, or of which that is not known: end them before the letter is sent.
    pub not_ended: Vec<NotEnded>,
    /// What the letters say, in the order of the letters.
    pub facts: Vec<Fact>,
    /// None if only the state of a case was requested.
    pub letters: Vec<Letter>,
    /// The case at AWS Support, if one was planned, opened or read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<Case>,
    /// Notes about the report as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    pub gaps: Vec<Gap>,
}

/// A thing of the letter that has not ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NotEnded {
    pub key: String,
    pub names: Words,
    pub id: String,
    /// It could not be looked at; otherwise it was found.
    pub unknown: bool,
}

/// One fact. The letters have no number and no date that is not the value of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fact {
    /// The kind of fact: `ended`, `cost`.
    pub id: String,
    /// The thing, service or safeguard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    pub value: String,
    pub source: Source,
}

/// Where a fact comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// AWS's answer about the account.
    Account,
    /// The billing metric, which is free to read.
    Metric,
    CostExplorer,
    /// The sweep of now.
    Sweep,
    /// A sweep that was remembered.
    History,
    /// CloudTrail's event history.
    Cloudtrail,
    /// A tag of the thing.
    Tag,
    /// guardrail's log of what it stopped and deleted.
    ActionLog,
    /// The check of the safeguards of now.
    Check,
    /// IAM's answer about the keys of the account.
    Iam,
    /// The clock and the time zone of this computer.
    Computer,
    /// The person, by an option.
    Said,
    /// The sum of other facts.
    Sum,
}

/// A letter in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Letter {
    /// `en` or `ja`.
    pub lang: String,
    pub subject: String,
    /// Lines separated by `\n`.
    pub body: String,
    /// How many `[…]` are left to the person.
    pub blanks: usize,
}

/// A case at AWS Support.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Case {
    pub state: CaseState,
    /// AWS's id of the case; `null` before it is opened.
    pub id: Option<String>,
    /// The number that the console shows.
    pub display_id: Option<String>,
    pub subject: String,
    /// The codes that AWS listed, with their names.
    pub service: Option<Choice>,
    pub category: Option<Choice>,
    pub lang: String,
    /// As AWS writes it: `pending-customer-action`, `resolved`.
    pub status: Option<String>,
    #[schemars(with = "Option<String>")]
    pub opened_at: Option<Timestamp>,
    /// What was written in the case, the oldest first.
    pub communications: Vec<Communication>,
}

/// How far a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CaseState {
    /// AWS accepted a dry run.
    Planned,
    Opened,
    /// Read from AWS.
    Read,
}

/// One of AWS's codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Choice {
    pub code: String,
    pub name: String,
}

/// One message of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Communication {
    #[schemars(with = "Option<String>")]
    pub at: Option<Timestamp>,
    /// As AWS writes it: an address, or `Amazon Web Services`.
    pub by: String,
    pub body: String,
}

impl Letter {
    /// A letter, with its blanks counted.
    #[must_use]
    pub fn new(lang: &str, subject: String, body: String) -> Self {
        let blanks = subject.matches(BLANK).count() + body.matches(BLANK).count();
        Self { lang: lang.to_owned(), subject, body, blanks }
    }
}

impl AppealReport {
    /// The report of `--status`: a case, and nothing else.
    #[must_use]
    pub fn of_case(account: Account, made_at: Timestamp, case: Case) -> Self {
        Self {
            schema: APPEAL_SCHEMA.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            made_at,
            account,
            unauthorized: false,
            not_ended: Vec::new(),
            facts: Vec::new(),
            letters: Vec::new(),
            case: Some(case),
            notes: Vec::new(),
            gaps: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_counted() {
        let letter = Letter::new("en", "[… subject]".to_owned(), "a […] b [… name]\n[x]".to_owned());
        assert_eq!(letter.blanks, 3);
    }
}
