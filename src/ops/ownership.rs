//! What a thing belongs to, so that people end the cause and not the symptom.

use std::collections::BTreeMap;

use crate::model::{AccountId, Command, Finding, Owner, Region, Words, words};
use crate::resources::Owned;

/// Tags that AWS puts on what a thing of another kind made, and that kind (fact sheet, section 8.1).
struct Mark {
    /// Any of them; its value is the name.
    tags: &'static [&'static str],
    resource: &'static str,
    names: Words,
    /// What ends it, up to its name.
    command: &'static str,
    /// What follows its name.
    rest: Option<&'static str>,
}

/// Its load balancers have the tag of the AWS Load Balancer Controller.
static CLUSTER: Mark = Mark {
    tags: &["aws:eks:cluster-name", "eks:cluster-name", "elbv2.k8s.aws/cluster"],
    resource: "eks-cluster",
    names: words("EKS cluster", "EKS クラスター"),
    command: "eks delete-cluster --name",
    rest: None,
};

/// The outermost first: an environment of Elastic Beanstalk owns a group, which owns instances.
static MARKS: [&Mark; 4] = [
    &Mark {
        tags: &["elasticbeanstalk:environment-name"],
        resource: "elastic-beanstalk-environment",
        names: words("Elastic Beanstalk environment", "Elastic Beanstalk 環境"),
        command: "elasticbeanstalk terminate-environment --environment-name",
        rest: None,
    },
    &CLUSTER,
    &Mark {
        tags: &["aws:autoscaling:groupName"],
        resource: "auto-scaling-group",
        names: words("Auto Scaling group", "Auto Scaling グループ"),
        command: "autoscaling update-auto-scaling-group --auto-scaling-group-name",
        rest: Some("--min-size 0 --desired-capacity 0"),
    },
    &Mark {
        tags: &["aws:cloudformation:stack-name"],
        resource: "cloudformation-stack",
        names: words("CloudFormation stack", "CloudFormation スタック"),
        command: "cloudformation delete-stack --stack-name",
        rest: None,
    },
];

/// The start of the tag that Kubernetes puts on the volumes and load balancers of a cluster.
const OF_KUBERNETES: &str = "kubernetes.io/cluster/";

/// What that tag says of a thing that the cluster only uses, and that stays without it.
const SHARED: &str = "shared";

/// The owner that the tags name.
#[must_use]
pub fn by_tags(tags: &BTreeMap<String, String>) -> Option<Owner> {
    let name = |mark: &Mark| mark.tags.iter().find_map(|tag| tags.get(*tag));
    let marked = MARKS.iter().find_map(|mark| Some(mark.owner(name(mark)?)));
    let cluster = |(tag, value): (&String, &String)| {
        let name = tag.strip_prefix(OF_KUBERNETES).filter(|_| value != SHARED)?;
        Some(CLUSTER.owner(name))
    };
    marked.or_else(|| tags.iter().find_map(cluster))
}

impl Mark {
    fn owner(&self, id: &str) -> Owner {
        let command = Command::aws(self.command).arg(id);
        Owner {
            resource: self.resource.to_owned(),
            names: self.names.clone(),
            id: id.to_owned(),
            command: Some(match self.rest {
                Some(rest) => command.words(rest),
                None => command,
            }),
        }
    }
}

/// What a type said belongs to something, by where it said so.
#[derive(Default)]
pub struct Claims(BTreeMap<(AccountId, Region, String), Owner>);

impl Claims {
    pub fn add(&mut self, account: &AccountId, region: &Region, owned: Vec<Owned>) {
        for Owned { thing, mut owner } in owned {
            owner.command = owner.command.map(|command| command.in_region(region));
            self.0.insert((account.clone(), region.clone(), thing), owner);
        }
    }

    /// Tells each finding what it belongs to, if anybody claimed it. What claims itself belongs to nothing.
    pub fn settle(&self, findings: &mut [Finding]) {
        for finding in findings {
            let of = |thing: &String| self.0.get(&(finding.account.clone(), finding.region.clone(), thing.clone()));
            let owner = of(&finding.id).or_else(|| finding.arn.as_ref().and_then(of));
            if let Some(owner) =
                owner.filter(|owner| (&*owner.resource, &*owner.id) != (&*finding.resource, &*finding.id))
            {
                finding.owner = Some(owner.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tagged(tags: &[(&str, &str)]) -> Option<(String, String)> {
        let tags = tags.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        by_tags(&tags).map(|owner| (owner.resource, owner.id))
    }

    fn said(resource: &str, id: &str) -> (String, String) {
        (resource.to_owned(), id.to_owned())
    }

    #[test]
    fn the_outermost_owner_is_told() {
        assert_eq!(tagged(&[]), None);
        assert_eq!(tagged(&[("aws:autoscaling:groupName", "web")]), Some(said("auto-scaling-group", "web")));
        assert_eq!(
            tagged(&[("aws:autoscaling:groupName", "web"), ("elasticbeanstalk:environment-name", "shop")]),
            Some(said("elastic-beanstalk-environment", "shop"))
        );
        for (tag, value) in [("kubernetes.io/cluster/study", "owned"), ("elbv2.k8s.aws/cluster", "study")] {
            assert_eq!(tagged(&[(tag, value)]), Some(said("eks-cluster", "study")));
        }
        assert_eq!(tagged(&[("kubernetes.io/cluster/study", "shared")]), None);
    }

    #[test]
    fn a_claim_holds_where_it_was_made() {
        let account: AccountId = "123456789012".parse().unwrap();
        let owner =
            Owner { resource: "bedrock-knowledge-base".into(), names: words("", ""), id: "KB1".into(), command: None };
        let mut claims = Claims::default();
        claims.add(&account, &Region::home(), vec![Owned { thing: "arn:collection".into(), owner }]);
        let at = |region: &str| Finding {
            account: account.clone(),
            region: Region::new(region),
            arn: Some("arn:collection".into()),
            ..Finding::new("c")
        };
        let mut findings = [at("us-east-1"), at("eu-west-1")];
        claims.settle(&mut findings);
        assert_eq!(findings[0].owner.as_ref().map(|owner| owner.id.as_str()), Some("KB1"));
        assert_eq!(findings[1].owner, None);
    }
}
