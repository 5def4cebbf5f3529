//! A command of the AWS CLI for a person: displayed, never run by this program.

use std::fmt;
use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::place::Region;
use super::unseen::is_unseen;

/// Between steps.
const AND: &str = " && ";

/// One or more calls of the AWS CLI, each only if the one before succeeded. Names and ids are untrusted, and are quoted so that a
/// shell takes each as one word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Command {
    steps: Vec<String>,
    /// A value that cannot be written so that the AWS CLI takes it as it is.
    misread: bool,
}

/// The AWS CLI takes a value that begins like this for the place of the value, and reads it (fact sheet, section 8.3).
const READ: [&str; 4] = ["file://", "fileb://", "http://", "https://"];

impl Command {
    /// Starts with a constant text: `ec2 delete-volume --volume-id`.
    #[must_use]
    pub fn aws(words: &str) -> Self {
        Self { steps: vec![format!("aws {words}")], misread: false }
    }

    /// Adds a value: the name or the id of a thing.
    #[must_use]
    pub fn arg(mut self, value: impl fmt::Display) -> Self {
        let value = value.to_string();
        self.misread |= READ.iter().any(|read| value.starts_with(read));
        if !value.starts_with('-') {
            return self.words(&quoted(&value));
        }
        // As a word of its own it would be an option.
        match self.steps.last_mut().filter(|step| step.rsplit(' ').next().is_some_and(is_option)) {
            Some(step) => {
                step.push('=');
                step.push_str(&quoted(&value));
            }
            None => self.misread = true,
        }
        self
    }

    /// The only value of an option that takes a list. As JSON, the AWS CLI takes it as it is, however it begins.
    #[must_use]
    pub fn item(self, value: impl fmt::Display) -> Self {
        let value = value.to_string();
        let misread = READ.iter().any(|read| value.starts_with(read)) || value.trim_start().starts_with(['-', '[']);
        let value = if misread { serde_json::json!([value]).to_string() } else { value };
        self.words(&quoted(&value))
    }

    /// Whether the AWS CLI takes every value for what it is. A command that it would misread is not shown.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        !self.misread
    }

    /// Adds a constant text.
    #[must_use]
    pub fn words(mut self, words: &str) -> Self {
        if let Some(step) = self.steps.last_mut() {
            step.push(' ');
            step.push_str(words);
        }
        self
    }

    /// Adds a command after it.
    #[must_use]
    pub fn then(mut self, next: Self) -> Self {
        self.steps.extend(next.steps);
        self.misread |= next.misread;
        self
    }

    /// Adds a prerequisite before it, if there is one.
    #[must_use]
    pub fn after(self, first: Option<Self>) -> Self {
        match first {
            Some(first) => first.then(self),
            None => self,
        }
    }

    /// Adds the region to each of its steps.
    #[must_use]
    pub fn in_region(self, region: &Region) -> Self {
        let steps = self.steps.into_iter().map(|step| format!("{step} --region {region}")).collect();
        Self { steps, ..self }
    }

    /// Only its last step, for a case in which the steps before it have happened.
    #[must_use]
    pub fn last_step(&self) -> Self {
        Self { steps: self.steps.last().cloned().into_iter().collect(), ..*self }
    }

    /// Its steps as they are typed, with their separators.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        let last = self.steps.len().saturating_sub(1);
        let joined =
            move |(index, step): (usize, &String)| if index < last { format!("{step} &&") } else { step.clone() };
        self.steps.iter().enumerate().map(joined)
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.steps.join(AND))
    }
}

impl From<Command> for String {
    fn from(command: Command) -> Self {
        command.to_string()
    }
}

/// Parses a command of a report.
impl From<String> for Command {
    fn from(text: String) -> Self {
        let mut steps = vec![String::new()];
        for part in text.split_inclusive(AND) {
            let step = steps.last_mut().unwrap_or_else(|| unreachable!("there is always a last step"));
            step.push_str(part);
            // Within quotes the separator is part of a name.
            if part.ends_with(AND) && !ends_in_quotes(step) {
                step.truncate(step.len() - AND.len());
                steps.push(String::new());
            }
        }
        Self { steps, misread: false }
    }
}

/// `--name`
fn is_option(word: &str) -> bool {
    let letters = |name: &str| name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    word.strip_prefix("--").is_some_and(|name| !name.is_empty() && letters(name))
}

fn ends_in_quotes(step: &str) -> bool {
    let mut letters = step.chars();
    let mut quotes = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => quotes = !quotes,
            '\\' if !quotes => {
                letters.next();
            }
            _ => {}
        }
    }
    quotes
}

/// Quotes any text as one word of a POSIX shell. Invisible characters are escaped byte by byte, in `$'…'`.
fn quoted(text: &str) -> String {
    if text.contains(is_unseen) {
        let written = |letter: char| {
            if is_unseen(letter) || "'\\".contains(letter) {
                let mut octal = String::new();
                for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(octal, "\\{byte:03o}");
                }
                octal
            } else {
                letter.to_string()
            }
        };
        return format!("$'{}'", text.chars().map(written).collect::<String>());
    }
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "@%+=:,./-_".contains(letter);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn steps_follow_one_another_each_in_its_region() {
        let detach = Command::aws("ec2 detach-volume --volume-id").arg("vol-1");
        let both = detach.then(Command::aws("ec2 delete-volume --volume-id").arg("vol-1").words("--dry-run"));
        let told = both.in_region(&Region::home());
        assert_eq!(
            told.lines().collect::<Vec<_>>(),
            [
                "aws ec2 detach-volume --volume-id vol-1 --region us-east-1 &&",
                "aws ec2 delete-volume --volume-id vol-1 --dry-run --region us-east-1"
            ]
        );
    }

    #[test]
    fn a_name_is_one_word_and_nothing_else() {
        let name = |name: &str| Command::aws("x --name").arg(name).to_string();
        assert_eq!(name("study_1-a.b"), "aws x --name study_1-a.b");
        assert_eq!(name(""), "aws x --name ''");
        assert_eq!(name("a\nb\u{202e}'"), r"aws x --name $'a\012b\342\200\256\047'");
        assert_eq!(name("$(reboot); it's"), r"aws x --name '$(reboot); it'\''s'");
    }

    #[test]
    fn a_name_is_no_option_and_no_file() {
        let delete = |name: &str| Command::aws("x --name").arg(name);
        assert_eq!(delete("--debug").in_region(&Region::home()).to_string(), "aws x --name=--debug --region us-east-1");
        assert_eq!(delete("-a b").to_string(), "aws x --name='-a b'");
        assert!(["--debug", "a", "files://a", "s3://a"].iter().all(|name| delete(name).is_sound()));
        for name in ["file:///etc/passwd", "fileb://a", "http://a", "https://a"] {
            assert!(!delete(name).is_sound() && !Command::aws("y").then(delete(name)).last_step().is_sound(), "{name}");
        }
        assert!(!delete("a").arg("-b").is_sound());
        let listed = |name: &str| Command::aws("x --names").item(name).to_string();
        assert_eq!(listed("cpu"), "aws x --names cpu");
        assert_eq!(listed("[prod] cpu"), r#"aws x --names '["[prod] cpu"]'"#);
        assert_eq!(listed("file:///etc/passwd"), r#"aws x --names '["file:///etc/passwd"]'"#);
        assert!(Command::aws("x --names").item("file:///etc/passwd").is_sound());
    }

    proptest! {
        #[test]
        fn a_command_of_a_report_is_parsed(names in prop::collection::vec("[a-z'\\\\& \n]{0,8}", 1..4)) {
            let steps = names.iter().map(|name| Command::aws("x --name").arg(name));
            let command = steps.reduce(Command::then).unwrap();
            prop_assert_eq!(Command::from(command.to_string()), command);
        }
    }
}
