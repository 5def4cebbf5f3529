//! What AWS would say: the calls of a plan, only tried, where AWS offers that.

use aws_config::SdkConfig;
use futures::stream::{self, StreamExt as _};

use super::plan::Plan;
use super::refuse::remedy;
use crate::aws::Cx;
use crate::aws::remedy::{Dry, run};
use crate::aws::trouble::{Trouble, trouble};
use crate::error::Error;

/// The plan with AWS's objections: a missing permission, a protection. What is in use or busy before its turn is no objection.
pub async fn rehearse(sdk: &SdkConfig, plan: Plan, at_once: usize) -> Plan {
    let Plan { mut report, things, waits, settled } = plan;
    let account = report.account.id.clone();
    let rows = report.actions.iter().map(|row| {
        let cx = Cx::new(&account, &row.region, sdk);
        let steps = things.get(&row.key).and_then(|it| remedy(it, row.verb)).map(|remedy| remedy.steps.clone());
        async move {
            let mut said: Vec<Option<Error>> = Vec::new();
            for step in steps.unwrap_or_default() {
                said.push(run(&cx, &step, Dry::Yes).await.err());
            }
            said
        }
    });
    let said: Vec<Vec<Option<Error>>> = stream::iter(rows.collect::<Vec<_>>()).buffered(at_once.max(1)).collect().await;
    for (row, said) in report.actions.iter_mut().zip(said) {
        let objections = said.into_iter().rev().zip(row.steps.iter_mut().rev());
        for (error, step) in objections.filter_map(|(error, step)| Some((error?, step))) {
            let objects = matches!(trouble(&error), Trouble::Denied | Trouble::Protected);
            if !objects {
                continue;
            }
            step.message.clone_from(&error.detail);
            if trouble(&error) == Trouble::Denied {
                report.gaps.push(error.gap(&account, Some(&row.region), Some(&row.resource)));
            }
        }
    }
    Plan { report, things, waits, settled }
}
