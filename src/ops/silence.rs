//! A place that lets questions go unanswered is asked no further ones: it costs one wait, however many types there are.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Error, Result};
use crate::model::Reason;

/// What is known of a place's answering. A refusal is an answer, too.
#[derive(Default)]
pub(super) struct Silence {
    answered: AtomicBool,
    kept: OnceLock<Error>,
}

impl Silence {
    /// Why asking is in vain; `None` while the place may answer. A single service that is silent among others says nothing
    /// of its place.
    pub fn kept(&self) -> Option<Error> {
        let kept = self.kept.get().filter(|_| !self.answered.load(Ordering::Relaxed))?;
        Some(Error { action: None, ..kept.clone() })
    }

    pub fn heed<T>(&self, answer: &Result<T>) {
        match answer {
            Err(error) if error.reason() == Reason::Timeout => {
                // The first is as good as any.
                let _ = self.kept.set(error.clone());
            }
            // Nobody was waited for: a name that does not exist, a port that is closed.
            Err(error) if error.reason() == Reason::Unreachable => (),
            _ => self.answered.store(true, Ordering::Relaxed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;
    use crate::model::Text;

    fn failed(reason: Reason) -> Result<()> {
        Err(Error::new(Kind::Cloud(reason), Text::new("error-timeout")))
    }

    #[test]
    fn only_a_place_that_never_answered_keeps_silent() {
        let silence = Silence::default();
        assert!(silence.kept().is_none(), "nobody has asked yet");
        silence.heed(&failed(Reason::Timeout));
        silence.heed(&failed(Reason::Unreachable));
        assert_eq!(silence.kept().map(|error| error.reason()), Some(Reason::Timeout));
        silence.heed(&failed(Reason::Denied));
        assert!(silence.kept().is_none(), "it has refused, so it is there");
        silence.heed(&failed(Reason::Timeout));
        assert!(silence.kept().is_none(), "one service of it is slow");
    }
}
