//! The bucket, the settings and the credentials of a run's step.

use std::io::{Read, Write};

use aws_config::SdkConfig;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::settings::Settings;
use crate::aws::bucket::Bucket;
use crate::error::{Error, Result};
use crate::model::{AccountId, Text};

const JSON: &str = "application/json";
pub const PACKED: &str = "application/gzip";
/// The largest report that is unpacked: no sweep has a fiftieth of it.
const MOST: u64 = 256 * 1024 * 1024;

/// What every step of a run works with.
#[derive(Debug)]
pub struct Run {
    pub sdk: SdkConfig,
    /// The account of the schedule.
    pub own: AccountId,
    pub bucket: Bucket,
    pub settings: Settings,
}

impl Run {
    /// Reads the settings.
    ///
    /// # Errors
    /// They are missing, or of another version of the program.
    pub async fn open(sdk: &SdkConfig, own: AccountId, bucket: &str, settings: &str) -> Result<Self> {
        let bucket = Bucket::new(sdk, bucket, &own);
        let settings = read(&bucket, settings).await?;
        let settings = settings.ok_or_else(|| Error::failed(Text::new("error-schedule-settings")))?;
        Ok(Self { sdk: sdk.clone(), own, bucket, settings })
    }
}

/// The name of a run: the time for which it was scheduled, so that a schedule that fires twice has one; else that of the
/// execution, after its day.
#[must_use]
pub fn name(scheduled: Option<&str>, started: Option<&str>, execution: &str) -> String {
    let time = |text: &str| text.parse::<Timestamp>().ok();
    if let Some(at) = scheduled.and_then(time) {
        return at.strftime("%Y-%m-%dT%H-%M-%SZ").to_string();
    }
    let plain = |letter: char| if letter.is_ascii_alphanumeric() || letter == '-' { letter } else { '-' };
    let execution: String = execution.chars().map(plain).collect();
    match started.and_then(time) {
        Some(at) => format!("{}-{execution}", at.strftime("%Y-%m-%d")),
        None => execution,
    }
}

pub async fn read<T: DeserializeOwned>(bucket: &Bucket, key: &str) -> Result<Option<T>> {
    let Some(bytes) = bucket.get(key).await? else { return Ok(None) };
    serde_json::from_slice(&bytes).map(Some).map_err(|error| unreadable(key, &error))
}

pub async fn write(bucket: &Bucket, key: &str, value: &impl Serialize) -> Result<()> {
    bucket.put(key, JSON, json(value)?).await
}

pub async fn write_once(bucket: &Bucket, key: &str, value: &impl Serialize) -> Result<bool> {
    bucket.put_once(key, JSON, json(value)?).await
}

/// Packed JSON: a report is a tenth of its size.
pub fn packed(value: &impl Serialize) -> Result<Vec<u8>> {
    let failed = |error: std::io::Error| Error::failed(Text::new("error-render")).detail(error);
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(&json(value)?).map_err(failed)?;
    packer.finish().map_err(failed)
}

pub fn unpacked<T: DeserializeOwned>(key: &str, bytes: &[u8]) -> Result<T> {
    let mut text = Vec::new();
    GzDecoder::new(bytes).take(MOST).read_to_end(&mut text).map_err(|error| unreadable(key, &error))?;
    serde_json::from_slice(&text).map_err(|error| unreadable(key, &error))
}

fn json(value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|error| Error::failed(Text::new("error-render")).detail(error))
}

fn unreadable(key: &str, error: &dyn std::fmt::Display) -> Error {
    Error::failed(Text::new("error-schedule-object").with("key", key)).detail(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_that_fires_twice_is_one_run_and_two_by_hand_are_two() {
        let at = Some("2026-11-30T03:00:00Z");
        let started = Some("2026-11-30T03:04:11.123Z");
        assert_eq!(name(at, started, "one"), name(at, Some("2026-11-30T03:09:59Z"), "two"));
        assert_eq!(name(at, started, "one"), "2026-11-30T03-00-00Z");
        assert_eq!(name(None, started, "by_hand/1"), "2026-11-30-by-hand-1");
        assert_ne!(name(None, started, "one"), name(None, started, "two"));
        // An emulator leaves the placeholder as it is.
        assert_eq!(name(Some("<aws.scheduler.scheduled-time>"), None, "one"), "one");
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        let value = vec!["a".repeat(10_000)];
        let packed = packed(&value).unwrap();
        assert!(packed.len() < 1000);
        assert_eq!(unpacked::<Vec<String>>("x", &packed).unwrap(), value);
        assert_eq!(unpacked::<Vec<String>>("x", b"{").unwrap_err().what.id, "error-schedule-object");
    }
}
