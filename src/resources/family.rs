//! A family of resource types: a folder of `src/resources`, by whose name a person can choose its types.

use super::Resource;
use crate::model::Words;

pub struct Family {
    /// Kebab-case, equal to the name of its folder.
    pub id: &'static str,
    pub names: Words,
    pub types: &'static [&'static Resource],
}
