//! The proof that a person has seen a plan and agreed to it.

/// A plan that the person has seen and agreed to.
pub struct Approved<T>(T);

impl<T> Approved<T> {
    /// Only the door through which the person came may call this: the terminal's after its prompt or `--yes`.
    pub fn by_the_person(plan: T) -> Self {
        Self(plan)
    }

    pub(super) fn into_plan(self) -> T {
        self.0
    }
}
