//! EMR Serverless applications are charged, once started, for their pre-initialized workers and for the workers of their jobs.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use super::emr_serverless_charges::{Detail, charges};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Note, Scope, Verb, words};
use crate::resources::details::detailed;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "emr-serverless-application",
    names: words("EMR Serverless application", "EMR Serverless アプリケーション"),
    bills: words(
        "per second for the workers that it keeps ready while started, and for those of its jobs",
        "起動中、待機させているワーカーとジョブのワーカーに 1 秒ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["ElasticMapReduce"],
    asks: &[&APPLICATIONS, &APPLICATION],
    writes: &["emr-serverless:StopApplication"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const APPLICATIONS: Operation<Application> = Operation::new("emr-serverless:ListApplications").at("applications");
const APPLICATION: Operation<Detail> = Operation::new("emr-serverless:GetApplication").at("application");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Application {
    id: String,
    name: Option<String>,
    arn: String,
    state: Option<State>,
    created_at: Option<Timestamp>,
    architecture: Option<Architecture>,
}

values! {
    enum State { Created = "CREATED", Stopping = "STOPPING", Stopped = "STOPPED", Terminated = "TERMINATED" }
}
values! { enum Architecture { Arm64 = "ARM64" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let mut applications = cx.ask(&APPLICATIONS).all().await?;
    applications.retain(|it| !is_free(it.state.as_ref()));
    let ask = |it: &Application| {
        let (known, detail) = (!it.id.is_empty(), cx.ask(&APPLICATION).with("applicationId", it.id.as_str()));
        // An empty id in the path would be another request.
        async move { if known { detail.one().await } else { Ok(Detail::default()) } }
    };
    Ok(detailed(applications, ask, |it, detail| Some(finding(it, detail))).await)
}

fn is_free(state: Option<&State>) -> bool {
    matches!(state, Some(State::Created | State::Stopped | State::Terminated))
}

fn finding(it: &Application, detail: Option<&Detail>) -> Listed {
    let found = Listed {
        arn: Some(it.arn.clone()),
        billing: if it.state == Some(State::Stopping) { Billing::Ending } else { Billing::Running },
        created_at: it.created_at,
        tags: detail.map(|it| it.tags.clone()).unwrap_or_default(),
        charges: charges(it.architecture == Some(Architecture::Arm64), detail),
        notes: vec![Note::new("usage-extra")],
        ..Listed::new(&it.id)
    };
    let command = Command::aws("emr-serverless stop-application --application-id").arg(&it.id);
    found.named(it.name.clone()).can(Verb::Stop, command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn application(state: &str) -> Application {
        Application { state: Some(state.into()), ..Application::default() }
    }

    #[test]
    fn only_an_application_that_is_not_started_is_free() {
        let states = ["CREATED", "STOPPED", "TERMINATED", "STARTED", "STARTING", "FUTURE"];
        assert_eq!(states.map(|it| is_free(Some(&it.into()))), [true, true, true, false, false, false]);
        assert_eq!(finding(&application("STOPPING"), None).billing, Billing::Ending);
    }
}
