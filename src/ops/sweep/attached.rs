//! Things attached to an EC2 instance that is not among the findings: it is stopped, and they are still charged.

use std::collections::BTreeSet;

use super::found::Found;
use crate::model::{CheckOutcome, Coverage, Note, Region};

const INSTANCE: &str = "ec2-instance";

/// Says of each that its instance is stopped, where all instances of the region could be listed.
pub(super) fn note_stopped(found: &mut [Found], coverage: &Coverage) {
    let listed = |region: &Region| coverage.get(INSTANCE).and_then(|cells| cells.get(region));
    let running: BTreeSet<(Region, String)> = found
        .iter()
        .filter(|it| it.resource.id == INSTANCE)
        .map(|it| (it.region.clone(), it.listed.id.clone()))
        .collect();
    for it in found.iter_mut().filter(|it| listed(&it.region) == Some(&CheckOutcome::Empty)) {
        let to = it.listed.notes.iter().filter(|note| note.id() == "attached-to").filter_map(Note::value);
        let stopped = |id: &str| id.starts_with("i-") && !running.contains(&(it.region.clone(), id.to_owned()));
        if to.map(stopped).reduce(|all, one| all && one) == Some(true) {
            it.listed.notes.push(Note::new("instance-stopped"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Listed;
    use crate::resources;

    fn found(resource: &str, id: &str, to: &[&str]) -> Found {
        let listed = to.iter().fold(Listed::new(id), |listed, to| listed.note(Note::with("attached-to", to)));
        Found::new(&Region::home(), resources::find(resource).unwrap(), listed)
    }

    fn stopped(outcome: CheckOutcome) -> Vec<String> {
        let mut all = [
            found(INSTANCE, "i-1", &[]),
            found("ec2-volume", "running", &["i-1"]),
            found("ec2-volume", "stopped", &["i-2"]),
            found("ec2-volume", "both", &["i-1", "i-2"]),
            found("ec2-address", "gateway", &["nat-1"]),
            found("ec2-volume", "alone", &[]),
        ];
        let coverage = Coverage::from([(INSTANCE.to_owned(), [(Region::home(), outcome)].into())]);
        note_stopped(&mut all, &coverage);
        let said = all.iter().filter(|it| it.listed.notes.contains(&Note::new("instance-stopped")));
        said.map(|it| it.listed.id.clone()).collect()
    }

    #[test]
    fn only_where_all_instances_are_known() {
        assert_eq!(stopped(CheckOutcome::Empty), ["stopped"]);
        assert_eq!(stopped(CheckOutcome::Denied), Vec::<String>::new());
        assert_eq!(stopped(CheckOutcome::Failed), Vec::<String>::new());
    }
}
