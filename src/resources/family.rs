//! What a family of resource types is: a folder of this one, with a name that a person may choose it by.

use super::Resource;
use crate::model::Words;

/// Types that belong together.
pub struct Family {
    /// Kebab-case, the same as the name of its folder.
    pub id: &'static str,
    pub names: Words,
    pub types: &'static [&'static Resource],
}
