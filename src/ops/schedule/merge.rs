//! The last step of a run: the sum of what arrived. What is missing is a gap.

use futures::stream::{self, StreamExt};

use super::keys::Keys;
use super::list::Listed;
use super::run::{Run, read, unpacked};
use crate::error::Result;
use crate::model::{AccountId, AccountReport, AccountState, Cause, Gap, OrganizationReport, Reason, SweepReport};
use crate::ops::organization::{Chosen, blank, closed};

/// Reports read at the same time.
const AT_ONCE: usize = 16;
/// The most bytes of accounts' reports inside that of the organisation. Beyond it, an account has only its sums there, and the name of its own
/// report: the page is to open on a phone, and the function has a gigabyte.
const MOST: usize = 32 * 1024 * 1024;

/// The sum of a run.
#[derive(Debug)]
pub struct Merged {
    pub report: OrganizationReport,
    /// Accounts without a report and without a reason.
    pub missing: usize,
}

/// An account of the list, and what arrived of it.
enum Arrived {
    Report(Box<SweepReport>),
    Not(Gap),
    Missing(Gap),
}

/// Adds up the accounts of a run: the list minus the reports minus the known failures is missing.
///
/// # Errors
/// The list, or an object of the run, cannot be read.
pub async fn merge(run: &Run, name: &str) -> Result<Merged> {
    let keys = &Keys::of(name);
    let listed = Listed::of(run, keys).await?;
    let (wanted, others): (Vec<&Chosen>, Vec<&Chosen>) = listed.accounts.iter().partition(|it| it.is_wanted());
    let mut gaps: Vec<Gap> = others.iter().filter_map(|it| closed(it)).collect();
    let mut accounts: Vec<AccountReport> = others.iter().map(|it| blank(&it.member, it.state)).collect();
    let reading = wanted.into_iter().map(async |it| (it, arrived(run, keys, &it.member.id).await));
    let mut arriving = stream::iter(reading).buffered(AT_ONCE);
    let (mut missing, mut room) = (0, MOST);
    while let Some((it, arrived)) = arriving.next().await {
        let account = blank(&it.member, AccountState::Unreachable);
        match arrived? {
            Arrived::Report(report) => accounts.push(fitting(account.swept(*report).without_coverage(), &mut room)),
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
    }
    let Listed { organization, role, made_at, .. } = listed.clone();
    let report = OrganizationReport::of(organization, role, accounts, gaps, made_at, false);
    Ok(Merged { report, missing })
}

async fn arrived(run: &Run, keys: &Keys, account: &AccountId) -> Result<Arrived> {
    let key = keys.report(account);
    if let Some(bytes) = run.bucket.get(&key).await? {
        // A broken report is as good as none, and no reason to lose the others.
        let report = unpacked::<SweepReport>(&key, &bytes).ok().filter(|it| it.scope.account.id == *account);
        return Ok(report.map_or_else(|| Arrived::Missing(nothing(account)), |it| Arrived::Report(Box::new(it))));
    }
    let noted: Option<Gap> = read(&run.bucket, &keys.failure(account)).await?;
    Ok(noted.map_or_else(|| Arrived::Missing(nothing(account)), Arrived::Not))
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
