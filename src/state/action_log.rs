//! The log of everything that `stop` and `delete` did in an account: an entry for each record, written before and after each call, and
//! one for all of a run once it has ended; and the lock that keeps two runs apart.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use futures::stream::{self, StreamExt, TryStreamExt};
use jiff::Timestamp;

use super::answer::Failure;
use super::stamp::Stamp;
use super::store::{Lock, SIDE_BY_SIDE, Store};
use super::thinning;
use crate::error::{Error, Result};
use crate::model::actions::LogEntry;
use crate::model::{AccountId, Text};

const ENDING: &str = "jsonl";

/// The log of one account.
#[derive(Debug, Clone)]
pub struct ActionLog {
    store: Store,
    account: AccountId,
}

/// The records of one run. While it lives, no other run acts in the account.
#[derive(Debug)]
pub struct Recorder {
    log: ActionLog,
    run: Stamp,
    records: Mutex<Vec<LogEntry>>,
    lock: Lock,
}

/// The name of an entry: a run, and the number of one of its records, or none for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    run: Stamp,
    record: Option<usize>,
}

impl Name {
    /// `20261123T000000Z.7.jsonl`, `20261123T000000Z.jsonl`.
    fn parse(name: &str) -> Option<Self> {
        let mut parts = name.strip_suffix(ENDING)?.strip_suffix('.')?.splitn(2, '.');
        let run = parts.next()?.parse().ok()?;
        Some(Self { run, record: parts.next().map(str::parse).transpose().ok()? })
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.", self.run)?;
        self.record.map_or(Ok(()), |record| write!(f, "{record}."))?;
        f.write_str(ENDING)
    }
}

impl ActionLog {
    #[must_use]
    pub fn new(store: Store, account: AccountId) -> Self {
        Self { store, account }
    }

    fn level(&self) -> String {
        format!("accounts/{}/actions", self.account)
    }

    fn key(&self, name: Name) -> String {
        format!("{}/{name}", self.level())
    }

    fn failed(&self, id: &'static str, key: &str) -> impl Fn(Failure) -> Error {
        let what = Text::new(id).with("place", self.store.place(key));
        move |failure| failure.of(what.clone())
    }

    async fn names(&self) -> Result<Vec<Name>, Failure> {
        let mut names: Vec<Name> =
            self.store.list(&self.level()).await?.iter().filter_map(|it| Name::parse(&it.name)).collect();
        names.sort();
        Ok(names)
    }

    /// Every record, the oldest first. A corrupt entry is set aside, so that it is reported once.
    ///
    /// # Errors
    /// The log cannot be read, or has an entry that guardrail did not write.
    pub async fn read(&self) -> Result<Vec<LogEntry>> {
        let names = self.names().await.map_err(self.failed("error-action-log-read", &self.level()))?;
        let whole: BTreeSet<Stamp> = names.iter().filter(|it| it.record.is_none()).map(|it| it.run).collect();
        // A run that was cut after it was written whole has left single records, too.
        let names = names.into_iter().filter(|it| it.record.is_none() || !whole.contains(&it.run));
        let read = stream::iter(names).map(|name| self.records(name)).buffered(SIDE_BY_SIDE);
        Ok(read.try_collect::<Vec<_>>().await?.concat())
    }

    async fn records(&self, name: Name) -> Result<Vec<LogEntry>> {
        let key = self.key(name);
        let content = self.store.get(&key).await.map_err(self.failed("error-action-log-read", &key))?;
        let content = content.unwrap_or_default();
        let lines = content.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let error = match lines.map(serde_json::from_slice).collect() {
            Ok(records) => return Ok(records),
            Err(error) => error,
        };
        let corrupt = Error::failed(Text::new("error-action-log-read").with("place", self.store.place(&key)));
        let corrupt = corrupt.detail(error);
        Err(match self.store.set_aside(&key, &content).await {
            Some(aside) => corrupt.hint(Text::new("hint-action-log-corrupt").with("place", self.store.place(&aside))),
            None => corrupt,
        })
    }

    /// Takes the lock of the account for a run, and deletes what is too old.
    ///
    /// # Errors
    /// Another run has it, or the store cannot be written.
    pub async fn begin(&self, now: Timestamp) -> Result<Recorder> {
        let key = format!("accounts/{}/actions.lock", self.account);
        let lock = self.store.lock(&key).await.map_err(self.failed("error-action-log-write", &key))?;
        let Some(lock) = lock else {
            let busy = Error::usage(Text::new("error-acting-already").with("account", &self.account));
            return Err(busy.hint(match self.store.left_after() {
                None => Text::new("hint-acting-already"),
                Some(seconds) => Text::new("hint-acting-already-shared").with("seconds", seconds),
            }));
        };
        let names = match self.names().await {
            Ok(names) => names,
            Err(failure) => {
                lock.release().await;
                return Err(self.failed("error-action-log-read", &self.level())(failure));
            }
        };
        let old = names.iter().filter(|it| thinning::dropped(&[it.run.at], now) == [0]).map(|it| self.key(*it));
        let _ = self.store.delete_all(old.collect()).await;
        // After every earlier run, whatever the clock of its computer said.
        let own = Stamp::new(now);
        let run = names.last().map(|last| last.run.next()).filter(|next| next.at >= own.at).unwrap_or(own);
        Ok(Recorder { log: self.clone(), run, records: Mutex::default(), lock })
    }
}

impl Recorder {
    /// Writes the record; when it returns, the record is in the log, whatever happens afterwards.
    ///
    /// # Errors
    /// The log cannot be written, or another run has the lock.
    pub async fn record(&self, entry: &LogEntry) -> Result<()> {
        let number = {
            let mut records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
            records.push(entry.clone());
            records.len()
        };
        let key = self.log.key(Name { run: self.run, record: Some(number) });
        if !self.lock.is_held() {
            let lost = Text::new("error-action-log-lost").with("account", &self.log.account);
            return Err(Error::failed(lost));
        }
        let written = self.log.store.put(&key, &lines(std::slice::from_ref(entry))?).await;
        written.map_err(self.log.failed("error-action-log-write", &key))
    }

    /// Writes the records of the run as one entry, and releases the lock. Where that fails, the single records stay.
    pub async fn end(self) {
        let records = self.records.into_inner().unwrap_or_else(PoisonError::into_inner);
        let whole = self.log.key(Name { run: self.run, record: None });
        if let Ok(content) = lines(&records)
            && records.len() > 1
            && self.lock.is_held()
            && self.log.store.put(&whole, &content).await.is_ok()
        {
            let single = (1..=records.len()).map(|number| self.log.key(Name { run: self.run, record: Some(number) }));
            let _ = self.log.store.delete_all(single.collect()).await;
        }
        self.lock.release().await;
    }
}

/// One JSON object a line.
fn lines(records: &[LogEntry]) -> Result<Vec<u8>> {
    let mut lines = Vec::new();
    for record in records {
        lines.extend(serde_json::to_vec(record).map_err(|error| Error::mistake().detail(error))?);
        lines.push(b'\n');
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Verb;
    use crate::model::actions::Event;
    use crate::state::Files;

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    fn entry(key: &str) -> LogEntry {
        let at = at("2026-11-23T00:00:00Z");
        LogEntry {
            at,
            run: at,
            key: key.to_owned(),
            verb: Verb::Delete,
            step: 1,
            of: 1,
            command: String::new(),
            event: Event::Begun,
            message: None,
            verified: None,
            usd_per_month_saved: None,
        }
    }

    fn log(home: &tempfile::TempDir) -> ActionLog {
        ActionLog::new(Store::Files(Files::at(home.path())), "123456789012".parse().unwrap())
    }

    async fn run(log: &ActionLog, time: &str, keys: &[&str]) -> Recorder {
        let recorder = log.begin(at(time)).await.unwrap();
        for key in keys {
            recorder.record(&entry(key)).await.unwrap();
        }
        recorder
    }

    async fn keys(log: &ActionLog) -> Vec<String> {
        log.read().await.unwrap().into_iter().map(|it| it.key).collect()
    }

    async fn names(log: &ActionLog) -> Vec<String> {
        log.names().await.unwrap().iter().map(Name::to_string).collect()
    }

    #[tokio::test]
    async fn runs_are_read_in_their_order_whatever_the_clocks_said() {
        let home = tempfile::tempdir().unwrap();
        let log = log(&home);
        assert_eq!(keys(&log).await, Vec::<String>::new());
        let many: Vec<String> = (0..12).map(|number| format!("a{number:02}")).collect();
        let first: Vec<&str> = many.iter().map(String::as_str).collect();
        // Cut: its records stay single.
        drop(run(&log, "2026-11-23T03:00:00Z", &first).await);
        run(&log, "2026-11-23T01:00:00Z", &["b1", "b2"]).await.end().await;
        run(&log, "2026-11-23T04:00:00Z", &["c1"]).await.end().await;
        assert_eq!(keys(&log).await, [&first[..], &["b1", "b2", "c1"]].concat());
        let names = names(&log).await;
        assert_eq!(names[11..], ["20261123T030000Z.12.jsonl", "20261123T030000Z-2.jsonl", "20261123T040000Z.1.jsonl"]);
    }

    #[tokio::test]
    async fn a_run_that_was_written_whole_is_read_once() {
        let home = tempfile::tempdir().unwrap();
        let log = log(&home);
        let recorder = run(&log, "2026-11-23T03:00:00Z", &["a1", "a2"]).await;
        let [one, two] = [1, 2].map(|number| Name { run: recorder.run, record: Some(number) });
        let kept = log.store.get(&log.key(one)).await.unwrap().unwrap();
        recorder.end().await;
        assert_eq!(names(&log).await, ["20261123T030000Z.jsonl"]);
        log.store.put(&log.key(two), &kept).await.unwrap();
        assert_eq!(keys(&log).await, ["a1", "a2"]);
    }

    #[tokio::test]
    async fn one_run_at_a_time_and_none_longer_than_400_days() {
        let home = tempfile::tempdir().unwrap();
        let log = log(&home);
        let old = run(&log, "2025-01-01T00:00:00Z", &["a"]).await;
        let busy = log.begin(at("2026-11-23T00:00:00Z")).await.unwrap_err();
        assert_eq!((busy.what.id, busy.hints[0].id), ("error-acting-already", "hint-acting-already"));
        old.end().await;
        assert_eq!(keys(&log).await, ["a"]);
        run(&log, "2026-11-23T00:00:00Z", &["b"]).await.end().await;
        assert_eq!(keys(&log).await, ["b"]);
    }

    #[tokio::test]
    async fn a_corrupt_entry_is_set_aside_and_said_once() {
        let home = tempfile::tempdir().unwrap();
        let log = log(&home);
        run(&log, "2026-11-23T03:00:00Z", &["a"]).await.end().await;
        log.store.put(&log.key(log.names().await.unwrap()[0]), b"{\"at\"").await.unwrap();
        let error = log.read().await.unwrap_err();
        assert_eq!((error.what.id, error.hints[0].id), ("error-action-log-read", "hint-action-log-corrupt"));
        assert_eq!(keys(&log).await, Vec::<String>::new());
    }
}
