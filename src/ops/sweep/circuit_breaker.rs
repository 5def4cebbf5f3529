//! Circuit breaker: after the first timeout in a place that never answered, its other requests are skipped, so a dead region
//! costs one timeout in total.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Error, Result};
use crate::model::{Cause, Reason};

/// Whether a place answers. A refusal is an answer, too.
#[derive(Default)]
pub(super) struct CircuitBreaker {
    answered: AtomicBool,
    timeout: OnceLock<Error>,
}

impl CircuitBreaker {
    /// Why requests are skipped; `None` while the place may answer. One unresponsive service in a place that answers skips nothing.
    pub fn open_error(&self) -> Option<Error> {
        let timeout = self.timeout.get().filter(|_| !self.answered.load(Ordering::Relaxed))?;
        Some(Error { action: None, ..timeout.clone() })
    }

    pub fn record<T>(&self, answer: &Result<T>) {
        match answer {
            Err(error) if error.reason() == Reason::Timeout => {
                // All timeouts are alike: the first one is kept.
                let _ = self.timeout.set(error.clone());
            }
            // Neither a timeout nor an answer: a name that does not exist, a closed port, a mistake in this program.
            Err(error) if error.reason() == Reason::Unreachable || error.cause == Some(Cause::Mistake) => (),
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
    fn only_a_place_that_never_answered_is_skipped() {
        let breaker = CircuitBreaker::default();
        assert!(breaker.open_error().is_none(), "no request yet");
        breaker.record(&failed(Reason::Timeout));
        breaker.record(&failed(Reason::Unreachable));
        assert_eq!(breaker.open_error().map(|error| error.reason()), Some(Reason::Timeout));
        breaker.record(&failed(Reason::Denied));
        assert!(breaker.open_error().is_none(), "a refusal is an answer");
        breaker.record(&failed(Reason::Timeout));
        assert!(breaker.open_error().is_none(), "one service of it is slow");
    }
}
