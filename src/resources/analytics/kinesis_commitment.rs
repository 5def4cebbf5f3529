//! Committed on-demand throughput of Kinesis is charged in its region until the commitment ends, used or not.

use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::api::values;
use crate::model::{Charge, Command, Listed, Note, Sku, Unit, Verb};

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Commitment {
    status: Option<Status>,
    started_at: Option<Timestamp>,
    earliest_allowed_end_at: Option<Timestamp>,
}

values! { enum Status { Disabled = "DISABLED", Ends = "ENABLED_UNTIL_EARLIEST_ALLOWED_END" } }

/// `None` means there is no commitment. An unknown status is reported, not hidden.
pub fn committed_to(it: &Commitment) -> Option<Listed> {
    if it.status == Some(Status::Disabled) {
        return None;
    }
    let until = it.earliest_allowed_end_at;
    let found = Listed {
        created_at: it.started_at,
        charges: vec![Charge::metered("minimum throughput commitment", Sku::new("AmazonKinesis"), Unit::Hour)],
        notes: vec![until.map_or_else(|| Note::new("committed"), |until| Note::with("committed-until", until))],
        ..Listed::new("minimum-throughput-commitment")
    };
    let stop = Command::aws("kinesis update-account-settings --minimum-throughput-billing-commitment Status=DISABLED");
    // A commitment with an end has been stopped already.
    Some(if it.status == Some(Status::Ends) { found } else { found.can(Verb::Stop, stop) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commitment_of_the_account_is_reported() {
        let of = |status: &str| {
            let earliest_allowed_end_at = "2026-11-29T03:00:00Z".parse().ok();
            committed_to(&Commitment { status: Some(status.into()), earliest_allowed_end_at, ..Commitment::default() })
        };
        assert_eq!(of("DISABLED"), None);
        assert_eq!(of("ENABLED").unwrap().notes, [Note::with("committed-until", "2026-11-29T03:00:00Z")]);
        let can = ["ENABLED", "FUTURE", "ENABLED_UNTIL_EARLIEST_ALLOWED_END"].map(|it| of(it).unwrap().can.len());
        assert_eq!(can, [1, 1, 0]);
    }
}
