//! Redshift Serverless is charged for the seconds in which a workgroup works, and for the storage of its namespace, which stays
//! when the workgroup is deleted.

use std::collections::BTreeSet;

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use super::redshift_charges::managed_storage;
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::either;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "redshift-serverless-workgroup",
    names: words("Redshift Serverless workgroup", "Redshift Serverless ワークグループ"),
    bills: words(
        "per unit of capacity (RPU) and hour while queries run; its namespace's storage per GB and month",
        "クエリの実行中は容量単位(RPU)・時間ごと。名前空間のストレージは GB・月ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonRedshift"],
    asks: &[&WORKGROUPS, &NAMESPACES],
    writes: &["redshift-serverless:DeleteWorkgroup", "redshift-serverless:DeleteNamespace"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const WORKGROUPS: Operation<Workgroup> = Operation::new("redshift-serverless:ListWorkgroups").at("workgroups");
const NAMESPACES: Operation<Namespace> = Operation::new("redshift-serverless:ListNamespaces").at("namespaces");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Workgroup {
    workgroup_name: Option<String>,
    workgroup_arn: Option<String>,
    namespace_name: Option<String>,
    status: Option<Status>,
    creation_date: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Namespace {
    namespace_name: Option<String>,
    namespace_arn: Option<String>,
    status: Option<Status>,
    creation_date: Option<Timestamp>,
}

values! { enum Status { Deleting = "DELETING" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let (workgroups, namespaces) = futures::join!(cx.ask(&WORKGROUPS).all(), cx.ask(&NAMESPACES).all());
    let (workgroups, namespaces, faults) = either(workgroups, namespaces)?;
    let mut findings: Vec<Listed> = workgroups.iter().flatten().map(of_workgroup).collect();
    // Without the list of workgroups, no namespace is known to be unused; their storage is charged in any case.
    let used: BTreeSet<&str> = workgroups.iter().flatten().filter_map(|it| it.namespace_name.as_deref()).collect();
    let alone = |it: &&Namespace| !it.namespace_name.as_deref().is_some_and(|name| used.contains(name));
    findings.extend(namespaces.iter().flatten().filter(alone).map(of_namespace));
    Ok(Listing { findings, faults, ..Listing::default() })
}

/// An unknown status is reported, not hidden.
fn of_workgroup(it: &Workgroup) -> Listed {
    let id = it.workgroup_name.as_deref().unwrap_or_default();
    let ending = it.status == Some(Status::Deleting);
    let found = Listed {
        arn: it.workgroup_arn.clone(),
        billing: if ending { Billing::Ending } else { Billing::Running },
        created_at: it.creation_date,
        notes: vec![Note::new("data-stays")],
        ..Listed::new(id)
    };
    let capacity = Sku::new("AmazonRedshift").with("usagetype", "Redshift:ServerlessUsage");
    let found = found.charge(Charge::metered("RPU", capacity, Unit::Hour)).charge(managed_storage());
    found.can(Verb::Delete, Command::aws("redshift-serverless delete-workgroup --workgroup-name").arg(id))
}

/// A namespace without a workgroup: only its storage is charged.
fn of_namespace(it: &Namespace) -> Listed {
    let id = it.namespace_name.as_deref().unwrap_or_default();
    let ending = it.status == Some(Status::Deleting);
    let found = Listed {
        arn: it.namespace_arn.clone(),
        billing: if ending { Billing::Ending } else { Billing::Stopped },
        created_at: it.creation_date,
        ..Listed::new(id)
    };
    let command = Command::aws("redshift-serverless delete-namespace --namespace-name").arg(id);
    let command = command.words("--final-snapshot-name").arg(format!("{id}-final"));
    found.charge(managed_storage()).loses(Loss::Backups).can(Verb::Delete, command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workgroup_and_a_namespace_bill_in_every_state() {
        let billing =
            |state: &str| of_workgroup(&Workgroup { status: Some(state.into()), ..Workgroup::default() }).billing;
        assert_eq!(["AVAILABLE", "FUTURE"].map(billing), [Billing::Running; 2]);
        assert_eq!(billing("DELETING"), Billing::Ending);
        let bare = of_workgroup(&Workgroup::default());
        assert_eq!((bare.charges.len(), bare.notes), (2, vec![Note::new("data-stays")]));
        let found = of_namespace(&Namespace { namespace_name: Some("study".into()), ..Namespace::default() });
        assert_eq!((found.billing, found.charges.len()), (Billing::Stopped, 1));
        assert_eq!(
            found.commands[&Verb::Delete].to_string(),
            "aws redshift-serverless delete-namespace --namespace-name study --final-snapshot-name study-final"
        );
    }
}
