//! AWS Config is charged for every change that its recorders record. Some recorders of AWS services are free.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::details::detailed;
use crate::resources::reading::first_non_empty;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "config-recorder",
    names: words("Config recorder", "Config 設定レコーダー"),
    bills: words("per configuration item it records", "記録した設定項目ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSConfig"],
    asks: &[&RECORDERS, &STATES],
    writes: &[
        "config:StopConfigurationRecorder",
        "config:DeleteConfigurationRecorder",
        "config:DeleteServiceLinkedConfigurationRecorder",
    ],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

/// Unlike `DescribeConfigurationRecorders`, this also lists the recorders of AWS services.
const RECORDERS: Operation<Recorder> =
    Operation::new("config:ListConfigurationRecorders").at("ConfigurationRecorderSummaries");
const STATES: Operation<State> =
    Operation::new("config:DescribeConfigurationRecorderStatus").at("ConfigurationRecordersStatus");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Recorder {
    arn: String,
    name: String,
    service_principal: Option<String>,
    recording_scope: Option<Recording>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct State {
    name: Option<String>,
    recording: bool,
    last_start_time: Option<Timestamp>,
    last_stop_time: Option<Timestamp>,
    last_status: Option<String>,
}

values! { enum Recording { Internal = "INTERNAL" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let mut recorders = cx.ask(&RECORDERS).all().await?;
    recorders.retain(|it| it.recording_scope != Some(Recording::Internal));
    let ask = |it: &Recorder| cx.ask(&STATES).with("Arn", first_non_empty([Some(&it.arn)])).all();
    Ok(detailed(recorders, ask, |it, states| finding(it, states.map(Vec::as_slice))).await)
}

/// `None` means it does not record.
fn finding(recorder: &Recorder, states: Option<&[State]>) -> Option<Listed> {
    let name = &recorder.name;
    let state = states.into_iter().flatten().find(|state| state.name.as_ref() == Some(name));
    if state.is_some_and(is_stopped) {
        return None;
    }
    let arn = first_non_empty([Some(&recorder.arn)]).map(str::to_owned);
    let sku = Sku::new("AWSConfig").with("item", "configuration_item");
    let found = Listed { arn, ..Listed::new(name) };
    let found = found.charge(Charge::metered("configuration items recorded", sku, Unit::Month));
    if let Some(service) = &recorder.service_principal {
        let command = "configservice delete-service-linked-configuration-recorder --service-principal";
        let found = found.note(Note::with("service-managed", service));
        return Some(found.can(Verb::Delete, Command::aws(command).arg(service)));
    }
    let command = |verb: &str| {
        Command::aws(&format!("configservice {verb}-configuration-recorder --configuration-recorder-name")).arg(name)
    };
    Some(found.can(Verb::Stop, command("stop")).can(Verb::Delete, command("delete")))
}

/// A missing `recording` reads as `false`, so the times must agree. A recorder that was never started has none.
fn is_stopped(state: &State) -> bool {
    let has_stopped = match (state.last_start_time, state.last_stop_time) {
        (Some(started), Some(stopped)) => started <= stopped,
        (None, None) => state.last_status.is_none(),
        (None, Some(_)) => true,
        (Some(_), None) => false,
    };
    !state.recording && has_stopped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bills(state: State) -> bool {
        let recording_scope = Some("PAID".into());
        let recorder = Recorder { arn: "x".into(), name: "default".into(), recording_scope, ..Recorder::default() };
        finding(&recorder, Some(&[state])).is_some()
    }

    #[test]
    fn is_charged_while_it_records() {
        let at = |second: i64| Timestamp::from_second(second).unwrap();
        let state = |started: Option<i64>, stopped: Option<i64>| State {
            name: Some("default".into()),
            last_start_time: started.map(at),
            last_stop_time: stopped.map(at),
            ..State::default()
        };
        assert!(bills(State { recording: true, ..state(Some(1), Some(2)) }));
        assert!(!bills(State { recording: false, ..state(Some(1), Some(2)) }));
        assert!(!bills(State { recording: false, ..state(None, None) }));
        // As with `recording` missing.
        assert!(bills(state(Some(2), Some(1))) && bills(state(Some(1), None)));
        assert!(bills(State { last_status: Some("Success".into()), ..state(None, None) }));
    }

    #[test]
    fn a_missing_state_is_no_stop() {
        assert!(bills(State { name: Some("another".into()), ..State::default() }));
    }
}
