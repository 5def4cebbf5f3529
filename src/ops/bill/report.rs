//! The report of `guardrail bill`.

use aws_config::SdkConfig;
use jiff::{Timestamp, ToSpan};

use super::causes::causes;
use super::figures::{counted, left};
use super::gaps::Gaps;
use super::payer;
use super::spend_rate::Month;
use super::support_plan::support_plan;
use crate::aws::bill as aws;
use crate::aws::billing_metric::{Figures, series};
use crate::aws::regions::{Regions, regions};
use crate::aws::{Cx, accounts, commitments as aws_commitments, cost_explorer};
use crate::error::Error;
use crate::model::bill::{BILL, RegionCost};
use crate::model::bill_report::BILL_SCHEMA;
use crate::model::{AccountId, BillReport, Gap, Usd};

/// The request of a person.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The monthly limit.
    pub limit_usd: Option<Usd>,
    /// Whether to use Cost Explorer, whose requests cost money: only with the person's consent.
    pub cost_explorer: bool,
    pub made_at: Timestamp,
}

/// The bill of one account. A figure that cannot be read is `null` and a gap, and does not delay the others.
pub async fn bill(sdk: &SdkConfig, account: &AccountId, options: &Options) -> BillReport {
    let cx = Cx::home(account, sdk);
    let month = Month::of(options.made_at);
    let mut gaps = Gaps::of(account.clone());
    let (named, series, budgets, free_tier, plan, credits, known, level) = futures::join!(
        accounts::named(sdk, account.clone()),
        series(&cx),
        aws::budgets(&cx),
        aws::free_tier(&cx),
        aws::plan(&cx),
        aws::credits(&cx, options.made_at),
        regions(&cx.sdk, &cx.place.account),
        aws_commitments::support_level(&cx),
    );
    let known = gaps.unless(known).unwrap_or_default();
    gaps.gaps.extend(known.gap.clone().map(|gap| Gap { resource: Some(BILL.to_owned()), ..gap }));
    let series = gaps.unless(series);
    let mut of_organization = Gaps::of(account.clone());
    let figures = async {
        let Some(series) = series else { return (Figures::default(), None) };
        let organization = payer::organization(&series, sdk, account, &month, options.made_at, &mut of_organization);
        futures::join!(series.own(month.period(options.made_at)), organization)
    };
    let ((figures, organization), (regions, of_regions), (commitments, of_commitments)) = futures::join!(
        figures,
        by_region(&cx, &month, options, &known),
        aws_commitments::commitments(&cx, &known.enabled, options.made_at)
    );
    gaps.gaps.append(&mut of_organization.gaps);
    for fault in &of_regions {
        gaps.add(fault);
    }
    gaps.once_each(of_commitments);
    let figures = gaps.figures(Ok(figures));
    let mut bill = counted(&figures, &month, options.limit_usd);
    bill.budgets = gaps.unless(budgets);
    bill.free_tier = gaps.unless(free_tier);
    bill.regions = regions;
    bill.commitments = Some(commitments);
    bill.causes = causes(&cx, &bill, &known, &mut gaps).await;
    bill.support_plan = gaps.unless(level).map(|level| support_plan(level, &bill));
    let (plan, of_plan) = gaps.unless(plan).flatten().unzip();
    bill.plan = plan;
    bill.credits = gaps.unless(credits);
    left(&mut bill, of_plan.flatten(), options.made_at);
    gaps.gaps.sort();
    BillReport {
        schema: BILL_SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: options.made_at,
        account: named,
        bill,
        organization,
        gaps: gaps.gaps,
    }
}

/// Costs by region, and what could not be read. Disabled regions, which a sweep cannot read, are marked. Paid answers are kept, even if
/// others failed.
async fn by_region(
    cx: &Cx,
    month: &Month,
    options: &Options,
    known: &Regions,
) -> (Option<Vec<RegionCost>>, Vec<Error>) {
    if !options.cost_explorer {
        return (None, Vec::new());
    }
    let tomorrow = options.made_at.to_zoned(jiff::tz::TimeZone::UTC).date().saturating_add(1.day());
    let (costs, faults) = cost_explorer::regions(cx, month.first, tomorrow).await;
    let marked = |cost: RegionCost| RegionCost { disabled: known.disabled.contains(&cost.region), ..cost };
    (costs.map(|costs| costs.into_iter().map(marked).collect()), faults)
}
