//! Paged lists for which the SDK has no paginator.

use crate::error::Result;

/// All items: `ask` returns those of one page, and the token of the next.
///
/// # Errors
/// The first failure of `ask`.
pub async fn pages<T, Answer>(ask: impl Fn(Option<String>) -> Answer) -> Result<Vec<T>>
where
    Answer: Future<Output = Result<(Vec<T>, Option<String>)>>,
{
    let (mut all, mut token) = (Vec::new(), None);
    loop {
        let (page, next) = ask(token.clone()).await?;
        all.extend(page);
        // A repeated token would loop forever.
        let next = next.filter(|next| !next.is_empty() && Some(next) != token.as_ref());
        if next.is_none() {
            return Ok(all);
        }
        token = next;
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[test]
    fn it_ends_with_the_last_page_or_where_it_would_go_round() {
        let last = |ends: &'static str| {
            let ask = |token: Option<String>| {
                let next = if token.is_none() { "2" } else { ends };
                futures::future::ready(Ok((vec![token.unwrap_or_default()], Some(next.to_owned()))))
            };
            pages(ask).now_or_never().unwrap().unwrap()
        };
        assert_eq!(last(""), ["", "2"]);
        assert_eq!(last("2"), ["", "2"]);
    }

    #[test]
    fn every_page_is_read() {
        let page = |token: Option<String>| match token.as_deref() {
            None => (vec![1], Some("two".to_owned())),
            Some("two") => (vec![2], Some("two".to_owned())),
            Some(_) => (vec![], None),
        };
        let all = |ask: &dyn Fn(Option<String>) -> (Vec<i32>, Option<String>)| {
            pages(|token| futures::future::ready(Ok(ask(token)))).now_or_never().unwrap().unwrap()
        };
        assert_eq!(all(&page), [1, 2]);
        assert_eq!(all(&|_| (vec![3], Some(String::new()))), [3]);
    }
}
