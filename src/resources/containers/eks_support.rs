//! What AWS says of the Kubernetes version of a cluster: whether it is in extended support, and from when on it will be.

use std::collections::HashMap;

use jiff::Timestamp;

use super::eks_reading::{Cluster, Support, Version, VersionStatus};
use crate::model::Note;
use crate::resources::extended_support::{Days, Stage, days};

/// Each Kubernetes version; `None` if AWS did not answer.
pub type Versions = Option<HashMap<String, Version>>;

pub fn known<'a>(cluster: &Cluster, versions: &'a Versions) -> Option<&'a Version> {
    versions.as_ref().zip(cluster.version.as_ref()).and_then(|(known, version)| known.get(version))
}

/// Nothing where AWS upgrades it instead.
pub fn note(cluster: &Cluster, versions: &Versions, now: Timestamp) -> Option<Note> {
    if cluster.upgrade_policy.support_type == Some(Support::Standard) {
        return None;
    }
    let listed = known(cluster, versions);
    let status = listed.and_then(|it| it.version_status.as_ref());
    if let Some(VersionStatus::Extended | VersionStatus::Unsupported) = status {
        return Stage::FirstYears.note();
    }
    let ends = listed.and_then(|it| it.end_of_standard_support_date);
    let days =
        ends.map(|charged| Days { charged, dearer: None }).or_else(|| days("kubernetes", cluster.version.as_deref()?));
    days?.stage(now).note()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::containers::eks_reading::UpgradePolicy;

    #[test]
    fn the_day_is_said_before_it_comes_unless_aws_upgrades_the_cluster() {
        let cluster = |policy| Cluster {
            version: Some("1.34".into()),
            upgrade_policy: UpgradePolicy { support_type: policy },
            ..Cluster::default()
        };
        let version = |status, ends: Option<&str>| {
            let end_of_standard_support_date = ends.map(|ends| ends.parse().unwrap());
            let version = Version { version_status: Some(status), end_of_standard_support_date, ..Version::default() };
            Some(HashMap::from([("1.34".to_owned(), version)]))
        };
        let said = |versions: &Versions| {
            let note = note(&cluster(None), versions, "2026-11-23T00:00:00Z".parse().unwrap())?;
            Some((note.id().to_owned(), note.value().map(str::to_owned)))
        };
        let soon = |day: &str| Some(("extended-support-from".to_owned(), Some(day.to_owned())));
        assert_eq!(said(&None), soon("2026-12-03"));
        assert_eq!(said(&version(VersionStatus::Standard, Some("2027-01-31T00:00:00Z"))), soon("2027-01-31"));
        assert_eq!(said(&version(VersionStatus::Standard, Some("2028-01-31T00:00:00Z"))), None);
        assert_eq!(said(&version(VersionStatus::Extended, None)), Some(("extended-support".to_owned(), None)));
        let now = "2026-11-23T00:00:00Z".parse().unwrap();
        assert_eq!(note(&cluster(Some(Support::Standard)), &version(VersionStatus::Extended, None), now), None);
    }
}
