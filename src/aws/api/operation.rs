//! An operation as named in the source, with the struct into which its answer is parsed.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::otherwise::iam_name;
use super::reading::{Reading, reading};
use super::{service, services};

/// An AWS operation, named as in its model: `kendra:ListIndices` is `ListIndices` of botocore's service `kendra`. `T` is the parsed
/// part of the answer: a struct whose fields are members of the model; a test compares each of them with it.
pub struct Operation<T> {
    name: &'static str,
    at: &'static str,
    shared: bool,
    answer: PhantomData<fn() -> T>,
}

impl<T> Operation<T> {
    /// Parses the whole answer as `T`.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, at: "", shared: false, answer: PhantomData }
    }

    /// Parses the member of the answer at this path (`DistributionList.Items`) as `T`, or each item of the list there.
    #[must_use]
    pub const fn at(self, member: &'static str) -> Self {
        Self { at: member, ..self }
    }

    /// Caches the answer for each place, because several types need it.
    #[must_use]
    pub const fn shared(self) -> Self {
        Self { shared: true, ..self }
    }

    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    pub(super) fn member(&self) -> &'static str {
        self.at
    }

    pub(super) fn is_shared(&self) -> bool {
        self.shared
    }
}

/// The type of an ignored answer.
#[derive(Debug, Default, Deserialize)]
pub struct Nothing {}

/// An operation of a resource type or a safeguard, whatever the type of its answer.
pub trait Asks: Sync {
    /// Its name: `kendra:ListIndices`.
    fn operation(&self) -> &'static str;

    /// The IAM action that AWS requires for it.
    fn action(&self) -> &'static str {
        action(self.operation())
    }

    /// The prefix of its service's endpoints in AWS's public endpoint data.
    fn endpoint(&self) -> &'static str;

    /// The path in the answer and the members that are read there; `None` for an operation of a typed SDK crate.
    fn reading(&self) -> Option<(&'static str, Reading)>;
}

impl<T: DeserializeOwned> Asks for Operation<T> {
    fn operation(&self) -> &'static str {
        self.name
    }

    fn endpoint(&self) -> &'static str {
        super::model::operation(self.name).map_or("", |(service, ..)| service.endpoint)
    }

    fn reading(&self) -> Option<(&'static str, Reading)> {
        Some((self.at, reading::<T>()))
    }
}

/// An operation that is called through a typed SDK crate, named by its IAM action.
pub struct Typed(pub &'static str);

impl Asks for Typed {
    fn operation(&self) -> &'static str {
        self.0
    }

    fn action(&self) -> &'static str {
        self.0
    }

    fn endpoint(&self) -> &'static str {
        match self.0.split_once(':').map_or("", |(service, _)| service) {
            "cloudwatch" => "monitoring",
            "s3express" => "s3",
            service => service,
        }
    }

    fn reading(&self) -> Option<(&'static str, Reading)> {
        None
    }
}

/// The IAM action of each operation in the models. They live as long as the program.
static ACTIONS: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let of = |name: &'static str| {
        service(name).into_iter().flat_map(move |service| {
            let name_of = move |operation: &str| -> (&'static str, &'static str) {
                let key: &'static str = format!("{name}:{operation}").leak();
                (key, iam_name(key, service.signing).leak())
            };
            service.operations.keys().map(move |operation| name_of(operation))
        })
    };
    services().flat_map(of).collect()
});

/// The IAM action of an operation: most are named after signing name and operation.
#[must_use]
pub fn action(operation: &'static str) -> &'static str {
    ACTIONS.get(operation).copied().unwrap_or(operation)
}
