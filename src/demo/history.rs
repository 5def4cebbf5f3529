//! The history of the demo account: five sweeps before the one of today.

use jiff::Timestamp;

use crate::model::{Account, AccountHistory, AccountId, HISTORY_SCHEMA, HistoryReport, Run};

/// The account of the story, as its `sts.GetCallerIdentity` says.
const ACCOUNT: &str = "123456789012";

/// The report of `guardrail history --demo`.
#[must_use]
pub fn history(made_at: Timestamp) -> HistoryReport {
    let runs: Vec<Run> = serde_json::from_str(include_str!("story/history.json")).unwrap_or_default();
    let of = |id: AccountId| AccountHistory { account: Account { id, alias: Some("practice".to_owned()) }, runs };
    HistoryReport {
        schema: HISTORY_SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at,
        folder: "~/.local/state/guardrail".to_owned(),
        accounts: ACCOUNT.parse().map(of).into_iter().collect(),
        unread: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_story_is_read() {
        let report = history(Timestamp::UNIX_EPOCH);
        let times: Vec<Timestamp> = report.accounts[0].runs.iter().map(|run| run.made_at).collect();
        assert_eq!(times.len(), 5);
        assert!(times.is_sorted_by(|a, b| a > b));
    }
}
