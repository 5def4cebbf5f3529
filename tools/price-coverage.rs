//! Prints how much of the price book has a price in each region: `cargo run --example price-coverage`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use guardrail::prices::entries;

const REGIONS: [&str; 6] =
    ["us-east-1", "us-west-2", "eu-west-1", "ap-northeast-1", "ap-southeast-1", "ap-southeast-2"];

/// One line for each service code: the number of its keys, and of those with a price in each region.
fn main() -> io::Result<()> {
    let mut services: BTreeMap<&str, (usize, [usize; REGIONS.len()])> = BTreeMap::new();
    for entry in entries() {
        let (service, _) = entry.key.split_once(' ').unwrap_or((entry.key, ""));
        let (keys, priced) = services.entry(service).or_default();
        *keys += 1;
        for (count, here) in priced.iter_mut().zip(REGIONS) {
            *count += usize::from(entry.prices.iter().any(|(region, ..)| region.as_str() == here));
        }
    }
    let mut out = io::stdout().lock();
    writeln!(out, "| service | keys | {} |\n|---|--:|{}", REGIONS.join(" | "), "--:|".repeat(REGIONS.len()))?;
    for (service, (keys, priced)) in services {
        writeln!(out, "| {service} | {keys} | {} |", priced.map(|count| count.to_string()).join(" | "))?;
    }
    Ok(())
}
