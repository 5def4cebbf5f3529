//! An option with a few named values, parsed to a type of a lower layer that does not depend on clap.

use clap::builder::{PossibleValuesParser, TypedValueParser};

/// Parses one of the names to its value.
pub fn one_of<T: Copy + Send + Sync + 'static>(
    names: &'static [(&'static str, T)],
) -> impl TypedValueParser<Value = T> {
    let known = PossibleValuesParser::new(names.iter().map(|(name, _)| *name));
    known.try_map(|given| names.iter().find(|(name, _)| *name == given).map(|(_, value)| *value).ok_or("unknown name"))
}
