//! The parts of an EKS cluster that AWS wants deleted before it: node groups and Fargate profiles.

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Error;
use crate::model::{Command, Note};

pub const NODE_GROUPS: Operation<String> = Operation::new("eks:ListNodegroups").at("nodegroups");
pub const FARGATE_PROFILES: Operation<String> = Operation::new("eks:ListFargateProfiles").at("fargateProfileNames");

/// Their names; `None` if they could not be listed.
#[derive(Default)]
pub struct Parts {
    pub node_groups: Option<Vec<String>>,
    pub profiles: Option<Vec<String>>,
}

impl Parts {
    /// Lists them, and says what failed.
    pub async fn list(cx: &Cx, cluster: &str) -> (Self, Vec<Error>) {
        let node_groups = cx.ask(&NODE_GROUPS).with("clusterName", cluster).all();
        let profiles = cx.ask(&FARGATE_PROFILES).with("clusterName", cluster).all();
        let (node_groups, profiles) = futures::join!(node_groups, profiles);
        let mut faults = Vec::new();
        let node_groups = node_groups.map_err(|error| faults.push(error)).ok();
        let profiles = profiles.map_err(|error| faults.push(error)).ok();
        (Self { node_groups, profiles }, faults)
    }

    /// The commands that delete them: node groups side by side, and profiles one after the other, because AWS deletes one at a time.
    pub fn end(&self, cluster: &str) -> Option<Command> {
        let of = |action: &str, part: &str, name: &String| {
            Command::aws(&format!("eks {action} --cluster-name"))
                .arg(cluster)
                .words(&format!("--{part}-name"))
                .arg(name)
        };
        let groups = || self.node_groups.iter().flatten();
        let delete = groups().map(|name| of("delete-nodegroup", "nodegroup", name));
        let wait = groups().map(|name| of("wait nodegroup-deleted", "nodegroup", name));
        let profiles = self.profiles.iter().flatten().flat_map(|name| {
            ["delete-fargate-profile", "wait fargate-profile-deleted"].map(|action| of(action, "fargate-profile", name))
        });
        delete.chain(wait).chain(profiles).reduce(Command::then)
    }

    /// Says that those which could not be listed may be in the way.
    pub fn unknown(&self) -> Option<Note> {
        match (&self.node_groups, &self.profiles) {
            (Some(_), Some(_)) => None,
            (None, Some(_)) => Some(Note::with("parts-first", "node groups")),
            (Some(_), None) => Some(Note::with("parts-first", "Fargate profiles")),
            (None, None) => Some(Note::with("parts-first", "node groups, Fargate profiles")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn they_end_in_the_order_that_aws_allows() {
        let parts = Parts { node_groups: Some(names(&["a", "b"])), profiles: Some(names(&["f"])) };
        let command = parts.end("c").unwrap().to_string();
        let steps: Vec<&str> = command.split(" && ").collect();
        assert_eq!(
            steps,
            [
                "aws eks delete-nodegroup --cluster-name c --nodegroup-name a",
                "aws eks delete-nodegroup --cluster-name c --nodegroup-name b",
                "aws eks wait nodegroup-deleted --cluster-name c --nodegroup-name a",
                "aws eks wait nodegroup-deleted --cluster-name c --nodegroup-name b",
                "aws eks delete-fargate-profile --cluster-name c --fargate-profile-name f",
                "aws eks wait fargate-profile-deleted --cluster-name c --fargate-profile-name f",
            ]
        );
        assert_eq!((parts.unknown(), Parts { node_groups: Some(Vec::new()), profiles: None }.end("c")), (None, None));
    }

    #[test]
    fn what_could_not_be_listed_is_said() {
        let said = |parts: Parts| parts.unknown().and_then(|note| note.value().map(str::to_owned));
        assert_eq!(said(Parts::default()).as_deref(), Some("node groups, Fargate profiles"));
        let none = || Some(Vec::new());
        assert_eq!(said(Parts { node_groups: none(), profiles: None }).as_deref(), Some("Fargate profiles"));
        assert_eq!(said(Parts { node_groups: None, profiles: none() }).as_deref(), Some("node groups"));
    }
}
