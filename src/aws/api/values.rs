//! Enumerations of AWS's models: the values that matter here, and any other.

/// An enumeration of a model with the values that the program distinguishes; `Other` holds all others, also future ones. A test
/// compares each value with the model.
macro_rules! values {
    ($(#[$about:meta])* $seen:vis enum $name:ident { $($(#[$note:meta])* $value:ident = $text:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        $seen enum $name {
            $($(#[$note])* $value,)+
            /// Any other value, as AWS writes it.
            Other(String),
        }

        impl $name {
            /// As AWS writes it.
            #[allow(dead_code, reason = "not every enumeration is written")]
            $seen fn as_str(&self) -> &str {
                match self {
                    $(Self::$value => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$value,)+
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::aws::api::values::read(deserializer, &[$($text),+]).map(|text| Self::from(text.as_str()))
            }
        }
    };
}

use std::fmt;

use serde::Deserializer;
use serde::de::{EnumAccess, VariantAccess, Visitor};
pub(crate) use values;

/// The text of a value: one of `known`, or any other.
///
/// # Errors
/// It is not a text.
pub fn read<'de, D: Deserializer<'de>>(deserializer: D, known: &'static [&'static str]) -> Result<String, D::Error> {
    struct Text;

    impl<'de> Visitor<'de> for Text {
        type Value = String;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a value of an enumeration")
        }

        fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<String, A::Error> {
            let (text, nothing) = access.variant()?;
            nothing.unit_variant()?;
            Ok(text)
        }
    }

    deserializer.deserialize_enum("", known, Text)
}
