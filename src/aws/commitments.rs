//! What an account has committed itself to: reserved instances and nodes, Savings Plans, the support plan. All free to read.

use aws_sdk_ec2::types::{OfferingTypeValues, RecurringChargeFrequency, ReservedInstanceState};
use futures::stream::{self, StreamExt};
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use serde::Deserialize;

use super::api::{Asks, Operation, values};
use super::endpoints::offered;
use super::fault::found;
use super::{Cx, time};
use crate::error::{Error, Result};
use crate::model::commitment::{Commitment, Kind};
use crate::model::money::HOURS_A_MONTH;
use crate::model::{Region, Usd};

/// The IAM actions of [`commitments`] and [`support_level`].
pub const READS: &[&str] = &[
    "ec2:DescribeReservedInstances",
    "elasticache:DescribeReservedCacheNodes",
    "es:DescribeReservedInstances",
    "memorydb:DescribeReservedNodes",
    "rds:DescribeReservedDBInstances",
    "redshift:DescribeReservedNodes",
    "savingsplans:DescribeSavingsPlans",
    "support:DescribeSeverityLevels",
];

pub static ASKS: &[&dyn Asks] = &[&DATABASES, &CACHES, &WAREHOUSES, &MEMORIES, &SEARCHES, &PLANS, &LEVELS];

const DATABASES: Operation<Database> = Operation::new("rds:DescribeReservedDBInstances").at("ReservedDBInstances");
const CACHES: Operation<Cache> = Operation::new("elasticache:DescribeReservedCacheNodes").at("ReservedCacheNodes");
const WAREHOUSES: Operation<Warehouse> = Operation::new("redshift:DescribeReservedNodes").at("ReservedNodes");
const MEMORIES: Operation<Memory> = Operation::new("memorydb:DescribeReservedNodes").at("ReservedNodes");
const SEARCHES: Operation<Search> = Operation::new("opensearch:DescribeReservedInstances").at("ReservedInstances");
const PLANS: Operation<Plan> = Operation::new("savingsplans:DescribeSavingsPlans").at("savingsPlans");
const LEVELS: Operation<Level> = Operation::new("support:DescribeSeverityLevels").at("severityLevels");

/// At most so many requests at once.
const AT_ONCE: usize = 32;

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Recurring {
    recurring_charge_amount: Decimal,
    recurring_charge_frequency: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Database {
    #[serde(rename = "ReservedDBInstanceId")]
    id: String,
    #[serde(rename = "DBInstanceClass")]
    what: Option<String>,
    #[serde(rename = "ProductDescription")]
    product: Option<String>,
    #[serde(rename = "StartTime")]
    start: Option<Timestamp>,
    #[serde(rename = "Duration")]
    seconds: Option<Decimal>,
    #[serde(rename = "FixedPrice")]
    upfront: Option<Decimal>,
    #[serde(rename = "DBInstanceCount")]
    count: Option<Decimal>,
    #[serde(rename = "OfferingType")]
    payment: Option<String>,
    #[serde(rename = "State")]
    state: Option<String>,
    #[serde(rename = "RecurringCharges")]
    recurring: Vec<Recurring>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Cache {
    #[serde(rename = "ReservedCacheNodeId")]
    id: String,
    #[serde(rename = "CacheNodeType")]
    what: Option<String>,
    #[serde(rename = "ProductDescription")]
    product: Option<String>,
    #[serde(rename = "StartTime")]
    start: Option<Timestamp>,
    #[serde(rename = "Duration")]
    seconds: Option<Decimal>,
    #[serde(rename = "FixedPrice")]
    upfront: Option<Decimal>,
    #[serde(rename = "CacheNodeCount")]
    count: Option<Decimal>,
    #[serde(rename = "OfferingType")]
    payment: Option<String>,
    #[serde(rename = "State")]
    state: Option<String>,
    #[serde(rename = "RecurringCharges")]
    recurring: Vec<Recurring>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Warehouse {
    #[serde(rename = "ReservedNodeId")]
    id: String,
    #[serde(rename = "NodeType")]
    what: Option<String>,
    #[serde(rename = "StartTime")]
    start: Option<Timestamp>,
    #[serde(rename = "Duration")]
    seconds: Option<Decimal>,
    #[serde(rename = "FixedPrice")]
    upfront: Option<Decimal>,
    #[serde(rename = "NodeCount")]
    count: Option<Decimal>,
    #[serde(rename = "OfferingType")]
    payment: Option<String>,
    #[serde(rename = "State")]
    state: Option<String>,
    #[serde(rename = "RecurringCharges")]
    recurring: Vec<Recurring>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Memory {
    #[serde(rename = "ReservationId")]
    id: String,
    #[serde(rename = "NodeType")]
    what: Option<String>,
    #[serde(rename = "StartTime")]
    start: Option<Timestamp>,
    #[serde(rename = "Duration")]
    seconds: Option<Decimal>,
    #[serde(rename = "FixedPrice")]
    upfront: Option<Decimal>,
    #[serde(rename = "NodeCount")]
    count: Option<Decimal>,
    #[serde(rename = "OfferingType")]
    payment: Option<String>,
    #[serde(rename = "State")]
    state: Option<String>,
    #[serde(rename = "RecurringCharges")]
    recurring: Vec<Recurring>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Search {
    #[serde(rename = "ReservedInstanceId")]
    id: String,
    #[serde(rename = "InstanceType")]
    what: Option<String>,
    #[serde(rename = "StartTime")]
    start: Option<Timestamp>,
    #[serde(rename = "Duration")]
    seconds: Option<Decimal>,
    #[serde(rename = "FixedPrice")]
    upfront: Option<Decimal>,
    #[serde(rename = "InstanceCount")]
    count: Option<Decimal>,
    #[serde(rename = "PaymentOption")]
    payment: Option<String>,
    #[serde(rename = "State")]
    state: Option<String>,
    #[serde(rename = "RecurringCharges")]
    recurring: Vec<Recurring>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Plan {
    savings_plan_id: String,
    savings_plan_type: Option<String>,
    state: Option<String>,
    start: Option<String>,
    end: Option<String>,
    payment_option: Option<String>,
    commitment: Option<String>,
    recurring_payment_amount: Option<String>,
    upfront_payment_amount: Option<String>,
    currency: Option<Currency>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Level {
    code: Option<String>,
}

values! { enum Currency { Usd = "USD" } }

/// What a reservation says of itself, whatever its service.
struct Reserved {
    id: String,
    what: Option<String>,
    start: Option<Timestamp>,
    seconds: Option<Decimal>,
    upfront: Option<Decimal>,
    count: Option<Decimal>,
    payment: Option<String>,
    state: Option<String>,
    recurring: Vec<Recurring>,
}

macro_rules! reserved {
    ($($of:ident),*) => { $(impl From<$of> for Reserved {
        fn from(it: $of) -> Self {
            let $of { id, what, start, seconds, upfront, count, payment, state, recurring, .. } = it;
            Self { id, what, start, seconds, upfront, count, payment, state, recurring }
        }
    })* };
}

reserved!(Database, Cache, Warehouse, Memory, Search);

/// Every commitment that has not ended, the first to end first; and what could not be read.
pub async fn commitments(home: &Cx, regions: &[Region], now: Timestamp) -> (Vec<Commitment>, Vec<(Region, Error)>) {
    let kinds = Kind::ALL.into_iter().filter(|kind| *kind != Kind::SavingsPlan);
    let places = regions.iter().flat_map(|region| kinds.clone().map(move |kind| (region.clone(), kind)));
    let places = places.filter(|(region, kind)| offered(prefix(*kind), region) != Some(false));
    let places = places.chain([(home.place.region.clone(), Kind::SavingsPlan)]);
    let one = |(region, kind): (Region, Kind)| async move {
        let cx = home.at(&region);
        (region, of_kind(&cx, kind).await)
    };
    let mut answers = stream::iter(places.map(one)).buffer_unordered(AT_ONCE);
    let (mut all, mut faults) = (Vec::new(), Vec::new());
    while let Some((region, answer)) = answers.next().await {
        match answer {
            Ok(found) => all.extend(found),
            Err(error) => faults.push((region, error)),
        }
    }
    all.retain(|it: &Commitment| it.is_open() && it.ends_at.is_none_or(|at| at > now));
    Commitment::arrange(&mut all, now);
    (all, faults)
}

/// The prefix of the service's endpoints.
fn prefix(kind: Kind) -> &'static str {
    match kind {
        Kind::Ec2 => "ec2",
        Kind::Rds => "rds",
        Kind::ElastiCache => "elasticache",
        Kind::Redshift => "redshift",
        Kind::MemoryDb => "memory-db",
        Kind::OpenSearch => "es",
        Kind::SavingsPlan => "savingsplans",
    }
}

async fn of_kind(cx: &Cx, kind: Kind) -> Result<Vec<Commitment>> {
    let region = Some(cx.place.region.clone());
    let own = |reserved: Vec<Reserved>| reserved.into_iter().map(|it| commitment(it, kind, region.clone())).collect();
    Ok(match kind {
        Kind::Ec2 => of_ec2(cx).await?,
        Kind::SavingsPlan => cx.ask(&PLANS).all().await?.into_iter().map(plan).collect(),
        Kind::Rds => {
            let with = |it: Database| {
                let product = it.product.clone();
                named(it.into(), product)
            };
            own(cx.ask(&DATABASES).all().await?.into_iter().map(with).collect())
        }
        Kind::ElastiCache => {
            let with = |it: Cache| {
                let product = it.product.clone();
                named(it.into(), product)
            };
            own(cx.ask(&CACHES).all().await?.into_iter().map(with).collect())
        }
        Kind::Redshift => own(cx.ask(&WAREHOUSES).all().await?.into_iter().map(Reserved::from).collect()),
        Kind::MemoryDb => own(cx.ask(&MEMORIES).all().await?.into_iter().map(Reserved::from).collect()),
        Kind::OpenSearch => own(cx.ask(&SEARCHES).all().await?.into_iter().map(Reserved::from).collect()),
    })
}

/// With the engine after the class: `db.t3.medium (mysql)`.
fn named(reserved: Reserved, product: Option<String>) -> Reserved {
    let what = reserved.what.map(|what| match product {
        Some(product) => format!("{what} ({product})"),
        None => what,
    });
    Reserved { what, ..reserved }
}

fn commitment(it: Reserved, kind: Kind, region: Option<Region>) -> Commitment {
    let count = it.count.and_then(|count| u32::try_from(count).ok());
    let all_hourly = it.recurring.iter().all(|of| of.recurring_charge_frequency.as_deref() == Some("Hourly"));
    let each: Option<Decimal> =
        it.recurring.iter().try_fold(Decimal::ZERO, |sum, of| sum.checked_add(of.recurring_charge_amount));
    let hourly = each.filter(|_| all_hourly).and_then(|each| each.checked_mul(count.unwrap_or(1).into()));
    let seconds = it.seconds.and_then(|seconds| i64::try_from(seconds).ok()).map(SignedDuration::from_secs);
    Commitment {
        kind,
        id: it.id,
        region,
        what: it.what.unwrap_or_default(),
        count,
        state: it.state.unwrap_or_else(|| "unknown".to_owned()),
        payment: it.payment,
        usd_per_hour: hourly.map(|usd| Usd(usd).hourly()),
        usd_per_month: hourly.map(monthly),
        upfront_usd: it
            .upfront
            .and_then(|each| each.checked_mul(count.unwrap_or(1).into()))
            .map(|usd| Usd(usd).monthly()),
        starts_at: it.start,
        ends_at: it.start.zip(seconds).and_then(|(start, term)| start.checked_add(term).ok()),
        days_left: None,
        renews: false,
    }
}

fn monthly(hourly: Decimal) -> Usd {
    Usd(hourly.saturating_mul(HOURS_A_MONTH)).monthly()
}

async fn of_ec2(cx: &Cx) -> Result<Vec<Commitment>> {
    let answer = aws_sdk_ec2::Client::new(&cx.sdk).describe_reserved_instances().send().await?;
    let amount = |amount: f64| Decimal::from_f64(amount).map(|it| it.round_dp(6).normalize());
    let one = |it: &aws_sdk_ec2::types::ReservedInstances| {
        let charges = it.recurring_charges();
        let all_hourly = charges.iter().all(|of| of.frequency() == Some(&RecurringChargeFrequency::Hourly));
        let each = charges.iter().try_fold(Decimal::ZERO, |sum, of| sum.checked_add(amount(of.amount()?)?));
        let count = it.instance_count().and_then(|count| u32::try_from(count).ok());
        let hourly = each.filter(|_| all_hourly).and_then(|each| each.checked_mul(count.unwrap_or(1).into()));
        let upfront = it.fixed_price().and_then(|price| amount(price.into())?.checked_mul(count.unwrap_or(1).into()));
        let platform = it.product_description().map(|it| format!(" ({})", it.as_str())).unwrap_or_default();
        Commitment {
            kind: Kind::Ec2,
            id: it.reserved_instances_id().unwrap_or_default().to_owned(),
            region: Some(cx.place.region.clone()),
            what: format!(
                "{}{platform}",
                it.instance_type().map(aws_sdk_ec2::types::InstanceType::as_str).unwrap_or_default()
            ),
            count,
            state: it.state().map_or("unknown", ReservedInstanceState::as_str).to_owned(),
            payment: it.offering_type().map(OfferingTypeValues::as_str).map(str::to_owned),
            usd_per_hour: hourly.map(|usd| Usd(usd).hourly()),
            usd_per_month: hourly.map(monthly),
            upfront_usd: upfront.map(|usd| Usd(usd).monthly()),
            starts_at: it.start().and_then(time),
            ends_at: it.end().and_then(time),
            days_left: None,
            renews: false,
        }
    };
    Ok(answer.reserved_instances().iter().map(one).collect())
}

fn plan(it: Plan) -> Commitment {
    let dollars = it.currency.as_ref().is_none_or(|code| *code == Currency::Usd);
    let amount = |text: Option<String>| text.and_then(|text| text.parse::<Decimal>().ok()).filter(|_| dollars);
    // Without a recurring part everything was paid upfront.
    let hourly = amount(it.recurring_payment_amount);
    Commitment {
        kind: Kind::SavingsPlan,
        id: it.savings_plan_id,
        region: None,
        what: match (it.savings_plan_type, it.commitment) {
            (Some(kind), Some(commitment)) => format!("{kind}, {commitment} USD/h"),
            (kind, _) => kind.unwrap_or_default(),
        },
        count: None,
        state: it.state.unwrap_or_else(|| "unknown".to_owned()),
        payment: it.payment_option,
        usd_per_hour: hourly.map(|usd| Usd(usd).hourly()),
        usd_per_month: hourly.map(monthly),
        upfront_usd: amount(it.upfront_payment_amount).map(|usd| Usd(usd).monthly()),
        starts_at: it.start.and_then(|at| at.parse().ok()),
        ends_at: it.end.and_then(|at| at.parse().ok()),
        days_left: None,
        renews: false,
    }
}

/// Whether the account has a paid support plan with the API: `Some(true)` with the highest severity level, which only the plans above
/// Business have.
///
/// # Errors
/// It cannot be read.
pub async fn support_level(home: &Cx) -> Result<Option<bool>> {
    let levels = found(home.ask(&LEVELS).all().await, &["SubscriptionRequiredException"])?;
    let levels = levels.filter(|levels| !levels.is_empty());
    Ok(levels.map(|levels| levels.iter().any(|it| it.code.as_deref() == Some("critical"))))
}
