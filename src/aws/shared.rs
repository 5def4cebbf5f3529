//! One answer for several askers: a call that serves several resource types is made once for each place.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

use crate::error::Result;

type Slot = Arc<OnceCell<Result<Arc<dyn Any + Send + Sync>>>>;

/// Answers by their type.
#[derive(Default)]
pub struct Shared(Mutex<HashMap<TypeId, Slot>>);

impl Shared {
    /// The answer of type `T`, asked for once however many ask; the others wait for it. A failure is shared too.
    ///
    /// # Errors
    /// What `ask` failed with.
    pub async fn once<T, F>(&self, ask: F) -> Result<Arc<T>>
    where
        T: Any + Send + Sync,
        F: AsyncFnOnce() -> Result<T>,
    {
        let slot = self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(TypeId::of::<T>()).or_default().clone();
        let answer = slot
            .get_or_init(async || ask().await.map(|answer| Arc::new(answer) as Arc<dyn Any + Send + Sync>))
            .await
            .clone()?;
        Ok(answer.downcast::<T>().unwrap_or_else(|_| unreachable!("a slot holds its own type")))
    }
    /// Has the answer of type `T` asked for anew: what it told of has been changed.
    pub fn forget<T: Any>(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&TypeId::of::<T>());
    }
}
