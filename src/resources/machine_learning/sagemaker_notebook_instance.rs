//! SageMaker AI notebook instances bill while they run, used or not; a stopped one keeps its volume.

use aws_sdk_sagemaker::Client;
use aws_sdk_sagemaker::operation::describe_notebook_instance::DescribeNotebookInstanceOutput;
use aws_sdk_sagemaker::types::{InstanceType, NotebookInstanceStatus, NotebookInstanceSummary};
use futures::FutureExt;

use super::sagemaker_charges::{SERVICE, instances, some_volume, volume};
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Scope, Verb, words};
use crate::resources::details::detailed;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-notebook-instance",
    names: words("SageMaker AI notebook instance", "SageMaker AI ノートブックインスタンス"),
    bills: words(
        "per hour while it runs, used or not, and per GB and month of its volume, also when stopped",
        "実行中は使わなくても 1 時間ごと、加えて停止中もボリュームの GB・月ごと",
    ),
    scope: Scope::Region,
    endpoint: "api.sagemaker",
    small: false,
    billed_as: &[SERVICE],
    reads: &["sagemaker:ListNotebookInstances", "sagemaker:DescribeNotebookInstance"],
    writes: &[
        "sagemaker:StopNotebookInstance",
        "sagemaker:DeleteNotebookInstance",
        "sagemaker:DescribeNotebookInstance",
    ],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let notebooks = client.list_notebook_instances().max_results(100).into_paginator().items().send();
    let notebooks: Vec<NotebookInstanceSummary> = notebooks.try_collect().await?;
    let ask = |it: &NotebookInstanceSummary| {
        client.describe_notebook_instance().set_notebook_instance_name(it.notebook_instance_name.clone()).send()
    };
    Ok(detailed(notebooks, ask, |it, detail| Some(finding(it, detail))).await)
}

fn finding(notebook: &NotebookInstanceSummary, detail: Option<&DescribeNotebookInstanceOutput>) -> Listed {
    let billing = match notebook.notebook_instance_status() {
        Some(NotebookInstanceStatus::Stopped | NotebookInstanceStatus::Failed) => Billing::Stopped,
        Some(NotebookInstanceStatus::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let name = notebook.notebook_instance_name().unwrap_or_default();
    let (arn, created_at) = (notebook.notebook_instance_arn.clone(), time(notebook.creation_time()));
    let mut found = Listed { arn, billing, created_at, ..Listed::new(name) };
    let command = |verb: &str| Command::aws(&format!("sagemaker {verb} --notebook-instance-name")).arg(name);
    let (stop, mut delete) = (command("stop-notebook-instance"), command("delete-notebook-instance"));
    if billing == Billing::Running {
        let class = notebook.instance_type().map(InstanceType::as_str);
        found = found.charge(instances("Notebk", class, Some(1))).can(Verb::Stop, stop.clone());
        delete = stop.then(command("wait notebook-instance-stopped")).then(delete);
    }
    let gigabytes = detail.and_then(DescribeNotebookInstanceOutput::volume_size_in_gb);
    found.charge(gigabytes.map_or_else(some_volume, volume)).can(Verb::Delete, delete)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(state: &str) -> (Billing, Vec<String>, bool) {
        let notebook = NotebookInstanceSummary::builder().notebook_instance_status(state.into());
        let notebook = notebook.instance_type("ml.t3.medium".into()).build();
        let found = finding(&notebook, Some(&DescribeNotebookInstanceOutput::builder().volume_size_in_gb(5).build()));
        let stoppable = found.can.contains(&Verb::Stop);
        (found.billing, found.charges.into_iter().map(|charge| charge.what).collect(), stoppable)
    }

    #[test]
    fn a_stopped_one_keeps_its_volume() {
        let (both, volume) =
            (vec!["ml.t3.medium".to_owned(), "5 GB volume".to_owned()], vec!["5 GB volume".to_owned()]);
        for state in ["InService", "Pending", "Updating", "Dreaming"] {
            assert_eq!(told(state), (Billing::Running, both.clone(), true), "{state}");
        }
        for state in ["Stopped", "Failed"] {
            assert_eq!(told(state), (Billing::Stopped, volume.clone(), false), "{state}");
        }
        assert_eq!(told("Deleting"), (Billing::Ending, volume, false));
        let bare = finding(&NotebookInstanceSummary::builder().build(), None);
        assert_eq!((bare.billing, bare.charges.len()), (Billing::Running, 2));
    }
}
