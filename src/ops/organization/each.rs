//! Works on many accounts, a few at a time: one that fails, even with a panic, holds up no other.

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use futures::stream::{self, StreamExt};

/// Runs `work` for each, at most `at_once` at a time, and hands every result to `done` as it comes. A panic is `None`.
pub async fn each<T: Clone, R>(
    all: Vec<T>,
    at_once: usize,
    work: impl AsyncFn(T) -> R,
    mut done: impl FnMut(T, Option<R>),
) {
    let work = &work;
    let run = |it: T| async move {
        let result = AssertUnwindSafe(work(it.clone())).catch_unwind().await;
        (it, result.ok())
    };
    let mut running = stream::iter(all).map(run).buffer_unordered(at_once.max(1));
    while let Some((it, result)) = running.next().await {
        done(it, result);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::collections::BTreeSet;

    use super::*;

    #[tokio::test]
    async fn ten_thousand_accounts_run_within_the_limit_and_a_panic_stops_none() {
        let (running, peak) = (Cell::new(0_usize), Cell::new(0_usize));
        let work = async |number: usize| {
            running.set(running.get() + 1);
            peak.set(peak.get().max(running.get()));
            for _ in 0..number % 7 {
                tokio::task::yield_now().await;
            }
            running.set(running.get() - 1);
            assert!(number != 5_000, "an account like no other");
            number
        };
        let mut results = Vec::new();
        each((0..10_000).collect(), 100, work, |number, result| results.push((number, result))).await;
        assert!(results.iter().all(|(number, result)| *result == (*number != 5_000).then_some(*number)));
        let numbers: BTreeSet<usize> = results.iter().map(|(number, _)| *number).collect();
        assert_eq!((numbers.len(), results.len(), running.get()), (10_000, 10_000, 0));
        assert!((50..=100).contains(&peak.get()), "{}", peak.get());
    }

    #[tokio::test]
    async fn one_that_never_ends_holds_up_no_other() {
        let mut seen = Vec::new();
        let work = async |number: usize| {
            if number == 0 {
                std::future::pending::<()>().await;
            }
        };
        let all = each((0..10).collect(), 2, work, |number, _| seen.push(number));
        let limit = std::time::Duration::from_millis(200);
        assert!(tokio::time::timeout(limit, all).await.is_err());
        assert_eq!(seen, (1..10).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn a_limit_of_nothing_is_one_at_a_time() {
        let mut seen = Vec::new();
        each(vec![1, 2, 3], 0, async |number| number, |number, _| seen.push(number)).await;
        assert_eq!(seen, [1, 2, 3]);
    }
}
