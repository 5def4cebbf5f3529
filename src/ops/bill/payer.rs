//! The figures of the linked accounts of an organisation, which only its management account has.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use aws_config::SdkConfig;
use futures::FutureExt as _;
use futures::future::{BoxFuture, Shared};
use jiff::Timestamp;
use tokio::time::timeout;

use super::figures::{counted, counted_if_any};
use super::gaps::Gaps;
use super::spend_rate::Month;
use crate::aws::billing_metric::{Figures, READS, Series, series};
use crate::aws::{Cx, organization};
use crate::error::{Error, Kind, Result};
use crate::model::{AccountId, Accrued, Bill, Gap, LinkedBill, OrganizationBill, Reason, Text, Usd};

/// The bill of an account, if it has figures, and a gap for each that could not be read.
pub type OfAccount = (Option<Bill>, Vec<Gap>);

/// The figures of an organisation.
#[derive(Debug)]
struct Read {
    whole: Figures,
    accounts: BTreeMap<AccountId, Figures>,
}

/// The figures of an organisation, which are read once while its accounts are swept.
#[derive(Debug, Clone)]
pub struct Payer {
    reading: Shared<BoxFuture<'static, Result<Arc<Read>>>>,
    month: Month,
}

impl Payer {
    /// Starts reading the figures of these accounts in the account that pays for them. `entered` are its credentials.
    #[must_use]
    pub fn begin(
        entered: impl Future<Output = Result<SdkConfig>> + Send + 'static,
        payer: AccountId,
        accounts: BTreeSet<AccountId>,
        now: Timestamp,
    ) -> Self {
        let month = Month::of(now);
        let task = tokio::spawn(async move {
            let series = series(&Cx::home(&payer, &entered.await?)).await?;
            let period = month.period(now);
            let (whole, accounts) = futures::join!(series.whole(period), series.of(&accounts, period));
            Ok(Arc::new(Read { whole, accounts }))
        });
        let reading = async move { task.await.unwrap_or_else(|_| Err(Error::mistake())) };
        Self { reading: reading.boxed().shared(), month }
    }

    /// The figures of one account: none if it has accrued nothing, or if they could not be read.
    pub(super) async fn figures(self, account: AccountId) -> Figures {
        let read = self.reading.await.ok();
        read.and_then(|read| read.accounts.get(&account).cloned()).unwrap_or_default()
    }

    /// What all accounts have accrued, as far as AWS has figures.
    ///
    /// # Errors
    /// The figures cannot be read, or not within this time.
    pub async fn accrued(&self, within: Duration) -> Result<Accrued> {
        let read = self.read(within).await?;
        match read.whole.faults.first() {
            Some(fault) => Err(fault.clone()),
            None => Ok(Accrued::from(&counted(&read.whole, &self.month, None))),
        }
    }

    /// The bill of each account that has accrued something, with a gap for each figure that could not be read.
    ///
    /// # Errors
    /// The figures cannot be read, or not within this time.
    pub async fn bills(&self, limit_usd: Option<Usd>, within: Duration) -> Result<BTreeMap<AccountId, OfAccount>> {
        let read = self.read(within).await?;
        let of = |(account, figures): (&AccountId, &Figures)| {
            let mut gaps = Gaps::of(account.clone());
            let figures = gaps.figures(Ok(figures.clone()));
            (account.clone(), (counted_if_any(&figures, &self.month, limit_usd), gaps.gaps))
        };
        Ok(read.accounts.iter().map(of).collect())
    }

    async fn read(&self, within: Duration) -> Result<Arc<Read>> {
        timeout(within, self.reading.clone()).await.unwrap_or_else(|_| Err(late()))
    }
}

fn late() -> Error {
    Error::new(Kind::Cloud(Reason::Timeout), Text::new("error-timeout").with("action", READS.join(" ")))
}

/// The bill of the organisation that this account pays for; `None` if it pays for no other account.
pub(super) async fn organization(
    series: &Series,
    sdk: &SdkConfig,
    own: &AccountId,
    month: &Month,
    now: Timestamp,
    gaps: &mut Gaps,
) -> Option<OrganizationBill> {
    let linked = series.linked();
    if linked.iter().all(|account| account == own) {
        return None;
    }
    let period = month.period(now);
    let (whole, of_accounts, names) =
        futures::join!(series.whole(period), series.of(&linked, period), organization::names(sdk));
    let whole = gaps.figures(Ok(whole));
    let accounts = of_accounts.into_iter().map(|(account, figures)| {
        let bill = counted(&gaps.figures(Ok(figures)), month, None);
        LinkedBill {
            name: names.get(&account).cloned(),
            account,
            accrued: Accrued::from(&bill),
            services: bill.services,
        }
    });
    let accounts = accounts.collect();
    Some(OrganizationBill::of(Accrued::from(&counted(&whole, month, None)), accounts))
}
