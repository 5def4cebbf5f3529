//! Sweeps the chosen accounts, each with its own credentials, and sums them up.

use std::collections::BTreeMap;

use aws_config::SdkConfig;
use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::sync::mpsc;

use super::choose::Chosen;
use super::each::each;
use crate::aws::limits::limited;
use crate::aws::organization::{Member, Organization};
use crate::aws::role::{Role, enter};
use crate::error::{Error, Kind, Result};
use crate::lang::Speech;
use crate::model::bill::BILL;
use crate::model::organization::not_entered;
use crate::model::{
    AccountId, AccountReport, AccountState, Cause, CreatedBy, Gap, Lang, OrganizationName, OrganizationReport, Reason,
    Region, Text,
};
use crate::ops::bill::Payer;
use crate::ops::creators::name_creators;
use crate::ops::sweep::{self, FreeTierUsage, Known};

/// The options of an organisation's sweep.
#[derive(Debug, Clone)]
pub struct Options {
    /// The options of each account's sweep. `at_once` limits the requests of all accounts together.
    pub sweep: sweep::Options,
    pub role: Role,
    /// The maximum of accounts that are swept at the same time.
    pub accounts_at_once: usize,
    /// How many creators are looked up in each account: those of its most expensive findings.
    pub creators: usize,
}

/// The sweep of an account, and the creators of its findings by key.
struct Looked {
    known: Known,
    creators: BTreeMap<String, CreatedBy>,
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
/// account in the order of their numbers, and returns what stays in memory of it. `interrupted` ends all of it early.
///
/// # Errors
/// Those of `keep`. An account that cannot be swept is a gap.
pub async fn sweep(
    home: Home<'_>,
    chosen: Vec<Chosen>,
    options: &Options,
    interrupted: impl Future<Output = ()> + Send + 'static,
    keep: impl AsyncFnMut(AccountReport) -> Result<AccountReport>,
    mut progress: impl FnMut(Progress),
) -> Result<OrganizationReport> {
    let Home { sdk, organization, .. } = home;
    let home = Home { sdk: &limited(sdk, options.sweep.at_once), ..home };
    let interrupted: BoxFuture<'static, ()> = Box::pin(interrupted);
    let interrupted = &interrupted.shared();
    let (wanted, others): (Vec<Chosen>, Vec<Chosen>) = chosen.into_iter().partition(Chosen::is_wanted);
    let mut so_far = Progress { accounts: wanted.len(), finished: 0, findings: 0 };
    progress(so_far);
    let side_by_side = options.accounts_at_once.clamp(1, options.sweep.at_once.max(1)).min(wanted.len().max(1));
    // A request that waits for its turn uses up its time limit, so all accounts together start only as many as may run.
    let share = sweep::Options { at_once: (options.sweep.at_once / side_by_side).max(1), ..options.sweep.clone() };
    let members: Vec<Member> = wanted.into_iter().map(|it| it.member).collect();
    let payer = options.sweep.bill.then(|| payer(home, &members, options)).flatten();
    let turns: Vec<(usize, Member)> = members.into_iter().enumerate().collect();
    let work = async |(_, member): (usize, Member)| {
        one(home, &member, options, &share, payer.clone(), interrupted.clone()).await
    };
    let mut sum = Sum::new(&others, &options.sweep, keep);
    // What is kept may go over the network: meanwhile the other accounts go on.
    let (send, mut swept) = mpsc::unbounded_channel();
    let looking = each(turns, side_by_side, work, move |account, looked| drop(send.send((account, looked))));
    let adding = async {
        while let Some(((turn, member), looked)) = swept.recv().await {
            sum.add(turn, member, looked.unwrap_or_else(|| Err(Error::mistake()))).await;
            so_far = Progress { finished: so_far.finished + 1, findings: sum.findings, ..so_far };
            progress(so_far);
        }
    };
    futures::join!(looking, adding);
    let (accounts, mut gaps) = sum.end()?;
    let accrued = async { Some(payer?.accrued(options.sweep.timeout).await) };
    let accrued = tokio::select! {
        accrued = accrued => accrued,
        () = interrupted.clone() => None,
    };
    if let Some(Err(error)) = &accrued {
        let payer = organization.management.as_ref().unwrap_or(home.account);
        gaps.push(error.gap(payer, Some(&Region::home()), Some(BILL)));
    }
    let bill = accrued.and_then(Result::ok);
    let name = OrganizationName { id: organization.id.clone(), management_account: organization.management.clone() };
    let cut_short = interrupted.clone().now_or_never().is_some();
    let made_at = options.sweep.made_at;
    let report = OrganizationReport::of(name, options.role.name.clone(), accounts, gaps, made_at, cut_short);
    Ok(OrganizationReport { bill, ..report })
}

/// The figures of the accounts, which only the management account has. `None` if that account is not known.
fn payer(home: Home<'_>, members: &[Member], options: &Options) -> Option<Payer> {
    let management = home.organization.management.clone()?;
    let itself = home.organization.members.iter().find(|it| it.id == management)?.clone();
    let (sdk, own, role) = (home.sdk.clone(), home.account.clone(), options.role.clone());
    let entered = async move { Box::pin(credentials(&sdk, &own, &itself, &role)).await };
    let accounts = members.iter().map(|it| it.id.clone()).collect();
    Some(Payer::begin(entered, management, accounts, options.sweep.made_at))
}

/// The configuration of an account: with its role, or with the given credentials if they are its own.
pub(super) async fn credentials(sdk: &SdkConfig, own: &AccountId, member: &Member, role: &Role) -> Result<SdkConfig> {
    if member.id == *own { Ok(sdk.clone()) } else { Box::pin(enter(sdk, member, role)).await }
}

/// Looks at one account, with nothing but its own credentials.
async fn one(
    home: Home<'_>,
    member: &Member,
    options: &Options,
    share: &sweep::Options,
    payer: Option<Payer>,
    interrupted: impl Future<Output = ()> + Clone,
) -> Result<Looked> {
    let sdk = tokio::select! {
        biased;
        () = interrupted.clone() => return Err(Error::new(Kind::Interrupted, Text::new("error-interrupted"))),
        entered = credentials(home.sdk, home.account, member, &options.role) => entered?,
    };
    let known = Box::pin(sweep::sweep_linked(&sdk, &member.id, share, payer, interrupted.clone())).await?;
    let creators = tokio::select! {
        biased;
        () = interrupted => BTreeMap::new(),
        creators = creators(&sdk, &known, options) => creators,
    };
    Ok(Looked { known, creators })
}

/// The creators of the most expensive findings. The free allowances, which the accounts share, make no difference to these.
async fn creators(sdk: &SdkConfig, known: &Known, options: &Options) -> BTreeMap<String, CreatedBy> {
    if options.creators == 0 {
        return BTreeMap::new();
    }
    let mut report = sweep::report(known.clone(), &options.sweep, &mut FreeTierUsage::new());
    Box::pin(name_creators(sdk, &mut report, options.creators)).await;
    report.findings.into_iter().filter_map(|it| Some((it.key, it.created_by?))).collect()
}

/// The sweep of one account by itself, with its role. The report comes later, with those of the others.
///
/// # Errors
/// The account cannot be entered, or its regions cannot be read.
pub(in crate::ops) async fn alone(
    sdk: &SdkConfig,
    member: &Member,
    role: &Role,
    options: &sweep::Options,
) -> Result<Known> {
    let sdk = Box::pin(enter(sdk, member, role)).await?;
    Box::pin(sweep::sweep_alone(&sdk, &member.id, options, std::future::pending(), |_| {})).await
}

/// Adds up the accounts in the order of their numbers: they share the free allowances, and the same ones are charged in every run.
struct Sum<'a, K> {
    options: &'a sweep::Options,
    keep: K,
    used: FreeTierUsage,
    /// The accounts that wait for one before them.
    waiting: BTreeMap<usize, (Member, Result<Looked>)>,
    turn: usize,
    findings: usize,
    accounts: Vec<AccountReport>,
    gaps: Vec<Gap>,
    failure: Option<Error>,
}

impl<'a, K: AsyncFnMut(AccountReport) -> Result<AccountReport>> Sum<'a, K> {
    fn new(others: &[Chosen], options: &'a sweep::Options, keep: K) -> Self {
        Self {
            options,
            keep,
            used: FreeTierUsage::new(),
            waiting: BTreeMap::new(),
            turn: 0,
            findings: 0,
            accounts: others.iter().map(|it| blank(&it.member, it.state)).collect(),
            gaps: others.iter().filter_map(closed).collect(),
            failure: None,
        }
    }

    async fn add(&mut self, turn: usize, member: Member, looked: Result<Looked>) {
        self.waiting.insert(turn, (member, looked));
        while let Some((member, looked)) = self.waiting.remove(&self.turn) {
            self.turn += 1;
            let account = blank(&member, AccountState::Unreachable);
            match looked {
                Err(error) => {
                    self.gaps.push(gap(&member.id, &error));
                    self.accounts.push(account);
                }
                Ok(Looked { known, mut creators }) => {
                    let mut report = sweep::report(known, self.options, &mut self.used);
                    for it in &mut report.findings {
                        it.created_by = creators.remove(&it.key);
                    }
                    self.take(account.swept(report)).await;
                }
            }
        }
    }

    async fn take(&mut self, account: AccountReport) {
        self.findings += account.totals.as_ref().map_or(0, |totals| totals.findings);
        match (self.keep)(account).await {
            Ok(kept) => self.accounts.push(kept.without_coverage()),
            Err(error) => self.failure = self.failure.take().or(Some(error)),
        }
    }

    fn end(self) -> Result<(Vec<AccountReport>, Vec<Gap>)> {
        self.failure.map_or(Ok((self.accounts, self.gaps)), Err)
    }
}

/// An account without a sweep.
pub(in crate::ops) fn blank(member: &Member, state: AccountState) -> AccountReport {
    let ou = member.unit.as_ref().map(|unit| unit.path.clone());
    AccountReport::not_swept(member.id.clone(), member.name.clone(), ou, state)
}

/// The gap of an account that could not be swept.
pub(in crate::ops) fn gap(account: &AccountId, error: &Error) -> Gap {
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
pub(in crate::ops) fn closed(chosen: &Chosen) -> Option<Gap> {
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
