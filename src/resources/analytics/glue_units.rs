//! The number of data processing units (DPU) of Glue workers.

use rust_decimal::Decimal;

use crate::aws::api::values;

values! {
    pub enum WorkerType {
        Standard = "Standard",
        G025X = "G.025X",
        G1X = "G.1X",
        G2X = "G.2X",
        G4X = "G.4X",
        G8X = "G.8X",
        G12X = "G.12X",
        G16X = "G.16X",
    }
}

/// `None` if it is not known, or if the workers are charged under another name (those with more memory).
pub fn units(kind: Option<&WorkerType>, workers: Option<Decimal>) -> Option<Decimal> {
    let quarters = match kind? {
        WorkerType::G025X => 1,
        WorkerType::Standard | WorkerType::G1X => 4,
        WorkerType::G2X => 8,
        WorkerType::G4X => 16,
        WorkerType::G8X => 32,
        WorkerType::G12X => 48,
        WorkerType::G16X => 64,
        WorkerType::Other(_) => return None,
    };
    Some(workers?.checked_mul(Decimal::from(quarters))? / Decimal::from(4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_is_as_many_units_as_its_name_says() {
        let of = |kind: &str| units(Some(&kind.into()), Some(6.into()));
        assert_eq!(["G.025X", "Standard", "G.2X"].map(of), [Decimal::new(15, 1), 6.into(), 12.into()].map(Some));
        assert_eq!([of("R.1X"), of("M.1X"), units(None, Some(6.into()))], [None; 3]);
    }
}
