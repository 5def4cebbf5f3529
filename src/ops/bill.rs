//! What the account is being charged, at no cost; and a sweep held against it.

use aws_config::SdkConfig;
use futures::FutureExt as _;
use jiff::{Timestamp, ToSpan};
use rust_decimal::{Decimal, dec};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

use super::burn::{Month, at_month_end, days, of_month, per_day, used_up_at};
use super::reconcile::reconcile;
use crate::aws::bill::{self as aws, Figures};
use crate::aws::regions::regions;
use crate::aws::{Cx, accounts, cost_explorer};
use crate::error::{Error, Result};
use crate::model::bill::{BILL, BILL_SCHEMA, BILLS_PAGE, Credit, Figure, RegionCost, Rest, ServiceCost};
use crate::model::report::Totals;
use crate::model::{AccountId, Bill, BillReport, Gap, Note, Reason, Region, SweepReport, Usd};

const HALF_A_CENT: Usd = Usd(dec!(0.005));

/// What to ask for.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The most a month should cost.
    pub limit_usd: Option<Usd>,
    /// Requests to Cost Explorer, for which AWS charges. Only where the person agreed.
    pub cost_explorer: bool,
    pub made_at: Timestamp,
}

/// The bill of one account. What cannot be read is `null` and a gap, and holds up nothing else.
pub async fn bill(sdk: &SdkConfig, account: &AccountId, options: &Options) -> BillReport {
    let cx = Cx::home(account, sdk);
    let month = Month::of(options.made_at);
    let mut gaps = Gaps { account: account.clone(), gaps: Vec::new() };
    let (account, figures, budgets, free_tier, plan, credits, regions) = futures::join!(
        accounts::named(sdk, account.clone()),
        aws::figures(&cx, month.look_from(), options.made_at),
        aws::budgets(&cx),
        aws::free_tier(&cx),
        aws::plan(&cx),
        aws::credits(&cx, options.made_at),
        by_region(&cx, &month, options, &mut gaps),
    );
    let figures = gaps.figures(figures);
    let mut bill = counted(&figures, &month, options.limit_usd);
    bill.budgets = gaps.unless(budgets);
    bill.free_tier = gaps.unless(free_tier);
    bill.regions = regions;
    let (plan, of_plan) = gaps.unless(plan).flatten().unzip();
    bill.plan = plan;
    bill.credits = gaps.unless(credits);
    left(&mut bill, of_plan.flatten(), options.made_at);
    gaps.gaps.sort();
    BillReport {
        schema: BILL_SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: options.made_at,
        account,
        bill,
        gaps: gaps.gaps,
    }
}

/// By region, with those that are not enabled marked: nothing can be looked at there. What has been paid for is kept, whatever
/// else could not be read.
async fn by_region(cx: &Cx, month: &Month, options: &Options, gaps: &mut Gaps) -> Option<Vec<RegionCost>> {
    if !options.cost_explorer {
        return None;
    }
    let tomorrow = options.made_at.to_zoned(jiff::tz::TimeZone::UTC).date().saturating_add(1.day());
    let (costs, known) =
        futures::join!(cost_explorer::regions(cx, month.first, tomorrow), regions(&cx.sdk, &cx.place.account));
    let (costs, faults) = costs;
    for fault in &faults {
        gaps.add(fault);
    }
    let known = gaps.unless(known).unwrap_or_default();
    gaps.gaps.extend(known.gap.map(|gap| Gap { resource: Some(BILL.to_owned()), ..gap }));
    let marked = |cost: RegionCost| RegionCost { disabled: known.disabled.contains(&cost.region), ..cost };
    Some(costs?.into_iter().map(marked).collect())
}

/// What is left of the credits, and until when.
fn left(bill: &mut Bill, of_plan: Option<Usd>, now: Timestamp) {
    let listed = bill.credits.as_ref().filter(|credits| !credits.is_empty());
    let sum = listed.and_then(|credits| credits.iter().map(|Credit { left_usd, .. }| *left_usd).sum::<Option<Usd>>());
    bill.credits_left_usd = sum.or(of_plan).map(Usd::monthly);
    bill.credits_gone_at =
        bill.credits_left_usd.zip(bill.usd_per_day).and_then(|(left, burn)| used_up_at(left, burn, now));
}

/// What the figures come to.
fn counted(figures: &Figures, month: &Month, limit_usd: Option<Usd>) -> Bill {
    let newest = |figures: &Vec<Figure>| figures.last().map(|it| it.at);
    let as_of = newest(&figures.total).or_else(|| figures.services.values().filter_map(newest).max());
    let total = of_month(&figures.total, month);
    let burn = per_day(&figures.total);
    let estimate = total.last().zip(burn).map(|(last, burn)| at_month_end(*last, burn, month).monthly());
    let mut services: Vec<ServiceCost> = figures
        .services
        .iter()
        .map(|(service, figures)| service_cost(service, figures, month, as_of))
        .filter(|service| service.usd.is_some() || service.usd_per_day.is_some_and(|burn| burn > Usd::ZERO))
        .collect();
    services
        .sort_by(|a, b| (b.usd, b.usd_per_day).cmp(&(a.usd, a.usd_per_day)).then_with(|| a.service.cmp(&b.service)));
    Bill {
        month: month.name(),
        month_ends_at: month.ends,
        as_of,
        total_usd: total.last().map(|it| it.usd.monthly()),
        usd_per_day: burn.map(Usd::monthly),
        month_end_usd_estimate: estimate,
        limit_usd: limit_usd.map(Usd::monthly),
        rest: rest(figures, month),
        services,
        days: days(total),
        budgets: None,
        free_tier: None,
        plan: None,
        credits: None,
        credits_left_usd: None,
        credits_gone_at: None,
        regions: None,
        page: BILLS_PAGE.to_owned(),
    }
}

/// What of the total is in no service's figure, as of the last moment that all have a figure of. AWS rounds each of them: what may
/// be rounding is nothing.
fn rest(figures: &Figures, month: &Month) -> Option<Rest> {
    let services: Vec<&[Figure]> =
        figures.services.values().filter(|it| !of_month(it, month).is_empty()).map(Vec::as_slice).collect();
    if services.is_empty() || !figures.faults.is_empty() {
        return None;
    }
    let at = services.iter().chain([&figures.total.as_slice()]).filter_map(|it| Some(it.last()?.at)).min()?;
    let until = |figures: &'_ [Figure]| figures.partition_point(|figure| figure.at <= at);
    let so_far = |figures: &[Figure]| of_month(&figures[..until(figures)], month).last().map(|it| it.usd);
    let a_day = |figures: &[Figure]| per_day(&figures[..until(figures)]);
    let usd = so_far(&figures.total)? - services.iter().map(|it| so_far(it)).sum::<Option<Usd>>()?;
    let usd_per_day = a_day(&figures.total).zip(services.iter().map(|it| a_day(it)).sum::<Option<Usd>>());
    let usd_per_day = usd_per_day.map(|(all, of_services)| (all - of_services).monthly());
    let rounding = HALF_A_CENT * Decimal::from(services.len() + 1);
    let reasons = ["tax", "support-plan"].map(Note::new).to_vec();
    (usd > rounding).then(|| Rest { usd: usd.monthly(), usd_per_day, reasons })
}

fn service_cost(service: &str, figures: &[Figure], month: &Month, as_of: Option<Timestamp>) -> ServiceCost {
    // A service that was not charged for this month keeps last month's figures for two weeks.
    let recent =
        figures.last().zip(as_of).is_some_and(|(last, as_of)| last.at + jiff::SignedDuration::from_hours(24) >= as_of);
    ServiceCost {
        service: service.to_owned(),
        usd: of_month(figures, month).last().map(|it| it.usd.monthly()),
        usd_per_day: per_day(figures).filter(|_| recent).map(Usd::monthly),
        found_usd_per_day: None,
        explained: None,
        reasons: Vec::new(),
    }
}

/// Figures on their way while a sweep is looking around.
pub struct Pending {
    task: JoinHandle<Result<Figures>>,
    answer: Option<Result<Figures>>,
    account: AccountId,
    month: Month,
    limit_usd: Option<Usd>,
    deadline: Instant,
}

impl Pending {
    /// Begins to read the figures that a sweep is held against.
    #[must_use]
    pub fn begin(sdk: &SdkConfig, account: &AccountId, options: &Options, deadline: Instant) -> Self {
        let (cx, month, until) = (Cx::home(account, sdk), Month::of(options.made_at), options.made_at);
        let task = tokio::spawn(async move { aws::figures(&cx, month.look_from(), until).await });
        Self { task, answer: None, account: account.clone(), month, limit_usd: options.limit_usd, deadline }
    }

    /// Waits for the figures until the deadline.
    pub async fn arrive(&mut self) {
        let answer = timeout_at(self.deadline, &mut self.task).await;
        self.answer = answer.ok().and_then(std::result::Result::ok);
    }

    /// What has not come yet is not waited for.
    pub fn hurry(&mut self) {
        self.deadline = Instant::now();
        let _ = self.arrive().now_or_never();
    }

    /// Holds the sweep against the bill. A sweep of part of the account explains only part of the bill, and is not compared.
    pub fn hold(self, report: &mut SweepReport, interrupted: bool) {
        self.task.abort();
        let mut gaps = Gaps { account: self.account, gaps: Vec::new() };
        let figures = match self.answer {
            Some(answer) => gaps.figures(answer),
            None => gaps.none(interrupted),
        };
        report.gaps.append(&mut gaps.gaps);
        report.gaps.sort();
        if !figures.total.is_empty() || !figures.services.is_empty() {
            let mut bill = counted(&figures, &self.month, self.limit_usd);
            if !report.scope.partial && !bill.services.is_empty() {
                reconcile(&mut bill, report);
            }
            report.bill = Some(bill);
        }
        report.totals = Totals::of(&report.findings, &report.gaps);
    }
}

/// What of the bill could not be read.
struct Gaps {
    account: AccountId,
    gaps: Vec<Gap>,
}

impl Gaps {
    fn unless<T>(&mut self, answer: Result<T>) -> Option<T> {
        answer.map_err(|error| self.add(&error)).ok()
    }

    fn figures(&mut self, answer: Result<Figures>) -> Figures {
        let figures = self.unless(answer).unwrap_or_default();
        // One missing permission refuses every figure alike.
        let mut seen = Vec::new();
        for fault in &figures.faults {
            if !seen.contains(&fault.reason()) {
                seen.push(fault.reason());
                self.add(fault);
            }
        }
        figures
    }

    fn none(&mut self, interrupted: bool) -> Figures {
        let (reason, message) = if interrupted {
            (Reason::Other, Gap::INTERRUPTED)
        } else {
            (Reason::Timeout, "no answer before the time limit")
        };
        self.push(reason, Some(aws::FIGURES[0].to_owned()), message);
        Figures::default()
    }

    fn add(&mut self, error: &Error) {
        self.push(error.reason(), error.action.clone(), error.detail.as_deref().unwrap_or_default());
    }

    fn push(&mut self, reason: Reason, action: Option<String>, message: &str) {
        self.gaps.push(Gap {
            account: self.account.clone(),
            region: Some(Region::home()),
            resource: Some(BILL.to_owned()),
            reason,
            action,
            message: message.to_owned(),
        });
    }
}

#[cfg(test)]
mod tests;
