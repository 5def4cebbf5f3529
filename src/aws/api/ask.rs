//! A request for an operation: sends it, and reads one answer or every page of a list.

use std::marker::PhantomData;
use std::sync::Arc;

use futures::future::BoxFuture;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::model::{self, Pages};
use super::{Client, Operation, action};
use crate::aws::fault::failure;
use crate::error::{Error, Kind, Result};
use crate::model::{Reason, Text};

/// A request that is not sent yet.
#[must_use]
pub struct Ask<'a, T> {
    client: &'a Client,
    question: Question,
    answer: PhantomData<fn() -> T>,
}

/// The part of a request that does not depend on the type of its answer.
struct Question {
    name: &'static str,
    member: &'static str,
    shared: bool,
    input: Map<String, Value>,
    host: Option<String>,
}

impl Client {
    /// A request to the region of the configuration, to be completed with members.
    pub fn ask<T>(&self, operation: &Operation<T>) -> Ask<'_, T> {
        let question = Question {
            name: operation.name(),
            member: operation.member(),
            shared: operation.is_shared(),
            input: Map::new(),
            host: None,
        };
        Ask { client: self, question, answer: PhantomData }
    }
}

impl Client {
    /// One call, with its whole answer as JSON; `host` is the one that the service returned for this account.
    ///
    /// # Errors
    /// AWS refuses or does not answer, or the request does not fit the model.
    pub async fn call(
        &self,
        operation: &'static str,
        input: Map<String, Value>,
        host: Option<String>,
    ) -> Result<Value> {
        let question = Question { name: operation, member: "", shared: false, input, host };
        let answers = question.ask(self, false).await?;
        Ok(answers.into_iter().next().unwrap_or_else(nothing))
    }
}

impl<T> Ask<'_, T> {
    /// A member of the request, by its name in the model; `null` leaves it out.
    pub fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.question.input.insert(member.to_owned(), value.into());
        self
    }

    /// The host that the service returned for this account, instead of its common one. A custom endpoint takes precedence.
    pub fn at_host(mut self, host: &str) -> Self {
        self.question.host = Some(host.to_owned());
        self
    }
}

impl<T: DeserializeOwned> Ask<'_, T> {
    /// The answer, or the member of it that the operation names.
    ///
    /// # Errors
    /// AWS refuses or does not answer, or the answer does not fit the model.
    pub async fn one(self) -> Result<T> {
        let name = self.question.name;
        let answers = self.question.answers(self.client, false).await?;
        let answer = answers.first().map_or_else(nothing, Value::clone);
        read(name, answer)
    }

    /// Every page.
    ///
    /// # Errors
    /// As for [`one`](Self::one), on any page.
    pub async fn pages(self) -> Result<Vec<T>> {
        let name = self.question.name;
        let answers = self.question.answers(self.client, true).await?;
        answers.iter().map(|page| read(name, page.clone())).collect()
    }

    /// Every item of every page, where the operation names a list.
    ///
    /// # Errors
    /// As for [`one`](Self::one), on any page.
    pub async fn all(self) -> Result<Vec<T>> {
        let name = self.question.name;
        let answers = self.question.answers(self.client, true).await?;
        let items = answers.iter().filter_map(Value::as_array).flatten();
        items.map(|item| read(name, item.clone())).collect()
    }
}

fn nothing() -> Value {
    Value::Object(Map::new())
}

fn read<T: DeserializeOwned>(name: &'static str, value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(|error| unreadable(name).detail(error))
}

fn unreadable(name: &'static str) -> Error {
    let action = action(name);
    let mut error = Error::new(Kind::Cloud(Reason::Other), Text::new("error-aws").with("action", action));
    error.action = Some(action.to_owned());
    error
}

impl Question {
    /// The operation's member of each page.
    fn answers(self, client: &Client, every_page: bool) -> BoxFuture<'_, Result<Arc<Vec<Value>>>> {
        Box::pin(async move {
            if !self.shared {
                return self.ask(client, every_page).await.map(Arc::new);
            }
            let input = format!("{}{}", self.host.as_deref().unwrap_or_default(), Value::Object(self.input.clone()));
            client.memo.once(self.name, input, async || self.ask(client, every_page).await).await
        })
    }

    async fn ask(&self, client: &Client, every_page: bool) -> Result<Vec<Value>> {
        let Some(asked) = model::operation(self.name) else { return Err(not_in_the_model(self.name, "")) };
        if let Some(unknown) = self.input.keys().find(|member| !asked.2.input.has(member)) {
            return Err(not_in_the_model(self.name, unknown));
        }
        let mut input = self.input.clone();
        let mut answers = Vec::new();
        let pages = asked.2.pages.as_ref().filter(|_| every_page);
        if let Some((size, most)) = pages.and_then(|pages| pages.size.as_ref()) {
            input.entry(size.clone()).or_insert_with(|| (*most).into());
        }
        loop {
            let sent = client.send(asked, self.host.as_deref(), Arc::new(input.clone())).await;
            let mut answer = sent.map_err(|error| failure(&error, action(self.name)))?;
            let next = pages.is_some_and(|pages| turn(pages, &answer, &mut input));
            answers.push(take(&mut answer, self.member));
            if !next {
                return Ok(answers);
            }
        }
    }
}

/// A mistake in the source that every test of the type detects: an error, never an empty list.
fn not_in_the_model(name: &'static str, member: &str) -> Error {
    Error::failed(Text::new("error-request")).detail(format!("{name} {member}: not in models.json"))
}

/// Sets the request's page token; `false` after the last page. A repeated token also ends the list, because it would loop forever.
fn turn(pages: &Pages, answer: &Value, input: &mut Map<String, Value>) -> bool {
    let at = |path: &str| path.split('.').try_fold(answer, |value, member| value.get(member));
    if pages.more.as_deref().is_some_and(|more| at(more).and_then(Value::as_bool) == Some(false)) {
        return false;
    }
    let mut moved = false;
    for (from, to) in pages.from.iter().zip(&pages.to) {
        let token = at(to).filter(|token| token.as_str() != Some("")).cloned();
        moved |= token.is_some() && input.get(from) != token.as_ref();
        match token {
            Some(token) => input.insert(from.clone(), token),
            None => input.shift_remove(from),
        };
    }
    moved
}

/// Takes a member out of the answer; `null` counts as missing.
fn take(answer: &mut Value, member: &str) -> Value {
    if member.is_empty() {
        return answer.take();
    }
    let found = member.split('.').try_fold(answer, |value, member| value.get_mut(member));
    found.map_or_else(nothing, Value::take)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pages(more: Option<&str>) -> Pages {
        Pages { from: vec!["Marker".into()], to: vec!["List.Next".into()], more: more.map(Into::into), size: None }
    }

    fn turned(pages: &Pages, answer: &Value, before: Option<&str>) -> Option<String> {
        let mut input: Map<String, Value> = before.map(|it| ("Marker".to_owned(), it.into())).into_iter().collect();
        turn(pages, answer, &mut input).then(|| input["Marker"].as_str().unwrap_or_default().to_owned())
    }

    #[test]
    fn a_list_ends_where_its_token_leads_nowhere_new() {
        let answer = |token: &str| json!({ "List": { "Next": token, "More": false } });
        assert_eq!(turned(&pages(None), &answer("2"), None).as_deref(), Some("2"));
        assert_eq!(turned(&pages(None), &answer("2"), Some("2")), None);
        assert_eq!(turned(&pages(None), &answer(""), Some("2")), None);
        assert_eq!(turned(&pages(None), &json!({}), Some("2")), None);
        assert_eq!(turned(&pages(Some("List.More")), &answer("2"), None), None);
    }

    #[test]
    fn a_member_is_taken_out_of_an_answer() {
        let mut answer = json!({ "List": { "Items": [1] } });
        assert_eq!(take(&mut answer, "List.Items"), json!([1]));
        assert_eq!(take(&mut answer, "Other.Items"), json!({}));
    }
}
