//! What a nightly run costs at most, from measured figures (docs/schedules.md has the sources).

use rust_decimal::Decimal;

use crate::model::Usd;

/// Of an account and run: three state transitions 0.000075, a minute of a function of 1 GB 0.0010, a dozen requests of S3 0.00006.
/// A sweep of 17 regions takes a few seconds of processor time (docs/build.md), and AWS answers within some more.
const PER_ACCOUNT: Decimal = Decimal::from_parts(115, 0, 0, false, 5);
/// Of a run: the list, the figures and the sum.
const PER_RUN: Decimal = Decimal::from_parts(1, 0, 0, false, 3);
/// Two alarms.
const PER_MONTH: Decimal = Decimal::from_parts(20, 0, 0, false, 2);
const NIGHTS: Decimal = Decimal::from_parts(31, 0, 0, false, 0);

pub fn of_run(accounts: usize) -> Usd {
    Usd(PER_ACCOUNT * Decimal::from(accounts) + PER_RUN)
}

pub fn of_month(accounts: usize) -> Usd {
    Usd(of_run(accounts).0 * NIGHTS + PER_MONTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_accounts_cost_a_dollar_a_night() {
        assert_eq!(of_run(1000).to_string(), "1.15100");
        assert_eq!(of_run(1).to_string(), "0.00215");
        assert_eq!(of_month(1).monthly().to_string(), "0.27");
    }
}
