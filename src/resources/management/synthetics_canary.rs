//! CloudWatch Synthetics canaries bill for every run, and run by themselves until they are stopped.

use aws_sdk_synthetics::Client;
use aws_sdk_synthetics::operation::describe_canaries::DescribeCanariesOutput;
use aws_sdk_synthetics::types::{Canary, CanaryState};
use futures::FutureExt;
use rust_decimal::Decimal;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "synthetics-canary",
    names: words("CloudWatch Synthetics canary", "CloudWatch Synthetics の Canary"),
    bills: words(
        "per run, by its schedule, until it is stopped; plus its Lambda function, logs and files",
        "停止するまでスケジュールに従って実行ごと、加えて Lambda 関数・ログ・ファイル",
    ),
    scope: Scope::Region,
    endpoint: "synthetics",
    small: false,
    billed_as: &["AmazonCloudWatch"],
    reads: &["synthetics:DescribeCanaries"],
    writes: &["synthetics:StopCanary"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let pages = Client::new(&cx.sdk).describe_canaries().max_results(20).into_paginator().send();
    let pages: Vec<DescribeCanariesOutput> = pages.try_collect().await?;
    let canaries = pages.iter().flat_map(DescribeCanariesOutput::canaries);
    Ok(canaries.filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it does not run.
fn finding(canary: &Canary) -> Option<Listed> {
    let billing = match canary.status().and_then(|status| status.state()) {
        Some(CanaryState::Ready | CanaryState::Stopped) => return None,
        Some(CanaryState::Stopping | CanaryState::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = canary.name().unwrap_or_default();
    let created_at = time(canary.timeline().and_then(|it| it.created()));
    let tags = canary.tags().into_iter().flatten().map(|(key, value)| (key.clone(), value.clone())).collect();
    let found = Listed { billing, created_at, tags, ..Listed::new(id) };
    let found = found.charge(charge(canary)).note(Note::new("usage-extra"));
    Some(found.can(Verb::Stop, Command::aws("synthetics stop-canary --name").arg(id)))
}

fn charge(canary: &Canary) -> Charge {
    let sku = Sku::new("AmazonCloudWatch").with("item", "canary_run").with("unit", "run");
    let here = canary.multi_location_config().is_none();
    match canary.schedule().and_then(|it| it.expression()).filter(|_| here).and_then(runs_an_hour) {
        Some(runs) => Charge::new(format!("{} canary runs an hour", runs.normalize()), sku, runs, Unit::Hour),
        None => Charge::metered("canary runs", sku, Unit::Hour),
    }
}

/// `rate(5 minutes)`; a `cron` expression is not read, and `rate(0 minutes)` runs once.
fn runs_an_hour(expression: &str) -> Option<Decimal> {
    let rate = expression.trim().strip_prefix("rate(")?.strip_suffix(')')?;
    let (number, unit) = rate.trim().split_once(' ')?;
    let in_an_hour = if unit.trim().starts_with("hour") { 1 } else { 60 };
    Decimal::from(in_an_hour).checked_div(number.parse().ok()?).map(|runs| runs.round_dp(4))
}

#[cfg(test)]
mod tests {
    use aws_sdk_synthetics::types::{CanaryScheduleOutput, CanaryStatus};

    use super::*;

    #[test]
    fn bills_until_it_is_stopped() {
        let billing = |state: &str| {
            let status = CanaryStatus::builder().state(state.into()).build();
            finding(&Canary::builder().status(status).build()).map(|it| it.billing)
        };
        let states = ["READY", "STOPPED", "STOPPING", "RUNNING", "ERROR", "DREAMING"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(states, [None, None, Some(Billing::Ending), running, running, running]);
        assert_eq!(finding(&Canary::builder().build()).map(|it| it.billing), running);
    }

    #[test]
    fn its_schedule_says_how_often() {
        let what = |text: &str| {
            let schedule = CanaryScheduleOutput::builder().expression(text).build();
            charge(&Canary::builder().schedule(schedule).build()).what
        };
        assert_eq!(what("rate(5 minutes)"), "12 canary runs an hour");
        assert_eq!(what("rate(1 hour)"), "1 canary runs an hour");
        assert_eq!(what("rate(0 minute)"), "canary runs");
        assert_eq!(what("cron(0 10 * * ? *)"), "canary runs");
    }
}
