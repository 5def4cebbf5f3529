//! The history: the reports of sweeps, an entry for each, by account.

use std::mem;

use futures::StreamExt;
use futures::stream::{self, TryStreamExt};
use jiff::Timestamp;

use super::answer::Failure;
use super::place::STATE_ENV;
use super::stamp::Stamp;
use super::store::{CORRUPT, SIDE_BY_SIDE, Store};
use super::thinning;
use crate::error::{Error, Result};
use crate::model::report::SweepScope;
use crate::model::{AccountId, Region, SweepReport, Text};

const ENDING: &str = "json";
/// The scope of a sweep that was not narrowed.
const ALL: &str = "all";
/// Sweeps of one account that end in the same second.
const AT_ONCE: usize = 1000;

/// The history of all accounts of this user.
#[derive(Debug, Clone)]
pub struct Reports {
    store: Store,
}

/// One stored sweep, by its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub at: Timestamp,
    /// As of [`scope_key`].
    pub scope: String,
    key: String,
    stamp: Stamp,
}

/// The same for every sweep of the same scope: two narrowed sweeps are compared only if they were narrowed alike. A sweep of
/// everything stays one, whatever regions and types are added.
#[must_use]
pub fn scope_key(scope: &SweepScope) -> String {
    if !scope.partial {
        return ALL.to_owned();
    }
    let regions = scope.regions.iter().map(Region::as_str);
    let parts = regions.chain(["/"]).chain(scope.resources.iter().map(String::as_str));
    let hash = parts
        .flat_map(|part| part.bytes().chain([0]))
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}")
}

impl Reports {
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self { store }
    }

    /// Where it is, for the user.
    #[must_use]
    pub fn place(&self) -> String {
        self.store.place("")
    }

    /// Whether other computers may use it, too.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        matches!(self.store, Store::Objects(_))
    }

    fn sweeps(account: &AccountId) -> String {
        format!("accounts/{account}/sweeps")
    }

    /// The accounts that have a history, in order.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn accounts(&self) -> Result<Vec<AccountId>> {
        let all = self.names("accounts").await?;
        let all: Vec<AccountId> = all.iter().filter_map(|name| name.parse().ok()).collect();
        let known = |account: AccountId| async move {
            let is_empty = self.names(&Self::sweeps(&account)).await?.is_empty();
            Ok::<_, Error>((!is_empty).then_some(account))
        };
        let known: Vec<Option<AccountId>> = stream::iter(all).map(known).buffered(SIDE_BY_SIDE).try_collect().await?;
        Ok(known.into_iter().flatten().collect())
    }

    /// The stored sweeps of an account, the newest first. Their reports are not read.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn entries(&self, account: &AccountId) -> Result<Vec<Entry>> {
        let level = Self::sweeps(account);
        Ok(entries(&level, &self.names(&level).await?))
    }

    async fn names(&self, level: &str) -> Result<Vec<String>> {
        let failed = |failure: Failure| failure.of(self.said("error-history-read", level));
        Ok(self.store.list(level).await.map_err(failed)?.into_iter().map(|it| it.name).collect())
    }

    fn said(&self, id: &'static str, key: &str) -> Text {
        Text::new(id).with("place", self.store.place(key))
    }

    /// A stored report, without its coverage; nothing if another run has removed it meanwhile. A corrupt entry is set aside, so
    /// that it is reported once.
    ///
    /// # Errors
    /// The entry cannot be read, or was not written by guardrail.
    pub async fn read(&self, entry: &Entry) -> Result<Option<SweepReport>> {
        let content = self.store.get(&entry.key).await;
        let content = content.map_err(|failure| failure.of(self.said("error-history-read", &entry.key)))?;
        let Some(content) = content else { return Ok(None) };
        let error = match serde_json::from_slice(&content) {
            Ok(report) => return Ok(Some(report)),
            Err(error) => Error::failed(self.said("error-history-corrupt", &entry.key)).detail(error),
        };
        Err(match self.store.set_aside(&entry.key, &content).await {
            Some(aside) => error.hint(self.said("hint-history-corrupt", &aside)),
            None => error,
        })
    }

    /// Several stored reports, in the order of their entries.
    pub async fn read_all(&self, entries: &[Entry]) -> Vec<Result<Option<SweepReport>>> {
        stream::iter(entries).map(|entry| self.read(entry)).buffered(SIDE_BY_SIDE).collect().await
    }

    /// Stores the report of a sweep, and thins the history of its scope.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn keep(&self, report: &mut SweepReport) -> Result<()> {
        // The coverage is most of a report, and its gaps say the same. A copy without it would hold every finding twice.
        let coverage = mem::take(&mut report.coverage);
        let content = serde_json::to_vec(report);
        report.coverage = coverage;
        let content = content.map_err(|error| Error::mistake().detail(error))?;
        let (account, scope) = (&report.scope.account.id, scope_key(&report.scope));
        let level = Self::sweeps(account);
        let failed = |failure: Failure| {
            failure
                .of(self.said("error-history-write", &level))
                .hint(Text::new("hint-history-write").with("env", STATE_ENV))
        };
        let mut stamp = Stamp::new(report.made_at);
        while !self.store.put_new(&format!("{level}/{stamp}.{scope}.{ENDING}"), &content).await.map_err(failed)? {
            stamp = stamp.next();
            if stamp.number > AT_ONCE {
                break;
            }
        }
        self.thin(account, &scope, report.made_at).await
    }

    /// What cannot be deleted now is deleted by a later run.
    async fn thin(&self, account: &AccountId, scope: &str, now: Timestamp) -> Result<()> {
        let level = Self::sweeps(account);
        let names = self.names(&level).await?;
        let entries = entries(&level, &names);
        let (of_scope, others): (Vec<&Entry>, Vec<&Entry>) = entries.iter().partition(|it| it.scope == scope);
        let times: Vec<Timestamp> = of_scope.iter().map(|it| it.at).collect();
        let thinned = thinning::dropped(&times, now).into_iter().map(|index| of_scope[index].key.clone());
        // Scopes that are swept no more, and entries set aside, age too.
        let aside = names.iter().filter_map(|name| {
            let stamp: Stamp = name.strip_suffix(CORRUPT)?.split('.').next()?.parse().ok()?;
            Some((stamp.at, format!("{level}/{name}")))
        });
        let aged = others.into_iter().map(|it| (it.at, it.key.clone())).chain(aside);
        let aged = aged.filter(|(at, _)| thinning::dropped(&[*at], now) == [0]).map(|(_, key)| key);
        let _ = self.store.delete_all(thinned.chain(aged).collect()).await;
        Ok(())
    }

    /// Deletes everything that is stored of the sweeps of an account, and what was sent about them.
    ///
    /// # Errors
    /// An entry cannot be deleted.
    pub async fn delete(&self, account: &AccountId) -> Result<()> {
        for level in [super::told::level(account), Self::sweeps(account)] {
            let failed = |failure: Failure| failure.of(self.said("error-history-delete", &level));
            let items = self.store.list(&level).await.map_err(failed)?;
            let keys = items.into_iter().map(|it| format!("{level}/{}", it.name)).collect();
            self.store.delete_all(keys).await.map_err(failed)?;
        }
        Ok(())
    }

    /// The size of what is stored of the sweeps of an account.
    pub async fn bytes(&self, account: &AccountId) -> u64 {
        let items = self.store.list(&Self::sweeps(account)).await.unwrap_or_default();
        items.iter().map(|it| it.bytes).sum()
    }
}

/// The newest first.
fn entries(level: &str, names: &[String]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = names.iter().filter_map(|name| entry(level, name)).collect();
    entries.sort_by(|a, b| (b.stamp, &b.scope).cmp(&(a.stamp, &a.scope)));
    entries
}

/// `20261123T000000Z.all.json`, `20261123T000000Z-2.all.json`; `None` for entries of others.
fn entry(level: &str, name: &str) -> Option<Entry> {
    let (stamp, scope) = name.strip_suffix(ENDING)?.strip_suffix('.')?.split_once('.')?;
    let stamp: Stamp = stamp.parse().ok()?;
    Some(Entry { at: stamp.at, scope: scope.to_owned(), key: format!("{level}/{name}"), stamp })
}

#[cfg(test)]
mod tests;
