//! Measures sweeps of an organisation, each once: `cargo bench --profile dev --bench organization`.
//!
//! Wall time by concurrency, calls and peak memory. The server that plays AWS works on the same cores.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark panics on errors, and prints its results")]

use std::time::{Duration, Instant};

use guardrail::aws::regions::DEFAULT;

#[path = "../tests/it/faults.rs"]
mod faults;
mod memory;
#[path = "../tests/it/not_set_up.rs"]
mod not_set_up;
#[expect(dead_code, reason = "shared with the tests, which use more of it")]
#[path = "../tests/it/organization_story.rs"]
mod organization_story;
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
use organization_story::Organization;
use world::World;

fn run(what: &str, organization: Organization, options: &str) {
    let accounts = organization.size;
    let server = organization.start();
    let world = World::new().endpoint(&server.url);
    let line = format!("sweep --organization --no-bill --offline-prices --timeout 3600 -q {options}");
    let started = Instant::now();
    let (screen, Memory { own, all }) = measured(&world, &line);
    let seconds = started.elapsed().as_secs_f64();
    let _ = screen.exits(10);
    let calls = server.recording.calls().len();
    println!("{what}, {accounts} accounts, {options}: {seconds:.1} s, {calls} calls, {own} kB, with code {all} kB");
}

fn main() {
    // A volume in each; the types of EC2 in two regions.
    let of = |size| Organization { with_volume: (0..size).collect(), ..Organization::of(size) };
    let near = |size| Organization { latency: Duration::from_millis(20), ..of(size) };
    for parallel in [4, 8, 16, 32, 64] {
        let options = format!("--resources ec2 --parallel {parallel} --output-dir reports");
        run("EC2 in two regions, 20 ms", near(1000), &options);
    }
    run("EC2 in two regions, 20 ms", near(100), "--resources ec2 --output-dir reports");
    run("EC2 in two regions, 20 ms", near(1000), "--resources ec2 -o report.json");
    let whole = || Organization { regions: DEFAULT.to_vec(), latency: Duration::from_millis(100), ..of(50) };
    for parallel in [4, 8, 16] {
        let options = format!("--parallel {parallel} --output-dir reports");
        run("every type in 17 regions, 100 ms", whole(), &options);
    }
}
