//! Cloud9 environments are free; the EC2 instance of each is not.

use std::collections::BTreeMap;

use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::{Operation, Typed};
use crate::error::Result;
use crate::model::{Command, Owner, Scope, words};
use crate::resources::ec2::ec2_tagged::tagged;
use crate::resources::{Listing, Owned, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "cloud9-environment",
    names: words("Cloud9 environment", "Cloud9 環境"),
    bills: words("free itself; its instance and volume are charged", "それ自体は無料。インスタンスとボリュームに課金"),
    scope: Scope::Region,
    small: false,
    billed_as: &[],
    asks: &[&ENVIRONMENTS, &Typed("ec2:DescribeInstances")],
    writes: &["cloud9:DeleteEnvironment"],
    owns: &["ec2-instance"],
    list: |cx| list(cx).boxed(),
};

const ENVIRONMENTS: Operation<String> = Operation::new("cloud9:ListEnvironments").at("environmentIds");

/// The tag of the instance; its value is the id of the environment.
const TAG: &str = "aws:cloud9:environment";

async fn list(cx: &Cx) -> Result<Listing> {
    let ids = cx.ask(&ENVIRONMENTS).all().await?;
    if ids.is_empty() {
        return Ok(Listing::default());
    }
    let instances = match tagged(cx, TAG).await {
        Ok(instances) => instances,
        Err(error) => return Ok(Listing { faults: vec![error], ..Listing::default() }),
    };
    Ok(Listing { owned: owned(instances, &ids), ..Listing::default() })
}

fn owned(instances: Vec<(String, BTreeMap<String, String>)>, ids: &[String]) -> Vec<Owned> {
    let of = |(thing, tags): (String, BTreeMap<String, String>)| {
        let id = ids.iter().find(|id| tags.get(TAG) == Some(id))?;
        Some(Owned { resource: "ec2-instance", thing, owner: owner(id) })
    };
    instances.into_iter().filter_map(of).collect()
}

fn owner(id: &str) -> Owner {
    RESOURCE.owner(id, Command::aws("cloud9 delete-environment --environment-id").arg(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_instance_names_its_environment() {
        let instance = |id: &str| (format!("i-{id}"), BTreeMap::from([(TAG.to_owned(), id.to_owned())]));
        let owned = owned(vec![instance("a"), instance("of-another")], &["a".to_owned(), "b".to_owned()]);
        let things: Vec<_> = owned.into_iter().map(|it| (it.thing, it.owner.id)).collect();
        assert_eq!(things, [("i-a".to_owned(), "a".to_owned())]);
    }
}
