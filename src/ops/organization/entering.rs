//! Enters accounts and does something in each: one that cannot be entered is a gap, and holds up no other.

use std::collections::BTreeMap;

use aws_config::SdkConfig;

use super::choose::Chosen;
use super::each::each;
use super::run::{closed, credentials, gap};
use crate::aws::organization::{Member, Organization};
use crate::aws::role::Role;
use crate::error::{Error, Result};
use crate::model::{AccountId, AccountState, EnteredAccount, Entry, Gap, OrganizationName};

/// Runs `work` in each account with its credentials: those of `own` are `sdk` itself, every other one is entered with its role.
pub(super) async fn in_each<R>(
    sdk: &SdkConfig,
    own: &AccountId,
    role: impl Fn(&AccountId) -> Role,
    at_once: usize,
    members: Vec<Member>,
    work: impl AsyncFn(SdkConfig, Member) -> Result<R>,
    mut finished: impl FnMut(usize),
) -> BTreeMap<AccountId, Result<R>> {
    let mut results = BTreeMap::new();
    let enter = async |member: Member| {
        let sdk = credentials(sdk, own, &member, &role(&member.id)).await?;
        Box::pin(work(sdk, member)).await
    };
    each(members, at_once, enter, |member, result| {
        results.insert(member.id, result.unwrap_or_else(|| Err(Error::mistake())));
        finished(results.len());
    })
    .await;
    results
}

/// Every account of the organisation with its report, and the reasons of those without; one that is wanted and has no result was not
/// entered before.
pub(super) fn entered<R>(
    chosen: &[Chosen],
    mut results: BTreeMap<AccountId, Result<R>>,
) -> (Vec<EnteredAccount<R>>, Vec<Gap>) {
    let mut gaps: Vec<Gap> = chosen.iter().filter_map(closed).collect();
    let accounts = chosen.iter().map(|Chosen { member, state }| {
        let (state, report) = match results.remove(&member.id) {
            Some(Ok(report)) => (AccountState::Swept, Some(Box::new(report))),
            Some(Err(error)) => {
                gaps.push(gap(&member.id, &error));
                (AccountState::Unreachable, None)
            }
            None => (*state, None),
        };
        let ou = member.unit.as_ref().map(|unit| unit.path.clone());
        EnteredAccount { id: member.id.clone(), name: member.name.clone(), ou, state: Entry::from(state), report }
    });
    let accounts = accounts.collect();
    gaps.sort();
    (accounts, gaps)
}

pub(super) fn wanted(chosen: &[Chosen]) -> Vec<Member> {
    chosen.iter().filter(|it| it.is_wanted()).map(|it| it.member.clone()).collect()
}

pub(super) fn name(organization: &Organization) -> OrganizationName {
    OrganizationName { id: organization.id.clone(), management_account: organization.management.clone() }
}
