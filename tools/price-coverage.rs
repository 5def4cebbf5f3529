//! Writes what the price book covers, and what it lacks, into `docs/prices.md`: `cargo run --example price-coverage`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use guardrail::prices::entries;

/// The regions that every account has; the price of what is the same everywhere is under the first one.
const REGIONS: [&str; 17] = [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "ca-central-1",
    "sa-east-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eu-central-1",
    "eu-north-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
];

/// What a learner is likely to meet, the likeliest first (a judgement), and its key.
const LIKELY: &str = include_str!("likely.tsv");

const BEGIN: &str = "<!-- begin of what `cargo run --example price-coverage` writes -->\n";
const END: &str = "<!-- end -->\n";

/// Key → the regions with a price.
type Known = BTreeMap<String, BTreeSet<String>>;

/// The page with the generated part in its place; `None` if it has no place for it.
#[must_use]
pub fn page(text: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some([before, BEGIN, &generated(), END, after].concat())
}

fn generated() -> String {
    let known: Known = entries()
        .map(|it| (it.sku.to_string(), it.prices.iter().map(|(region, ..)| region.as_str().to_owned()).collect()))
        .collect();
    let prices: usize = known.values().map(BTreeSet::len).sum();
    let all: BTreeSet<&String> = known.values().flatten().collect();
    format!(
        "\n{} keys, {prices} prices, {} regions.\n\n{}\n{}\n{}",
        known.len(),
        all.len(),
        holes(&known),
        sources(),
        services(&known)
    )
}

/// The likely charges without a price in one of the regions that every account has.
fn holes(known: &Known) -> String {
    let mut lines =
        String::from("### Holes, the likeliest first\n\n| charge | regions of 17 | without a price |\n|---|--:|---|\n");
    let mut row = |what: &str, with: usize, without: &str| {
        lines.extend(["| ", what, " | ", &with.to_string(), " | ", without, " |\n"]);
    };
    let mut complete = Vec::new();
    for (what, key) in LIKELY.lines().filter_map(|line| line.split_once('\t')) {
        let (with, without): (Vec<&str>, Vec<&str>) =
            REGIONS.into_iter().partition(|region| known.get(key).is_some_and(|regions| regions.contains(*region)));
        match (with.as_slice(), without.as_slice()) {
            (_, []) => complete.push(what),
            ([], _) => row(what, 0, "everywhere"),
            (with, _) if with.len() <= 4 => row(what, with.len(), &format!("all but {}", with.join(", "))),
            (with, without) => row(what, with.len(), &without.join(", ")),
        }
    }
    lines + &format!("\nPriced in all 17: {}.\n", complete.join("; "))
}

/// How many prices each source has, and of when.
fn sources() -> String {
    let mut sources: BTreeMap<(String, bool), (usize, String, String)> = BTreeMap::new();
    for (_, _, price) in entries().flat_map(|it| it.prices) {
        let (source, day) = (price.origin.unwrap_or_default(), price.as_of.unwrap_or_default());
        // Single public documents are one line.
        let source = if source.starts_with("ghfile-") { "ghfile-…".to_owned() } else { source };
        let of = sources.entry((source, price.weak)).or_insert((0, day.clone(), day.clone()));
        *of = (of.0 + 1, of.1.clone().min(day.clone()), of.2.clone().max(day));
    }
    let mut rows: Vec<_> = sources.into_iter().collect();
    rows.sort_by_key(|(source, (count, ..))| (std::cmp::Reverse(*count), source.clone()));
    let row = |((source, weak), (count, first, last)): ((String, bool), (usize, String, String))| {
        let days = if first == last { first } else { format!("{first} to {last}") };
        format!("| {source}{} | {count} | {days} |\n", if weak { " (weak)" } else { "" })
    };
    let rows: String = rows.into_iter().map(row).collect();
    format!("### Sources and days\n\n| source | prices | of |\n|---|--:|---|\n{rows}")
}

/// How many keys of each service have a price in each region.
fn services(known: &Known) -> String {
    let mut services: BTreeMap<&str, (usize, [usize; REGIONS.len()])> = BTreeMap::new();
    for (key, regions) in known {
        let (keys, priced) = services.entry(key.split(' ').next().unwrap_or(key)).or_default();
        *keys += 1;
        for (count, here) in priced.iter_mut().zip(REGIONS) {
            *count += usize::from(regions.contains(here));
        }
    }
    let head = format!("| service | keys | {} |\n|---|--:|{}\n", REGIONS.join(" | "), "--:|".repeat(REGIONS.len()));
    let row = |(service, (keys, priced)): (&str, (usize, [usize; REGIONS.len()]))| {
        format!("| {service} | {keys} | {} |\n", priced.map(|count| count.to_string()).join(" | "))
    };
    let rows: String = services.into_iter().map(row).collect();
    format!("### Keys with a price, by service and region\n\n{head}{rows}\n")
}

fn write() -> Result<(), Box<dyn std::error::Error>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/prices.md");
    let text = page(&std::fs::read_to_string(&file)?).ok_or("docs/prices.md has no place for it")?;
    std::fs::write(file, text)?;
    Ok(())
}

fn main() -> ExitCode {
    let Err(error) = write() else { return ExitCode::SUCCESS };
    let _ = writeln!(std::io::stderr(), "docs/prices.md is as it was: {error}");
    ExitCode::FAILURE
}
