//! The processing units of a Managed Flink application, and their storage.

use jiff::Timestamp;
use rust_decimal::{Decimal, dec};
use serde::Deserialize;

use crate::model::{Charge, Sku, Unit};

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Detail {
    pub create_timestamp: Option<Timestamp>,
    application_configuration_description: Configuration,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Configuration {
    flink_application_configuration_description: Flink,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Flink {
    parallelism_configuration_description: Parallelism,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Parallelism {
    parallelism: Option<Decimal>,
    current_parallelism: Option<Decimal>,
    #[serde(rename = "ParallelismPerKPU")]
    parallelism_per_kpu: Option<Decimal>,
}

const GB_OF_A_UNIT: Decimal = dec!(50);

/// Only streaming applications have a known number of units: a notebook is charged for more than its parallelism, and SQL for as
/// many as it uses.
pub fn charges(detail: Option<&Detail>, streams: bool) -> Vec<Charge> {
    let item = |item: &str, unit| Sku::new("AmazonKinesisAnalytics").with("item", item).with("unit", unit);
    let (unit, storage) = (item("kpu_stream", "hour"), item("running_storage", "gb-month"));
    let sizes = |units: Decimal| Some((units.checked_add(Decimal::ONE)?, units.checked_mul(GB_OF_A_UNIT)?));
    match detail.and_then(units).and_then(sizes).filter(|_| streams) {
        Some((units, gigabytes)) => {
            vec![Charge::hourly("KPU", unit, units), Charge::storage("running storage", storage, gigabytes)]
        }
        None => {
            vec![Charge::metered("KPU", unit, Unit::Hour), Charge::metered("running storage", storage, Unit::GbMonth)]
        }
    }
}

/// Without the unit for orchestration.
fn units(detail: &Detail) -> Option<Decimal> {
    let flink = &detail.application_configuration_description.flink_application_configuration_description;
    let it = &flink.parallelism_configuration_description;
    let (tasks, in_a_unit) = (it.current_parallelism.or(it.parallelism)?, it.parallelism_per_kpu?);
    if tasks <= Decimal::ZERO || in_a_unit <= Decimal::ZERO {
        return None;
    }
    Some(tasks.checked_div(in_a_unit)?.ceil())
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Detail {
        pub fn of(tasks: i64, in_a_unit: i64) -> Self {
            let parallelism_configuration_description = Parallelism {
                parallelism: Some(1.into()),
                current_parallelism: Some(tasks.into()),
                parallelism_per_kpu: Some(in_a_unit.into()),
            };
            let flink_application_configuration_description = Flink { parallelism_configuration_description };
            Self {
                create_timestamp: None,
                application_configuration_description: Configuration { flink_application_configuration_description },
            }
        }
    }

    #[test]
    fn units_are_charged_with_one_for_the_orchestration() {
        let whats =
            |tasks| charges(Some(&Detail::of(tasks, 2)), true).into_iter().map(|it| it.what).collect::<Vec<_>>();
        assert_eq!(whats(5), ["4 × KPU", "150 GB running storage"]);
        assert_eq!(whats(4), ["3 × KPU", "100 GB running storage"]);
        assert_eq!(charges(None, true)[0].quantity, None);
    }
}
