//! One row for each part: what it is, what it is to be, and the difference.

use serde_json::{Map, Value, json};

use super::goal::{Goal, MEMBER, REPORTS, SCHEDULE};
use super::observe::Observed;
use super::scheduler::Scheduler;
use crate::aws::stack::{self, Stack};
use crate::aws::stack_set::{self, StackSet};
use crate::model::change::diff;
use crate::model::report::State;
use crate::model::schedule::SchedulePart;
use crate::model::{Action, Words, words};

const REPORTS_NAMES: Words = words("Bucket of the reports", "レポートのバケット");
const MEMBER_NAMES: Words = words("Role in this account", "このアカウントのロール");
const MEMBERS_NAMES: Words = words("Role in every other account", "ほかの全アカウントのロール");
const SCHEDULE_NAMES: Words = words("Nightly run", "夜間実行");

/// The parts in the order of creation: id, names, stack.
pub const PARTS: [(&str, Words, &str); 4] = [
    ("reports", REPORTS_NAMES, REPORTS),
    ("role", MEMBER_NAMES, MEMBER),
    ("roles", MEMBERS_NAMES, MEMBER),
    ("nightly-run", SCHEDULE_NAMES, SCHEDULE),
];
/// In place of a template's text, which is too long for a plan.
const THIS: &str = "of this version";
pub const OTHER: &str = "of another version";

impl Scheduler {
    /// The rows of the goal. Without a bucket yet, its name is left out of the comparison: it does not exist.
    pub(super) fn rows(&self, goal: &Goal, observed: &Observed) -> Vec<SchedulePart> {
        let bucket = observed.bucket().unwrap_or_default();
        let schedule = goal.schedule(bucket);
        let settings = (observed.settings.as_ref(), serde_json::to_value(&goal.settings).unwrap_or_default());
        let members = goal.members(self.id()).map(|wanted| {
            let current = observed.members.as_ref().ok().and_then(Option::as_ref);
            let state = observed.members.as_ref().err().map(|_| State::Unknown);
            set_row(&wanted, current, state)
        });
        let rows = [
            Some(row(0, &goal.reports(), observed.reports.as_ref(), None)),
            Some(row(1, &goal.member(self.id()), observed.member.as_ref(), None)),
            members,
            Some(row(3, &schedule, observed.schedule.as_ref(), Some(settings))),
        ];
        rows.into_iter().flatten().collect()
    }
}

fn row(
    part: usize,
    wanted: &stack::Wanted,
    current: Option<&Stack>,
    settings: Option<(Option<&Value>, Value)>,
) -> SchedulePart {
    let side = |mut side: Map<String, Value>, template: &str, settings: Option<&Value>| {
        // An empty parameter is one that is not used.
        side.retain(|_, value| value != "");
        // The settings themselves say more than the name of their object.
        if let Some(settings) = settings {
            side.insert("Settings".to_owned(), settings.clone());
        }
        side.insert("template".to_owned(), json!(template));
        Value::Object(side)
    };
    let known = |(key, value): (&&'static str, &String)| ((*key).to_owned(), json!(value));
    let to = side(wanted.parameters.iter().map(known).collect(), THIS, settings.as_ref().map(|(_, it)| it));
    let from = current.map(|it| {
        let parameters = it.parameters.iter().map(|(key, value)| (key.clone(), json!(value))).collect();
        let template = if same(&it.template, wanted.template) { THIS } else { OTHER };
        side(parameters, template, settings.as_ref().and_then(|(it, _)| *it))
    });
    let broken = current.filter(|it| !it.is_sound()).map(|it| it.status.as_str());
    finished(part, from, to, broken)
}

fn set_row(wanted: &stack_set::Wanted, current: Option<&StackSet>, state: Option<State>) -> SchedulePart {
    let known = |(key, value): (&&'static str, &String)| ((*key).to_owned(), json!(value));
    let mut to: Map<String, Value> = wanted.parameters.iter().map(known).collect();
    let mut units = wanted.units.clone();
    units.sort();
    to.insert("template".to_owned(), json!(THIS));
    to.insert("units".to_owned(), json!(units));
    let from = current.map(|it| {
        let mut from: Map<String, Value> =
            it.parameters.iter().map(|(key, value)| (key.clone(), json!(value))).collect();
        from.insert("template".to_owned(), json!(if same(&it.template, wanted.template) { THIS } else { OTHER }));
        // An instance is listed with the unit that its account is in, which may be below the wanted one.
        let units = if it.current + it.outdated.len() > 0 { json!(units) } else { json!(it.units) };
        from.insert("units".to_owned(), units);
        Value::Object(from)
    });
    let row = finished(2, from, Value::Object(to), None);
    match state {
        Some(state) => SchedulePart { state, action: Action::None, ..row },
        None => row,
    }
}

fn finished(part: usize, from: Option<Value>, to: Value, broken: Option<&str>) -> SchedulePart {
    let (id, names, name) = PARTS[part].clone();
    let mut changes = diff(from.as_ref().unwrap_or(&Value::Null), &to);
    if let Some(status) = broken {
        changes.extend(diff(&json!({ "status": status }), &json!({ "status": "complete" })));
    }
    let (state, action) = match from {
        None => (State::Missing, Action::Create),
        Some(_) if changes.is_empty() => (State::Ok, Action::None),
        Some(_) => (State::Drifted, Action::Update),
    };
    SchedulePart { id: id.to_owned(), names, name: name.to_owned(), state, action, result: None, changes }
}

/// CloudFormation may return a template with other line ends.
pub fn same(one: &str, other: &str) -> bool {
    one.lines().map(str::trim_end).eq(other.lines().map(str::trim_end))
}
