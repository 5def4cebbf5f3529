//! What the action log says: everything that was done, and what a run that was cut has left open.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::model::actions::{Event, LogEntry, StepResult, StepRow, Verified};
use crate::model::{Account, ActionReport, ActionRow, Region, Takes, words};
use crate::resources;

/// The log as a report: one action for each thing of each run, the oldest first.
#[must_use]
pub fn logged(account: Account, entries: &[LogEntry], made_at: Timestamp) -> ActionReport {
    let mut order: Vec<(Timestamp, &str)> = Vec::new();
    let mut rows: BTreeMap<(Timestamp, &str), ActionRow> = BTreeMap::new();
    for entry in entries {
        let id = (entry.run, &*entry.key);
        let row = rows.entry(id).or_insert_with(|| {
            order.push(id);
            empty(entry)
        });
        apply(row, entry);
    }
    let actions = order.iter().filter_map(|id| rows.remove(id)).collect();
    ActionReport { actions, ..ActionReport::new(account, made_at) }.summed()
}

fn apply(row: &mut ActionRow, entry: &LogEntry) {
    if entry.event == Event::Verified {
        row.verified = entry.verified;
        return;
    }
    while row.steps.len() < entry.step {
        row.steps.push(StepRow::planned(String::new()));
    }
    let Some(step) = entry.step.checked_sub(1).and_then(|at| row.steps.get_mut(at)) else { return };
    step.command.clone_from(&entry.command);
    step.at = Some(entry.at);
    step.message.clone_from(&entry.message);
    step.result = match entry.event {
        Event::Done => StepResult::Done,
        Event::Failed => StepResult::Failed,
        Event::Begun | Event::Verified => StepResult::Planned,
    };
}

fn empty(entry: &LogEntry) -> ActionRow {
    let mut parts = entry.key.splitn(4, '/').skip(1);
    let mut part = || parts.next().unwrap_or_default();
    let (region, resource, id) = (part(), part(), part());
    ActionRow {
        key: entry.key.clone(),
        verb: entry.verb,
        region: Region::new(region),
        resource: resource.to_owned(),
        names: resources::find(resource).map_or_else(|| words("", ""), |known| known.names.clone()),
        id: id.to_owned(),
        name: None,
        decision: entry.key.clone(),
        ends: None,
        after: Vec::new(),
        steps: Vec::new(),
        reversible: false,
        loses: Vec::new(),
        keeps_costing: Vec::new(),
        comes_back: None,
        takes: Takes::default(),
        usd_per_month_saved: entry.usd_per_month_saved,
        at_least: false,
        // What was never verified is unknown.
        verified: Some(Verified::Unknown),
    }
}

/// The last entry of each thing that a run began and could not verify.
#[must_use]
pub fn unfinished(entries: &[LogEntry]) -> BTreeMap<String, LogEntry> {
    let mut last: BTreeMap<&str, &LogEntry> = BTreeMap::new();
    for entry in entries {
        last.insert(&entry.key, entry);
    }
    let open = |entry: &LogEntry| entry.event != Event::Verified || entry.verified == Some(Verified::Unknown);
    let open = last.into_iter().filter(|(_, entry)| open(entry));
    open.map(|(key, entry)| (key.to_owned(), entry.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Verb;

    fn entry(key: &str, step: usize, event: Event) -> LogEntry {
        let at: Timestamp = "2026-11-23T00:00:00Z".parse().unwrap();
        LogEntry {
            at,
            run: at,
            key: format!("123456789012/eu-west-1/ec2-address/{key}"),
            verb: Verb::Delete,
            step,
            of: 2,
            command: format!("aws x {step}"),
            event,
            message: None,
            verified: (event == Event::Verified).then_some(Verified::Gone),
            usd_per_month_saved: None,
        }
    }

    #[test]
    fn a_cut_run_is_open_until_it_is_verified() {
        let cut = [entry("a", 1, Event::Begun), entry("b", 1, Event::Begun), entry("b", 1, Event::Done)];
        assert_eq!(unfinished(&cut).len(), 2);
        let whole = [&cut[..], &[entry("a", 0, Event::Verified)]].concat();
        assert_eq!(unfinished(&whole).keys().map(|key| &key[key.len() - 1..]).collect::<Vec<_>>(), ["b"]);
    }

    #[test]
    fn the_log_is_a_report() {
        let entries = [
            entry("a", 1, Event::Begun),
            entry("a", 1, Event::Done),
            entry("a", 2, Event::Failed),
            entry("b", 1, Event::Begun),
        ];
        let account = Account { id: "123456789012".parse().unwrap(), alias: None };
        let report = logged(account, &entries, entries[0].at);
        let shown: Vec<_> = report.actions.iter().map(|row| (&*row.id, row.steps.len(), row.verified)).collect();
        assert_eq!(shown, [("a", 2, Some(Verified::Unknown)), ("b", 1, Some(Verified::Unknown))]);
        assert_eq!(report.actions[0].steps[1].result, StepResult::Failed);
        assert_eq!(report.actions[0].names.en, "Public IPv4 address");
    }
}
