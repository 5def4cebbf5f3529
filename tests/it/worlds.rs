//! Random worlds: every operation of a sweep has an answer that AWS's models allow, all types at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use futures::FutureExt;
use guardrail::aws::api::service;
use guardrail::demo::{Story, respond};
use guardrail::lang::Speech;
use guardrail::model::{Cause, Charge, Lang, Region, SweepReport, Usd};
use guardrail::ops::sweep::Options;
use guardrail::render::{Format, Layout, Report, render};
use guardrail::resources;
use rust_decimal::Decimal;

use crate::answers::{Made, Size, Wanted, answers};
use crate::responder::{Fixtures, sent};
use crate::server::Server;
use crate::sweeps::{everything, swept};

const HERE: &str = "ap-northeast-1";
const WORLDS: u32 = 4;

/// Operations of the typed crates that moto cannot serialize in the protocol of those crates.
const NOT_WRITTEN: [&str; 2] = ["cloudwatch:", "s3express:"];

/// Every operation of a sweep, by botocore's names.
fn asked() -> BTreeSet<&'static str> {
    let all = resources::ALL.iter().flat_map(|resource| resource.asks).map(|asked| asked.operation());
    let typed = |name: &str| match name {
        "s3:ListAllMyBuckets" => "s3:ListBuckets",
        _ => Box::leak(name.to_owned().into_boxed_str()),
    };
    all.filter(|name| !NOT_WRITTEN.iter().any(|service| name.starts_with(service))).map(typed).collect()
}

/// The answers of one world, by signing name and operation.
struct Random(BTreeMap<(String, String), Made>);

impl Random {
    fn of(made: impl IntoIterator<Item = Made>) -> Self {
        let key = |made: &Made| {
            let (name, operation) = made.operation.split_once(':').unwrap();
            (service(name).map_or(name, |service| service.signing).to_owned(), operation.to_owned())
        };
        Self(made.into_iter().map(|made| (key(&made), made)).collect())
    }

    fn serve(self) -> Server {
        let (random, account) = (Arc::new(self), Arc::new(Fixtures::of(&[]).regions(&[HERE], &[])));
        Server::start(Arc::new(move |request| {
            let response = match random.0.get(&(request.call.service.clone(), request.call.action.clone())) {
                Some(made) if request.call.action != "DescribeRegions" => made.response(),
                _ => sent(respond(&*account as &dyn Story, &request.call)),
            };
            async move { response }.boxed()
        }))
    }
}

/// The sum of all charges, computed apart from the program.
fn sum(report: &SweepReport) -> Option<Usd> {
    let month = |charge: &Charge| charge.usd_per_month;
    let all = report.findings.iter().flat_map(|finding| &finding.charges).filter_map(month);
    all.map(|usd| usd.0).try_fold(Decimal::ZERO, Decimal::checked_add).map(Usd)
}

fn judge(report: &SweepReport, world: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mistakes = report.gaps.iter().filter(|gap| gap.cause == Some(Cause::Mistake));
    wrong.extend(mistakes.map(|gap| format!("{world}: {:?} panics", gap.resource)));
    let keys: BTreeSet<&str> = report.findings.iter().map(|finding| finding.key.as_str()).collect();
    if keys.len() != report.findings.len() {
        wrong.push(format!("{world}: {} findings and {} keys", report.findings.len(), keys.len()));
    }
    if report.totals.findings != report.findings.len() {
        wrong.push(format!("{world}: the totals count {}", report.totals.findings));
    }
    // Each amount is rounded to a cent.
    let near = |sum: Usd| (sum.0 - report.totals.usd_per_month.0).abs() <= Decimal::from(report.findings.len() + 1);
    if !report.totals.at_least && !sum(report).is_some_and(near) {
        wrong.push(format!("{world}: {:?} is not {}", sum(report), report.totals.usd_per_month));
    }
    wrong.extend(forms(report, world));
    wrong
}

/// Every format has every finding, and JSON can be read back.
fn forms(report: &SweepReport, world: &str) -> Vec<String> {
    let speech = Speech::new(Lang::En);
    let layout = Layout { width: 100, verbose: true, charts: false };
    let form = |format| render(Report::Sweep(report), format, &speech, layout).unwrap();
    let mut wrong = Vec::new();
    let back: SweepReport = serde_json::from_str(&form(Format::Json)).unwrap();
    if back.findings.len() != report.findings.len() {
        wrong.push(format!("{world}: JSON loses findings"));
    }
    let table = form(Format::Csv);
    let mut table = csv::ReaderBuilder::new().flexible(true).from_reader(table.as_bytes());
    let head = table.headers().unwrap().clone();
    let kind = head.iter().position(|name| name == "kind");
    let rows = table.records().map(|row| row.unwrap());
    let findings = rows.filter(|row| kind.and_then(|at| row.get(at)) == Some("finding")).count();
    if findings != report.findings.len() {
        wrong.push(format!("{world}: CSV has {findings} of {} findings", report.findings.len()));
    }
    let [text, markdown, html] = [Format::Text, Format::Markdown, Format::Html].map(form);
    if text.is_empty() || markdown.is_empty() || !html.trim_end().ends_with("</html>") {
        wrong.push(format!("{world}: a form is not whole"));
    }
    wrong
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_the_models_allow_ends_a_sweep_or_loses_a_row() {
    let names = asked();
    let worlds =
        || [Size::Plausible, Size::Extreme].into_iter().flat_map(|size| (1..=WORLDS).map(move |it| (size, it)));
    let wanted = worlds().flat_map(|(size, seed)| {
        names.iter().map(move |name| Wanted { operation: (*name).to_owned(), seed: 1000 + seed, size })
    });
    let made = answers(&wanted.collect::<Vec<_>>());
    let mut wrong = Vec::new();
    let mut found = 0;
    for ((size, seed), answers) in worlds().zip(made.chunks(names.len())) {
        let server = Random::of(answers.iter().cloned()).serve();
        let options = Options { regions: vec![Region::new(HERE)], ..everything() };
        let report = swept(&server, &options).await;
        found += report.findings.len();
        wrong.extend(judge(&report, &format!("world {seed} of {size:?} answers")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(found > 0, "nothing was found in any world");
}
