//! The throughput on demand that an account has committed itself to bills in its region to the end, used or not.

use aws_sdk_kinesis::types::{
    MinimumThroughputBillingCommitmentOutput, MinimumThroughputBillingCommitmentOutputStatus as Commitment,
};

use crate::model::{Charge, Command, Listed, Note, Sku, Unit, Verb};
use crate::resources::reading::time;

/// `None` means there is none. An unknown status is reported, not hidden.
pub fn committed_to(it: &MinimumThroughputBillingCommitmentOutput) -> Option<Listed> {
    if it.status == Commitment::Disabled {
        return None;
    }
    let until = time(it.earliest_allowed_end_at());
    let found = Listed {
        created_at: time(it.started_at()),
        charges: vec![Charge::metered("minimum throughput commitment", Sku::new("AmazonKinesis"), Unit::Hour)],
        notes: vec![until.map_or_else(|| Note::new("committed"), |until| Note::with("committed-until", until))],
        ..Listed::new("minimum-throughput-commitment")
    };
    let stop = Command::aws("kinesis update-account-settings --minimum-throughput-billing-commitment Status=DISABLED");
    // One that ends by itself has been stopped.
    Some(if it.status == Commitment::EnabledUntilEarliestAllowedEnd { found } else { found.can(Verb::Stop, stop) })
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::DateTime;

    use super::*;

    #[test]
    fn a_commitment_of_the_account_is_told() {
        let of = |status: &str| {
            let it = MinimumThroughputBillingCommitmentOutput::builder().status(status.into());
            committed_to(&it.earliest_allowed_end_at(DateTime::from_secs(1_795_921_200)).build().unwrap())
        };
        assert_eq!(of("DISABLED"), None);
        assert_eq!(of("ENABLED").unwrap().notes, [Note::with("committed-until", "2026-11-29T03:00:00Z")]);
        let can = ["ENABLED", "DREAMING", "ENABLED_UNTIL_EARLIEST_ALLOWED_END"].map(|it| of(it).unwrap().can.len());
        assert_eq!(can, [1, 1, 0]);
    }
}
