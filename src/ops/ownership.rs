//! What a thing belongs to, so that people end the cause and not the symptom.

use std::collections::BTreeMap;

use crate::model::{AccountId, Finding, Owner, Region, Words, words};
use crate::resources::Owned;

/// A tag that AWS puts on what a thing of another kind made, and that kind (fact sheet, section 8.1).
struct Mark {
    tag: &'static str,
    resource: &'static str,
    names: Words,
    /// What ends it, up to its name.
    command: &'static str,
    /// What follows its name.
    rest: &'static str,
}

/// The outermost first: an environment of Elastic Beanstalk owns a group, which owns instances.
static MARKS: [Mark; 5] = [
    Mark {
        tag: "elasticbeanstalk:environment-name",
        resource: "elastic-beanstalk-environment",
        names: words("Elastic Beanstalk environment", "Elastic Beanstalk 環境"),
        command: "aws elasticbeanstalk terminate-environment --environment-name",
        rest: "",
    },
    Mark {
        tag: "aws:eks:cluster-name",
        resource: "eks-cluster",
        names: words("EKS cluster", "EKS クラスター"),
        command: "aws eks delete-cluster --name",
        rest: "",
    },
    Mark {
        tag: "eks:cluster-name",
        resource: "eks-cluster",
        names: words("EKS cluster", "EKS クラスター"),
        command: "aws eks delete-cluster --name",
        rest: "",
    },
    Mark {
        tag: "aws:autoscaling:groupName",
        resource: "auto-scaling-group",
        names: words("Auto Scaling group", "Auto Scaling グループ"),
        command: "aws autoscaling update-auto-scaling-group --auto-scaling-group-name",
        rest: " --min-size 0 --desired-capacity 0",
    },
    Mark {
        tag: "aws:cloudformation:stack-name",
        resource: "cloudformation-stack",
        names: words("CloudFormation stack", "CloudFormation スタック"),
        command: "aws cloudformation delete-stack --stack-name",
        rest: "",
    },
];

/// The start of the tag that Kubernetes puts on the volumes and load balancers of a cluster.
const OF_KUBERNETES: &str = "kubernetes.io/cluster/";

/// What that tag says of a thing that the cluster only uses, and that stays without it.
const SHARED: &str = "shared";

/// The owner that the tags name.
#[must_use]
pub fn by_tags(tags: &BTreeMap<String, String>) -> Option<Owner> {
    let marked = MARKS.iter().find_map(|mark| Some(mark.owner(tags.get(mark.tag)?)));
    let its = |(tag, value): (&String, &String)| {
        tag.strip_prefix(OF_KUBERNETES).filter(|_| value != SHARED).map(str::to_owned)
    };
    let cluster = || tags.iter().find_map(its);
    marked.or_else(|| Some(MARKS[1].owner(&cluster()?)))
}

impl Mark {
    fn owner(&self, id: &str) -> Owner {
        Owner {
            resource: self.resource.to_owned(),
            names: self.names.clone(),
            id: id.to_owned(),
            command: Some(format!("{} {id}{}", self.command, self.rest)),
        }
    }
}

/// What a type said belongs to something, by where it said so.
#[derive(Default)]
pub struct Claims(BTreeMap<(AccountId, Region, String), Owner>);

impl Claims {
    pub fn add(&mut self, account: &AccountId, region: &Region, owned: Vec<Owned>) {
        for Owned { thing, mut owner } in owned {
            owner.command = owner.command.map(|command| located(&command, region));
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

/// What joins the steps of a command.
const AND: &str = " && ";

/// The command, each of its steps in this region. What stands in quotes is a name, whatever it says.
#[must_use]
pub fn located(command: &str, region: &Region) -> String {
    let mut steps: Vec<String> = Vec::new();
    for part in command.split(AND) {
        match steps.last_mut().filter(|step| is_open(step)) {
            Some(open) => *open = format!("{open}{AND}{part}"),
            None => steps.push(part.to_owned()),
        }
    }
    steps.iter().map(|step| format!("{step} --region {region}")).collect::<Vec<_>>().join(AND)
}

/// Whether a quotation has begun and not ended.
fn is_open(step: &str) -> bool {
    step.replace(r"\'", "").matches('\'').count() % 2 == 1
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
        assert_eq!(tagged(&[("kubernetes.io/cluster/study", "owned")]), Some(said("eks-cluster", "study")));
        assert_eq!(tagged(&[("kubernetes.io/cluster/study", "shared")]), None);
    }

    #[test]
    fn every_step_of_a_command_has_its_region() {
        let told = |command| located(command, &Region::home());
        assert_eq!(told("aws a && aws b"), "aws a --region us-east-1 && aws b --region us-east-1");
        assert_eq!(told("aws a 'x && y' && aws b"), "aws a 'x && y' --region us-east-1 && aws b --region us-east-1");
        assert_eq!(told(r"aws a 'it'\''s && y'"), r"aws a 'it'\''s && y' --region us-east-1");
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
