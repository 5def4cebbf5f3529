//! A command of the AWS CLI for a person: displayed, never run by this program.

use std::fmt;
use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::place::Region;
use super::unseen::is_unseen;

/// Between steps.
const AND: &str = " && ";

/// One or more calls of the AWS CLI, each only if the one before succeeded. A call is a list of words, as the AWS CLI receives them:
/// names and ids are untrusted, and are quoted when it is printed, so that a shell takes each as one word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Command {
    steps: Vec<Vec<String>>,
    /// A value that cannot be written so that the AWS CLI takes it as it is.
    misread: bool,
}

/// The AWS CLI takes a value that begins like this for the place of the value, and reads it (fact sheet, section 8.3).
const READ: [&str; 4] = ["file://", "fileb://", "http://", "https://"];

impl Command {
    /// Starts with a constant text: `ec2 delete-volume --volume-id`.
    #[must_use]
    pub fn aws(words: &str) -> Self {
        Self { steps: vec![vec!["aws".to_owned()]], misread: false }.words(words)
    }

    /// Adds a value: the name or the id of a thing.
    #[must_use]
    pub fn arg(mut self, value: impl fmt::Display) -> Self {
        let value = value.to_string();
        self.misread |= READ.iter().any(|read| value.starts_with(read));
        if !value.starts_with('-') {
            return self.word(value);
        }
        // As a word of its own it would be an option.
        match self.steps.last_mut().and_then(|step| step.last_mut()).filter(|word| is_option(word)) {
            Some(option) => {
                option.push('=');
                option.push_str(&value);
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
        self.word(if misread { serde_json::json!([value]).to_string() } else { value })
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
            step.extend(split(words).into_iter().flatten());
        }
        self
    }

    fn word(mut self, word: String) -> Self {
        if let Some(step) = self.steps.last_mut() {
            step.push(word);
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
    pub fn in_region(mut self, region: &Region) -> Self {
        for step in &mut self.steps {
            step.extend(["--region".to_owned(), region.to_string()]);
        }
        self
    }

    /// Only its last step, for a case in which the steps before it have happened.
    #[must_use]
    pub fn last_step(&self) -> Self {
        Self { steps: self.steps.last().cloned().into_iter().collect(), ..*self }
    }

    /// The words of each of its steps, as the AWS CLI receives them: `aws`, `ec2`, `delete-volume`, …
    pub fn steps(&self) -> impl Iterator<Item = &[String]> {
        self.steps.iter().map(Vec::as_slice)
    }

    /// Each of its steps as a command.
    pub fn each(&self) -> impl Iterator<Item = Self> {
        self.steps.iter().map(|step| Self { steps: vec![step.clone()], misread: self.misread })
    }

    /// Its steps as they are typed, with their separators.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        let last = self.steps.len().saturating_sub(1);
        let joined = move |(index, step): (usize, &Vec<String>)| {
            format!("{}{}", typed(step), if index < last { " &&" } else { "" })
        };
        self.steps.iter().enumerate().map(joined)
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.steps.iter().map(|step| typed(step)).collect::<Vec<_>>().join(AND))
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
        Self { steps: split(&text), misread: false }
    }
}

fn typed(step: &[String]) -> String {
    let word = |word: &String| match word.split_once('=').filter(|(option, _)| is_option(option)) {
        Some((option, value)) => format!("{option}={}", quoted(value)),
        None => quoted(word),
    };
    step.iter().map(word).collect::<Vec<_>>().join(" ")
}

/// `--name`
fn is_option(word: &str) -> bool {
    let letters = |name: &str| name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    word.strip_prefix("--").is_some_and(|name| !name.is_empty() && letters(name))
}

/// The words of each step of a printed text: what [`quoted`] has quoted, and `&&` between steps.
fn split(text: &str) -> Vec<Vec<String>> {
    let mut steps = vec![Vec::new()];
    let mut letters = text.chars().peekable();
    while let Some(first) = letters.next() {
        if first == ' ' {
            continue;
        }
        let (mut word, mut bare, mut letter) = (Vec::new(), true, Some(first));
        while let Some(now) = letter.filter(|now| *now != ' ') {
            let unseen = now == '$' && letters.next_if_eq(&'\'').is_some();
            if unseen || now == '\'' {
                bare = false;
                word.extend(within_quotes(&mut letters, unseen));
            } else {
                let escaped = if now == '\\' { letters.next() } else { None };
                word.extend(escaped.unwrap_or(now).encode_utf8(&mut [0; 4]).bytes());
            }
            letter = letters.next();
        }
        let word = String::from_utf8_lossy(&word).into_owned();
        match steps.last_mut() {
            Some(step) if !bare || word != AND.trim() => step.push(word),
            _ => steps.push(Vec::new()),
        }
    }
    steps
}

/// The bytes up to the closing quote; in `$'…'` with bytes as octal numbers.
fn within_quotes(letters: &mut impl Iterator<Item = char>, octal: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    while let Some(letter) = letters.next().filter(|letter| *letter != '\'') {
        if octal && letter == '\\' {
            let number: String = letters.by_ref().take(3).collect();
            bytes.extend(u8::from_str_radix(&number, 8));
        } else {
            bytes.extend(letter.encode_utf8(&mut [0; 4]).bytes());
        }
    }
    bytes
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
        fn a_command_of_a_report_is_parsed(names in prop::collection::vec("[-a-z='\\\\&$ \n\u{202e}é]{0,8}", 1..4)) {
            let steps = names.iter().map(|name| Command::aws("x --name").arg(name));
            let command = steps.reduce(Command::then).unwrap();
            prop_assert_eq!(Command::from(command.to_string()), command);
        }
    }
}
