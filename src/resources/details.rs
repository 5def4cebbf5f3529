//! Fetches details per item with bounded concurrency; a failed detail keeps its item and is reported as a fault.

use std::future::Future;

use futures::{FutureExt, StreamExt, stream};

use super::Listing;
use crate::error::Error;
use crate::model::Listed;

const AT_ONCE: usize = 8;

/// Each thing with its detail; a thing whose detail failed stays, without one.
pub async fn about_each<T, D, E, F>(things: Vec<T>, ask: impl Fn(&T) -> F) -> (Vec<(T, Option<D>)>, Vec<Error>)
where
    F: Future<Output = Result<D, E>>,
    E: Into<Error>,
{
    let (mut told, mut faults) = (Vec::new(), Vec::new());
    for (thing, answer) in details(things, ask).await {
        match answer {
            Ok(answer) => told.push((thing, Some(answer))),
            Err(error) => {
                told.push((thing, None));
                faults.push(error.into());
            }
        }
    }
    (told, faults)
}

/// The finding of each thing, made of it and its detail. A failed detail is a fault, and its thing is reported all the same.
pub async fn detailed<T, D, E, F>(
    things: Vec<T>,
    ask: impl Fn(&T) -> F,
    finding: impl Fn(&T, Option<&D>) -> Option<Listed>,
) -> Listing
where
    F: Future<Output = Result<D, E>>,
    E: Into<Error>,
{
    let (told, faults) = about_each(things, ask).await;
    let findings = told.iter().filter_map(|(thing, detail)| finding(thing, detail.as_ref())).collect();
    Listing { findings, faults, ..Listing::default() }
}

/// Each thing with its answer, in the given order.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;

    #[tokio::test]
    async fn a_thing_without_details_is_kept() {
        let ask = |number: &u8| {
            let answer = if *number == 2 { Err(Error::failed(Text::new("error-aws"))) } else { Ok(*number * 10) };
            async move { answer }
        };
        let (told, faults) = about_each(vec![1, 2, 3], ask).await;
        assert_eq!((told, faults.len()), (vec![(1, Some(10)), (2, None), (3, Some(30))], 1));
    }
}
