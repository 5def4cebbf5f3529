//! The structures of the models as schemas of the SDK, and the conversion of JSON values by them.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeDeserializer, ShapeSerializer};
use aws_smithy_schema::traits::{HttpQueryTrait, HttpTrait, JsonNameTrait, TimestampFormat};
use aws_smithy_schema::{Schema, ShapeId, ShapeType, intern_header_name, prelude};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use serde_json::{Map, Value};

use super::leak::leak;

type Static = &'static Schema<'static>;

/// A structure: its schema, and the type of each member.
#[derive(Debug)]
pub(super) struct Shape {
    schema: Static,
    members: Vec<Target>,
}

/// The type of a member, which its schema does not contain.
#[derive(Debug)]
enum Target {
    Leaf,
    /// Linked when all structures are known, because they can be recursive.
    Structure(&'static OnceLock<&'static Shape>),
    List(Box<Item>),
    Map(Box<Item>),
}

/// The type of a list's items or a map's values.
#[derive(Debug)]
struct Item {
    /// With its name in XML.
    schema: Static,
    /// Without a name: its position identifies it.
    bare: Static,
    target: Target,
}

/// A member as in the table.
pub(super) struct RawMember {
    kind: RawKind,
    /// Its wire name, if that differs.
    name: Option<String>,
    /// Its location in a request: `uri`, `querystring`, `header`, `headers`, `statusCode`; otherwise the body.
    place: Option<String>,
    /// The format of a timestamp: `iso8601`, `rfc822`, `unixTimestamp`.
    time: Option<String>,
    flat: bool,
    payload: bool,
    attribute: bool,
}

enum RawKind {
    Leaf(ShapeType),
    Structure(String),
    List(Box<RawMember>),
    Map(Box<RawMember>),
}

impl RawMember {
    pub fn read(value: Value) -> Self {
        let mut fields = match value {
            Value::String(kind) => Map::from_iter([("is".to_owned(), Value::String(kind))]),
            Value::Object(fields) => fields,
            other => unreachable!("models.json is generated: {other}"),
        };
        let mut text = |name: &str| match fields.remove(name) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        };
        let (is, structure) = (text("is"), text("structure"));
        let (name, place, time) = (text("name"), text("in"), text("time"));
        let flag = |name: &str| fields.get(name).and_then(Value::as_bool).unwrap_or(false);
        let (is_flat, payload, attribute) = (flag("flat"), flag("payload"), flag("attribute"));
        let mut inner = |name: &str| fields.remove(name).map(|inner| Box::new(Self::read(inner)));
        let kind = match (structure, inner("list"), inner("map")) {
            (Some(structure), ..) => RawKind::Structure(structure),
            (_, Some(item), _) => RawKind::List(item),
            (.., Some(value)) => RawKind::Map(value),
            _ => RawKind::Leaf(leaf(is.as_deref().unwrap_or_default())),
        };
        Self { kind, name, place, time, flat: is_flat, payload, attribute }
    }
}

fn leaf(kind: &str) -> ShapeType {
    match kind {
        "boolean" => ShapeType::Boolean,
        "integer" => ShapeType::Integer,
        "long" => ShapeType::Long,
        // As a 32-bit float, a price of 2.99 would become 2.990000009536743.
        "float" | "double" => ShapeType::Double,
        "timestamp" => ShapeType::Timestamp,
        _ => ShapeType::String,
    }
}

/// Builds the shapes of one service, each once.
pub(super) struct Shapes {
    raw: HashMap<String, BTreeOrdered>,
    links: BTreeMap<String, &'static OnceLock<&'static Shape>>,
}

/// Members in the order of the table.
type BTreeOrdered = Vec<(String, RawMember)>;

impl Shapes {
    pub fn new(raw: HashMap<String, BTreeOrdered>) -> Self {
        Self { raw, links: BTreeMap::new() }
    }

    pub fn input(&mut self, name: &str, method: &'static str, path: &'static str) -> &'static Shape {
        // The path may include a constant query; the protocol writes the query of the members.
        self.shape(name, Some(HttpTrait::new(method, path, None)))
    }

    pub fn output(&mut self, name: &str) -> &'static Shape {
        let link = self.link(name);
        link.get().copied().unwrap_or_else(|| unreachable!("a link is set with its shape"))
    }

    fn link(&mut self, name: &str) -> &'static OnceLock<&'static Shape> {
        if let Some(link) = self.links.get(name) {
            return link;
        }
        let link: &'static OnceLock<&'static Shape> = Box::leak(Box::new(OnceLock::new()));
        self.links.insert(name.to_owned(), link);
        let shape = self.shape(name, None);
        link.get_or_init(|| shape);
        link
    }

    fn shape(&mut self, name: &str, http: Option<HttpTrait<'static>>) -> &'static Shape {
        let raw = self.raw.remove(name).unwrap_or_default();
        let (mut schemas, mut members) = (Vec::new(), Vec::new());
        for (index, (member, raw)) in raw.iter().enumerate() {
            let (schema, target) = self.member(member, index, raw);
            schemas.push(schema);
            members.push(target);
        }
        // One structure can be an operation's input and a part of another structure.
        self.raw.insert(name.to_owned(), raw);
        let schema = Schema::new_struct(id(name), ShapeType::Structure, schemas.leak());
        let schema = match http {
            Some(http) => schema.with_http(http),
            None => schema,
        };
        Box::leak(Box::new(Shape { schema: Box::leak(Box::new(schema)), members }))
    }

    fn item(&mut self, name: &str, index: usize, raw: &RawMember) -> Item {
        let (schema, target) = self.member(name, index, raw);
        Item { schema, bare: Box::leak(Box::new(Schema::new(id(name), schema.shape_type()))), target }
    }

    fn member(&mut self, name: &str, index: usize, raw: &RawMember) -> (Static, Target) {
        let new = |kind| Schema::new_member(id(name), kind, leak(name.to_owned()), index);
        let (mut schema, target) = match &raw.kind {
            RawKind::Leaf(kind) => (new(*kind), Target::Leaf),
            RawKind::Structure(structure) => (new(ShapeType::Structure), Target::Structure(self.link(structure))),
            RawKind::List(item) => {
                let item = self.item("member", 0, item);
                (new(ShapeType::List).with_list_member(item.schema), Target::List(Box::new(item)))
            }
            RawKind::Map(value) => {
                let key: Static = Box::leak(Box::new(Schema::new_member(id("key"), ShapeType::String, "key", 0)));
                let value = self.item("value", 1, value);
                (new(ShapeType::Map).with_map_members(key, value.schema), Target::Map(Box::new(value)))
            }
        };
        if let Some(format) = &raw.time {
            schema = schema.with_timestamp_format(match format.as_str() {
                "iso8601" => TimestampFormat::DateTime,
                "rfc822" => TimestampFormat::HttpDate,
                _ => TimestampFormat::EpochSeconds,
            });
        }
        if raw.flat {
            schema = schema.with_xml_flattened();
        }
        if raw.attribute {
            schema = schema.with_xml_attribute();
        }
        if raw.payload {
            schema = schema.with_http_payload();
        }
        let wire = || leak(raw.name.clone().unwrap_or_else(|| name.to_owned()));
        schema = match raw.place.as_deref() {
            Some("querystring") => schema.with_http_query(wire()),
            Some("uri") => schema.with_http_label(),
            Some("header") => schema.with_http_header(intern_header_name(wire())),
            Some("headers") => schema.with_http_prefix_headers(wire()),
            Some("statusCode") => schema.with_http_response_code(),
            _ if raw.name.is_some() => schema.with_json_name(wire()).with_xml_name(wire()),
            _ => schema,
        };
        (Box::leak(Box::new(schema)), target)
    }
}

fn id(name: &str) -> ShapeId<'static> {
    let qualified = leak(format!("aws#{name}"));
    ShapeId::from_parts(qualified, "aws", qualified.trim_start_matches("aws#"))
}

impl Shape {
    pub fn schema(&self) -> Static {
        self.schema
    }

    /// An answer as JSON: timestamps as RFC 3339 in seconds, without `null` members.
    pub fn read(&self, deserializer: &mut dyn ShapeDeserializer) -> Result<Value, SerdeError> {
        let mut members = Map::new();
        deserializer.read_struct(self.schema, &mut |member, deserializer| {
            let (Some(name), Some(target)) =
                (member.member_name(), member.member_index().and_then(|index| self.members.get(index)))
            else {
                return deserializer.skip_value();
            };
            if deserializer.is_null() {
                return deserializer.read_null();
            }
            let value = target.read(member, deserializer)?;
            if !value.is_null() {
                members.insert(name.to_owned(), value);
            }
            Ok(())
        })?;
        Ok(Value::Object(members))
    }

    /// The wire name of a member.
    pub fn wire_name(&self, member: &str) -> Option<&'static str> {
        let schema = self.schema.members().iter().find(|known| known.member_name() == Some(member))?;
        let name =
            schema.http_query().map(HttpQueryTrait::value).or_else(|| schema.json_name().map(JsonNameTrait::value));
        Some(name.map_or_else(|| leak(member.to_owned()), |name| leak(name.to_owned())))
    }

    /// Whether the request has this member.
    pub fn has(&self, member: &str) -> bool {
        self.schema.members().iter().any(|known| known.member_name() == Some(member))
    }
}

impl Target {
    fn read(&self, schema: &Schema<'_>, deserializer: &mut dyn ShapeDeserializer) -> Result<Value, SerdeError> {
        match self {
            Self::Structure(link) => match link.get() {
                Some(shape) => shape.read(deserializer),
                None => Ok(Value::Null),
            },
            Self::List(item) => {
                let mut items = Vec::new();
                deserializer.read_list(schema, &mut |deserializer| {
                    if deserializer.is_null() {
                        return deserializer.read_null();
                    }
                    items.push(item.target.read(item.schema, deserializer)?);
                    Ok(())
                })?;
                Ok(Value::Array(items))
            }
            Self::Map(value) => {
                let mut entries = Map::new();
                deserializer.read_map(schema, &mut |key, deserializer| {
                    if deserializer.is_null() {
                        return deserializer.read_null();
                    }
                    entries.insert(key, value.target.read(value.schema, deserializer)?);
                    Ok(())
                })?;
                Ok(Value::Object(entries))
            }
            Self::Leaf => Ok(match schema.shape_type() {
                ShapeType::Boolean => deserializer.read_boolean(schema)?.into(),
                ShapeType::Integer => deserializer.read_integer(schema)?.into(),
                ShapeType::Long => deserializer.read_long(schema)?.into(),
                ShapeType::Double => deserializer.read_double(schema)?.into(),
                ShapeType::Timestamp => moment(&deserializer.read_timestamp(schema)?),
                _ => deserializer.read_string(schema)?.into(),
            }),
        }
    }
}

/// In seconds; `null` if it is outside of the calendar.
fn moment(at: &DateTime) -> Value {
    DateTime::from_secs(at.secs()).fmt(Format::DateTime).map_or(Value::Null, Value::String)
}

/// JSON values as the members of a request, written by its shape.
pub(super) struct Input<'a> {
    pub shape: &'static Shape,
    pub members: &'a Map<String, Value>,
}

impl SerializableStruct for Input<'_> {
    fn schema(&self) -> &Schema<'_> {
        self.shape.schema
    }

    fn serialize_members(&self, serializer: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        for (member, target) in self.shape.schema.members().iter().zip(&self.shape.members) {
            let value = member.member_name().and_then(|name| self.members.get(name));
            if let Some(value) = value.filter(|value| !value.is_null()) {
                target.write(member, value, serializer)?;
            }
        }
        Ok(())
    }
}

impl Target {
    fn write(
        &self,
        schema: &Schema<'_>,
        value: &Value,
        serializer: &mut dyn ShapeSerializer,
    ) -> Result<(), SerdeError> {
        let wrong = || SerdeError::custom(format!("{} is not {value}", schema.member_name().unwrap_or_default()));
        match (self, value) {
            (Self::Structure(link), Value::Object(members)) => {
                let shape = link.get().ok_or_else(wrong)?;
                serializer.write_struct(schema, &Input { shape, members })
            }
            (Self::List(item), Value::Array(items)) => serializer.write_list(schema, &|serializer| {
                items.iter().try_for_each(|value| item.target.write(item.bare, value, serializer))
            }),
            (Self::Map(inner), Value::Object(entries)) => serializer.write_map(schema, &|serializer| {
                entries.iter().try_for_each(|(key, value)| {
                    serializer.write_string(&prelude::STRING, key)?;
                    inner.target.write(inner.bare, value, serializer)
                })
            }),
            (Self::Leaf, Value::Bool(value)) => serializer.write_boolean(schema, *value),
            (Self::Leaf, Value::Number(number)) => match schema.shape_type() {
                ShapeType::Integer => {
                    let number = number.as_i64().and_then(|number| i32::try_from(number).ok());
                    serializer.write_integer(schema, number.ok_or_else(wrong)?)
                }
                ShapeType::Long => serializer.write_long(schema, number.as_i64().ok_or_else(wrong)?),
                _ => serializer.write_double(schema, number.as_f64().ok_or_else(wrong)?),
            },
            (Self::Leaf, Value::String(text)) if schema.shape_type() == ShapeType::Timestamp => {
                let at = DateTime::from_str(text, Format::DateTime).map_err(|_| wrong())?;
                serializer.write_timestamp(schema, &at)
            }
            (Self::Leaf, Value::String(text)) => serializer.write_string(schema, text),
            _ => Err(wrong()),
        }
    }
}
