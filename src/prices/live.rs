//! AWS's current price list: one query for each price list entry of the findings.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use aws_config::SdkConfig;
use aws_config::retry::RetryConfig;
use futures::stream::{FuturesUnordered, StreamExt};
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, timeout_at};

use super::book::Book;
use super::cache::{Cache, Kept};
use super::document::{self, Answer};
use super::query::Query;
use super::want::Wanted;
use crate::aws::api::{Asks, Client, Operation};
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Reason, Region, Sku, Unit};

/// The permissions for reading prices.
pub const READS: &[&str] = &["pricing:GetProducts"];

pub static ASKS: &[&dyn Asks] = &[&PRODUCTS];

/// Each product is a JSON document in a text.
const PRODUCTS: Operation<String> = Operation::new("pricing:GetProducts").at("PriceList");

/// The regions that serve the price list of all regions. The next one is tried if an organisation denies the first, or
/// if it cannot be reached.
const DOORS: [&str; 3] = [Region::HOME, "eu-central-1", "ap-south-1"];
/// The longest time that a sweep waits for prices.
const LIMIT: Duration = Duration::from_secs(4);
/// AWS allows a burst of ten requests and then five a second (fact sheet, section 9).
const BURST: u32 = 10;
const PACE: Duration = Duration::from_millis(200);
/// The attempts for each query of the maintainers' refresh.
const PATIENCE: u32 = 8;

/// An entry with its query.
type Question = ((Sku, Region), Query);

/// The wanted prices from AWS or the cache; missing ones come from the snapshot.
/// Never fails, and never takes longer than a few seconds.
pub async fn read(sdk: &SdkConfig, wanted: &Wanted, cache: &Cache, now: Timestamp) -> Book {
    let mut book = Book { live: cached(wanted, cache, now), failure: None };
    let open = wanted.iter().filter(|(entry, _)| !book.live.get(*entry).is_some_and(|kept| kept.is_fresh(now)));
    let mut open: Vec<Question> =
        open.filter_map(|(entry, want)| Some((entry.clone(), Query::of(&entry.0, want.unit, &entry.1)?))).collect();
    let deadline = Instant::now() + LIMIT;
    let mut answers = HashMap::new();
    for door in DOORS {
        open.retain(|(entry, _)| !answers.contains_key(entry));
        if open.is_empty() {
            break;
        }
        book.failure = ask_all(&client(sdk, door), &open, deadline, &mut answers).await;
        if !matches!(book.failure, Some(Reason::DeniedByOrganization | Reason::Unreachable)) {
            break;
        }
    }
    keep(&answers, cache, now);
    book.live.extend(answers.into_iter().map(|(entry, answer)| (entry, Kept { answer, read_at: now })));
    for (entry, kept) in &mut book.live {
        if let (Answer::Bands(bands), Some(want)) = (&kept.answer, wanted.get(entry)) {
            kept.answer = bands.per_unit(want).map_or(Answer::Ambiguous, Answer::Usd);
        }
    }
    book
}

/// A client without retries: on failure the snapshot is used at once.
fn client(sdk: &SdkConfig, door: &'static str) -> Client {
    let here = sdk.to_builder().region(aws_config::Region::from_static(door)).retry_config(RetryConfig::disabled());
    Client::new(&here.build())
}

/// The cached prices, also stale ones: if they cannot be read again, they are still better than an older snapshot.
fn cached(wanted: &Wanted, cache: &Cache, now: Timestamp) -> HashMap<(Sku, Region), Kept> {
    let mut files: BTreeMap<(&str, &Region), BTreeMap<String, Kept>> = BTreeMap::new();
    let known = wanted.keys().filter_map(|entry| {
        let (sku, region) = entry;
        let file = files.entry((&sku.service, region)).or_insert_with(|| cache.read(&sku.service, region));
        let kept = file.get(&sku.to_string()).filter(|kept| kept.read_at <= now)?;
        Some((entry.clone(), kept.clone()))
    });
    known.collect()
}

fn keep(answers: &HashMap<(Sku, Region), Answer>, cache: &Cache, now: Timestamp) {
    let mut files: BTreeMap<(&str, &Region), BTreeMap<String, Kept>> = BTreeMap::new();
    for ((sku, region), answer) in answers {
        let kept = Kept { answer: answer.clone(), read_at: now };
        files.entry((&sku.service, region)).or_default().insert(sku.to_string(), kept);
    }
    for ((service, region), answers) in files {
        cache.keep(service, region, answers);
    }
}

/// Sends all queries at the allowed rate, until the deadline or the first refusal, which would hit the others too.
async fn ask_all(
    client: &Client,
    open: &[Question],
    deadline: Instant,
    answers: &mut HashMap<(Sku, Region), Answer>,
) -> Option<Reason> {
    let mut waiting: FuturesUnordered<_> = (0u32..)
        .zip(open)
        .map(|(number, (entry, query))| async move {
            sleep(PACE * (number + 1).saturating_sub(BURST)).await;
            (entry, ask(client, query).await)
        })
        .collect();
    loop {
        match timeout_at(deadline, waiting.next()).await {
            Err(_) => return Some(Reason::Timeout),
            Ok(None) => return None,
            Ok(Some((entry, Ok(answer)))) => drop(answers.insert(entry.clone(), answer)),
            Ok(Some((_, Err(error)))) => return Some(error.reason()),
        }
    }
}

async fn ask(client: &Client, query: &Query) -> Result<Answer> {
    let documents = documents(client, query, Some(query.region())).await?;
    Ok(document::answer(query, documents.iter().map(String::as_str)))
}

/// The answers to a query, in one region or in all.
async fn documents(client: &Client, query: &Query, region: Option<&str>) -> Result<Vec<String>> {
    let equal = query.equal.iter().map(|(field, value)| filter("TERM_MATCH", field, value));
    let region = region.map(|region| filter("TERM_MATCH", "regionCode", region));
    let filters: Vec<Value> = equal.chain(region).collect();
    let usages: Vec<Value> = query.usage_contains.iter().map(|usage| filter("CONTAINS", "usagetype", usage)).collect();
    let questions = if usages.is_empty() { vec![None] } else { usages.into_iter().map(Some).collect() };
    let mut documents = Vec::new();
    for usage in questions {
        let filters: Vec<Value> = filters.iter().cloned().chain(usage).collect();
        let answer = client.ask(&PRODUCTS).with("ServiceCode", &*query.service).with("Filters", filters).all().await;
        // An unknown product or attribute has no price.
        documents.extend(found(answer, &["InvalidParameterException", "NotFoundException"])?.unwrap_or_default());
    }
    Ok(documents)
}

/// Reads entries in all regions, without a time limit, to refresh the snapshot. Calls `each` with the answers of an
/// entry, or with none if the entry cannot be queried.
///
/// # Errors
/// The first query that still fails after all attempts.
pub async fn survey(
    sdk: &SdkConfig,
    entries: impl IntoIterator<Item = (Sku, Unit)>,
    mut each: impl FnMut(&Sku, BTreeMap<Region, Answer>),
) -> Result<()> {
    let patient = RetryConfig::standard().with_max_attempts(PATIENCE);
    let door = aws_config::Region::from_static(Region::HOME);
    let client = &Client::new(&sdk.to_builder().region(door).retry_config(patient).build());
    let questions = entries.into_iter().filter_map(|(sku, unit)| {
        let query = Query::of(&sku, unit, &Region::home())?;
        Some((sku, query))
    });
    let mut waiting: FuturesUnordered<_> = (0u32..)
        .zip(questions)
        .map(|(number, (sku, query))| async move {
            sleep(PACE * (number + 1).saturating_sub(BURST)).await;
            (sku, documents(client, &query, None).await, query.unit)
        })
        .collect();
    while let Some((sku, documents, unit)) = waiting.next().await {
        let documents = documents?;
        let said = |(region, documents): (Region, Vec<&str>)| {
            let query = Query::of(&sku, unit, &region)?;
            Some((region, document::answer(&query, documents)))
        };
        let regions = document::by_region(&documents).unwrap_or_default();
        each(&sku, regions.into_iter().filter_map(said).collect());
    }
    Ok(())
}

fn filter(kind: &str, field: &str, value: &str) -> Value {
    json!({ "Type": kind, "Field": field, "Value": value })
}
