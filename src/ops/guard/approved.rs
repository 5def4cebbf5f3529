//! The type that proves that a person has approved a plan.

/// A plan that the person has seen and approved.
pub struct Approved<T>(T);

impl<T> Approved<T> {
    /// Only the interface to the person may call this: the prompt of the terminal, or `--yes`.
    pub fn by_the_person(plan: T) -> Self {
        Self(plan)
    }

    pub(super) fn into_plan(self) -> T {
        self.0
    }
}
