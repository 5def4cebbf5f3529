//! Owners by tags: the tags that AWS and Kubernetes put on resources they create, and the command that deletes the owner.

use std::collections::BTreeMap;

use crate::model::{Command, Owner, Words, words};

/// A kind of owner and the tags that AWS puts on the resources it creates (fact sheet, section 8.1).
struct Mark {
    /// Any of these; the tag's value is the owner's name.
    tags: &'static [&'static str],
    resource: &'static str,
    names: Words,
    /// The command that deletes the owner, up to its name.
    command: &'static str,
    /// The rest of the command, after the name.
    rest: Option<&'static str>,
}

/// Load balancers of the AWS Load Balancer Controller carry its own tag.
static CLUSTER: Mark = Mark {
    tags: &["aws:eks:cluster-name", "eks:cluster-name", "elbv2.k8s.aws/cluster"],
    resource: "eks-cluster",
    names: words("EKS cluster", "EKS クラスター"),
    command: "eks delete-cluster --name",
    rest: None,
};

/// The outermost first: an Elastic Beanstalk environment owns a group, which owns instances.
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

/// The start of the tag key that Kubernetes puts on a cluster's volumes and load balancers.
const OF_KUBERNETES: &str = "kubernetes.io/cluster/";

/// The tag's value on a resource that the cluster only uses, and that outlives it.
const SHARED: &str = "shared";

/// The owner that a resource's tags name.
#[must_use]
pub fn owner_by_tags(tags: &BTreeMap<String, String>) -> Option<Owner> {
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
            remedy: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tagged(tags: &[(&str, &str)]) -> Option<(String, String)> {
        let tags = tags.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        owner_by_tags(&tags).map(|owner| (owner.resource, owner.id))
    }

    fn said(resource: &str, id: &str) -> (String, String) {
        (resource.to_owned(), id.to_owned())
    }

    #[test]
    fn the_outermost_owner_is_named() {
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
}
