//! What a list does not say is asked for item by item, a few at a time; what cannot be asked is a fault and no loss.

use std::future::Future;

use futures::{FutureExt, StreamExt, stream};

use crate::error::Error;

const AT_ONCE: usize = 8;

/// Asks about each of the things. One that cannot be asked about is kept without an answer.
pub async fn about_each<T, D, E, F>(things: Vec<T>, ask: impl Fn(&T) -> F) -> (Vec<(T, Option<D>)>, Vec<Error>)
where
    F: Future<Output = Result<D, E>>,
    E: Into<Error>,
{
    let asked = things.into_iter().map(|thing| ask(&thing).map(|answer| (thing, answer)));
    let (mut told, mut faults) = (Vec::new(), Vec::new());
    let mut answers = stream::iter(asked).buffered(AT_ONCE);
    while let Some((thing, answer)) = answers.next().await {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;

    #[tokio::test]
    async fn what_cannot_be_asked_about_is_kept() {
        let ask = |number: &u8| {
            let answer = if *number == 2 { Err(Error::failed(Text::new("error-aws"))) } else { Ok(*number * 10) };
            async move { answer }
        };
        let (told, faults) = about_each(vec![1, 2, 3], ask).await;
        assert_eq!((told, faults.len()), (vec![(1, Some(10)), (2, None), (3, Some(30))], 1));
    }
}
