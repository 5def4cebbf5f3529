//! Where a run records what it does, before and after each call.

use futures::future::BoxFuture;

use crate::error::Result;
use crate::model::actions::LogEntry;

pub trait Journal: Sync {
    /// # Errors
    /// It cannot be recorded. A call that cannot be recorded is not made.
    fn record<'a>(&'a self, entry: &'a LogEntry) -> BoxFuture<'a, Result<()>>;

    /// Ends the record of the run.
    fn end(self) -> BoxFuture<'static, ()>
    where
        Self: Sized,
    {
        Box::pin(std::future::ready(()))
    }
}

/// For the practice account: nothing of it lasts.
#[derive(Debug)]
pub struct Unrecorded;

impl Journal for Unrecorded {
    fn record<'a>(&'a self, _: &'a LogEntry) -> BoxFuture<'a, Result<()>> {
        Box::pin(std::future::ready(Ok(())))
    }
}
