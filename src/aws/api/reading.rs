//! The members that a struct reads of an answer, recorded from its `Deserialize`, so that a test can compare each with AWS's model.

use std::cell::RefCell;
use std::rc::Rc;

use serde::Serialize;
use serde::de::value::{Error, StrDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// The type that is read at one place of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// Ignored: only its presence matters.
    #[default]
    Nothing,
    Boolean,
    /// A number of any width.
    Number,
    String,
    Timestamp,
    /// An enumeration of these values and any other.
    Values(Vec<String>),
    List(Box<Reading>),
    /// A map, whose keys are data.
    Map(Box<Reading>),
    Members(Vec<(String, Reading)>),
}

/// The members that `T` reads.
///
/// # Panics
/// `T` deserializes in an unsupported way, such as `#[serde(flatten)]`: a mistake in the source, which a test detects.
#[must_use]
pub fn reading<T: DeserializeOwned>() -> Reading {
    let found = Rc::new(RefCell::new(Reading::Nothing));
    if let Err(error) = T::deserialize(Reader(found.clone())) {
        panic!("{} cannot be followed: {error}", std::any::type_name::<T>());
    }
    found.take_or_clone()
}

trait TakeOrClone {
    fn take_or_clone(self) -> Reading;
}

impl TakeOrClone for Rc<RefCell<Reading>> {
    fn take_or_clone(self) -> Reading {
        self.borrow().clone()
    }
}

/// A deserializer that records the requested type.
struct Reader(Rc<RefCell<Reading>>);

impl Reader {
    fn note(&self, reading: Reading) {
        *self.0.borrow_mut() = reading;
    }
}

/// A valid timestamp, which is also a valid text.
const TEXT: &str = "1970-01-01T00:00:00Z";

impl<'de> Deserializer<'de> for Reader {
    type Error = Error;

    /// Only decimals accept any type.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.note(Reading::Number);
        visitor.visit_i64(0)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.note(Reading::Boolean);
        visitor.visit_bool(false)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }

    /// Timestamps borrow their text, other texts are owned.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.note(Reading::Timestamp);
        visitor.visit_str(TEXT)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.note(Reading::String);
        visitor.visit_str(TEXT)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let item = Rc::new(RefCell::new(Reading::Nothing));
        let list = visitor.visit_seq(One(Some(item.clone())))?;
        self.note(Reading::List(Box::new(item.take_or_clone())));
        Ok(list)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let item = Rc::new(RefCell::new(Reading::Nothing));
        let map = visitor.visit_map(Members { names: vec![TEXT], current: item.clone(), all: Vec::new() })?;
        self.note(Reading::Map(Box::new(item.take_or_clone())));
        Ok(map)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let slots: Vec<_> = fields.iter().map(|name| (*name, Rc::new(RefCell::new(Reading::Nothing)))).collect();
        let names = fields.iter().rev().copied().collect();
        let access = Members { names, current: Rc::default(), all: slots.clone() };
        let value = visitor.visit_map(access)?;
        let members = slots.into_iter().map(|(name, slot)| (name.to_owned(), slot.take_or_clone()));
        self.note(Reading::Members(members.collect()));
        Ok(value)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.note(Reading::Values(variants.iter().map(|value| (*value).to_owned()).collect()));
        let first: StrDeserializer<'_, Error> = variants.first().copied().unwrap_or_default().into_deserializer();
        visitor.visit_enum(first)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { i8 i16 u8 u16 u32 f32 f64 i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct identifier }
}

/// A list with one item.
struct One(Option<Rc<RefCell<Reading>>>);

impl<'de> SeqAccess<'de> for One {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.0.take().map(|item| seed.deserialize(Reader(item))).transpose()
    }
}

/// Each member once; a map has one, whose key is data.
struct Members {
    /// The remaining names, last first.
    names: Vec<&'static str>,
    current: Rc<RefCell<Reading>>,
    all: Vec<(&'static str, Rc<RefCell<Reading>>)>,
}

impl<'de> MapAccess<'de> for Members {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(name) = self.names.pop() else { return Ok(None) };
        if let Some((_, slot)) = self.all.iter().find(|(known, _)| *known == name) {
            self.current = slot.clone();
        }
        let name: StrDeserializer<'_, Error> = name.into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(Reader(self.current.clone()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::Timestamp;
    use rust_decimal::Decimal;
    use serde::Deserialize;

    use super::*;
    use crate::aws::api::values;

    values! { enum State { Ready = "READY", Gone = "GONE" } }

    #[derive(Deserialize, Default)]
    #[serde(rename_all = "PascalCase", default)]
    struct Thing {
        id: String,
        made_at: Option<Timestamp>,
        size: Option<Decimal>,
        on: bool,
        state: Option<State>,
        #[serde(rename = "tagSet")]
        tags: BTreeMap<String, String>,
        parts: Vec<Part>,
    }

    #[derive(Deserialize, Default)]
    #[serde(default)]
    struct Part {
        count: i64,
    }

    #[test]
    fn every_member_is_seen_with_its_type() {
        let values = Reading::Values(vec!["READY".to_owned(), "GONE".to_owned()]);
        let part = Reading::Members(vec![("count".to_owned(), Reading::Number)]);
        let members = [
            ("Id", Reading::String),
            ("MadeAt", Reading::Timestamp),
            ("Size", Reading::Number),
            ("On", Reading::Boolean),
            ("State", values),
            ("tagSet", Reading::Map(Box::new(Reading::String))),
            ("Parts", Reading::List(Box::new(part))),
        ];
        let members = members.map(|(name, reading)| (name.to_owned(), reading)).to_vec();
        assert_eq!(reading::<Thing>(), Reading::Members(members));
    }
}
