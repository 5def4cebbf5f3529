//! The pre-initialized workers of an EMR Serverless application, and their charges.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, dec};
use serde::Deserialize;

use crate::model::{Charge, Sku, Unit};
use crate::resources::sizes::from_text;

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Detail {
    /// Pre-initialized workers by their kind.
    initial_capacity: BTreeMap<String, Kept>,
    pub tags: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Kept {
    worker_count: Decimal,
    worker_configuration: Option<Worker>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Worker {
    cpu: String,
    memory: String,
    disk: Option<String>,
}

/// Included for each worker.
const FREE_DISK_GB: Decimal = dec!(20);

/// The workers of its jobs are metered. Without pre-initialized workers they are the only charge.
pub fn charges(arm: bool, detail: Option<&Detail>) -> Vec<Charge> {
    let arm = if arm { "ARM-" } else { "" };
    let sku = |usage: &str| Sku::new("ElasticMapReduce").with("usagetype", format!("EMR-SERVERLESS-{arm}{usage}"));
    let kept = || detail.into_iter().flat_map(|it| it.initial_capacity.values());
    let none = (Decimal::ZERO, Decimal::ZERO);
    let size = kept().filter(|kept| kept.worker_count > Decimal::ZERO).try_fold(none, |sum, kept| {
        let more = size(kept)?;
        Some((sum.0.checked_add(more.0)?, sum.1.checked_add(more.1)?))
    });
    let (cores, memory) = ("EMR Serverless vCPU", "EMR Serverless GB");
    let mut charges = match size.filter(|size| *size != none) {
        Some(size) => {
            vec![Charge::hourly(cores, sku("vCPUHours"), size.0), Charge::hourly(memory, sku("MemoryGBHours"), size.1)]
        }
        None => vec![
            Charge::metered(cores, sku("vCPUHours"), Unit::Hour),
            Charge::metered(memory, sku("MemoryGBHours"), Unit::Hour),
        ],
    };
    let (storage, hours) = ("EMR Serverless GB storage", sku("StorageGBHours"));
    match kept().try_fold(Decimal::ZERO, |sum, kept| sum.checked_add(more_disk(kept)?)) {
        Some(disk) if disk > Decimal::ZERO => charges.push(Charge::hourly(storage, hours, disk)),
        Some(_) => {}
        None => charges.push(Charge::metered(storage, hours, Unit::Hour)),
    }
    charges
}

/// The disk of all workers of a kind beyond the free part.
fn more_disk(kept: &Kept) -> Option<Decimal> {
    let each = kept.worker_configuration.as_ref().and_then(|it| from_text(it.disk.as_deref()?)).unwrap_or_default();
    (each - FREE_DISK_GB).max(Decimal::ZERO).checked_mul(kept.worker_count)
}

/// vCPUs and gigabytes of all workers of a kind; AWS writes `4 vCPU` and `16 GB` for each.
fn size(kept: &Kept) -> Option<(Decimal, Decimal)> {
    let number = |text: &str| {
        let end = text.find(|sign: char| !sign.is_ascii_digit() && sign != '.').unwrap_or(text.len());
        text.get(..end)?.parse::<Decimal>().ok()
    };
    let (each, workers) = (kept.worker_configuration.as_ref()?, kept.worker_count);
    Some((number(&each.cpu)?.checked_mul(workers)?, number(&each.memory)?.checked_mul(workers)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keeping(workers: i64) -> Detail {
        let each = Worker { cpu: "4 vCPU".into(), memory: "16GB".into(), disk: Some("50 GB".into()) };
        let kept = Kept { worker_count: workers.into(), worker_configuration: Some(each) };
        Detail { initial_capacity: [("EXECUTOR".to_owned(), kept)].into(), ..Detail::default() }
    }

    #[test]
    fn workers_that_are_kept_bill() {
        let whats = |detail: Option<&Detail>| charges(false, detail).into_iter().map(|it| it.what).collect::<Vec<_>>();
        let two = ["8 × EMR Serverless vCPU", "32 × EMR Serverless GB", "60 × EMR Serverless GB storage"];
        assert_eq!(whats(Some(&keeping(2))), two);
        assert_eq!(whats(Some(&keeping(0))), ["EMR Serverless vCPU", "EMR Serverless GB"]);
        assert_eq!(charges(false, None)[0].quantity, None);
        let endless = ["EMR Serverless vCPU", "EMR Serverless GB", "EMR Serverless GB storage"];
        let mut endlessly = keeping(1);
        endlessly.initial_capacity.values_mut().for_each(|it| it.worker_count = Decimal::MAX);
        assert_eq!(whats(Some(&endlessly)), endless);
    }
}
