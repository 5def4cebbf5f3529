//! The step of the bill: what each account has accrued, read once in the account that pays for all.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::keys::Keys;
use super::list::Listed;
use super::run::{PACKED, Run, packed, unpacked};
use super::settings::TIMEOUT;
use crate::aws::organization::Member;
use crate::aws::role::enter;
use crate::error::{Kind, Result};
use crate::model::bill::BILL;
use crate::model::{AccountId, Accrued, Cause, Gap, Reason, Region};
use crate::ops::bill::{OfAccount, Payer};

/// The figures of a run.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Bills {
    pub accrued: Option<Accrued>,
    /// Why they could not be read.
    pub gap: Option<Gap>,
    /// An account that has accrued nothing is not here.
    pub accounts: BTreeMap<AccountId, OfAccount>,
}

impl Bills {
    /// Those of a run. If they are wanted and did not arrive, that is a gap.
    ///
    /// # Errors
    /// The bucket cannot be read.
    pub async fn of(run: &Run, keys: &Keys, listed: &Listed) -> Result<Self> {
        let Some(payer) = payer(run, listed) else { return Ok(Self::default()) };
        let read = run.bucket.get(&keys.bills()).await?.and_then(|bytes| unpacked(&keys.bills(), &bytes).ok());
        Ok(read.unwrap_or_else(|| Self { gap: Some(nothing(&payer.id)), ..Self::default() }))
    }
}

/// Reads the figures of all accounts that are swept, unless the run has them already. Where none are wanted it does nothing.
///
/// # Errors
/// AWS throttled the requests, so that a later attempt may succeed; or the bucket cannot be read or written. Every other failure is noted
/// with the figures.
pub async fn bills(run: &Run, name: &str, time_left: Duration) -> Result<()> {
    let keys = Keys::of(name);
    let listed = Listed::of(run, &keys).await?;
    let Some(payer) = payer(run, &listed).cloned() else { return Ok(()) };
    if run.bucket.has(&keys.bills()).await? {
        return Ok(());
    }
    let account = payer.id.clone();
    let within = time_left.min(TIMEOUT);
    let (sdk, role) = (run.sdk.clone(), run.settings.role_in(&account, &run.own));
    let entered = async move { Box::pin(enter(&sdk, &payer, &role)).await };
    let wanted = listed.wanted().map(|it| it.member.id.clone()).collect();
    let reading = Payer::begin(entered, account.clone(), wanted, listed.made_at);
    let accrued = reading.accrued(within).await;
    if let Err(error) = &accrued
        && error.kind == Kind::Cloud(Reason::Throttled)
    {
        return Err(error.clone());
    }
    let gap = accrued.as_ref().err().map(|error| error.gap(&account, Some(&Region::home()), Some(BILL)));
    // If they cannot be read, that is the gap.
    let accounts = reading.bills(run.settings.limit_usd, within).await.unwrap_or_default();
    let bills = Bills { accrued: accrued.ok(), gap, accounts };
    run.bucket.put_once(&keys.bills(), PACKED, packed(&bills)?).await.map(drop)
}

fn payer<'a>(run: &Run, listed: &'a Listed) -> Option<&'a Member> {
    listed.payer().filter(|_| run.settings.bill)
}

/// The gap of figures that did not arrive.
fn nothing(payer: &AccountId) -> Gap {
    Gap {
        account: payer.clone(),
        region: Some(Region::home()),
        resource: Some(BILL.to_owned()),
        reason: Reason::Other,
        action: None,
        message: "the function that reads the figures ended before it was done".to_owned(),
        cause: Some(Cause::Function),
    }
}
