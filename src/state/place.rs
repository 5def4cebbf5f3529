//! Where the history is: a folder, or a prefix of a bucket.

use std::path::PathBuf;

use crate::error::{Error, Result};
use crate::model::Text;

/// Overrides the place of the history.
pub const STATE_ENV: &str = "GUARDRAIL_STATE";

/// As `GUARDRAIL_STATE` names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Folder(PathBuf),
    Prefix(Prefix),
}

/// `s3://bucket/prefix`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefix {
    pub bucket: String,
    /// Without slashes around it; may be empty.
    pub path: String,
}

impl Place {
    /// A text with a scheme is a place in S3, any other one is a folder.
    ///
    /// # Errors
    /// It has a scheme, and is no place in S3.
    pub fn parse(text: PathBuf) -> Result<Self> {
        let Some((_, address)) = text.to_str().and_then(|text| text.split_once("://")) else {
            return Ok(Self::Folder(text));
        };
        let prefix = Prefix::parse(address).filter(|_| text.to_str().is_some_and(|it| it.starts_with("s3://")));
        prefix.map(Self::Prefix).ok_or_else(|| {
            let what = Text::new("error-state-place").with("env", STATE_ENV).with("place", text.display());
            Error::usage(what).hint(Text::new("hint-state-place"))
        })
    }
}

impl Prefix {
    /// What follows `s3://`.
    fn parse(address: &str) -> Option<Self> {
        let (bucket, path) = address.split_once('/').unwrap_or((address, ""));
        let path = path.trim_end_matches('/');
        let is_path = path.split('/').all(|part| !["", ".", ".."].contains(&part)) || path.is_empty();
        let is_short = path.len() <= LONGEST && !path.chars().any(char::is_control);
        (is_bucket(bucket) && is_path && is_short).then(|| Self { bucket: bucket.to_owned(), path: path.to_owned() })
    }

    /// The key of an object below the prefix.
    #[must_use]
    pub fn key(&self, below: &str) -> String {
        if self.path.is_empty() { below.to_owned() } else { format!("{}/{below}", self.path) }
    }

    /// The bucket and the objects below the prefix, for a policy.
    #[must_use]
    pub fn arns(&self) -> [String; 2] {
        let bucket = format!("arn:aws:s3:::{}", self.bucket);
        [bucket.clone(), format!("{bucket}/{}", self.key("*"))]
    }
}

impl std::fmt::Display for Prefix {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "s3://{}", self.bucket)?;
        if self.path.is_empty() { Ok(()) } else { write!(f, "/{}", self.path) }
    }
}

/// A key has at most 1024 bytes.
const LONGEST: usize = 800;

/// S3's rules for general purpose buckets. Directory buckets have no owner that a request could expect.
fn is_bucket(name: &str) -> bool {
    let is_letter = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit();
    (3..=63).contains(&name.len())
        && name.chars().all(|it| is_letter(it) || it == '-' || it == '.')
        && name.starts_with(is_letter)
        && name.ends_with(is_letter)
        && !name.contains("..")
        && !name.ends_with("--x-s3")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prefix(text: &str) -> Option<(String, String, String)> {
        match Place::parse(text.into()).unwrap() {
            Place::Prefix(it) => Some((it.bucket.clone(), it.key("accounts/x"), it.to_string())),
            Place::Folder(_) => None,
        }
    }

    #[test]
    fn a_bucket_may_have_a_prefix() {
        let of = |bucket: &str, key: &str, shown: &str| Some((bucket.to_owned(), key.to_owned(), shown.to_owned()));
        assert_eq!(prefix("s3://my.bucket"), of("my.bucket", "accounts/x", "s3://my.bucket"));
        assert_eq!(prefix("s3://my-bucket/"), of("my-bucket", "accounts/x", "s3://my-bucket"));
        assert_eq!(prefix("s3://my-bucket/a/b c/"), of("my-bucket", "a/b c/accounts/x", "s3://my-bucket/a/b c"));
        let of_folder = ["/var/lib/guardrail", "history", "C:\\history", "s3:", "./s3:/x"];
        assert!(of_folder.iter().all(|text| prefix(text).is_none()));
    }

    #[test]
    fn a_place_that_is_none_in_s3_is_refused() {
        let many = format!("s3://my-bucket/{}", "x".repeat(801));
        for wrong in [
            "s3://",
            "s3:///prefix",
            "s3://My-Bucket/x",
            "s3://ab",
            "s3://my_bucket",
            "s3://-bucket",
            "s3://a..b",
            "s3://lab--euw1-az1--x-s3/x",
            "s3://arn:aws:s3:::bucket/x",
            "s3://my-bucket//x",
            "s3://my-bucket/../x",
            "s3://my-bucket/a\nb",
            "S3://my-bucket",
            "https://my-bucket.s3.amazonaws.com/x",
            "gs://my-bucket",
            &many,
        ] {
            let error = Place::parse(wrong.into()).unwrap_err();
            assert_eq!((error.what.id, error.hints[0].id), ("error-state-place", "hint-state-place"), "{wrong}");
        }
    }

    #[test]
    fn a_policy_names_the_bucket_and_what_is_below_the_prefix() {
        let arns = |path: &str| Prefix { bucket: "lab".into(), path: path.into() }.arns();
        assert_eq!(arns("a/b"), ["arn:aws:s3:::lab", "arn:aws:s3:::lab/a/b/*"]);
        assert_eq!(arns(""), ["arn:aws:s3:::lab", "arn:aws:s3:::lab/*"]);
    }
}
