//! The part of AWS's models that is used: services, their operations, and how each is asked.

use std::collections::{BTreeMap, HashMap};
use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::leak::leak;
use super::protocol::{Facts, Protocol, Wire};
use super::shapes::{RawMember, Shape, Shapes};

/// Made by `tests/emulators/models.py`; `UPDATE_MODELS=1 cargo test --test it models` makes it again.
const TABLE: &str = include_str!("models.json");

/// A service of AWS, by its name in AWS's models.
pub struct Service {
    pub name: &'static str,
    pub wire: Wire,
    /// What it is called in the AWS configuration file: `Elastic Load Balancing v2`.
    pub id: &'static str,
    /// The name that its requests are signed with, and nearly always that of its IAM actions.
    pub signing: &'static str,
    /// The prefix of its endpoints in AWS's public endpoint data, which says where it is offered.
    pub endpoint: &'static str,
    /// Where its endpoints are, `{region}` standing for the region; and where they are elsewhere.
    pub host: &'static str,
    pub hosts: HashMap<&'static str, &'static str>,
    /// The region that its requests are signed for, if it is not the one that is asked about.
    pub signing_region: Option<&'static str>,
    pub operations: BTreeMap<&'static str, Operation>,
}

/// One operation.
pub struct Operation {
    pub method: &'static str,
    /// `/clusters/{name}`, with a query that never changes (`?List=ALL`); `/` where the protocol has no paths.
    pub path: &'static str,
    /// What stands before the host of the service, unless the endpoint is one of the user's own.
    pub host_prefix: &'static str,
    pub pages: Option<Pages>,
    pub(super) input: &'static Shape,
    pub(super) output: &'static Shape,
    /// How it is written and read.
    pub(super) wire: Facts,
}

/// How to get the next page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Pages {
    /// The members of the request that say where it begins.
    pub from: Vec<String>,
    /// Where the answer says so, in the same order.
    pub to: Vec<String>,
    /// Where the answer says whether there is one, if a token alone does not.
    #[serde(default)]
    pub more: Option<String>,
    /// The member that says how long a page may be, and the most that it takes.
    #[serde(default)]
    pub size: Option<(String, u32)>,
}

#[derive(Deserialize)]
struct RawService {
    wire: Wire,
    #[serde(default)]
    target: String,
    version: String,
    id: String,
    signing: String,
    endpoint: String,
    host: String,
    #[serde(default)]
    hosts: HashMap<String, String>,
    #[serde(default)]
    signing_region: Option<String>,
    operations: BTreeMap<String, RawOperation>,
    shapes: HashMap<String, serde_json::Map<String, serde_json::Value>>,
}

#[derive(Deserialize)]
struct RawOperation {
    http: (String, String),
    #[serde(default)]
    host_prefix: String,
    input: String,
    output: String,
    #[serde(default)]
    pages: Option<Pages>,
}

/// Each service is read when it is first asked.
struct Entry {
    text: &'static RawValue,
    service: OnceLock<Service>,
}

static ENTRIES: LazyLock<BTreeMap<&'static str, Entry>> = LazyLock::new(|| {
    let entries: BTreeMap<&'static str, &'static RawValue> = parsed(TABLE);
    entries.into_iter().map(|(name, text)| (name, Entry { text, service: OnceLock::new() })).collect()
});

fn parsed<'a, T: Deserialize<'a>>(text: &'a str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| unreachable!("models.json is made by a script: {error}"))
}

/// The services of the table.
pub fn services() -> impl Iterator<Item = &'static str> {
    ENTRIES.keys().copied()
}

/// The service of this name.
#[must_use]
pub fn service(name: &str) -> Option<&'static Service> {
    let (&name, entry) = ENTRIES.get_key_value(name)?;
    Some(entry.service.get_or_init(|| Service::read(name, parsed(entry.text.get()))))
}

/// The service and the operation of `kendra:ListIndices`.
#[must_use]
pub fn operation(name: &str) -> Option<(&'static Service, &'static str, &'static Operation)> {
    let (service, operation) = name.split_once(':')?;
    let service = self::service(service)?;
    let (name, operation) = service.operations.get_key_value(operation)?;
    Some((service, name, operation))
}

/// What a signed request asks, by the name that it was signed with, its method and its path (without a query).
#[must_use]
pub fn by_path(
    signing: &str,
    method: &str,
    path: &str,
) -> Option<(&'static Service, &'static str, &'static Operation)> {
    signed_as(signing).find_map(|service| {
        let mut operations = service.operations.iter();
        let (name, operation) = operations.find(|(_, it)| it.method == method && is_path(it.path, path))?;
        Some((service, *name, operation))
    })
}

/// The services whose requests are signed with this name.
pub fn signed_as(signing: &str) -> impl Iterator<Item = &'static Service> {
    services().filter_map(service).filter(move |service| service.signing == signing)
}

/// Whether a path is one of the template: `{name}` stands for one part of it, `{name+}` for all that follow.
fn is_path(template: &str, path: &str) -> bool {
    let template = template.split_once('?').map_or(template, |(template, _)| template);
    let parts = |path: &str| path.trim_end_matches('/').split('/').map(str::to_owned).collect::<Vec<_>>();
    let (wanted, given) = (parts(template), parts(path));
    let greedy = wanted.last().is_some_and(|part| part.ends_with("+}"));
    let same = |(wanted, given): (&String, &String)| wanted.starts_with('{') || wanted == given;
    let long_enough = if greedy { given.len() >= wanted.len() } else { given.len() == wanted.len() };
    long_enough && wanted.iter().zip(&given).all(same)
}

impl Operation {
    /// What the members that carry a page token are called on the wire.
    pub fn tokens(&self) -> impl Iterator<Item = &'static str> {
        let members = self.pages.iter().flat_map(|pages| &pages.from);
        members.filter_map(|member| self.input.wire_name(member))
    }
}

impl Service {
    fn read(name: &'static str, raw: RawService) -> Self {
        let members = |shape: serde_json::Map<String, serde_json::Value>| {
            shape.into_iter().map(|(name, member)| (name, RawMember::read(member))).collect()
        };
        let shapes = raw.shapes.into_iter().map(|(name, shape)| (name, members(shape))).collect();
        let mut shapes = Shapes::new(shapes);
        let protocol = Protocol::new(name, raw.wire, raw.version, raw.target);
        let operations = raw.operations.into_iter().map(|(name, raw)| {
            let name = leak(name);
            let (method, path) = (leak(raw.http.0), leak(raw.http.1));
            let operation = Operation {
                method,
                path,
                host_prefix: leak(raw.host_prefix),
                pages: raw.pages,
                input: shapes.input(&raw.input, method, path),
                output: shapes.output(&raw.output),
                wire: protocol.facts(name),
            };
            (name, operation)
        });
        let operations = operations.collect();
        Self {
            name,
            wire: raw.wire,
            id: leak(raw.id),
            signing: leak(raw.signing),
            endpoint: leak(raw.endpoint),
            host: leak(raw.host),
            hosts: raw.hosts.into_iter().map(|(region, host)| (leak(region), leak(host))).collect(),
            signing_region: raw.signing_region.map(leak),
            operations,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_path_may_be_anything() {
        assert!(is_path("/clusters/{name}", "/clusters/study"));
        assert!(!is_path("/clusters/{name}", "/clusters/study/nodes"));
        assert!(!is_path("/clusters", "/cluster"));
        assert!(is_path("/backup-vaults/", "/backup-vaults"));
        assert!(is_path("/tags/{arn+}", "/tags/arn:aws:x/y/z"));
        assert!(is_path("/functions/{name}/concurrency?List=ALL", "/functions/study/concurrency"));
    }
}
