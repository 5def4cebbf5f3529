//! The action log of an account as the journal of a run.

use futures::future::BoxFuture;

use crate::error::Result;
use crate::model::actions::LogEntry;
use crate::ops::act::Journal;
use crate::state::Recorder;

impl Journal for Recorder {
    fn record<'a>(&'a self, entry: &'a LogEntry) -> BoxFuture<'a, Result<()>> {
        Box::pin(Recorder::record(self, entry))
    }

    fn end(self) -> BoxFuture<'static, ()> {
        Box::pin(Recorder::end(self))
    }
}
