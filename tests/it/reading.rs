//! Random answers that are valid by AWS's models, parsed by guardrail and by botocore: the values are equal.

use std::sync::{Arc, Mutex};

use futures::FutureExt;
use guardrail::aws::Cx;
use guardrail::aws::api::{Operation, operation};
use guardrail::model::Region;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::answers::{Made, Size, Wanted, answers};
use crate::models::asks;
use crate::server::Server;
use crate::world::{ACCOUNT, sdk};

/// The number of answers of each size for each operation.
const SEEDS: u32 = 3;

fn table() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/aws/api/models.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The part of botocore's value that the table has, with times in seconds as in guardrail's.
fn kept(service: &Value, member: &Value, value: &Value) -> Value {
    if value.is_null() {
        return Value::Null;
    }
    let inner = |name: &str| member.get(name);
    if let Some(shape) = inner("structure") {
        let members = service["shapes"][shape.as_str().unwrap()].as_object().unwrap();
        let of = |(name, member): (&String, &Value)| {
            let value = kept(service, member, value.get(name)?);
            (!value.is_null()).then(|| (name.clone(), value))
        };
        return Value::Object(members.iter().filter_map(of).collect());
    }
    if let Some(item) = inner("list") {
        let items = value.as_array().unwrap().iter().filter(|value| !value.is_null());
        return items.map(|value| kept(service, item, value)).collect();
    }
    if let Some(of) = inner("map") {
        let entries = value.as_object().unwrap().iter().filter(|(_, value)| !value.is_null());
        return entries.map(|(name, value)| (name.clone(), kept(service, of, value))).collect::<Map<_, _>>().into();
    }
    match member.as_str().or_else(|| inner("is")?.as_str()) {
        Some("timestamp") => to_the_second(value),
        Some("integer" | "long" | "float" | "double") => number(value),
        _ => value.clone(),
    }
}

fn to_the_second(value: &Value) -> Value {
    let at: Timestamp = value.as_str().unwrap().parse().unwrap();
    // Rounded down like the SDK's times: half a second before 1970 is in the second before.
    let floor = at.as_millisecond().div_euclid(1000);
    Timestamp::from_second(floor).unwrap().to_string().into()
}

/// 2 and 2.0 are equal; the last digits of a 32-bit float are ignored.
fn number(value: &Value) -> Value {
    match value.as_i64() {
        Some(whole) => whole.into(),
        None => format!("{:.5e}", value.as_f64().unwrap()).into(),
    }
}

/// Normalises the numbers and times of guardrail's value.
fn alike(service: &Value, member: &Value, value: &Value) -> Value {
    kept(service, member, value)
}

async fn read(server: &Server, name: &'static str) -> Result<Value, String> {
    let cx = Cx::new(&ACCOUNT.parse().unwrap(), &Region::home(), &sdk(&server.url));
    let table = table();
    let (service, operation) = name.split_once(':').unwrap();
    let input = table[service]["operations"][operation]["input"].as_str().unwrap();
    let labels = table[service]["shapes"][input].as_object().unwrap().iter().filter(|(_, it)| it["in"] == "uri");
    let asked: Operation<Value> = Operation::new(name);
    let asked = labels.fold(cx.ask(&asked), |ask, (label, _)| ask.with(label, "x"));
    asked.one().await.map_err(|error| format!("{error:?}"))
}

#[tokio::test]
async fn guardrail_and_botocore_parse_the_same_values() {
    let mut names: Vec<&str> = asks().iter().map(|asked| asked.operation()).collect();
    names.sort_unstable();
    names.dedup();
    let sizes = [Size::Plausible, Size::Extreme];
    let seeds = || sizes.iter().flat_map(|size| (1..=SEEDS).map(move |seed| (*size, seed)));
    let wanted: Vec<Wanted> = names
        .iter()
        .flat_map(|name| seeds().map(|(size, seed)| Wanted { operation: (*name).to_owned(), seed, size }))
        .collect();
    let made = answers(&wanted);
    let current: Arc<Mutex<Option<Made>>> = Arc::default();
    let answer = current.clone();
    let server = Server::start(Arc::new(move |_| {
        let response = answer.lock().unwrap().as_ref().unwrap().response();
        async move { response }.boxed()
    }));
    let table = table();
    let mut different = Vec::new();
    for (wanted, made) in wanted.iter().zip(made) {
        let name = names[names.binary_search(&&*wanted.operation).unwrap()];
        *current.lock().unwrap() = Some(made.clone());
        let (_, operation) = operation(name).map(|(service, name, _)| (service, name)).unwrap();
        let service = &table[name.split_once(':').unwrap().0];
        let output = json!({ "structure": service["operations"][operation]["output"] });
        let theirs = kept(service, &output, &made.value);
        match read(&server, name).await {
            Ok(ours) if alike(service, &output, &ours) == theirs => {}
            Ok(ours) => different.push(format!("{name} {} {:?}\n  {ours}\n  {theirs}", wanted.seed, wanted.size)),
            Err(error) => different.push(format!("{name} {} {:?}: {error}", wanted.seed, wanted.size)),
        }
    }
    assert!(different.is_empty(), "{} of {}:\n{}", different.len(), wanted.len(), different.join("\n"));
    assert!(names.len() > 3);
}
