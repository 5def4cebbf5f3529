//! What an account has committed itself to: reserved instances and nodes, Savings Plans, the support plan. All free to read.

use aws_sdk_ec2::types::ReservedInstances;
use futures::stream::{self, StreamExt};
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use serde::Deserialize;
use serde::de::DeserializeOwned;

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
    recurring_charge_amount: Option<Decimal>,
    recurring_charge_frequency: Option<String>,
}

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

/// A reservation as each service returns it: alike but for some names.
macro_rules! reserved {
    ($($of:ident { $id:literal, $what:literal $(($engine:ident: $product:literal))?, $count:literal, $payment:literal })*) => { $(
        #[derive(Deserialize, Default)]
        #[serde(default)]
        struct $of {
            #[serde(rename = $id)]
            id: String,
            #[serde(rename = $what)]
            what: Option<String>,
            $(#[serde(rename = $product)]
            $engine: Option<String>,)?
            #[serde(rename = "StartTime")]
            start: Option<Timestamp>,
            #[serde(rename = "Duration")]
            seconds: Option<Decimal>,
            #[serde(rename = "FixedPrice")]
            upfront: Option<Decimal>,
            #[serde(rename = $count)]
            count: Option<Decimal>,
            #[serde(rename = $payment)]
            payment: Option<String>,
            #[serde(rename = "State")]
            state: Option<String>,
            #[serde(rename = "RecurringCharges")]
            recurring: Vec<Recurring>,
        }

        impl From<$of> for Reserved {
            fn from(it: $of) -> Self {
                let what = it.what;
                $(let what = with_engine(what, it.$engine);)?
                let $of { id, start, seconds, upfront, count, payment, state, recurring, .. } = it;
                Self { id, what, start, seconds, upfront, count, payment, state, recurring }
            }
        }
    )* };
}

reserved! {
    Database { "ReservedDBInstanceId", "DBInstanceClass" (engine: "ProductDescription"), "DBInstanceCount", "OfferingType" }
    Cache { "ReservedCacheNodeId", "CacheNodeType" (engine: "ProductDescription"), "CacheNodeCount", "OfferingType" }
    Warehouse { "ReservedNodeId", "NodeType", "NodeCount", "OfferingType" }
    Memory { "ReservationId", "NodeType", "NodeCount", "OfferingType" }
    Search { "ReservedInstanceId", "InstanceType", "InstanceCount", "PaymentOption" }
}

/// With the engine after the class: `db.t3.medium (mysql)`.
fn with_engine(what: Option<String>, engine: Option<String>) -> Option<String> {
    what.map(|what| match engine {
        Some(engine) => format!("{what} ({engine})"),
        None => what,
    })
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
    match kind {
        Kind::Ec2 => of_ec2(cx).await,
        Kind::Rds => reserved(cx, &DATABASES, kind).await,
        Kind::ElastiCache => reserved(cx, &CACHES, kind).await,
        Kind::Redshift => reserved(cx, &WAREHOUSES, kind).await,
        Kind::MemoryDb => reserved(cx, &MEMORIES, kind).await,
        Kind::OpenSearch => reserved(cx, &SEARCHES, kind).await,
        Kind::SavingsPlan => Ok(cx.ask(&PLANS).all().await?.into_iter().map(plan).collect()),
    }
}

async fn reserved<T: DeserializeOwned + Into<Reserved>>(
    cx: &Cx,
    operation: &Operation<T>,
    kind: Kind,
) -> Result<Vec<Commitment>> {
    let all = cx.ask(operation).all().await?;
    Ok(all.into_iter().map(|it| commitment(it.into(), kind, &cx.place.region)).collect())
}

fn commitment(it: Reserved, kind: Kind, region: &Region) -> Commitment {
    let count = it.count.and_then(|count| u32::try_from(count).ok());
    let of_all = |each: Decimal| each.checked_mul(count.unwrap_or(1).into());
    let all_hourly = it.recurring.iter().all(|of| of.recurring_charge_frequency.as_deref() == Some("Hourly"));
    // An amount that AWS does not name is unknown, not nothing; without any, all must have been paid at the beginning.
    let each: Option<Decimal> =
        it.recurring.iter().try_fold(Decimal::ZERO, |sum, of| sum.checked_add(of.recurring_charge_amount?));
    let is_known = !it.recurring.is_empty() || all_upfront(it.payment.as_deref());
    let hourly = each.filter(|_| all_hourly && is_known).and_then(of_all);
    let seconds = it.seconds.and_then(|seconds| i64::try_from(seconds).ok()).map(SignedDuration::from_secs);
    Commitment {
        kind,
        id: it.id,
        region: Some(region.clone()),
        what: it.what.unwrap_or_default(),
        count,
        state: it.state.unwrap_or_else(|| "unknown".to_owned()),
        payment: it.payment,
        usd_per_hour: hourly.map(|usd| Usd(usd).hourly()),
        usd_per_month: hourly.map(monthly),
        upfront_usd: it.upfront.and_then(of_all).map(|usd| Usd(usd).monthly()),
        starts_at: it.start,
        ends_at: it.start.zip(seconds).and_then(|(start, term)| start.checked_add(term).ok()),
        days_left: None,
        renews: false,
    }
}

/// `All Upfront`, or as OpenSearch writes it: `ALL_UPFRONT`.
fn all_upfront(payment: Option<&str>) -> bool {
    payment.is_some_and(|payment| payment.replace('_', " ").eq_ignore_ascii_case("All Upfront"))
}

fn monthly(hourly: Decimal) -> Usd {
    Usd(hourly.saturating_mul(HOURS_A_MONTH)).monthly()
}

async fn of_ec2(cx: &Cx) -> Result<Vec<Commitment>> {
    let answer = aws_sdk_ec2::Client::new(&cx.sdk).describe_reserved_instances().send().await?;
    let amount = |amount: f64| Decimal::from_f64(amount).map(|it| it.round_dp(6).normalize());
    let one = |it: &ReservedInstances| {
        let recurring = it.recurring_charges().iter().map(|of| Recurring {
            recurring_charge_amount: of.amount().and_then(amount),
            recurring_charge_frequency: of.frequency().map(|it| it.as_str().to_owned()),
        });
        let engine = it.product_description().map(|it| it.as_str().to_owned());
        let reserved = Reserved {
            id: it.reserved_instances_id().unwrap_or_default().to_owned(),
            what: with_engine(it.instance_type().map(|it| it.as_str().to_owned()), engine),
            start: it.start().and_then(time),
            seconds: it.duration().map(Decimal::from),
            upfront: it.fixed_price().and_then(|price| amount(price.into())),
            count: it.instance_count().map(Decimal::from),
            payment: it.offering_type().map(|it| it.as_str().to_owned()),
            state: it.state().map(|it| it.as_str().to_owned()),
            recurring: recurring.collect(),
        };
        // One that was sold or changed ends before its term.
        Commitment { ends_at: it.end().and_then(time), ..commitment(reserved, Kind::Ec2, &cx.place.region) }
    };
    Ok(answer.reserved_instances().iter().map(one).collect())
}

fn plan(it: Plan) -> Commitment {
    let dollars = it.currency.as_ref().is_none_or(|code| *code == Currency::Usd);
    let amount = |text: Option<String>| text.and_then(|text| text.parse::<Decimal>().ok()).filter(|_| dollars);
    let nothing = dollars && it.recurring_payment_amount.is_none() && all_upfront(it.payment_option.as_deref());
    let hourly = amount(it.recurring_payment_amount).or_else(|| nothing.then_some(Decimal::ZERO));
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
