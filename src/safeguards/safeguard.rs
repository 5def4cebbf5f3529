//! The safeguard trait, its types, and a type-erased form for all safeguards.

use std::future::Future;

use futures::FutureExt;
use futures::future::BoxFuture;
use serde::Serialize;
use serde_json::Value;

use super::inputs::Inputs;
use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::report::Proof;
use crate::model::{Note, Region, Text, Usd, Words};

/// The tag of every taggable object that guardrail creates.
pub const TAG: (&str, &str) = ("managed-by", "guardrail");

/// The observed state of a safeguard in the account.
#[derive(Debug, Clone, PartialEq)]
pub enum Observed<S> {
    Missing,
    /// guardrail's own, perhaps incomplete or changed.
    Own(S),
    /// An object of another owner serves the purpose and is never changed. Holds its name.
    Adopted(String),
    /// Nothing exists, and nothing can be created in this account, for this reason.
    Impossible(Note),
    /// Others use the rest of it: if wanted, it is updated; else it stays, for these reasons.
    Kept(Option<S>, Vec<Note>),
    /// As adopted, and an object of guardrail's own is left over.
    Superseded {
        by: String,
        left: S,
    },
}

impl<S> Observed<S> {
    fn map<T>(&self, form: impl Fn(&S) -> T) -> Observed<T> {
        match self {
            Self::Missing => Observed::Missing,
            Self::Own(state) => Observed::Own(form(state)),
            Self::Adopted(which) => Observed::Adopted(which.clone()),
            Self::Impossible(why) => Observed::Impossible(why.clone()),
            Self::Kept(state, why) => Observed::Kept(state.as_ref().map(form), why.clone()),
            Self::Superseded { by, left } => Observed::Superseded { by: by.clone(), left: form(left) },
        }
    }
}

/// The dependency without which a safeguard's warnings reach no person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    Nothing,
    /// In any region.
    Anywhere(&'static str),
    /// In its own region.
    Beside(&'static str),
}

impl Needs {
    #[must_use]
    pub fn id(self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Anywhere(id) | Self::Beside(id) => Some(id),
        }
    }
}

/// One object of a safeguard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    pub name: String,
    pub managed_by: Option<String>,
}

impl Object {
    pub(super) fn new(name: impl Into<String>, managed_by: Option<&String>) -> Self {
        Self { name: name.into(), managed_by: managed_by.cloned() }
    }

    #[must_use]
    pub fn is_own(&self) -> bool {
        self.managed_by.as_deref() == Some(TAG.1)
    }
}

/// The state of any safeguard, without its type.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// For the comparison, field by field.
    pub fields: Value,
    pub objects: Vec<Object>,
    pub headline: Vec<String>,
}

impl Facts {
    fn of<S: Safeguard>(state: &S::State) -> Self {
        let fields = serde_json::to_value(state).unwrap_or_default();
        Self { fields, objects: S::objects(state), headline: S::headline(state) }
    }

    /// Whether any object is guardrail's.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.objects.is_empty() || self.objects.iter().any(Object::is_own)
    }
}

/// The error of a safeguard that needs a limit when none is chosen.
pub(super) fn limit_not_chosen() -> Error {
    let named = |id| Text::new(id).with("option", "limit");
    Error::usage(named("error-not-chosen")).hint(named("hint-not-chosen"))
}

/// Whether a removal may delete logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logs {
    Keep,
    Delete,
}

/// One safeguard. Every method is idempotent: the next run completes an interrupted one.
pub trait Safeguard: 'static {
    const ID: &'static str;
    const NAMES: Words;
    /// The IAM actions of `observed`.
    const READS: &'static [&'static str];
    /// The further IAM actions of `proof`.
    const PROVES: &'static [&'static str] = &[];
    /// The further IAM actions of `apply`.
    const WRITES: &'static [&'static str];
    /// The further IAM actions of `remove`.
    const REMOVES: &'static [&'static str];
    /// Those of them that `init` needs to remove what a profile no longer wants; it never deletes logs.
    const UNWANTED: &'static [&'static str] = Self::REMOVES;
    const NEEDS: Needs;
    /// The note of a safeguard that AWS cannot undo, and that is therefore never removed.
    const STAYS: Option<&'static str> = None;
    type State: Serialize + Send;

    /// Its region.
    #[must_use]
    fn region(_inputs: &Inputs) -> Region {
        Region::home()
    }

    /// `None` if the profile does not want it.
    #[must_use]
    fn desired(inputs: &Inputs) -> Option<Self::State>;

    /// Its objects and their owners; empty if AWS has no tags for them, because they are then always guardrail's.
    #[must_use]
    fn objects(_state: &Self::State) -> Vec<Object> {
        Vec::new()
    }

    /// The paths of the fields that the plan shows of a new object.
    #[must_use]
    fn headline(_state: &Self::State) -> Vec<String> {
        Vec::new()
    }

    /// The safeguard's own monthly cost, and the notes about it.
    #[must_use]
    fn cost(_inputs: &Inputs) -> (Usd, Vec<Note>) {
        (Usd::ZERO, Vec::new())
    }

    fn observed(cx: &Cx, inputs: &Inputs) -> impl Future<Output = Result<Observed<Self::State>>> + Send;

    /// Reads again, then creates missing objects and updates different ones.
    fn apply(cx: &Cx, inputs: &Inputs) -> impl Future<Output = Result<()>> + Send;

    /// Removes guardrail's objects, and returns a note for each that is left.
    fn remove(cx: &Cx, inputs: &Inputs, logs: Logs) -> impl Future<Output = Result<Vec<Note>>> + Send;

    /// The verified links of the chain from this safeguard to a person.
    #[must_use]
    fn proof(_cx: &Cx, _inputs: &Inputs) -> impl Future<Output = Result<Vec<Proof>>> + Send {
        std::future::ready(Ok(Vec::new()))
    }
}

type Remove = for<'a> fn(&'a Cx, &'a Inputs, Logs) -> BoxFuture<'a, Result<Vec<Note>>>;
type Observe = for<'a> fn(&'a Cx, &'a Inputs) -> BoxFuture<'a, Result<Observed<Facts>>>;

/// A safeguard without the type of its state.
pub struct Entry {
    pub id: &'static str,
    pub names: Words,
    pub reads: &'static [&'static str],
    pub proves: &'static [&'static str],
    pub writes: &'static [&'static str],
    pub removes: &'static [&'static str],
    pub unwanted: &'static [&'static str],
    pub needs: Needs,
    pub stays: Option<&'static str>,
    pub region: fn(&Inputs) -> Region,
    pub desired: fn(&Inputs) -> Option<Facts>,
    pub cost: fn(&Inputs) -> (Usd, Vec<Note>),
    pub observed: Observe,
    pub apply: for<'a> fn(&'a Cx, &'a Inputs) -> BoxFuture<'a, Result<()>>,
    pub remove: Remove,
    pub proof: for<'a> fn(&'a Cx, &'a Inputs) -> BoxFuture<'a, Result<Vec<Proof>>>,
}

pub(super) const fn entry<S: Safeguard>() -> Entry {
    Entry {
        id: S::ID,
        names: S::NAMES,
        reads: S::READS,
        proves: S::PROVES,
        writes: S::WRITES,
        removes: S::REMOVES,
        unwanted: S::UNWANTED,
        needs: S::NEEDS,
        stays: S::STAYS,
        region: S::region,
        desired: |inputs| S::desired(inputs).as_ref().map(Facts::of::<S>),
        cost: S::cost,
        observed: |cx, inputs| {
            let observed = S::observed(cx, inputs);
            async move { Ok(observed.await?.map(Facts::of::<S>)) }.boxed()
        },
        apply: |cx, inputs| S::apply(cx, inputs).boxed(),
        remove: |cx, inputs, logs| S::remove(cx, inputs, logs).boxed(),
        proof: |cx, inputs| S::proof(cx, inputs).boxed(),
    }
}
