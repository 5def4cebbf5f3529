//! SageMaker AI notebook instances are charged while they run, used or not; stopped ones for their volume.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::sagemaker_charges::{SERVICE, instances, some_volume, volume};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Loss, Scope, Verb, words};
use crate::resources::details::detailed;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "sagemaker-notebook-instance",
    names: words("SageMaker AI notebook instance", "SageMaker AI ノートブックインスタンス"),
    bills: words(
        "per hour while it runs, used or not, and per GB and month of its volume, also when stopped",
        "実行中は使わなくても 1 時間ごと、加えて停止中もボリュームの GB・月ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&NOTEBOOKS, &NOTEBOOK],
    writes: &["sagemaker:StopNotebookInstance", "sagemaker:DeleteNotebookInstance"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const NOTEBOOKS: Operation<Notebook> = Operation::new("sagemaker:ListNotebookInstances").at("NotebookInstances");
const NOTEBOOK: Operation<Detail> = Operation::new("sagemaker:DescribeNotebookInstance");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Notebook {
    notebook_instance_name: Option<String>,
    notebook_instance_arn: Option<String>,
    notebook_instance_status: Option<Status>,
    instance_type: Option<String>,
    creation_time: Option<Timestamp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Detail {
    #[serde(rename = "VolumeSizeInGB")]
    volume_size_in_gb: Option<Decimal>,
}

values! { enum Status { Deleting = "Deleting", Failed = "Failed", Stopped = "Stopped" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let notebooks = cx.ask(&NOTEBOOKS).all().await?;
    let ask = |it: &Notebook| cx.ask(&NOTEBOOK).with("NotebookInstanceName", it.notebook_instance_name.clone()).one();
    Ok(detailed(notebooks, ask, |it, detail| Some(finding(it, detail))).await)
}

fn finding(notebook: &Notebook, detail: Option<&Detail>) -> Listed {
    let billing = match notebook.notebook_instance_status {
        Some(Status::Stopped | Status::Failed) => Billing::Stopped,
        Some(Status::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let name = notebook.notebook_instance_name.as_deref().unwrap_or_default();
    let (arn, created_at) = (notebook.notebook_instance_arn.clone(), notebook.creation_time);
    let mut found = Listed { arn, billing, created_at, ..Listed::new(name) };
    let command = |verb: &str| Command::aws(&format!("sagemaker {verb} --notebook-instance-name")).arg(name);
    let (stop, mut delete) = (command("stop-notebook-instance"), command("delete-notebook-instance"));
    if billing == Billing::Running {
        let class = notebook.instance_type.as_deref();
        found = found.charge(instances("Notebk", class, Some(Decimal::ONE))).can(Verb::Stop, stop.clone());
        delete = stop.then(command("wait notebook-instance-stopped")).then(delete);
    }
    let gigabytes = detail.and_then(|it| it.volume_size_in_gb);
    found.charge(gigabytes.map_or_else(some_volume, volume)).loses(Loss::Data).can(Verb::Delete, delete)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bills(state: &str) -> (Billing, Vec<String>, bool) {
        let notebook = Notebook {
            notebook_instance_status: Some(state.into()),
            instance_type: Some("ml.t3.medium".into()),
            ..Notebook::default()
        };
        let found = finding(&notebook, Some(&Detail { volume_size_in_gb: Some(5.into()) }));
        let stoppable = found.can.contains(&Verb::Stop);
        (found.billing, found.charges.into_iter().map(|charge| charge.what).collect(), stoppable)
    }

    #[test]
    fn a_stopped_one_keeps_its_volume() {
        let (both, volume) =
            (vec!["ml.t3.medium".to_owned(), "5 GB volume".to_owned()], vec!["5 GB volume".to_owned()]);
        for state in ["InService", "Pending", "Updating", "Future"] {
            assert_eq!(bills(state), (Billing::Running, both.clone(), true), "{state}");
        }
        for state in ["Stopped", "Failed"] {
            assert_eq!(bills(state), (Billing::Stopped, volume.clone(), false), "{state}");
        }
        assert_eq!(bills("Deleting"), (Billing::Ending, volume, false));
        let bare = finding(&Notebook::default(), None);
        assert_eq!((bare.billing, bare.charges.len()), (Billing::Running, 2));
    }
}
