//! Redshift Serverless bills the seconds in which a workgroup works, and the storage of its namespace, which stays when
//! the workgroup goes.

use std::collections::BTreeSet;

use aws_sdk_redshiftserverless::Client;
use aws_sdk_redshiftserverless::types::{Namespace, NamespaceStatus, Workgroup, WorkgroupStatus};
use futures::FutureExt;

use super::redshift_charges::managed_storage;
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::{either, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "redshift-serverless-workgroup",
    names: words("Redshift Serverless workgroup", "Redshift Serverless ワークグループ"),
    bills: words(
        "per unit of capacity (RPU) and hour while queries run; its namespace's storage per GB and month",
        "クエリの実行中は容量単位 (RPU)・時間ごと。名前空間のストレージは GB・月ごと",
    ),
    scope: Scope::Region,
    endpoint: "redshift-serverless",
    small: false,
    billed_as: &["AmazonRedshift"],
    reads: &["redshift-serverless:ListWorkgroups", "redshift-serverless:ListNamespaces"],
    writes: &["redshift-serverless:DeleteWorkgroup", "redshift-serverless:DeleteNamespace"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let workgroups = client.list_workgroups().max_results(100).into_paginator().items().send();
    let namespaces = client.list_namespaces().max_results(100).into_paginator().items().send();
    let (workgroups, namespaces) = futures::join!(workgroups.try_collect(), namespaces.try_collect());
    let (workgroups, namespaces, faults): (Option<Vec<Workgroup>>, Option<Vec<Namespace>>, _) =
        either(workgroups, namespaces)?;
    let mut findings: Vec<Listed> = workgroups.iter().flatten().map(of_workgroup).collect();
    // Without the workgroups it is not known which namespaces stand alone: their storage bills either way.
    let used: BTreeSet<&str> = workgroups.iter().flatten().filter_map(Workgroup::namespace_name).collect();
    let alone = |it: &&Namespace| !it.namespace_name().is_some_and(|name| used.contains(name));
    findings.extend(namespaces.iter().flatten().filter(alone).map(of_namespace));
    Ok(Listing { findings, faults, ..Listing::default() })
}

/// An unknown status is reported, not hidden.
fn of_workgroup(it: &Workgroup) -> Listed {
    let id = it.workgroup_name().unwrap_or_default();
    let ending = it.status() == Some(&WorkgroupStatus::Deleting);
    let found = Listed {
        arn: it.workgroup_arn().map(str::to_owned),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: time(it.creation_date()),
        notes: vec![Note::new("data-stays")],
        ..Listed::new(id)
    };
    let capacity = Sku::new("AmazonRedshift").with("usagetype", "Redshift:ServerlessUsage");
    let found = found.charge(Charge::metered("RPU", capacity, Unit::Hour)).charge(managed_storage());
    found.can(Verb::Delete, Command::aws("redshift-serverless delete-workgroup --workgroup-name").arg(id))
}

/// A namespace that no workgroup uses: only its storage bills.
fn of_namespace(it: &Namespace) -> Listed {
    let id = it.namespace_name().unwrap_or_default();
    let ending = it.status() == Some(&NamespaceStatus::Deleting);
    let found = Listed {
        arn: it.namespace_arn().map(str::to_owned),
        billing: if ending { Billing::Ending } else { Billing::Stopped },
        created_at: time(it.creation_date()),
        ..Listed::new(id)
    };
    let command = Command::aws("redshift-serverless delete-namespace --namespace-name").arg(id);
    let command = command.words("--final-snapshot-name").arg(format!("{id}-final"));
    found.charge(managed_storage()).can(Verb::Delete, command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workgroup_and_a_namespace_bill_in_every_state() {
        let billing = |state: &str| of_workgroup(&Workgroup::builder().status(state.into()).build()).billing;
        assert_eq!(["AVAILABLE", "DREAMING"].map(billing), [Billing::Running; 2]);
        assert_eq!(billing("DELETING"), Billing::Ending);
        let bare = of_workgroup(&Workgroup::builder().build());
        assert_eq!((bare.charges.len(), bare.notes), (2, vec![Note::new("data-stays")]));
        let found = of_namespace(&Namespace::builder().namespace_name("study").build());
        assert_eq!((found.billing, found.charges.len()), (Billing::Stopped, 1));
        assert_eq!(
            found.commands[&Verb::Delete].to_string(),
            "aws redshift-serverless delete-namespace --namespace-name study --final-snapshot-name study-final"
        );
    }
}
