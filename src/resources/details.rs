//! Details that a list does not say, asked for each thing by itself.

use std::future::Future;

use futures::{FutureExt, StreamExt, stream};

use super::Listing;
use crate::error::Error;
use crate::model::Finding;

/// How many are asked for at once.
const AT_ONCE: usize = 8;

/// The finding of each thing, made of it and its detail. A detail that fails is a fault, and its thing is told all the same.
pub async fn detailed<T, D, E, F>(
    things: Vec<T>,
    ask: impl Fn(&T) -> F,
    finding: impl Fn(&T, Option<&D>) -> Option<Finding>,
) -> Listing
where
    F: Future<Output = Result<D, E>>,
    E: Into<Error>,
{
    let mut listing = Listing::default();
    for (thing, answer) in details(things, ask).await {
        listing.findings.extend(finding(&thing, answer.as_ref().ok()));
        listing.faults.extend(answer.err().map(Into::into));
    }
    listing
}

/// Each thing with the answer about it, in their order.
pub async fn details<T, A, F>(things: Vec<T>, ask: impl Fn(&T) -> F) -> Vec<(T, A)>
where
    F: Future<Output = A>,
{
    let asked: Vec<_> = things
        .into_iter()
        .map(|thing| {
            let answer = ask(&thing);
            answer.map(|answer| (thing, answer))
        })
        .collect();
    stream::iter(asked).buffered(AT_ONCE).collect().await
}
