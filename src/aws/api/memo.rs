//! A cache of answers: identical requests for one place are sent once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use tokio::sync::OnceCell;

use crate::error::Result;

type Slot = Arc<OnceCell<Result<Arc<Vec<Value>>>>>;

/// The answers of one place, by operation and input.
#[derive(Default)]
pub(super) struct Memo(Mutex<HashMap<(&'static str, String), Slot>>);

impl Memo {
    /// The answer; concurrent callers share one request, and also its failure.
    pub(super) async fn once(
        &self,
        operation: &'static str,
        input: String,
        ask: impl AsyncFnOnce() -> Result<Vec<Value>>,
    ) -> Result<Arc<Vec<Value>>> {
        let slot = {
            let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            slots.entry((operation, input)).or_default().clone()
        };
        slot.get_or_init(async || ask().await.map(Arc::new)).await.clone()
    }

    /// Drops the answers of an operation after a write.
    pub(super) fn forget(&self, operation: &'static str) {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        slots.retain(|(known, _), _| *known != operation);
    }
}
