//! The type that proves that a person has approved a plan.

/// A plan that the person has seen and approved.
#[derive(Debug)]
pub struct Approved<T>(T);

impl<T> Approved<T> {
    /// Only the interface to the person may call this: the prompt of the terminal, or `--yes`.
    pub fn by_the_person(plan: T) -> Self {
        Self(plan)
    }

    /// What was approved.
    pub(in crate::ops) fn about(&self) -> &T {
        &self.0
    }

    /// The approval of a whole is one of its parts.
    pub(in crate::ops) fn each<U>(self, parts: impl FnOnce(T) -> Vec<U>) -> Vec<Approved<U>> {
        parts(self.0).into_iter().map(Approved).collect()
    }

    /// The approval of a part.
    pub(in crate::ops) fn map<U>(self, part: impl FnOnce(T) -> U) -> Approved<U> {
        Approved(part(self.0))
    }

    pub(in crate::ops) fn into_plan(self) -> T {
        self.0
    }
}
