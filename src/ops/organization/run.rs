//! Sweeps the chosen accounts, each with its own credentials, and sums them up.

use aws_config::SdkConfig;
use futures::FutureExt;
use futures::future::BoxFuture;

use super::choose::Chosen;
use super::each::each;
use crate::aws::limits::limited;
use crate::aws::organization::{Member, Organization};
use crate::aws::role::{Role, enter};
use crate::error::{Error, Kind, Result};
use crate::lang::Speech;
use crate::model::organization::not_entered;
use crate::model::{
    AccountId, AccountReport, AccountState, Cause, Gap, Lang, OrganizationName, OrganizationReport, Reason,
    SweepReport, Text,
};
use crate::ops::sweep;

/// The options of an organisation's sweep.
#[derive(Debug, Clone)]
pub struct Options {
    /// The options of each account's sweep. `at_once` limits the requests of all accounts together.
    pub sweep: sweep::Options,
    pub role: Role,
    /// The maximum of accounts that are swept at the same time.
    pub accounts_at_once: usize,
}

/// The accounts that are finished, of those that are swept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub accounts: usize,
    pub finished: usize,
    pub findings: usize,
}

/// The organisation, and the credentials that look at it.
#[derive(Debug, Clone, Copy)]
pub struct Home<'a> {
    pub sdk: &'a SdkConfig,
    /// The account of the credentials.
    pub account: &'a AccountId,
    pub organization: &'a Organization,
}

/// Sweeps the accounts. The account of the credentials is swept with them, every other one with its role. `keep` receives each
/// account as it is finished, and returns what stays in memory of it. `interrupted` ends all of it early.
///
/// # Errors
/// Those of `keep`. An account that cannot be swept is a gap.
pub async fn sweep(
    home: Home<'_>,
    chosen: Vec<Chosen>,
    options: &Options,
    interrupted: impl Future<Output = ()> + Send + 'static,
    mut keep: impl FnMut(AccountReport) -> Result<AccountReport>,
    mut progress: impl FnMut(Progress),
) -> Result<OrganizationReport> {
    let Home { sdk, account: own, organization } = home;
    let sdk = &limited(sdk, options.sweep.at_once);
    let interrupted: BoxFuture<'static, ()> = Box::pin(interrupted);
    let interrupted = &interrupted.shared();
    let (wanted, others): (Vec<Chosen>, Vec<Chosen>) = chosen.into_iter().partition(Chosen::is_wanted);
    let mut gaps: Vec<Gap> = others.iter().filter_map(closed).collect();
    let mut accounts: Vec<AccountReport> = others.iter().map(|it| blank(&it.member, it.state)).collect();
    let mut so_far = Progress { accounts: wanted.len(), finished: 0, findings: 0 };
    progress(so_far);
    let side_by_side = options.accounts_at_once.clamp(1, options.sweep.at_once.max(1)).min(wanted.len().max(1));
    // A request that waits for its turn uses up its time limit, so all accounts together start only as many as may run.
    let share = sweep::Options { at_once: (options.sweep.at_once / side_by_side).max(1), ..options.sweep.clone() };
    let members: Vec<Member> = wanted.into_iter().map(|it| it.member).collect();
    let work = async |member: Member| one(sdk, own, &member, options, &share, interrupted.clone()).await;
    let mut failure = None;
    each(members, side_by_side, work, |member, swept| {
        so_far.finished += 1;
        let account = blank(&member, AccountState::Unreachable);
        match swept.unwrap_or_else(|| Err(Error::mistake())) {
            Err(error) => {
                gaps.push(gap(&member.id, &error));
                accounts.push(account);
            }
            Ok(report) => {
                so_far.findings += report.findings.len();
                match keep(account.swept(report)) {
                    Ok(kept) => accounts.push(kept.without_coverage()),
                    Err(error) => failure = failure.take().or(Some(error)),
                }
            }
        }
        progress(so_far);
    })
    .await;
    if let Some(error) = failure {
        return Err(error);
    }
    let name = OrganizationName { id: organization.id.clone(), management_account: organization.management.clone() };
    let cut_short = interrupted.clone().now_or_never().is_some();
    let made_at = options.sweep.made_at;
    Ok(OrganizationReport::of(name, options.role.name.clone(), accounts, gaps, made_at, cut_short))
}

/// The sweep of one account, with nothing but its own credentials.
async fn one(
    sdk: &SdkConfig,
    own: &AccountId,
    member: &Member,
    options: &Options,
    share: &sweep::Options,
    interrupted: impl Future<Output = ()> + Clone,
) -> Result<SweepReport> {
    let entered =
        async { if member.id == *own { Ok(sdk.clone()) } else { Box::pin(enter(sdk, member, &options.role)).await } };
    let sdk = tokio::select! {
        biased;
        () = interrupted.clone() => return Err(Error::new(Kind::Interrupted, Text::new("error-interrupted"))),
        entered = entered => entered?,
    };
    Box::pin(sweep::sweep(&sdk, &member.id, share, interrupted, |_| {})).await
}

fn blank(member: &Member, state: AccountState) -> AccountReport {
    let ou = member.unit.as_ref().map(|unit| unit.path.clone());
    AccountReport::not_swept(member.id.clone(), member.name.clone(), ou, state)
}

/// The gap of an account that could not be swept.
fn gap(account: &AccountId, error: &Error) -> Gap {
    let gap = error.gap(account, None, None);
    if error.kind == Kind::Interrupted {
        return Gap { message: Gap::INTERRUPTED.to_owned(), cause: Some(Cause::Interrupted), ..gap };
    }
    if gap.message.is_empty() && gap.action.is_none() {
        // The message of a report is not translated.
        return Gap { message: Speech::new(Lang::En).say(&error.what), ..gap };
    }
    gap
}

/// The gap of an account that AWS has closed: what is left in it cannot be seen.
fn closed(chosen: &Chosen) -> Option<Gap> {
    let cause = not_entered(chosen.state)?;
    let account = chosen.member.id.clone();
    let message = match cause {
        Cause::Closing => "the account is being closed",
        Cause::Closed => "the account is closed",
        _ => "the account is suspended",
    };
    let message = message.to_owned();
    let (reason, cause) = (Reason::Other, Some(cause));
    Some(Gap { account, region: None, resource: None, reason, action: None, message, cause })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_gap_says_why() {
        let account: AccountId = "000000000001".parse().unwrap();
        let message = |error: Error| gap(&account, &error).message;
        let unknown = Error::usage(Text::new("error-region-unknown").with("region", "eu-north-9"));
        assert!(message(unknown).contains("eu-north-9"));
        assert_eq!(message(Error::mistake()), Gap::MISTAKE);
        assert_eq!(message(Error::new(Kind::Interrupted, Text::new("error-interrupted"))), Gap::INTERRUPTED);
        assert_eq!(gap(&account, &Error::mistake()).cause, Some(Cause::Mistake));
    }
}
