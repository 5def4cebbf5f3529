//! The changes of a safeguard by object: `+ alarm …`, `- alarm …`, `~ budget … also warns …`.

use std::collections::{BTreeMap, BTreeSet};

use crate::lang::Speech;
use crate::model::report::SafeguardRow;
use crate::model::{Action, Change, Lang};
use crate::render::sentence::unit;

/// Objects by the field that holds them, each with a field that every such object has: without it the object itself is missing; and
/// the fields that are shown of a new one.
const OBJECTS: [(&str, &str, &[&str]); 3] = [
    ("alarms", "threshold_usd", &["threshold_usd"]),
    ("budgets", "type", &["limit", "notifications"]),
    ("may_publish", "Effect", &[]),
];

/// The recipients of an alert are its values.
const ALERTS: &str = "notifications";

/// The headline of a new safeguard; a line for each object, or for each field, of one that differs.
pub fn plan_lines(row: &SafeguardRow, speech: &Speech) -> Vec<String> {
    if row.action == Action::Create { new_fields(row, speech) } else { by_object(row, speech) }
}

/// Every field that differs.
pub(super) fn every_field(row: &SafeguardRow, speech: &Speech) -> Vec<String> {
    row.changes.iter().map(|it| format!("{}: {}", named(&path(&it.field), speech), sides(it, speech))).collect()
}

/// The fields of a new object, one line for each part of it.
fn new_fields(row: &SafeguardRow, speech: &Speech) -> Vec<String> {
    let mut objects: BTreeMap<String, BTreeMap<&str, Vec<String>>> = BTreeMap::new();
    let headline = |change: &Change| {
        row.headline.iter().find_map(|path| {
            let below = change.field.strip_prefix(path)?;
            let key = if below.is_empty() { below } else { below.strip_prefix('.')? };
            Some((path.as_str(), key.to_owned()))
        })
    };
    for change in &row.changes {
        let Some((path, key)) = headline(change) else { continue };
        let (object, name) = path.rsplit_once('.').unwrap_or(("", path));
        // The key of a map is shown: "actual > 85 %", not the subscribers of that alert.
        let shown = if key.is_empty() { values(&change.to) } else { vec![key] };
        let known = objects.entry(object.to_owned()).or_default().entry(name).or_default();
        known.extend(shown.into_iter().filter(|value| !known.contains(value)).collect::<Vec<_>>());
    }
    let lines = objects.into_iter().map(|(object, fields)| {
        let fields: Vec<String> = fields.into_iter().map(|(name, values)| stated(name, values, speech)).collect();
        let fields = fields.join(comma(speech));
        if object.is_empty() { fields } else { format!("{}: {fields}", named(&path(&object), speech)) }
    });
    lines.collect()
}

fn by_object(row: &SafeguardRow, speech: &Speech) -> Vec<String> {
    let mut lines = Vec::new();
    let mut groups: BTreeMap<Vec<&str>, Vec<&Change>> = BTreeMap::new();
    for change in &row.changes {
        let path = path(&change.field);
        match path.as_slice() {
            [kind, name, _, ..] if OBJECTS.iter().any(|(known, ..)| known == kind) => {
                groups.entry(vec![*kind, *name]).or_default().push(change);
            }
            path => lines.push(format!("~ {}: {}", named(path, speech), sides(change, speech))),
        }
    }
    lines.extend(groups.into_iter().flat_map(|(object, changes)| object_lines(&object, &changes, speech)));
    lines
}

/// `object` is the field that holds it and its name.
fn object_lines(object: &[&str], changes: &[&Change], speech: &Speech) -> Vec<String> {
    let title = named(object, speech);
    let Some((_, always, shown)) = OBJECTS.iter().find(|(kind, ..)| *kind == object[0]) else { return Vec::new() };
    let below = |change: &'_ Change| path(&change.field)[object.len()..].join(".");
    if let Some(itself) = changes.iter().find(|change| below(change) == *always) {
        if itself.to.is_empty() {
            return vec![format!("- {title}")];
        }
        if itself.from.is_empty() {
            let stated = shown.iter().filter_map(|name| fields_of(name, object.len(), changes, speech));
            let fields = stated.collect::<Vec<_>>().join(comma(speech));
            return vec![if fields.is_empty() { format!("+ {title}") } else { format!("+ {title}: {fields}") }];
        }
    }
    let (alerts, fields): (Vec<&Change>, Vec<&Change>) =
        changes.iter().partition(|change| below(change).starts_with(ALERTS));
    let mut lines: Vec<String> = fields
        .into_iter()
        .map(|change| {
            let field = path(&change.field)[object.len()..].iter().map(|part| field(part, speech)).collect::<Vec<_>>();
            format!("~ {title}: {} {}", field.join(" "), sides(change, speech))
        })
        .collect();
    lines.extend(recipients(&title, object.len(), &alerts, speech));
    lines
}

/// A field of a new object: its value, or its alerts.
fn fields_of(name: &str, depth: usize, changes: &[&Change], speech: &Speech) -> Option<String> {
    let mut found: Vec<String> = Vec::new();
    for change in changes {
        match &path(&change.field)[depth..] {
            [first] if *first == name => found.extend(values(&change.to)),
            [first, key] if *first == name => found.push((*key).to_owned()),
            _ => {}
        }
    }
    (!found.is_empty()).then(|| stated(name, found, speech))
}

/// The recipients that the alerts of a budget gain and lose: alerts with the same difference share a line.
fn recipients(title: &str, depth: usize, alerts: &[&Change], speech: &Speech) -> Vec<String> {
    let mut alike: BTreeMap<(Vec<String>, Vec<String>), Vec<String>> = BTreeMap::new();
    for change in alerts {
        let [from, to] = [&change.from, &change.to].map(|side| values(side).into_iter().collect::<BTreeSet<_>>());
        let (gains, loses) = (to.difference(&from).cloned().collect(), from.difference(&to).cloned().collect());
        let alert = path(&change.field)[depth + 1..].join(".");
        alike.entry((gains, loses)).or_default().push(alert);
    }
    let mut lines = Vec::new();
    for ((gains, loses), mut alerts) in alike {
        alerts.sort_by_key(|alert| natural(alert));
        let alerts = alerts.iter().map(|it| alert(it, speech)).collect::<Vec<_>>().join(comma(speech));
        let mut line = |id: &str, who: &[String]| {
            if !who.is_empty() {
                let who = who.iter().map(|it| recipient(it, speech)).collect::<Vec<_>>().join(comma(speech));
                let args = [("object", title.to_owned()), ("who", who), ("alerts", alerts.clone())];
                lines.push(speech.with(id, &args));
            }
        };
        line("plan-also-warns", &gains);
        line("plan-warns-no-more", &loses);
    }
    lines
}

/// A recipient: the topic by its kind, an address unchanged.
fn recipient(who: &str, speech: &Speech) -> String {
    if who.starts_with("arn:") { speech.plain("plan-the-topic") } else { who.to_owned() }
}

/// `limit 10 USD`, `warns at actual > 50 %, actual > 100 %`
fn stated(name: &str, mut values: Vec<String>, speech: &Speech) -> String {
    values.sort_by_key(|value| natural(value));
    let values: Vec<String> = values.iter().map(|value| readable(name, value, speech)).collect();
    speech.with("plan-stated", &[("field", field(name, speech)), ("value", values.join(comma(speech)))])
}

/// The value of a field, with its unit.
fn readable(name: &str, value: &str, speech: &Speech) -> String {
    match name {
        ALERTS => alert(value, speech),
        "limit" => measure(value, speech),
        "threshold_usd" => format!("{value} USD"),
        _ => value.to_owned(),
    }
}

/// `actual > 85 %` in the user's language; an amount has its currency.
fn alert(text: &str, speech: &Speech) -> String {
    let Some((of, above)) = text.split_once(" > ") else { return text.to_owned() };
    let above = if above.ends_with('%') { above.to_owned() } else { format!("{above} USD") };
    let id = if of == "forecasted" { "alert-forecast" } else { "alert-actual" };
    speech.with(id, &[("above", above)])
}

/// `750 Hrs` with a readable unit.
fn measure(text: &str, speech: &Speech) -> String {
    let Some((number, unit)) = text.split_once(' ') else { return text.to_owned() };
    format!("{number} {}", self::unit(unit, speech))
}

/// Sorts `> 50 %` before `> 100 %`.
fn natural(text: &str) -> (String, u64, String) {
    let (digits, letters): (String, String) = text.chars().partition(char::is_ascii_digit);
    (letters, digits.parse().unwrap_or_default(), text.to_owned())
}

fn sides(change: &Change, speech: &Speech) -> String {
    let side = |side: &[String]| {
        let name = path(&change.field).pop().unwrap_or_default();
        let text =
            values(side).iter().map(|value| readable(name, value, speech)).collect::<Vec<_>>().join(comma(speech));
        if text.is_empty() { speech.plain("value-none") } else { text }
    };
    format!("{} → {}", side(&change.from), side(&change.to))
}

/// A list that was read back from a report is one text.
fn values(side: &[String]) -> Vec<String> {
    side.iter().flat_map(|text| text.split(", ")).map(str::to_owned).collect()
}

/// The parts of a field's path. A point between digits belongs to a number: `notifications.actual > 0.01`.
fn path(field: &str) -> Vec<&str> {
    let bytes = field.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in field.match_indices('.') {
        if digit(at.checked_sub(1)) && digit(Some(at + 1)) {
            continue;
        }
        parts.push(&field[start..at]);
        start = at + 1;
    }
    parts.push(&field[start..]);
    parts
}

fn named(path: &[&str], speech: &Speech) -> String {
    path.iter().map(|part| field(part, speech)).collect::<Vec<_>>().join(" ")
}

/// The localized name of a field; names of objects are unchanged.
fn field(name: &str, speech: &Speech) -> String {
    let id = format!("field-{}", name.replace('_', "-"));
    let plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    plain.then(|| speech.get(&id)).flatten().unwrap_or_else(|| name.to_owned())
}

pub(super) fn comma(speech: &Speech) -> &'static str {
    match speech.lang {
        Lang::En => ", ",
        Lang::Ja => "、",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::model::change::diff;

    fn lines(from: &Value, to: &Value, lang: Lang) -> Vec<String> {
        let row = json!({ "id": "x", "names": { "en": "", "ja": "" }, "state": "drifted", "action": "update", "result": null,
                          "changes": diff(from, to), "proof": [], "usd_per_month": "0", "notes": [] });
        plan_lines(&serde_json::from_value(row).unwrap(), &Speech::new(lang))
    }

    fn alarm(usd: &str) -> Value {
        json!({ "threshold_usd": usd, "comparison": "GreaterThanThreshold", "enabled": true })
    }

    fn budget(recipients: &[&str]) -> Value {
        json!({ "limit": "1 USD", "type": "COST", "notifications": { "actual > 0.01": recipients, "actual > 85 %": recipients } })
    }

    #[test]
    fn an_alarm_that_is_replaced_is_two_lines() {
        let (from, to) = (json!({ "alarms": { "five": alarm("5") } }), json!({ "alarms": { "twenty": alarm("20") } }));
        assert_eq!(lines(&from, &to, Lang::En), ["- alarm five", "+ alarm twenty: threshold 20 USD"]);
        let off = json!({ "alarms": { "five": { "threshold_usd": "5", "enabled": false } } });
        let on = json!({ "alarms": { "five": { "threshold_usd": "5", "enabled": true } } });
        assert_eq!(lines(&off, &on, Lang::En), ["~ alarm five: enabled false → true"]);
    }

    #[test]
    fn a_budget_that_warns_one_more_is_one_line() {
        let state = |recipients: &[&str]| json!({ "budgets": { "zero": budget(recipients) } });
        let (one, two) = (state(&["arn:aws:sns:t", "a@x"]), state(&["arn:aws:sns:t", "a@x", "b@x"]));
        assert_eq!(lines(&one, &two, Lang::En), ["~ budget zero also warns b@x (at actual > 85 %, actual > 0.01 USD)"]);
        assert_eq!(
            lines(&two, &one, Lang::En),
            ["~ budget zero no longer warns b@x (at actual > 85 %, actual > 0.01 USD)"]
        );
        assert_eq!(
            lines(&json!({}), &one, Lang::En),
            ["+ budget zero: limit 1 USD, warns at actual > 85 %, actual > 0.01 USD"]
        );
        assert_eq!(
            lines(&json!({}), &one, Lang::Ja),
            ["+ 予算 zero: 上限: 1 USD、通知: 実績が 85 % 超、実績が 0.01 USD 超"]
        );
    }

    #[test]
    fn a_field_of_the_safeguard_itself_has_a_line_of_its_own() {
        let (from, to) = (json!({ "emails": ["a@x"] }), json!({ "emails": ["a@x", "b@x"] }));
        assert_eq!(lines(&from, &to, Lang::En), ["~ sent to: a@x → a@x, b@x"]);
    }
}
