//! AWS Config bills for every change its recorders write down, while they record. Some that belong to AWS services are free.

use aws_sdk_config::Client;
use aws_sdk_config::operation::describe_configuration_recorder_status::DescribeConfigurationRecorderStatusOutput as Answer;
use aws_sdk_config::types::{ConfigurationRecorderStatus, ConfigurationRecorderSummary, RecordingScope};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::reading::said;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "config-recorder",
    names: words("Config recorder", "Config 設定レコーダー"),
    bills: words("per configuration item it records", "記録した設定項目ごと"),
    scope: Scope::Region,
    endpoint: "config",
    small: false,
    billed_as: &["AWSConfig"],
    reads: &["config:ListConfigurationRecorders", "config:DescribeConfigurationRecorderStatus"],
    writes: &[
        "config:StopConfigurationRecorder",
        "config:DeleteConfigurationRecorder",
        "config:DeleteServiceLinkedConfigurationRecorder",
    ],
    list: |cx| list(cx).boxed(),
};

/// Unlike `DescribeConfigurationRecorders`, this lists those of AWS services, too.
async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let recorders = client.list_configuration_recorders().max_results(20).into_paginator().items().send();
    let mut recorders: Vec<ConfigurationRecorderSummary> = recorders.try_collect().await?;
    recorders.retain(|it| *it.recording_scope() != RecordingScope::Internal);
    let ask = |it: &ConfigurationRecorderSummary| {
        let arn = said([Some(it.arn())]).map(str::to_owned);
        client.describe_configuration_recorder_status().set_arn(arn).send()
    };
    Ok(detailed(recorders, ask, finding).await)
}

/// `None` means it does not record.
fn finding(recorder: &ConfigurationRecorderSummary, answer: Option<&Answer>) -> Option<Listed> {
    let name = recorder.name();
    let states = answer.map(Answer::configuration_recorders_status).unwrap_or_default();
    if states.iter().find(|state| state.name() == Some(name)).is_some_and(is_stopped) {
        return None;
    }
    let arn = said([Some(recorder.arn())]).map(str::to_owned);
    let sku = Sku::new("AWSConfig").with("item", "configuration_item");
    let found = Listed { arn, ..Listed::new(name) };
    let found = found.charge(Charge::metered("configuration items recorded", sku, Unit::Month));
    if let Some(service) = recorder.service_principal() {
        let command = "configservice delete-service-linked-configuration-recorder --service-principal";
        let found = found.note(Note::with("service-managed", service));
        return Some(found.can(Verb::Delete, Command::aws(command).arg(service)));
    }
    let command = |verb: &str| {
        Command::aws(&format!("configservice {verb}-configuration-recorder --configuration-recorder-name")).arg(name)
    };
    Some(found.can(Verb::Stop, command("stop")).can(Verb::Delete, command("delete")))
}

/// A missing `recording` reads like one that is `false`: the times have to agree. One that was never started has none.
fn is_stopped(state: &ConfigurationRecorderStatus) -> bool {
    let has_stopped = match (state.last_start_time(), state.last_stop_time()) {
        (Some(started), Some(stopped)) => started <= stopped,
        (None, None) => state.last_status().is_none(),
        (None, Some(_)) => true,
        (Some(_), None) => false,
    };
    !state.recording() && has_stopped
}

#[cfg(test)]
mod tests {
    use aws_sdk_config::types::RecorderStatus;
    use aws_smithy_types::DateTime;

    use super::*;

    fn bills(state: ConfigurationRecorderStatus) -> bool {
        let recorder = ConfigurationRecorderSummary::builder().arn("x").name("default");
        let recorder = recorder.recording_scope(RecordingScope::Paid).build().unwrap();
        let answer = Answer::builder().configuration_recorders_status(state);
        finding(&recorder, Some(&answer.build())).is_some()
    }

    #[test]
    fn bills_while_it_records() {
        let state = |started: Option<i64>, stopped: Option<i64>| {
            ConfigurationRecorderStatus::builder()
                .name("default")
                .set_last_start_time(started.map(DateTime::from_secs))
                .set_last_stop_time(stopped.map(DateTime::from_secs))
        };
        assert!(bills(state(Some(1), Some(2)).recording(true).build()));
        assert!(!bills(state(Some(1), Some(2)).recording(false).build()));
        assert!(!bills(state(None, None).recording(false).build()));
        // What it would look like with `recording` left out.
        assert!(bills(state(Some(2), Some(1)).build()) && bills(state(Some(1), None).build()));
        assert!(bills(state(None, None).last_status(RecorderStatus::Success).build()));
    }

    #[test]
    fn a_state_that_is_not_told_is_no_stop() {
        assert!(bills(ConfigurationRecorderStatus::builder().name("another").build()));
    }
}
