//! CloudWatch Synthetics canaries are charged for every run, and run on a schedule until they are stopped.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "synthetics-canary",
    names: words("CloudWatch Synthetics canary", "CloudWatch Synthetics の Canary"),
    bills: words(
        "per run, by its schedule, until it is stopped; plus its Lambda function, logs and files",
        "停止するまでスケジュールに従って実行ごと、加えて Lambda 関数・ログ・ファイル",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonCloudWatch"],
    asks: &[&CANARIES],
    writes: &["synthetics:StopCanary"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const CANARIES: Operation<Canary> = Operation::new("synthetics:DescribeCanaries").at("Canaries");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Canary {
    name: Option<String>,
    status: Status,
    schedule: Schedule,
    multi_location_config: Option<IgnoredAny>,
    timeline: Timeline,
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Status {
    state: Option<State>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Schedule {
    expression: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Timeline {
    created: Option<Timestamp>,
}

values! {
    enum State { Ready = "READY", Stopping = "STOPPING", Stopped = "STOPPED", Deleting = "DELETING" }
}

async fn list(cx: &Cx) -> Result<Listing> {
    Ok(cx.ask(&CANARIES).all().await?.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it does not run.
fn finding(canary: &Canary) -> Option<Listed> {
    let billing = match canary.status.state {
        Some(State::Ready | State::Stopped) => return None,
        Some(State::Stopping | State::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = canary.name.as_deref().unwrap_or_default();
    let (created_at, tags) = (canary.timeline.created, canary.tags.clone());
    let found = Listed { billing, created_at, tags, ..Listed::new(id) };
    let found = found.charge(charge(canary)).note(Note::new("usage-extra"));
    Some(found.can(Verb::Stop, Command::aws("synthetics stop-canary --name").arg(id)))
}

fn charge(canary: &Canary) -> Charge {
    let sku = Sku::new("AmazonCloudWatch").with("item", "canary_run").with("unit", "run");
    let here = canary.multi_location_config.is_none();
    match canary.schedule.expression.as_deref().filter(|_| here).and_then(runs_an_hour) {
        Some(runs) => Charge::new(format!("{} canary runs an hour", runs.normalize()), sku, runs, Unit::Hour),
        None => Charge::metered("canary runs", sku, Unit::Hour),
    }
}

/// Runs per hour of `rate(5 minutes)`. `cron` expressions are not parsed, and `rate(0 minutes)` runs once.
fn runs_an_hour(expression: &str) -> Option<Decimal> {
    let rate = expression.trim().strip_prefix("rate(")?.strip_suffix(')')?;
    let (number, unit) = rate.trim().split_once(' ')?;
    let in_an_hour = if unit.trim().starts_with("hour") { 1 } else { 60 };
    Decimal::from(in_an_hour).checked_div(number.parse().ok()?).map(|runs| runs.round_dp(4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_charged_until_it_is_stopped() {
        let billing = |state: &str| {
            let status = Status { state: Some(state.into()) };
            finding(&Canary { status, ..Canary::default() }).map(|it| it.billing)
        };
        let states = ["READY", "STOPPED", "STOPPING", "RUNNING", "ERROR", "FUTURE"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(states, [None, None, Some(Billing::Ending), running, running, running]);
        assert_eq!(finding(&Canary::default()).map(|it| it.billing), running);
    }

    #[test]
    fn its_schedule_says_how_often() {
        let what = |text: &str| {
            let schedule = Schedule { expression: Some(text.into()) };
            charge(&Canary { schedule, ..Canary::default() }).what
        };
        assert_eq!(what("rate(5 minutes)"), "12 canary runs an hour");
        assert_eq!(what("rate(1 hour)"), "1 canary runs an hour");
        assert_eq!(what("rate(0 minute)"), "canary runs");
        assert_eq!(what("cron(0 10 * * ? *)"), "canary runs");
    }
}
