//! The report of an organisation: the sum of the sweeps of its accounts, each of which stands by itself.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cost::Cost;
use super::finding::Finding;
use super::gap::{Cause, Gap};
use super::money::Usd;
use super::payer::Accrued;
use super::place::AccountId;
use super::report::{SweepReport, Totals, Verdict};
use super::words::Words;

pub const ORGANIZATION_SCHEMA: &str = "guardrail/organization/v1";

/// The most types that `most_expensive` names.
const NAMED: usize = 3;

/// The report of `guardrail sweep --organization`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OrganizationReport {
    pub schema: String,
    pub version: String,
    #[schemars(with = "String")]
    pub made_at: Timestamp,
    pub organization: OrganizationName,
    /// The role that was assumed in each account but the one of the credentials.
    pub role: String,
    /// `not-safe` if any account is, else `not-sure` if any account is or could not be swept.
    pub verdict: Verdict,
    /// The sums of the swept accounts. Lower bounds if an account could not be swept.
    pub totals: Totals,
    /// Every account of the organisation, the worst first.
    pub accounts: Vec<AccountReport>,
    /// The accounts that could not be swept, and the bill if it could not be read. Those of a swept account are in its report.
    pub gaps: Vec<Gap>,
    /// The user narrowed the sweep of each account with `--regions`, `--resources` or a profile.
    pub partial: bool,
    /// What all accounts have accrued; absent if it was not asked for, or could not be read (then it is a gap).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bill: Option<Accrued>,
    /// The user ended the sweep before every account was swept.
    #[serde(default, skip_serializing_if = "super::report::is_false")]
    pub interrupted: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OrganizationName {
    pub id: Option<String>,
    pub management_account: Option<AccountId>,
}

/// One account of the organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AccountReport {
    pub id: AccountId,
    pub name: Option<String>,
    /// The names of its organisational units below the root, such as `Training/2026`; `/` for the root, `null` if unknown.
    pub ou: Option<String>,
    pub state: AccountState,
    /// `null` if the account was not swept.
    pub verdict: Option<Verdict>,
    /// `null` if the account was not swept.
    pub totals: Option<Totals>,
    /// What it has accrued this month, by AWS's figures in the management account; `null` if there are none.
    #[serde(default)]
    pub accrued_usd: Option<Usd>,
    /// The types of its most expensive findings, at most three.
    pub most_expensive: Vec<Words>,
    /// The sweep has gaps, or the bill grows by something that was not found.
    pub incomplete: bool,
    /// The difference from the account's earlier sweep; `null` if there is none.
    #[serde(default)]
    pub changes: Option<AccountChanges>,
    /// The sweep was narrowed to some regions or types.
    #[serde(default)]
    pub partial: bool,
    /// The sweep of the account without its `coverage`; `null` if the account was not swept, or if the report is a file.
    pub report: Option<Box<SweepReport>>,
    /// The file of the report, relative to this one.
    pub report_url: Option<String>,
}

/// What changed in an account since its earlier sweep. Things that are kept on purpose do not count as new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AccountChanges {
    /// When the earlier sweep was made.
    #[schemars(with = "String")]
    pub since: Timestamp,
    pub new: usize,
    /// The known cost of what is new.
    pub new_usd_per_month: Usd,
    /// The types of the most expensive new things, at most three.
    pub most_expensive_new: Vec<Words>,
    pub gone: usize,
    pub dearer: usize,
    /// Findings of this sweep or the earlier one that could not be compared.
    pub unknown: usize,
}

impl AccountChanges {
    fn of(report: &SweepReport) -> Option<Self> {
        let changes = report.changes.as_ref()?;
        let new: Vec<&Finding> =
            report.findings.iter().filter(|it| it.new == Some(true) && it.exempt.is_none()).collect();
        Some(Self {
            since: changes.since,
            new: new.len(),
            new_usd_per_month: new.iter().filter_map(|it| it.usd_per_month).sum::<Usd>().monthly(),
            most_expensive_new: most_expensive(new.iter().copied()),
            gone: changes.gone.len(),
            dearer: changes.dearer.len(),
            unknown: changes.unknown.len(),
        })
    }
}

/// Whether an account was swept, or why it was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AccountState {
    Swept,
    /// It could not be entered or swept; `gaps` has the reason.
    Unreachable,
    /// AWS suspended it.
    Suspended,
    /// It is being closed.
    Closing,
    /// It is closed.
    Closed,
    /// The user left it out.
    Excluded,
}

impl AccountReport {
    /// An account that is not swept.
    #[must_use]
    pub fn not_swept(id: AccountId, name: Option<String>, ou: Option<String>, state: AccountState) -> Self {
        Self {
            id,
            name,
            ou,
            state,
            verdict: None,
            totals: None,
            accrued_usd: None,
            most_expensive: Vec::new(),
            incomplete: false,
            changes: None,
            partial: false,
            report: None,
            report_url: None,
        }
    }

    /// The same account with its sweep.
    #[must_use]
    pub fn swept(self, report: SweepReport) -> Self {
        let rest = Verdict::of_the_rest(&report.gaps, report.bill.as_ref());
        Self {
            state: AccountState::Swept,
            verdict: Some(report.verdict),
            totals: Some(report.totals.clone()),
            accrued_usd: report.bill.as_ref().and_then(|bill| bill.total_usd),
            most_expensive: most_expensive(report.findings.iter()),
            incomplete: report.interrupted || rest == Verdict::NotSure,
            changes: AccountChanges::of(&report),
            partial: report.scope.partial,
            report: Some(Box::new(report)),
            ..self
        }
    }

    /// The same account without the largest part of its report, which no sum needs.
    #[must_use]
    pub fn without_coverage(mut self) -> Self {
        if let Some(report) = &mut self.report {
            report.coverage.clear();
        }
        self
    }

    /// The same account, whose report is a file.
    #[must_use]
    pub fn written_to(self, url: String) -> Self {
        Self { report: None, report_url: Some(url), ..self }
    }

    /// The order of a report: what costs most first, then what could not be seen, then what is safe, then what is left out.
    fn rank(&self) -> u8 {
        match (self.state, self.verdict) {
            (AccountState::Swept, Some(Verdict::NotSafe)) => 0,
            (AccountState::Unreachable, _) => 1,
            (AccountState::Swept, Some(Verdict::NotSure) | None) => 2,
            (AccountState::Suspended | AccountState::Closing | AccountState::Closed, _) => 3,
            (AccountState::Swept, Some(Verdict::Safe)) => 4,
            (AccountState::Excluded, _) => 5,
        }
    }

    fn usd_per_month(&self) -> Usd {
        self.totals.as_ref().map(|totals| totals.usd_per_month).unwrap_or_default()
    }
}

/// The types of the findings that are not kept on purpose, in their order.
fn most_expensive<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<Words> {
    let mut named: Vec<Words> = Vec::new();
    for finding in findings.filter(|it| it.exempt.is_none()) {
        if !named.contains(&finding.names) {
            named.push(finding.names.clone());
        }
    }
    named.truncate(NAMED);
    named
}

impl OrganizationReport {
    /// The report of these accounts, in any order.
    #[must_use]
    pub fn of(
        organization: OrganizationName,
        role: String,
        mut accounts: Vec<AccountReport>,
        mut gaps: Vec<Gap>,
        made_at: Timestamp,
        interrupted: bool,
    ) -> Self {
        accounts.sort_by(|a, b| {
            let open = |it: &AccountReport| it.totals.as_ref().is_none_or(|totals| !totals.at_least);
            a.rank()
                .cmp(&b.rank())
                .then_with(|| b.usd_per_month().cmp(&a.usd_per_month()))
                .then_with(|| open(a).cmp(&open(b)))
                .then_with(|| a.id.cmp(&b.id))
        });
        gaps.sort();
        Self {
            schema: ORGANIZATION_SCHEMA.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            made_at,
            verdict: verdict(&accounts, &gaps),
            totals: totals(&accounts, &gaps),
            organization,
            role,
            partial: accounts.iter().any(|it| it.partial),
            accounts,
            gaps,
            bill: None,
            interrupted,
        }
    }

    /// The accounts in this state.
    pub fn in_state(&self, state: AccountState) -> impl Iterator<Item = &AccountReport> {
        self.accounts.iter().filter(move |it| it.state == state)
    }

    /// The swept accounts with this verdict.
    pub fn judged(&self, verdict: Verdict) -> impl Iterator<Item = &AccountReport> {
        self.in_state(AccountState::Swept).filter(move |it| it.verdict == Some(verdict))
    }

    /// The gaps of accounts that were not swept.
    pub fn not_swept(&self) -> impl Iterator<Item = &Gap> {
        self.gaps.iter().filter(|gap| gap.resource.is_none())
    }

    /// The verdict without counting the findings.
    #[must_use]
    pub fn verdict_of_the_rest(&self) -> Verdict {
        let incomplete = self.accounts.iter().any(|it| it.incomplete) || !self.gaps.is_empty();
        if incomplete { Verdict::NotSure } else { Verdict::Safe }
    }
}

fn verdict(accounts: &[AccountReport], gaps: &[Gap]) -> Verdict {
    let any = |wanted| accounts.iter().any(|it| it.verdict == Some(wanted));
    if any(Verdict::NotSafe) {
        return Verdict::NotSafe;
    }
    // Without a single swept account nothing is known.
    let complete = gaps.is_empty() && any(Verdict::Safe) && !any(Verdict::NotSure);
    if complete { Verdict::Safe } else { Verdict::NotSure }
}

fn totals(accounts: &[AccountReport], gaps: &[Gap]) -> Totals {
    let each = || accounts.iter().filter_map(|it| it.totals.as_ref());
    let hour = Usd::checked_sum(each().map(|it| it.usd_per_hour));
    let month = Usd::checked_sum(each().map(|it| it.usd_per_month));
    let overflows = hour.is_none() || month.is_none();
    Totals {
        findings: each().map(|it| it.findings).sum(),
        usd_per_hour: hour.unwrap_or(Usd::MAX).hourly(),
        usd_per_month: month.unwrap_or(Usd::MAX).monthly(),
        at_least: overflows || !gaps.is_empty() || each().any(|it| it.at_least),
    }
}

/// The cost of an account's findings for people: as in its own report if that is there, else its sum.
#[must_use]
pub fn cost(account: &AccountReport) -> Cost {
    match (&account.report, &account.totals) {
        (Some(report), _) => report.findings.iter().map(Cost::of).sum(),
        (None, Some(totals)) => {
            let exact = (totals.usd_per_month != Usd::ZERO || !totals.at_least).then_some(totals.usd_per_month);
            Cost { exact, open: totals.at_least, ..Cost::default() }
        }
        (None, None) => Cost::default(),
    }
}

/// The cause of the gap of an account in this state, which is not entered at all.
#[must_use]
pub fn not_entered(state: AccountState) -> Option<Cause> {
    match state {
        AccountState::Suspended => Some(Cause::Suspended),
        AccountState::Closing => Some(Cause::Closing),
        AccountState::Closed => Some(Cause::Closed),
        AccountState::Swept | AccountState::Unreachable | AccountState::Excluded => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Reason;

    fn account(id: &str, verdict: Option<Verdict>, usd: &str, at_least: bool) -> AccountReport {
        let state = if verdict.is_some() { AccountState::Swept } else { AccountState::Unreachable };
        let blank = AccountReport::not_swept(id.parse().unwrap(), None, None, state);
        let usd: Usd = usd.parse().unwrap();
        let totals = Totals { findings: 1, usd_per_hour: usd, usd_per_month: usd, at_least };
        AccountReport { verdict, totals: verdict.map(|_| totals), ..blank }
    }

    fn gap(id: &str) -> Gap {
        Gap {
            account: id.parse().unwrap(),
            region: None,
            resource: None,
            reason: Reason::Denied,
            action: None,
            message: String::new(),
            cause: None,
        }
    }

    fn report(accounts: Vec<AccountReport>, gaps: Vec<Gap>) -> OrganizationReport {
        let name = OrganizationName { id: None, management_account: None };
        let at = "2026-11-23T00:00:00Z".parse().unwrap();
        OrganizationReport::of(name, "r".to_owned(), accounts, gaps, at, false)
    }

    const A: &str = "000000000001";
    const B: &str = "000000000002";
    const C: &str = "000000000003";
    const D: &str = "000000000004";

    #[test]
    fn the_worst_account_comes_first() {
        let accounts = vec![
            account(A, Some(Verdict::Safe), "0", false),
            account(B, None, "0", false),
            account(C, Some(Verdict::NotSafe), "1.50", false),
            account(D, Some(Verdict::NotSafe), "7.25", true),
        ];
        let report = report(accounts, vec![gap(B)]);
        let ids: Vec<&str> = report.accounts.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids, [D, C, B, A]);
        assert_eq!(report.totals.usd_per_month.to_string(), "8.75");
        assert!(report.totals.at_least);
    }

    #[test]
    fn an_account_that_was_not_swept_is_never_safe() {
        let safe = || account(A, Some(Verdict::Safe), "0", false);
        assert_eq!(report(vec![safe()], vec![]).verdict, Verdict::Safe);
        let one_missing = report(vec![safe(), account(B, None, "0", false)], vec![gap(B)]);
        assert_eq!((one_missing.verdict, one_missing.totals.at_least), (Verdict::NotSure, true));
        let left_out = AccountReport { state: AccountState::Excluded, ..account(B, None, "0", false) };
        assert_eq!(report(vec![left_out], vec![]).verdict, Verdict::NotSure);
        assert_eq!(report(vec![], vec![]).verdict, Verdict::NotSure);
        let found = account(C, Some(Verdict::NotSafe), "1", false);
        assert_eq!(report(vec![found.clone(), safe()], vec![gap(B)]).verdict, Verdict::NotSafe);
        assert_eq!(report(vec![found.clone()], vec![]).verdict_of_the_rest(), Verdict::Safe);
        assert_eq!(report(vec![found], vec![gap(B)]).verdict_of_the_rest(), Verdict::NotSure);
    }

    #[test]
    fn closed_accounts_have_causes_of_their_own() {
        let causes = [AccountState::Suspended, AccountState::Closing, AccountState::Closed].map(not_entered);
        assert!(causes.iter().all(Option::is_some));
        assert_eq!(causes.iter().collect::<std::collections::HashSet<_>>().len(), 3);
        assert_eq!(not_entered(AccountState::Excluded), None);
    }
}
