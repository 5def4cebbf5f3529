//! The last step of a run: the report of each account, and their sum. What is missing is a gap.

use futures::future::BoxFuture;
use futures::stream::{self, FuturesUnordered, StreamExt};

use super::bills::Bills;
use super::keys::Keys;
use super::list::Listed;
use super::run::{PACKED, Run, packed, read, unpacked};
use super::settings::TIMEOUT;
use crate::error::Result;
use crate::model::{AccountId, AccountReport, AccountState, Cause, Gap, OrganizationReport, Reason, SweepReport};
use crate::ops::compare::{Past, follow};
use crate::ops::organization::{Chosen, blank, closed};
use crate::ops::sweep::{self, FreeTierUsage, Known, Options};
use crate::prices::Lookup;

/// Accounts that are read or written at the same time.
const AT_ONCE: usize = 16;
/// The most bytes of accounts' reports inside that of the organisation. Beyond it, an account has only its sums there, and the name of its own
/// report: the page is to open on a phone, and the function has a gigabyte.
const MOST: usize = 32 * 1024 * 1024;

/// The sum of a run.
#[derive(Debug)]
pub struct Merged {
    pub report: OrganizationReport,
    /// Accounts without a sweep and without a reason.
    pub missing: usize,
}

/// An account of the list, and what arrived of it.
enum Arrived {
    Sweep(Box<(Known, Option<SweepReport>)>),
    Not(Gap),
    Missing(Gap),
}

/// Makes the report of each account of a run, in the order of their numbers, because they share the free allowances; writes it, and adds
/// it up. The list minus the sweeps minus the known failures is missing.
///
/// # Errors
/// The list, or an object of the run, cannot be read or written.
pub async fn merge(run: &Run, name: &str) -> Result<Merged> {
    let keys = &Keys::of(name);
    let listed = &Listed::of(run, keys).await?;
    let before = listed.before.as_deref().filter(|it| *it != name).map(Keys::of);
    let before = before.as_ref();
    let mut bills = Bills::of(run, keys, listed).await?;
    let options = run.settings.options(listed.made_at, TIMEOUT, Lookup::Snapshot);
    let (wanted, others): (Vec<&Chosen>, Vec<&Chosen>) = listed.accounts.iter().partition(|it| it.is_wanted());
    let mut gaps: Vec<Gap> = others.iter().filter_map(|it| closed(it)).chain(bills.gap.take()).collect();
    let mut accounts: Vec<AccountReport> = others.iter().map(|it| blank(&it.member, it.state)).collect();
    let reading = wanted.into_iter().map(async |it| (it, arrived(run, keys, before, &it.member.id).await));
    let mut arriving = stream::iter(reading).buffered(AT_ONCE);
    let mut writing: FuturesUnordered<BoxFuture<'_, Result<()>>> = FuturesUnordered::new();
    let (mut used, mut missing, mut room) = (FreeTierUsage::new(), 0, MOST);
    while let Some((it, arrived)) = arriving.next().await {
        let id = &it.member.id;
        let account = blank(&it.member, AccountState::Unreachable);
        match arrived? {
            Arrived::Sweep(swept) => {
                let (known, earlier) = *swept;
                let known = match bills.accounts.remove(id) {
                    Some((bill, gaps)) => known.with_bill(bill, gaps),
                    None => known,
                };
                let report = report(known, earlier, &options, &mut used).await;
                let content = packed(&report)?;
                writing.push(Box::pin(async move { run.bucket.put(&keys.report(id), PACKED, content).await }));
                accounts.push(fitting(account.swept(report).without_coverage(), &mut room));
            }
            Arrived::Not(gap) => {
                gaps.push(gap);
                accounts.push(account);
            }
            Arrived::Missing(gap) => {
                missing += 1;
                gaps.push(gap);
                accounts.push(account);
            }
        }
        if writing.len() >= AT_ONCE {
            writing.next().await.unwrap_or(Ok(()))?;
        }
    }
    while let Some(written) = writing.next().await {
        written?;
    }
    let Listed { organization, role, made_at, .. } = listed.clone();
    let report = OrganizationReport::of(organization, role, accounts, gaps, made_at, false);
    Ok(Merged { report: OrganizationReport { bill: bills.accrued, ..report }, missing })
}

/// The report of an account, with what is new since the earlier one.
async fn report(
    known: Known,
    mut earlier: Option<SweepReport>,
    options: &Options,
    used: &mut FreeTierUsage,
) -> SweepReport {
    let mut report = sweep::report(known, options, used);
    let same =
        |it: &SweepReport| it.scope.regions == report.scope.regions && it.scope.resources == report.scope.resources;
    let past: Vec<Past> = earlier.iter().map(|it| Past { at: it.made_at, same_scope: same(it) }).collect();
    follow(&mut report, &past, None, async |_| earlier.take()).await;
    report
}

async fn arrived(run: &Run, keys: &Keys, before: Option<&Keys>, account: &AccountId) -> Result<Arrived> {
    let key = keys.sweep(account);
    if let Some(bytes) = run.bucket.get(&key).await? {
        // A broken sweep is as good as none, and no reason to lose the others.
        let Some(known) = unpacked::<Known>(&key, &bytes).ok().filter(|it| it.account() == account) else {
            return Ok(Arrived::Missing(nothing(account)));
        };
        return Ok(Arrived::Sweep(Box::new((known, earlier(run, before, account).await?))));
    }
    let noted: Option<Gap> = read(&run.bucket, &keys.failure(account)).await?;
    Ok(noted.map_or_else(|| Arrived::Missing(nothing(account)), Arrived::Not))
}

/// The account's report of an earlier run. One that cannot be read is none: only what is new would be missing.
async fn earlier(run: &Run, before: Option<&Keys>, account: &AccountId) -> Result<Option<SweepReport>> {
    let Some(key) = before.map(|it| it.report(account)) else { return Ok(None) };
    Ok(run.bucket.get(&key).await?.and_then(|bytes| unpacked(&key, &bytes).ok()))
}

/// The gap of an account of which nothing arrived.
fn nothing(account: &AccountId) -> Gap {
    Gap {
        account: account.clone(),
        region: None,
        resource: None,
        reason: Reason::Other,
        action: None,
        message: "no report arrived".to_owned(),
        cause: Some(Cause::NoReport),
    }
}

/// The account with its report, as long as there is room for it.
fn fitting(account: AccountReport, room: &mut usize) -> AccountReport {
    let size = serde_json::to_vec(&account.report).map_or(usize::MAX, |text| text.len());
    if size > *room {
        let name = Keys::report_name(&account.id);
        return account.written_to(name);
    }
    *room -= size;
    account
}
