//! The details of many things of a list, a few asked for at a time: what fails for one leaves the others.

use std::future::Future;

use futures::{StreamExt, stream};

use crate::error::{Error, Result};

/// The SDK's own limit for connections to a host is higher; a service's for calls a second often is not.
const AT_ONCE: usize = 8;

/// Each thing with its details, `None` where they could not be read; and why not, once for failures alike.
pub async fn details<T, D, F>(things: Vec<T>, ask: impl Fn(&T) -> F) -> (Vec<(T, Option<D>)>, Vec<Error>)
where
    F: Future<Output = Result<D>>,
{
    let asked: Vec<_> = things
        .into_iter()
        .map(|thing| {
            let answer = ask(&thing);
            async move { (thing, answer.await) }
        })
        .collect();
    let mut answers = stream::iter(asked).buffered(AT_ONCE);
    let (mut found, mut faults) = (Vec::new(), Vec::<Error>::new());
    while let Some((thing, answer)) = answers.next().await {
        match answer {
            Ok(details) => found.push((thing, Some(details))),
            Err(error) => {
                found.push((thing, None));
                let alike = |it: &Error| (it.reason(), &it.action) == (error.reason(), &error.action);
                if !faults.iter().any(alike) {
                    faults.push(error);
                }
            }
        }
    }
    (found, faults)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;

    #[tokio::test]
    async fn what_fails_is_kept_and_said_once() {
        let ask = |number: &u8| {
            let number = *number;
            async move { if number < 3 { Err(Error::failed(Text::new("error-aws"))) } else { Ok(number * 2) } }
        };
        let (found, faults) = details(vec![1, 2, 3], ask).await;
        assert_eq!(found, [(1, None), (2, None), (3, Some(6))]);
        assert_eq!(faults.len(), 1);
    }
}
