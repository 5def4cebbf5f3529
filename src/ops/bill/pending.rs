//! The figures of a bill while a sweep is running.

use aws_config::SdkConfig;
use futures::FutureExt as _;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

use super::figures::counted_if_any;
use super::gaps::Gaps;
use super::payer::Payer;
use super::report::Options;
use super::spend_rate::Month;
use crate::aws::Cx;
use crate::aws::billing_metric::{Figures, series};
use crate::error::{Error, Result};
use crate::model::{AccountId, Bill, Gap, Usd};

/// Requests for figures that run during a sweep.
pub struct Pending {
    task: JoinHandle<Result<Figures>>,
    answer: Option<Result<Figures>>,
    account: AccountId,
    month: Month,
    limit_usd: Option<Usd>,
    deadline: Instant,
}

impl Pending {
    /// Starts reading the figures for comparing a sweep with the bill.
    #[must_use]
    pub fn begin(sdk: &SdkConfig, account: &AccountId, options: &Options, deadline: Instant) -> Self {
        let (cx, period) = (Cx::home(account, sdk), Month::of(options.made_at).period(options.made_at));
        let task = tokio::spawn(async move { Ok(series(&cx).await?.own(period).await) });
        Self::of(task, account, options, deadline)
    }

    /// The same for a linked account, whose figures are read in the account that pays for it.
    #[must_use]
    pub fn linked(payer: Payer, account: &AccountId, options: &Options, deadline: Instant) -> Self {
        let linked = account.clone();
        let task = tokio::spawn(async move { Ok(payer.figures(linked).await) });
        Self::of(task, account, options, deadline)
    }

    fn of(task: JoinHandle<Result<Figures>>, account: &AccountId, options: &Options, deadline: Instant) -> Self {
        let (account, month) = (account.clone(), Month::of(options.made_at));
        Self { task, answer: None, account, month, limit_usd: options.limit_usd, deadline }
    }

    /// Waits for the figures until the deadline.
    pub async fn arrive(&mut self) {
        let answer = timeout_at(self.deadline, &mut self.task).await.ok();
        self.answer = answer.map(|answer| answer.unwrap_or_else(|_| Err(Error::mistake())));
    }

    /// Stops waiting for figures.
    pub fn hurry(&mut self) {
        self.deadline = Instant::now();
        let _ = self.arrive().now_or_never();
    }

    /// The bill, if there are figures, and a gap for each that could not be read.
    #[must_use]
    pub fn end(self, interrupted: bool) -> (Option<Bill>, Vec<Gap>) {
        self.task.abort();
        let mut gaps = Gaps::of(self.account);
        let Some(answer) = self.answer else {
            gaps.none(interrupted);
            return (None, gaps.gaps);
        };
        let figures = gaps.figures(answer);
        (counted_if_any(&figures, &self.month, self.limit_usd), gaps.gaps)
    }
}
