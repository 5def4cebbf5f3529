//! The order of doing: what depends on something else comes after it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Finding;

/// Types whose things may use those of other types in the same region: the first ends before the second. AWS refuses the second
/// while it is used, and does not always say by what.
const BEFORE: &[(&str, &str)] = &[
    ("ec2-nat-gateway", "ec2-address"),
    ("load-balancer", "ec2-address"),
    ("classic-load-balancer", "ec2-address"),
    ("network-firewall", "ec2-address"),
    ("ec2-transit-gateway-attachment", "ec2-vpn-connection"),
    ("ecs-service", "load-balancer"),
    ("eks-capability", "eks-cluster"),
    ("eks-cluster", "load-balancer"),
    ("eks-cluster", "ec2-nat-gateway"),
    ("rds-proxy", "rds-instance"),
    ("rds-proxy", "rds-cluster"),
    ("rds-instance", "rds-cluster"),
    ("rds-shard-group", "rds-cluster"),
    ("docdb-instance", "docdb-cluster"),
    ("neptune-instance", "neptune-cluster"),
    ("sagemaker-app", "sagemaker-domain"),
    ("sagemaker-space", "sagemaker-domain"),
    ("workspace", "directory"),
    ("workspaces-pool", "directory"),
    ("fsx-file-system", "directory"),
    ("appstream-fleet", "directory"),
    ("transfer-server", "efs-file-system"),
    ("backup-recovery-point", "ec2-snapshot"),
    ("cloudtrail-trail", "s3-bucket"),
    ("medialive-channel", "medialive-input"),
    ("lightsail-instance", "lightsail-disk"),
    ("lightsail-instance", "lightsail-static-ip"),
    ("private-ca", "kms-key"),
    ("secret", "kms-key"),
    ("s3-bucket", "kms-key"),
    ("rds-instance", "kms-key"),
    ("ec2-volume", "kms-key"),
];

/// The keys that each thing waits for, whatever becomes of them.
pub(super) fn waits(findings: &[&Finding]) -> BTreeMap<String, BTreeSet<String>> {
    let mut kinds: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for it in findings {
        kinds.entry((&*it.resource, it.region.as_str())).or_default().push(&it.key);
    }
    let of = |it: &Finding| {
        let before = BEFORE.iter().filter(|(_, then)| *then == it.resource);
        let keys = before.filter_map(|(first, _)| kinds.get(&(*first, it.region.as_str())));
        keys.flatten().map(|key| (*key).to_owned()).collect()
    };
    findings.iter().map(|it| (it.key.clone(), of(it))).collect()
}

/// How many things come before each, one after the other. A circle counts as nothing.
pub(super) fn depth(key: &str, waits: &BTreeMap<String, BTreeSet<String>>) -> usize {
    fn deep<'a>(key: &'a str, waits: &'a BTreeMap<String, BTreeSet<String>>, seen: &mut Vec<&'a str>) -> usize {
        if seen.contains(&key) {
            return 0;
        }
        seen.push(key);
        let below = waits.get(key).into_iter().flatten().map(|next| deep(next, waits, seen).saturating_add(1)).max();
        seen.pop();
        below.unwrap_or_default()
    }
    deep(key, waits, &mut Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(resource: &str, id: &str) -> Finding {
        Finding { resource: resource.to_owned(), ..Finding::new(id) }
    }

    #[test]
    fn a_gateway_ends_before_its_address_and_nothing_waits_for_itself() {
        let all = [finding("ec2-address", "a"), finding("ec2-nat-gateway", "n"), finding("kms-key", "k")];
        let waits = waits(&all.iter().collect::<Vec<_>>());
        assert_eq!(waits["a"], BTreeSet::from(["n".to_owned()]));
        assert!(waits["n"].is_empty() && waits["k"].is_empty());
        assert_eq!(["a", "n", "k"].map(|key| depth(key, &waits)), [1, 0, 0]);
        let circle =
            BTreeMap::from([("x", "y"), ("y", "x")].map(|(a, b)| (a.to_owned(), BTreeSet::from([b.to_owned()]))));
        assert_eq!(depth("x", &circle), 2);
    }

    #[test]
    fn the_types_exist_and_have_an_order() {
        let waits: BTreeMap<String, BTreeSet<String>> =
            BEFORE.iter().fold(BTreeMap::new(), |mut waits: BTreeMap<String, BTreeSet<String>>, (first, then)| {
                waits.entry((*then).to_owned()).or_default().insert((*first).to_owned());
                waits
            });
        for (first, then) in BEFORE {
            assert!([first, then].iter().all(|id| crate::resources::find(id).is_some()), "{first} or {then}");
            assert!(depth(then, &waits) > depth(first, &waits), "{first} and {then} wait for one another");
        }
    }
}
