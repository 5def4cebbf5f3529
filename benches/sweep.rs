//! Measures a sweep and the processing of its findings: `cargo bench --profile dev --bench sweep`.
//!
//! In the dev profile, because cargo's default for benchmarks would build every SDK crate again, optimised: half an hour for a
//! program that waits for the network. The figures are therefore those of an unoptimised program.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark panics on errors, and prints its results")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use guardrail::aws::regions::DEFAULT;
use guardrail::lang::Speech;
use guardrail::model::report::{SWEEP_SCHEMA, SweepScope, Totals, Verdict};
use guardrail::model::{Account, Charge, Finding, Lang, Listed, Region, Sku, SweepReport, Unit};
use guardrail::ops::sweep::{Found, Options, finding};
use guardrail::prices::{Book, Lookup};
use guardrail::render::{Format, Layout, Report, render};
use guardrail::resources;

#[path = "../tests/it/faults.rs"]
mod faults;
mod memory;
#[path = "../tests/it/not_set_up.rs"]
mod not_set_up;
#[expect(dead_code, reason = "shared with the tests, which use more of it")]
#[path = "../tests/it/recording.rs"]
mod recording;
#[expect(dead_code, reason = "shared with the tests, which use more of it")]
#[path = "../tests/it/responder.rs"]
mod responder;
#[expect(dead_code, reason = "shared with the tests, which use more of it")]
#[path = "../tests/it/server.rs"]
mod server;
#[cfg(test)]
#[expect(dead_code, reason = "shared with the tests, which use more of it")]
#[path = "../tests/it/sweeps.rs"]
mod sweeps;
#[expect(dead_code, reason = "shared with the tests, which use more of it")]
#[path = "../tests/it/world.rs"]
mod world;

use memory::{Memory, measured};
use responder::Fixtures;
use world::World;

const FINDINGS: usize = 10_000;
/// Copies of the fixture's volumes in each region.
const MANY: usize = 150;
const NOW: &str = "2026-11-23T00:00:00Z";

/// The program from start to end, in an empty account: 17 regions × every type.
fn an_empty_account(criterion: &mut Criterion) {
    for latency in [100, 0] {
        let account = responder::Account::of(Fixtures::of(&[]).regions(&DEFAULT, &[]));
        let server = account.latency(Duration::from_millis(latency)).start();
        let world = World::new().endpoint(&server.url);
        criterion.bench_function(&format!("empty account, answers after {latency} ms"), |bencher| {
            bencher.iter(|| world.run("sweep").exits(0));
        });
    }
}

fn ten_thousand_findings(criterion: &mut Criterion) {
    let book = Book::default();
    let plain: Vec<Found> = (0..FINDINGS).map(found).collect();
    criterion.bench_function("price 10,000 findings", |bencher| {
        bencher.iter(|| plain.iter().cloned().map(|it| priced(it, &book)).collect::<Vec<_>>());
    });
    let report = report(plain.into_iter().map(|it| priced(it, &book)).collect());
    let (speech, layout) = (Speech::new(Lang::En), Layout { width: 100, verbose: false, charts: false });
    for (name, format) in [("text", Format::Text), ("JSON", Format::Json)] {
        criterion.bench_function(&format!("10,000 findings as {name}"), |bencher| {
            bencher.iter(|| render(Report::Sweep(&report), format, &speech, layout).unwrap());
        });
    }
}

/// The peak memory of the whole program for 10,200 volumes in 17 regions: its own, and with its code (Linux only).
fn memory(_: &mut Criterion) {
    let many = |text: &str| {
        let Some((start, rest)) = text.split_once("<item>") else { return text.to_owned() };
        let Some((items, end)) = rest.rsplit_once("</item>") else { return text.to_owned() };
        let named = |number: usize| {
            format!("<item>{items}</item>").replace("<volumeId>vol-", &format!("<volumeId>vol-{number}-"))
        };
        [start, &(0..MANY).map(named).collect::<String>(), end].concat()
    };
    let account = responder::Account::of(Fixtures::of(&["ec2-volume"]).regions(&DEFAULT, &[]).edited(many));
    let server = account.start();
    let world = World::new().endpoint(&server.url);
    for format in ["text", "json"] {
        let line = format!("sweep --no-bill --offline-prices --format {format} --output report");
        let (_, most) = measured(&world, &line);
        let report = std::fs::read_to_string(world.home().join("report")).unwrap();
        let (volumes, Memory { own, all }) = (report.matches("EBS volume").count(), most);
        println!("memory, {volumes} volumes as {format}: {own} kB, with code {all} kB");
    }
}

fn price_book(criterion: &mut Criterion) {
    let (here, sku) = (Region::new("ap-northeast-1"), instance("t3.micro"));
    let book = Book::default();
    assert!(book.price(&sku, &here).is_some());
    criterion.bench_function("one price", |bencher| bencher.iter(|| book.price(black_box(&sku), black_box(&here))));
}

fn instance(class: &str) -> Sku {
    Sku::new("AmazonEC2").with("instanceType", class).with("operatingSystem", "Linux")
}

fn found(number: usize) -> Found {
    let id = format!("i-{number:017x}");
    let volume = Sku::new("AmazonEC2").with("productFamily", "Storage").with("volumeApiName", "gp3");
    let tags = [("course".to_owned(), "cloud-101".to_owned())].into();
    let listed = Listed { tags, ..Listed::new(&id) }
        .charge(Charge::new("t3.micro", instance("t3.micro"), 1, Unit::Hour))
        .charge(Charge::new("8 GB gp3", volume, 8, Unit::GbMonth));
    Found::new(&Region::new(DEFAULT[number % DEFAULT.len()]), resources::find("ec2-instance").unwrap(), listed)
}

fn priced(found: Found, book: &Book) -> Finding {
    let options = Options {
        regions: Vec::new(),
        resources: Vec::new(),
        keep: Vec::new(),
        at_once: 1,
        timeout: Duration::from_secs(1),
        bill: false,
        limit_usd: None,
        made_at: NOW.parse().unwrap(),
        prices: Lookup::Snapshot,
    };
    let key = found.listed.id.clone();
    let finding = finding(found.priced(book, options.made_at), &world::ACCOUNT.parse().unwrap(), key, None, &options);
    assert!(finding.usd_per_month.is_some());
    finding
}

fn report(findings: Vec<Finding>) -> SweepReport {
    SweepReport {
        schema: SWEEP_SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: NOW.parse().unwrap(),
        scope: SweepScope {
            account: Account { id: world::ACCOUNT.parse().unwrap(), alias: None },
            regions: DEFAULT.iter().copied().map(Region::new).collect(),
            disabled_regions: Vec::new(),
            resources: vec!["ec2-instance".to_owned()],
            partial: false,
            resources_known: None,
        },
        verdict: Verdict::of(&findings, &[], None),
        totals: Totals::of(&findings, &[]),
        bill: None,
        findings,
        changes: None,
        gaps: Vec::new(),
        coverage: guardrail::model::Coverage::new(),
        interrupted: false,
        late: false,
        notes: Vec::new(),
        live_prices_failed: None,
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).warm_up_time(Duration::from_secs(1));
    targets = an_empty_account, ten_thousand_findings, price_book, memory
}
criterion_main!(benches);
