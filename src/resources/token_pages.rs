//! Lists of services that have a token for the next page and no paginator for it.

use crate::error::Result;

/// All items: `ask` gives one page and the token of the next.
///
/// # Errors
/// What `ask` failed with.
pub async fn all<T, F>(ask: impl Fn(Option<String>) -> F) -> Result<Vec<T>>
where
    F: Future<Output = Result<(Vec<T>, Option<String>)>>,
{
    let (mut items, mut next) = ask(None).await?;
    while let Some(token) = next.filter(|token| !token.is_empty()) {
        let (more, after) = ask(Some(token.clone())).await?;
        items.extend(more);
        // A token that leads to itself would never end.
        next = after.filter(|after| *after != token);
    }
    Ok(items)
}

#[cfg(test)]
mod tests {
    use std::future::ready;

    use super::*;

    #[tokio::test]
    async fn it_ends_with_the_last_page() {
        let page = |token: Option<String>| match token.as_deref() {
            None => (vec![1], Some("two".to_owned())),
            Some("two") => (vec![2], Some("two".to_owned())),
            Some(_) => (vec![], None),
        };
        assert_eq!(all(|token| ready(Ok(page(token)))).await.unwrap(), [1, 2]);
        assert_eq!(all(|_| ready(Ok((vec![3], Some(String::new()))))).await.unwrap(), [3]);
    }
}
